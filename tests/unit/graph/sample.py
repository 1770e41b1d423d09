"""Small invented extractions."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from kg.model.entities import DocumentEntity, InstitutionEntity, MeasureEntity
from kg.model.extraction import (
    Extraction,
    FoundCitation,
    FoundEvent,
    FoundFigure,
    FoundMention,
    FoundRelation,
)
from kg.model.statements import CitationType, EventKind, Status

Cited = tuple[DocumentEntity, CitationType]


def document(number: str | None = None, title: str | None = None, *issuers: str) -> DocumentEntity:
    """A document under the key that its number, or else its title, gives."""
    key = f"document/number/{number}" if number else f"document/title/{title}"
    return DocumentEntity(key, title, number, issuers=issuers)


def source(own: DocumentEntity, text: str, *cited: Cited) -> Extraction:
    """An extraction whose citations stand one behind the other at the start of ``text``."""
    places = [(i, i + 2, d.key, kind) for i, (d, kind) in enumerate(cited)]
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Extraction(
        f"{sha[:4]}.txt",
        sha,
        "text/plain",
        own,
        entities=tuple(d for d, _ in cited),
        mentions=tuple(
            FoundMention(i, j, text[i:j], "DOCUMENT", key, "test", 0.9) for i, j, key, _ in places
        ),
        citations=tuple(
            FoundCitation(key, kind, i, j, 0.9, "test", (i, j), (0, len(text))) for i, j, key, kind in places
        ),
    )


def measure(x: Extraction, text: str, entity: MeasureEntity) -> Extraction:
    """The extraction with one more mention, of a measure."""
    at = text.index(entity.name)
    end = at + len(entity.name)
    found = FoundMention(at, end, entity.name, "MEASURE", entity.key, "test", 1.0, sentence=(0, len(text)))
    return replace(x, mentions=(*x.mentions, found), entities=(*x.entities, entity))


OUTLINE = replace(
    document("国发〔2021〕3号", "甲事项实施纲要（2021-2025年）", "国务院"),
    date="2021-03-01",
    level="national",
)
OUTLINE_TITLE = document(None, "甲事项实施纲要（2021-2025年）")
OLD = replace(document("国发〔2001〕9号", "甲事项暂行规定"), date="2001-05-01")
PLAN = replace(
    document("某政发〔2021〕7号", "某省甲事项实施方案", "某省人民政府"), date="2021-06-02", genre="方案"
)
NOTICE = replace(document("某市府〔2021〕12号", "某市甲事项工作方案", "某市人民政府"), date="2021-09")
PROVINCE = InstitutionEntity(
    "institution/990000-1949/人民政府", "某省人民政府", kind="人民政府", division="division/990000-1949"
)
CITY = InstitutionEntity(
    "institution/990100-1949/人民政府",
    "某市人民政府",
    kind="人民政府",
    division="division/990100-1949",
    parent=PROVINCE.key,
)
WINDOW = MeasureEntity("measure/一窗受理", "一窗受理", aliases=("“一窗受理”",), kind="service-mode")

OUTLINE_TEXT = "自2021年起\n“甲事项暂行规定”同时废止。\\"
PLAN_TEXT = "为贯彻落实《甲事项实施纲要（2021-2025年）》，推行一窗受理。"
NOTICE_TEXT = "根据某政发〔2021〕7号，制定本方案，推行一窗受理。"


def _outline() -> Extraction:
    event = FoundEvent(OLD.key, EventKind.REPEALED, "2021-03-01", 0, 5, 1.0, "test", (0, 5))
    return replace(source(OUTLINE, OUTLINE_TEXT, (OLD, CitationType.REPEALS)), events=(event,))


def _plan() -> Extraction:
    x = source(PLAN, PLAN_TEXT, (OUTLINE_TITLE, CitationType.IMPLEMENTS), (OUTLINE, CitationType.BASED_ON))
    x = measure(x, PLAN_TEXT, WINDOW)
    return replace(
        x,
        entities=(*x.entities, PROVINCE),
        relations=(
            FoundRelation(
                "self", "providesFor", WINDOW.key, Status.DONE, 23, 29, 1.0, "test", (0, len(PLAN_TEXT))
            ),
            FoundRelation(
                PROVINCE.key, "leads", WINDOW.key, Status.PLANNED, 23, 29, 1.0, "test", (0, len(PLAN_TEXT))
            ),
        ),
        figures=(
            FoundFigure(WINDOW.key, "受理率", "99.50", "%", "2021", 23, 29, 1.0, "test", (0, len(PLAN_TEXT))),
        ),
    )


def _notice() -> Extraction:
    x = measure(source(NOTICE, NOTICE_TEXT, (PLAN, CitationType.BASED_ON)), NOTICE_TEXT, WINDOW)
    return replace(x, entities=(*x.entities, CITY, PROVINCE))


SOURCES: tuple[tuple[Extraction, str], ...] = (
    (_outline(), OUTLINE_TEXT),
    (_plan(), PLAN_TEXT),
    (_notice(), NOTICE_TEXT),
)
