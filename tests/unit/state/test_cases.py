"""Hard sentences of ``tests/cases/citations.jsonl``: each cited document with an accepted type, each legal event."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kg.build.document import extract_document
from kg.grammar.titles import title_key
from kg.model.documents import SourceDoc
from kg.model.entities import DocumentEntity
from kg.model.extraction import Extraction

FILE = Path(__file__).parents[2] / "cases" / "citations.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def extract(case: dict[str, Any]) -> Extraction:
    text = "\n".join(x for x in (case.get("source_title"), case["text"]) if x) + "\n"
    return extract_document(
        SourceDoc("case.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", text)
    )


def named(entity: DocumentEntity) -> set[str]:
    return {title_key(x) for x in (entity.title, entity.number) if x}


def cited(x: Extraction) -> dict[str, tuple[set[str], set[str]]]:
    """Names and types of each cited document."""
    of = {e.key: e for e in x.entities if isinstance(e, DocumentEntity)}
    found: dict[str, tuple[set[str], set[str]]] = {}
    for c in x.citations:
        found.setdefault(c.cited, (named(of[c.cited]), set()))[1].add(c.type.value)
    return found


def wanted(item: dict[str, Any]) -> set[str]:
    return {title_key(x) for x in (item.get("title"), item.get("number")) if x}


@pytest.mark.parametrize("i", range(len(CASES)))
def test_citations(i: int) -> None:
    case = CASES[i]
    found = cited(extract(case))
    for item in case["citations"]:
        types = [t for names, t in found.values() if names & wanted(item)]
        assert types, f"{item} not cited; found {found}"
        assert types[0] & set(item["types"]), (item, types)
        assert len(types[0]) <= 2
    if not case.get("ambiguous"):
        names = [wanted(item) for item in case["citations"]]
        extra = {k for k, (own, _) in found.items() if not any(own & n for n in names)}
        assert not extra


@pytest.mark.parametrize("i", range(len(CASES)))
def test_events(i: int) -> None:
    case = CASES[i]
    x = extract(case)
    of = {e.key: e for e in x.entities if isinstance(e, DocumentEntity)} | {x.document.key: x.document}
    found = {
        (name, e.kind.value.replace("inForce", "in-force"), e.date)
        for e in x.events
        for name in named(of[e.document])
    }
    want = [({(n, e["kind"], e["date"]) for n in wanted(e)}) for e in case["events"]]
    for options in want:
        assert options & found, (options, found)
    if not case.get("ambiguous"):
        named_by = set().union(*want) if want else set()
        keys = {e.document for e in x.events}
        assert len({(e.document, e.kind, e.date) for e in x.events}) == len(want), (found, named_by, keys)
