"""Versions and parts of works."""

from __future__ import annotations

from dataclasses import replace

from kg.graph.assemble import source_graph
from kg.model.extraction import Extraction, FoundEvent
from kg.model.statements import CitationType, EventKind
from kg.query import find_documents, named_query, table
from kg.query.status import status
from kg.store import OxigraphStore
from tests.unit.graph.built import default_lines
from tests.unit.graph.sample import document, source

LAW = replace(document(None, "甲事项条例"), genre="条例")
REVISED = replace(document(None, "甲事项条例（2024年修订）"), version="2024年修订", genre="条例")
TRIAL = replace(document(None, "甲事项条例（试行）"), version="试行", genre="条例")


def held(date: str | None, text: str, *amended: str, part: str | None = None) -> Extraction:
    events = tuple(FoundEvent(LAW.key, EventKind.AMENDED, d, 0, 2, 1.0, "test", (0, 9)) for d in amended)
    return replace(source(replace(LAW, date=date, part=part), text), events=events)


OLD_TEXT = held("2018-03-04", "甲" * 20)
NEW_TEXT = held("2024-05-06", "乙" * 20, "2021-07-08", "2024-05-06")
CITING = source(document(None, "某份报告的题目"), "丙" * 20, (REVISED, CitationType.MENTIONS))


def store_of(*xs: Extraction) -> OxigraphStore:
    store = OxigraphStore.create()
    store.load([*default_lines(xs), *(line for x in xs for line in source_graph(x, "丁" * 20, "0"))])
    return store


def rows(name: str, *xs: Extraction) -> list[tuple[str, ...]]:
    return list(table(named_query(store_of(*xs), name, {"document": "甲事项条例"})).rows)


def test_held_texts_and_amendments_are_versions() -> None:
    assert rows("versions-of", OLD_TEXT, NEW_TEXT) == [
        ("2018-03-04", "", OLD_TEXT.source),
        ("2021-07-08", "", ""),
        ("2024-05-06", "", NEW_TEXT.source),
    ]


def test_one_text_alone_is_its_work() -> None:
    assert rows("versions-of", OLD_TEXT) == []


def test_a_title_with_the_mark_of_a_revision_names_the_work_and_its_version() -> None:
    store = store_of(OLD_TEXT, NEW_TEXT, CITING)
    answer = store.query(
        "SELECT ?work ?date WHERE { ?key kg:identifiedAsVersion ?v ; kg:identifiedAs ?d . "
        "?d rdfs:label ?work . ?v kg:versionOf ?d ; dcterms:issued ?date }"
    )
    assert list(table(answer).rows) == [("甲事项条例", "2024-05-06")]


def test_a_mark_without_a_text_is_a_version_without_a_day() -> None:
    assert rows("versions-of", OLD_TEXT, CITING) == [
        ("", "2024年修订", ""),
        ("2018-03-04", "", OLD_TEXT.source),
    ]


def test_a_trial_text_is_another_work() -> None:
    trial = source(TRIAL, "戊" * 20)
    assert rows("versions-of", OLD_TEXT, trial) == []


def test_parts_belong_to_the_work() -> None:
    one, two = held(None, "甲" * 20, part="物权编"), held(None, "乙" * 20, part="合同编")
    assert rows("parts-of", one, two) == [
        ("甲事项条例·合同编", two.source),
        ("甲事项条例·物权编", one.source),
    ]


def test_status_names_the_text_of_the_day() -> None:
    store = store_of(OLD_TEXT, NEW_TEXT)
    texts = {day: status(store, "甲事项条例", day).version for day in ("2017", "2019-01-01", "2022", "2025")}
    assert {day: v and (v.date, v.sources) for day, v in texts.items()} == {
        "2017": None,
        "2019-01-01": ("2018-03-04", (OLD_TEXT.source,)),
        "2022": ("2021-07-08", ()),
        "2025": ("2024-05-06", (NEW_TEXT.source,)),
    }


def test_a_document_is_found_by_every_form_of_its_number() -> None:
    one, other = document("国令第707号", "甲事项管理条例"), document("国务院令第707号")
    x = source(
        document(None, "某份报告的题目"), "丙" * 20, *((d, CitationType.MENTIONS) for d in (one, other))
    )
    store = store_of(x)
    assert {f.iri for asked in ("国令第707号", "国务院令第707号") for f in find_documents(store, asked)} == {
        find_documents(store, "甲事项管理条例")[0].iri
    }
