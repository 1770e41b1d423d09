"""The per-document stages over many files, on one process or several."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from kg import __version__
from kg.build.document import extract_document
from kg.build.jsonl import dumps
from kg.build.shards import FileResult, Shard, Stamp, pack
from kg.graph.assemble import source_graph
from kg.model.documents import Declared
from kg.model.errors import ReadError, WenmaiError
from kg.model.issues import Issue, Stage
from kg.model.protocols import Recognizer
from kg.read import read_bytes, read_path
from kg.recognize import recognizer

_BATCH_BYTES = 256 * 1024
_BATCH_FILES = 64
_COLLECT_EVERY = 100_000


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read: where it is, what to call it, what a sidecar declares of it."""

    file: str
    stamp: Stamp
    declared: Declared | None = None


@cache
def _engine(spec: str) -> Recognizer:
    return recognizer(spec)


def process(task: Task, spec: str) -> FileResult:
    """All documents of one file; a file that cannot be used costs that file and nothing else."""
    shards = []
    failure = None
    try:
        for source in read_path(Path(task.file), task.stamp.path, task.declared):
            found = extract_document(source, _engine(spec))
            quads = "".join(source_graph(found, source.text, __version__, task.stamp.fingerprint))
            text = None if source.media_type == "text/plain" else pack(source.text)
            shards.append(Shard(found.source, found.sha256, pack(dumps(found)), pack(quads), text))
    except ReadError as error:
        failure = (error.code, str(error))
    except OSError as error:
        failure = ("unreadable", error.strerror or str(error))
    except WenmaiError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect that one file shows must not cost the others
        failure = ("internal-error", f"处理时出错，请报告：{type(error).__name__}: {str(error)[:200]}")
    return FileResult(task.stamp, tuple(shards), failure)


def extract_stream(data: bytes, spec: str) -> Iterator[str | Issue]:
    """Lines of the extraction file for bytes without a name, in any format that they show; text otherwise."""
    try:
        for source in read_bytes(data, Path("-.txt"), "-"):
            yield dumps(extract_document(source, _engine(spec)))
    except ReadError as error:
        yield Issue(Stage.READ, error.code, str(error), "-")


def process_batch(tasks: Sequence[Task], spec: str) -> list[FileResult]:
    """Results hold no cycles: collecting rarely saves a sixth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_EVERY, *before[1:])
    try:
        return [process(task, spec) for task in tasks]
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


def run(tasks: Sequence[Task], spec: str, jobs: int) -> Iterator[list[FileResult]]:
    """Results in lots, in whatever order they come.

    Args:
        tasks: the files.
        spec: name of the recogniser (:func:`kg.recognize.recognizer`).
        jobs: processes; 1 works in this one.
    """
    if jobs <= 1 or len(tasks) <= 1:
        for batch in batches(tasks):
            yield process_batch(batch, spec)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting = batches(tasks)
        running: set[Future[list[FileResult]]] = set()
        try:
            while True:
                for batch in islice(waiting, 4 * jobs - len(running)):
                    running.add(pool.submit(process_batch, batch, spec))
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            for future in running:
                future.cancel()
