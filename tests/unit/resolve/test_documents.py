"""Titles, numbers beside them and references back, against the table of cases."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from kg.clean import clean
from kg.model.context import Context
from kg.model.documents import Declared, Field, Part, PartKind, SourceDoc, Structure
from kg.model.entities import DocumentEntity, Resolution
from kg.model.mentions import DocumentName, DocumentNumber
from kg.recognize.documents import recognize_documents
from kg.resolve.documents import resolve_documents, source_document

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
        entity = entities.get(x.entity or "")
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


def resolved(
    text: str, title: str | None = None, carried: str | None = None
) -> tuple[Resolution, DocumentEntity]:
    """The documents of a clean text with a title and, from its line on, a carried text."""
    doc = clean(SourceDoc("x", "0", "text/plain", text))
    at = doc.text.find(title) if title else -1
    own = Field(title, at, at + len(title)) if title else None
    parts: tuple[Part, ...] = ()
    if carried:
        begin = doc.text.rindex("\n" + carried) + 1
        parts = (Part(PartKind.CARRIED, begin, len(doc.text), Field(carried, begin, begin + len(carried))),)
    layout = Structure(title=own, parts=parts)
    mentions = recognize_documents(doc, layout)
    return resolve_documents(doc, layout, Context(), mentions), source_document(doc, layout, Context())


def test_a_notice_and_the_text_it_carries_are_two_documents() -> None:
    text = (
        "甲县人民政府关于印发《甲县路长制实施方案》的通知\n各乡镇人民政府：\n"
        "现将《甲县路长制实施方案》印发给你们。本通知自印发之日起施行。\n"
        "甲县路长制实施方案\n一、根据《公路安全保护条例》，制定本方案。\n"
    )
    resolution, own = resolved(text, "甲县人民政府关于印发《甲县路长制实施方案》的通知", "甲县路长制实施方案")
    carried = "document/title/甲县路长制实施方案"
    assert [(x.mention.text, x.entity) for x in resolution.linked] == [
        ("《甲县路长制实施方案》", carried),
        ("本通知", own.key),
        ("《公路安全保护条例》", "document/title/公路安全保护条例"),
        ("本方案", carried),
    ]
    assert {e.key: getattr(e, "carrier", None) for e in resolution.entities}[carried] == own.key


def test_one_work_with_its_number_whether_named_before_or_after() -> None:
    resolution, _ = resolved("落实《甲市养犬办法》。《甲市养犬办法》（甲府规〔2019〕9号）第三条规定。")
    assert {x.entity for x in resolution.linked} == {"document/number/甲府规〔2019〕9号"}


def test_the_notice_and_the_plan_named_in_its_title_are_one_for_a_reader() -> None:
    resolution, _ = resolved(
        "根据《乙省人民政府关于印发乙省河长制方案的通知》，《乙省河长制方案》由水利厅解释。"
    )
    assert len(resolution.entities) == 1


@pytest.mark.parametrize(
    "text",
    [
        "甲市人民政府办公室文件\n甲府办〔2019〕3号\n各县：",
        "发文字号：甲府办〔2019〕3号\n",
        "附件：甲府办〔2019〕3号.pdf\n",
    ],
)
def test_mastheads_and_file_names_cite_nothing(text: str) -> None:
    assert resolved(text)[0].linked == ()


def test_no_reference_to_a_text_that_only_comes_later() -> None:
    resolution, _ = resolved("按照《纲要》推进。其后印发《甲市文化发展纲要》。")
    assert resolution.linked[0].entity is None
    assert [i.code for i in resolution.issues] == ["unresolved-reference"]


def test_relative_codes_are_scoped_to_the_division() -> None:
    doc = clean(SourceDoc("x", "0", "text/plain", "按照区府办发〔2016〕36号和国办发〔2016〕1号办理。"))
    context = Context(division="division/441802-1988")
    linked = resolve_documents(doc, Structure(), context, recognize_documents(doc, Structure())).linked
    assert [x.entity for x in linked] == [
        "document/number/441802-1988/区府办发〔2016〕36号",
        "document/number/国办发〔2016〕1号",
    ]


def test_the_source_and_who_cites_it_have_one_key() -> None:
    doc = clean(SourceDoc("x", "0", "text/plain", "区府办发〔2016〕36号\n甲办法"))
    context = Context(division="division/441802-1988")
    own = source_document(doc, Structure(number=Field("区府办发〔2016〕36号", 0, 13)), context)
    cites = clean(SourceDoc("y", "1", "text/plain", "按照区府办发〔2016〕36号办理。"))
    linked = resolve_documents(cites, Structure(), context, recognize_documents(cites, Structure())).linked
    assert [x.entity for x in linked] == [own.key]


def test_a_declared_title_tells_the_genre() -> None:
    lost = SourceDoc(
        "x", "0", "text/plain", "各镇人民政府：", declared=Declared(title="甲县关于做好秋收工作的通知")
    )
    own = source_document(clean(lost), Structure(), Context())
    assert (own.title, own.genre) == ("甲县关于做好秋收工作的通知", "通知")


@pytest.mark.parametrize(
    "piece",
    ["《甲乙丙丁方案》《方案》", "《甲办法》（以下简称“甲办法”）。", "该通知", "（以下简称《办法》）"],
)
def test_hostile_text_takes_bounded_time(piece: str) -> None:
    began = time.process_time()
    resolved(piece * 3_000)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "2031年3月2日岚江省第九届人民代表大会常务委员会第三次会议《关于修改部分地方性法规的决定》修正",
            ["岚江省人民代表大会常务委员会/2031-03-02/关于修改部分地方性法规的决定"],
        ),
        (
            "2031年3月2日《国务院关于修改部分行政法规的决定》第一次修订\n"
            "2033年5月6日《国务院关于修改部分行政法规的决定》第二次修订",
            ["国务院/2031-03-02/关于修改部分行政法规的决定", "国务院/2033-05-06/关于修改部分行政法规的决定"],
        ),
        ("2031年3月2日起施行，《国务院关于修改部分行政法规的决定》废止", ["0/关于修改部分行政法规的决定"]),
    ],
)
def test_a_general_title_is_known_by_its_body_and_day(text: str, keys: list[str]) -> None:
    doc = clean(SourceDoc("x", "0", "text/plain", text))
    found = resolve_documents(doc, Structure(), Context(), recognize_documents(doc, Structure()))
    assert [e.key for e in found.entities] == [f"document/title/{k}" for k in keys]


@pytest.mark.parametrize(
    ("under", "rest", "part"),
    [
        ("物权编", "第一章 一般规定\n第一条 本编甲。", "物权编"),
        ("#第二编物权编", "第一章 一般规定\n第一条 本编甲。", "物权编"),
        ("附则", "第一条 本法甲。", "附则"),
        ("第一编总则", "第一条 本法甲。\n第二编 分则\n第二条 乙。", None),
        ("第一章总则", "第一条 本法甲。", None),
    ],
)
def test_the_part_of_a_code(under: str, rest: str, part: str | None) -> None:
    text = f"甲国乙事法典\n{under}\n{rest}\n"
    doc = clean(SourceDoc("x", "0", "text/plain", text))
    structure = Structure(title=Field("甲国乙事法典", 0, 6))
    assert source_document(doc, structure, Context()).part == part


def test_the_day_of_an_order_is_read() -> None:
    text = "1992年5月29日岚江省人民政府令第12号公布，1997年1月2日起施行的国务院令第7号不变。"
    doc = clean(SourceDoc("x", "0", "text/plain", text))
    found = resolve_documents(doc, Structure(), Context(), recognize_documents(doc, Structure()))
    assert {e.number: e.date for e in found.entities if isinstance(e, DocumentEntity)} == {
        "岚江省人民政府令第12号": "1992-05-29",
        "国务院令第7号": None,
    }
