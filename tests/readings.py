"""Invented extractions for the tests of the reader, one of them hostile."""

from __future__ import annotations

from kg.model.documents import Declared
from kg.model.entities import DocumentEntity, InstitutionEntity, MeasureEntity
from kg.model.extraction import Extraction, FoundCitation, FoundMention, FoundRelation
from kg.model.issues import Issue, Stage
from kg.model.statements import CitationType, Status
from tests.views import HOSTILE

TEXT = (
    "澜汀市年度工作报告\r\n𠮷市政府贯彻落实《数字法治纲要》，推行一窗通办。\r\n按照《纲要》，区政府牵头。\r\n"
)


def found(text: str, surface: str, label: str, entity: str | None, after: int = 0) -> FoundMention:
    start = text.index(surface, after)
    return FoundMention(start, start + len(surface), surface, label, entity, "test.rule", 0.9)


def reading() -> tuple[str, Extraction]:
    """A report that cites an outline twice, with line ends of two characters and a rare character."""
    outline = DocumentEntity("document/title/数字法治纲要", "数字法治纲要", "国发〔2021〕7号", ("纲要",))
    city = InstitutionEntity("institution/1/人民政府", "澜汀市人民政府", ("市政府",), "人民政府")
    window = MeasureEntity("measure/一窗通办", "一窗通办", (), "service-mode")
    mentions = (
        found(TEXT, "市政府", "INSTITUTION", city.key),
        found(TEXT, "《数字法治纲要》", "DOCUMENT", outline.key),
        found(TEXT, "一窗通办", "MEASURE", window.key),
        found(TEXT, "《纲要》", "DOCUMENT", outline.key),
        found(TEXT, "区政府", "INSTITUTION", None),
    )
    lines = TEXT.splitlines(keepends=True)
    first, second = len(lines[0]), len(lines[0]) + len(lines[1])
    citations = tuple(
        FoundCitation(
            outline.key, kind, m.start, m.end, 0.9, "cite.rule", (m.start, m.end), (start, start + 20)
        )
        for m, kind, start in (
            (mentions[1], CitationType.IMPLEMENTS, first),
            (mentions[3], CitationType.BASED_ON, second - 8),
        )
    )
    unresolved = mentions[4]
    return TEXT, Extraction(
        "report.txt",
        "0" * 64,
        "text/plain",
        DocumentEntity("document/title/澜汀市年度工作报告", "澜汀市年度工作报告", date="2022-03-01"),
        Declared(title="澜汀市年度工作报告"),
        entities=(outline, city, window),
        mentions=mentions,
        citations=citations,
        relations=(
            FoundRelation(
                city.key,
                "carriesOut",
                window.key,
                Status.DONE,
                mentions[2].start,
                mentions[2].end,
                0.8,
                "r",
                (mentions[2].start, mentions[2].end),
            ),
        ),
        issues=(
            Issue(Stage.RESOLVE, "unresolved", "没有说明是哪个区", "", unresolved.start, unresolved.end),
        ),
    )


def hostile_reading() -> tuple[str, Extraction]:
    """Markup, scripts and direction marks in the text and in every field."""
    text = "\r\n".join(HOSTILE)
    entities = tuple(DocumentEntity(f"k{h}", h, h, (h,), h, (h,), h, h, h) for h in HOSTILE)
    mentions = tuple(found(text, h, "DOCUMENT", e.key) for h, e in zip(HOSTILE, entities, strict=True))
    citations = tuple(
        FoundCitation(
            m.entity or "", CitationType.MENTIONS, m.start, m.end, 1, m.text, (0, 9), (0, len(text)), m.text
        )
        for m in mentions
    )
    issues = tuple(Issue(Stage.READ, "code", h, h, 0, 3) for h in HOSTILE)
    own = DocumentEntity("own", HOSTILE[1] + HOSTILE[0], HOSTILE[0])
    declared = Declared(*(HOSTILE[:2]), (HOSTILE[2],), HOSTILE[3], "javascript:window.ran=1")
    return text, Extraction(
        HOSTILE[0], "0" * 64, "text/plain", own, declared, (), entities, mentions, citations, issues=issues
    )
