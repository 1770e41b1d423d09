"""What `kg extract` writes can be read back without loss."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from kg.build.document import extract_document
from kg.build.jsonl import dumps, loads
from kg.model.documents import Declared, PartKind, SourceDoc
from kg.model.entities import DocumentEntity, InstitutionEntity, MeasureEntity
from kg.model.extraction import (
    Extraction,
    FoundCitation,
    FoundEvent,
    FoundFigure,
    FoundMention,
    FoundPart,
    FoundRelation,
)
from kg.model.issues import Issue, Stage
from kg.model.statements import CitationType, EventKind, Status

FULL = Extraction(
    source="a/b.txt",
    sha256="0" * 64,
    media_type="text/plain",
    document=DocumentEntity(
        "document/x", "某办法", "某发〔2020〕1号", issuers=("某市人民政府",), date="2020-01-02"
    ),
    declared=Declared("某办法", None, ("某市",), "2020-01-02", "https://example.invalid/"),
    parts=(FoundPart(PartKind.MAIN, 0, 9, None), FoundPart(PartKind.CARRIED, 9, 20, "document/y")),
    entities=(
        DocumentEntity(
            "document/y",
            aliases=("办法",),
            version="试行",
            genre="办法",
            level="county",
            carrier="document/x",
        ),
        InstitutionEntity(
            "institution/z", "某局", ("局",), "部门", "division/1", "institution/up", "2018", "2023"
        ),
        MeasureEntity("measure/m", "“甲”改革", ("甲改革",), "reform", "measure/n"),
    ),
    mentions=(
        FoundMention(0, 2, "某局", "INSTITUTION", "institution/z", "r", 0.9),
        FoundMention(3, 5, "某某", "INSTITUTION", None, "r", 0.5, "lac"),
    ),
    citations=(
        FoundCitation(
            "document/y", CitationType.BASED_ON, 0, 1, 1.0, "r", (0, 2), (0, 9), "第三条", "document/z"
        ),
    ),
    events=(FoundEvent("document/y", EventKind.REPEALED, None, 0, 1, 1.0, "r", (0, 1)),),
    relations=(FoundRelation("self", "leads", "measure/m", Status.PLANNED, 0, 1, 1.0, "r", (0, 1)),),
    figures=(FoundFigure("measure/m", "办结率", "75.9", "%", None, 0, 1, 1.0, "r", (0, 1)),),
    issues=(Issue(Stage.RESOLVE, "unresolved-reference", "没有先行词", "a/b.txt", 1, 2),),
)


def test_every_field_survives() -> None:
    assert loads(dumps(FULL)) == FULL


@pytest.mark.parametrize(
    "name", sorted(p.name for p in (files("kg.data") / "sample").iterdir() if p.name.endswith(".txt"))
)
def test_sample_survives(name: str) -> None:
    text = (files("kg.data") / "sample" / name).read_bytes().decode()
    found = extract_document(SourceDoc(name, "0", "text/plain", text))
    assert loads(dumps(found)) == found
    for m in json.loads(dumps(found))["mentions"]:
        assert text[m["start"] : m["end"]] == m["text"]
