"""The per-document stages over many files, on one process or several, whatever is made of each document."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from kg.build.document import extract_document
from kg.build.runners import local
from kg.model.documents import Declared, SourceDoc
from kg.model.errors import ReadError, WenmaiError
from kg.model.extraction import Extraction
from kg.model.protocols import Recognizer
from kg.read import read_path
from kg.recognize import recognizer

_BATCH_BYTES = 256 * 1024
_BATCH_FILES = 64
_COLLECT_EVERY = 100_000
_Made = TypeVar("_Made")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file looked when it was read; another size, time or rule set means to read it again.

    Attributes:
        path: the file's path as given.
        size: bytes.
        mtime_ns: modification time in nanoseconds.
        fingerprint: of the rules, the configuration and the declared metadata.
    """

    path: str
    size: int
    mtime_ns: int = 0
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read: where it is, what to call it, what a sidecar declares of it."""

    file: Path
    stamp: Stamp
    declared: Declared | None = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[_Made]):
    """What was made of the documents of one file; code and message where it, or the rest of it, could not be used."""

    made: tuple[_Made, ...]
    failure: tuple[str, str] | None = None


@cache
def engine(spec: str) -> Recognizer:
    """The recogniser of this name, loaded once a process."""
    return recognizer(spec)


def outcome(task: Task, spec: str, make: Callable[[SourceDoc, Extraction], _Made]) -> Outcome[_Made]:
    """All documents of one file; a file that cannot be used costs that file and nothing else."""
    made: list[_Made] = []
    failure = None
    try:
        for source in read_path(task.file, task.stamp.path, task.declared):
            made.append(make(source, extract_document(source, engine(spec))))  # noqa: PERF401 - an error keeps it
    except ReadError as error:
        failure = (error.code, str(error))
    except OSError as error:
        failure = ("unreadable", error.strerror or str(error))
    except WenmaiError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect that one file shows must not cost the others
        failure = ("internal-error", f"处理时出错，请报告：{type(error).__name__}: {str(error)[:200]}")
    return Outcome(tuple(made), failure)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Results of the stages hold no cycles: collecting garbage rarely saves a sixth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_EVERY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def batches(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """Tasks in lots that are worth a message to another process."""
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += task.stamp.size
        if size >= _BATCH_BYTES or len(batch) >= _BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def in_lots(
    work: Callable[[Sequence[Task], str], list[_Result]], tasks: Sequence[Task], spec: str, jobs: int
) -> Iterator[list[_Result]]:
    """Results in lots, in whatever order they come.

    Args:
        work: what is done with a lot; a function of a module, since other processes must find it.
        tasks: the files.
        spec: name of the recogniser (:func:`kg.recognize.recognizer`).
        jobs: processes; 1 works in this one.
    """
    with local(jobs) as each:
        for _, results in each(work, [(batch, spec) for batch in batches(tasks)]):
            yield results
