"""Titles, numbers beside them and references back, against the table of cases."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.clean import clean
from kg.model.context import Context
from kg.model.documents import SourceDoc, Structure
from kg.model.mentions import DocumentName, DocumentNumber
from kg.recognize.documents import recognize_documents
from kg.resolve.documents import resolve_documents

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "cases" / "titles.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
SURE = [case for case in CASES if not case.get("ambiguous")]
EDGE = re.compile(r"^[\s《》〈〉“”<>﹃﹄（）]+|[\s《》〈〉“”<>﹃﹄（）]+$")
Named = tuple[str, str | None, str | None, str | None, str | None]


def bare(title: str | None) -> str | None:
    return (title or "").removeprefix("中华人民共和国") or None


def read(text: str) -> tuple[list[Named], list[tuple[str, str | None]], list[str]]:
    """Named documents, references back, and what in 《》 is no document."""
    doc = clean(SourceDoc("x", "0", "text/plain", text))
    resolution = resolve_documents(doc, Structure(), Context(), recognize_documents(doc, Structure()))
    entities = {e.key: e for e in resolution.entities}
    titled = {x.entity for x in resolution.linked if isinstance(x.mention.value, DocumentName)}
    named: list[Named] = []
    references = []
    for x in resolution.linked:
        start, end = doc.map.span(x.mention.start, x.mention.end)
        span = EDGE.sub("", text[start:end])
        entity = entities.get(x.entity) if x.entity else None
        title = bare(getattr(entity, "title", None))
        value = x.mention.value
        if isinstance(value, DocumentNumber):
            if x.entity not in titled:
                named.append((span, title, value.canonical, None, None))
            continue
        assert isinstance(value, DocumentName)
        if x.method in ("short-form", "defined", "back", "self") or value.form in ("short", "reference"):
            references.append((span, title))
            continue
        named.append((span, title, getattr(entity, "number", None), value.article, value.version))
    others = [
        doc.text[i.start : i.end].strip("《》") for i in resolution.issues if i.code != "unresolved-reference"
    ]
    return named, references, others


@pytest.mark.parametrize("case", SURE, ids=[str(CASES.index(case)) for case in SURE])
def test_table(case: dict[str, Any]) -> None:
    named, references, others = read(case["text"])
    wanted = [
        (
            EDGE.sub("", d["span"]),
            bare(d["title"]),
            d["number"],
            d["article"],
            (d["versions"] or "").strip("（）") or None,
        )
        for d in case["documents"]
    ]
    assert named == wanted, case["why"]
    for reference in case.get("references", []):
        assert (EDGE.sub("", reference["span"]), bare(reference["title"])) in references
    for other in case.get("not_documents", []):
        assert other in others


def test_table_is_large_enough() -> None:
    assert len(SURE) >= 120
