"""Any trained spaCy model with a label for organisations as an engine: ``spacy:MODEL``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.model.errors import EngineError
from kg.recognize.engines.base import ORGANISATION_TAGS, SpanRecognizer

if TYPE_CHECKING:
    from spacy.language import Language

_LIMIT = 1000


def spacy_engine(model: str) -> SpanRecognizer:
    """The engine of a model, by the name of its package or by its directory.

    Raises:
        EngineError: when the model cannot be loaded.
    """
    nlp = _load(model)

    def find(sentence: str) -> list[tuple[int, int]]:
        return [(e.start_char, e.end_char) for e in nlp(sentence).ents if e.label_ in ORGANISATION_TAGS]

    return SpanRecognizer(f"spacy:{model}", find, _LIMIT)


@cache
def _load(model: str) -> Language:
    if not model:
        raise EngineError(
            "no-model",
            "请给出 spaCy 模型的名称或目录，如 spacy:zh_core_web_sm",
            "name a spaCy model or its folder, such as spacy:zh_core_web_sm",
        )
    try:
        import spacy

        return spacy.load(model)
    except ImportError as e:
        raise EngineError(
            "not-installed",
            f"spaCy 模型 {model} 需要的包没有安装：{e}",
            f"a package that the spaCy model {model} needs is missing: {e}",
        ) from e
    except OSError as e:
        raise EngineError(
            "no-model",
            f"找不到 spaCy 模型 {model}：python -m spacy download {model}",
            f"there is no spaCy model {model}; run: python -m spacy download {model}",
        ) from e
