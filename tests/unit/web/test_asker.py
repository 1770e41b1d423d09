"""Queries within limits of time, rows and memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model.errors import WenmaiError
from kg.query import NotFoundError
from kg.store import QueryError
from kg.web.asker import MOST_ROWS, Asker, Question
from tests.workbench import write_hubs

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?l) }"
GREEDY = "SELECT DISTINCT ?a ?d ?g WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?g ?d ?a"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hubs(tmp_path_factory.mktemp("asker") / "graph", 2, 1500) / "store"


@pytest.fixture
def asker(store: Path) -> Iterator[Asker]:
    asker = Asker(store, seconds=3, most_bytes=1 << 30)
    asker.warm()
    yield asker
    asker.close()


def test_what_takes_too_long_is_ended_and_the_next_is_answered(asker: Asker) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match="3 秒"):
        asker.ask(Question(ENDLESS))
    assert time.monotonic() - started < 20
    assert asker.ask(Question("ASK { ?a ?b ?c }")).rows == (("true",),)


def test_what_takes_too_much_memory_is_ended(store: Path) -> None:
    asker = Asker(store, seconds=100, most_bytes=300 << 20)
    with pytest.raises(QueryError, match="内存"):
        asker.ask(Question(GREEDY))
    assert asker.ask(Question("ASK { ?a ?b ?c }")).rows == (("true",),)
    asker.close()


def test_rows_have_a_limit(asker: Asker) -> None:
    assert len(asker.ask(Question("SELECT ?a WHERE { ?a a kg:Document }")).rows) == MOST_ROWS
    assert len(asker.ask(Question("CONSTRUCT WHERE { ?a a ?b }")).rows) == MOST_ROWS


def test_a_process_is_kept_for_the_next_question(asker: Asker) -> None:
    asker.ask(Question("ASK { ?a ?b ?c }"))
    (kept,) = asker._free
    asker.ask(Question(name="most-cited", parameters={"least": "1"}))
    assert asker._free == [kept]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (Question("SELECT"), QueryError),
        (Question(name="none"), QueryError),
        (Question(name="cites", parameters={"document": "没有的文件"}), NotFoundError),
    ],
)
def test_errors_are_those_of_the_command_line(
    asker: Asker, question: Question, kind: type[WenmaiError]
) -> None:
    with pytest.raises(kind):
        asker.ask(question)
