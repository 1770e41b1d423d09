"""The sample documents against the answers that were written along with them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from kg.build.document import extract_document
from kg.data import sample_files
from kg.evaluate.norm import norm, norm_number, norm_title
from kg.model.documents import SourceDoc
from kg.model.entities import DocumentEntity
from kg.model.extraction import Extraction

EXPECTED: list[dict[str, Any]] = json.loads((sample_files() / "expected.json").read_text(encoding="utf-8"))
FILES = [e["file"] for e in EXPECTED]


@cache
def extracted(file: str) -> Extraction:
    text = (sample_files() / file).read_text(encoding="utf-8")
    return extract_document(SourceDoc(file, "0", "text/plain", text))


def same(cite: dict[str, Any], cited: DocumentEntity) -> bool:
    if cite["number"] and norm_number(cited.number) == norm_number(cite["number"]):
        return True
    return bool(cite["title"] and cited.title) and norm_title(cited.title) == norm_title(cite["title"])


def judged() -> list[tuple[bool, bool]]:
    """Of each expected citation whether it was found, and whether with an accepted type."""
    found = []
    for expected in EXPECTED:
        x = extracted(expected["file"])
        entities = {e.key: e for e in x.entities if isinstance(e, DocumentEntity)}
        types: dict[str, set[str]] = {}
        for c in x.citations:
            types.setdefault(c.cited, set()).add(c.type.value)
        for cite in expected["cites"]:
            key = next((k for k in types if k in entities and same(cite, entities[k])), None)
            found.append((key is not None, key is not None and bool(types[key] & set(cite["types"]))))
    return found


@pytest.mark.parametrize("expected", EXPECTED, ids=FILES)
def test_metadata(expected: dict[str, Any]) -> None:
    read = extracted(expected["file"]).document
    assert norm(read.title) == norm(expected["title"])
    assert norm_number(read.number) == norm_number(expected["number"])
    assert {norm(i) for i in read.issuers} == {norm(i) for i in expected["issuer"]}
    assert (read.date, read.genre) == (expected["date"], expected["genre"])


def test_citations() -> None:
    results = judged()
    assert sum(found for found, _ in results) >= 0.97 * len(results)
    assert sum(right for _, right in results) >= 0.95 * len(results)
