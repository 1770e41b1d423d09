"""Queries that people write are answered by processes of their own: one that takes too long or too much is ended.

A call into the store cannot be interrupted, and what it allocates cannot be taken back, so a limit that holds is a process that can be
killed. Such a process opens the store to read only; it is kept for the next query as long as it answers in time.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.model.errors import WenmaiError
from kg.query import Table, named_query, query, serialize, table
from kg.query.results import readable
from kg.store import OxigraphStore, QueryError
from kg.store.base import Answer

MOST_ROWS: Final = 1000
MOST_TEXT: Final = 50_000_000
MOST_SECONDS: Final = 20.0
MOST_BYTES: Final = 2 << 30
_AT_A_TIME: Final = 2
_START_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL query, or a named query with its parameters."""

    sparql: str = ""
    name: str = ""
    parameters: Mapping[str, str] | None = None
    forms: tuple[str, str] | None = None
    """For an answer as text: the forms of rows and of triples, empty where one will not do."""


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as text, and the form it is in."""

    text: str
    form: str


class Asker:
    """Answers questions about one store within limits of time, rows and memory.

    Args:
        store: folder of the store.
        seconds: how long a question may take.
        most_bytes: how much memory its process may take.
    """

    def __init__(self, store: Path, seconds: float = MOST_SECONDS, most_bytes: int = MOST_BYTES) -> None:
        self.store = store
        self.seconds = seconds
        self.most_bytes = most_bytes
        self._free: list[_Worker] = []
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_AT_A_TIME)

    def ask(self, question: Question) -> Table:
        """At most :data:`MOST_ROWS` rows.

        Raises:
            QueryError: it is no query, or it took too long or too much memory.
            WenmaiError: others are being answered.
        """
        answer = self._asked(question)
        assert isinstance(answer, Table)
        return answer

    def write(self, sparql: str, rows: str, triples: str) -> Written:
        """The whole answer as text, of at most :data:`MOST_TEXT` characters.

        Args:
            sparql: the query.
            rows: form of rows, or empty.
            triples: form of triples, or empty.

        Raises:
            QueryError: as :meth:`ask`; or the answer is too long, or of a kind that no form is given for.
            WenmaiError: others are being answered.
        """
        answer = self._asked(Question(sparql, forms=(rows, triples)))
        assert isinstance(answer, Written)
        return answer

    def _asked(self, question: Question) -> Table | Written:
        if not self._turns.acquire(timeout=self.seconds):
            raise WenmaiError("正在运行的查询太多，请稍后再试", "too many queries are running; try again")
        try:
            worker = self._worker()
            try:
                answer = worker.ask(question, self.seconds)
            except BaseException:
                worker.end()
                raise
            with self._lock:
                self._free.append(worker)
        finally:
            self._turns.release()
        if isinstance(answer, WenmaiError):
            raise answer
        return answer

    def warm(self) -> None:
        """Start a process for the first question; if that fails, whoever asks first is told why."""
        try:
            worker = self._worker()
        except WenmaiError:
            return
        with self._lock:
            self._free.append(worker)

    def _worker(self) -> _Worker:
        with self._lock:
            if self._free:
                return self._free.pop()
        return _Worker(self.store, self.most_bytes)

    def close(self) -> None:
        """End all processes that wait for questions."""
        with self._lock:
            while self._free:
                self._free.pop().end()

    def __del__(self) -> None:
        self.close()


class _Worker:
    """One process and the line to it."""

    def __init__(self, store: Path, most_bytes: int) -> None:
        start = multiprocessing.get_context("spawn")
        self.line: Connection
        self.line, theirs = start.Pipe()
        self.process: BaseProcess = start.Process(
            target=_answer, args=(theirs, store, most_bytes), daemon=True
        )
        self.process.start()
        theirs.close()
        if not self.line.poll(_START_SECONDS):
            self.end()
            raise QueryError("查询进程没有启动", "the process for queries did not start")
        self._received()

    def ask(self, question: Question, seconds: float) -> Table | Written | WenmaiError:
        self.line.send(question)
        if not self.line.poll(seconds):
            raise QueryError(
                f"查询超过 {seconds:g} 秒，已停止；请缩小范围或加 LIMIT",
                f"the query took more than {seconds:g} seconds and was ended; narrow it or add LIMIT",
            )
        return self._received()

    def _received(self) -> Table | Written | WenmaiError:
        try:
            received = self.line.recv()
        except (EOFError, OSError) as error:
            raise QueryError(
                "查询占用内存太多，已停止；请缩小范围或加 LIMIT",
                "the query took too much memory and was ended; narrow it or add LIMIT",
            ) from error
        assert isinstance(received, Table | Written | WenmaiError)
        return received

    def end(self) -> None:
        self.process.kill()
        self.process.join(5)
        self.line.close()


def _answer(line: Connection, folder: Path, most_bytes: int) -> None:
    """What runs in the process: questions in, tables or errors out, until the other end is gone."""
    _limit(most_bytes)
    try:
        store = OxigraphStore.open(folder)
    except WenmaiError as error:
        line.send(error)
        return
    line.send(Table((), ()))
    while True:
        try:
            question: Question = line.recv()
        except (EOFError, KeyboardInterrupt):
            return
        line.send(_answered(store, question))


def _answered(store: OxigraphStore, question: Question) -> Table | Written | WenmaiError:
    try:
        if question.forms:
            return _written(query(store, question.sparql), *question.forms)
        if question.name:
            return cut(named_query(store, question.name, question.parameters))
        return cut(query(store, question.sparql))
    except WenmaiError as error:
        return error
    except (OSError, RuntimeError, ValueError, MemoryError) as error:
        return QueryError(str(error))


def _written(answer: Answer, rows: str, triples: str) -> Written:
    form = triples if isinstance(answer, ox.QueryTriples) else rows
    if not form:
        raise QueryError("这种查询的结果没有所要的格式", "the answer to this kind of query has no such form")
    text = serialize(answer, form)
    if len(text) > MOST_TEXT:
        raise QueryError(
            f"结果超过 {MOST_TEXT} 字，请加 LIMIT",
            f"the answer is longer than {MOST_TEXT} characters; add LIMIT",
        )
    return Written(text, form)


def cut(answer: Answer) -> Table:
    """The first rows of an answer."""
    if isinstance(answer, ox.QuerySolutions):
        names = tuple(v.value for v in answer.variables)
        return Table(names, tuple(tuple(map(readable, row)) for row in islice(answer, MOST_ROWS)))
    if isinstance(answer, ox.QueryTriples):
        rows = (tuple(map(readable, (x.subject, x.predicate, x.object))) for x in islice(answer, MOST_ROWS))
        return Table(("subject", "predicate", "object"), tuple(sorted(rows)))
    return table(answer)


def _limit(most_bytes: int) -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = most_bytes if hard == resource.RLIM_INFINITY else min(most_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
