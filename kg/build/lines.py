"""Extraction without a graph: one JSON line a document, and nothing loaded that only a graph needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.document import extract_document
from kg.build.jsonl import dumps
from kg.build.parallel import Stamp, Task, collecting_rarely, engine, in_lots, outcome
from kg.model.errors import ReadError, WenmaiError
from kg.model.issues import Issue, Stage
from kg.read import Discovery, discover, read_bytes

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Lines:
    path: str
    lines: tuple[str, ...]
    failure: tuple[str, str] | None


def no_progress(done: int, total: int) -> None:
    """Shows nothing."""


def files_of(paths: Sequence[Path]) -> Discovery:
    """The files of the given paths.

    Raises:
        WenmaiError: paths were given, and no file in them can be read.
    """
    found = discover(paths)
    if paths and not found.files:
        given = "、".join(map(str, paths))
        zh = en = ""
        if found.ignored:
            first = f"{found.ignored[0].source}（{found.ignored[0].rule}）"
            zh, en = (
                f"；按规则略过 {len(found.ignored)} 个，如 {first}",
                f"; left out by rule: {len(found.ignored)}, such as {first}",
            )
        raise WenmaiError(
            f"没有可读的文件：{given}{zh}",
            f"nothing to read in {given}{en}",
        )
    return found


def extract_lines(
    paths: Sequence[Path], *, jobs: int = 1, recognizer: str = "rules", progress: Progress = no_progress
) -> Iterator[str | Issue]:
    """Lines of the extraction file, sorted by source; an Issue for each file that could not be used.

    Args:
        paths: files and folders.
        jobs: processes.
        recognizer: ``rules``, ``lac``, ``spacy:MODEL``, ``hanlp:MODEL``.
        progress: called with the number of files done and of all files.
    """
    files = files_of(paths).files
    tasks = [Task(f.path, Stamp(f.source, f.path.stat().st_size), f.declared) for f in files]
    ready: dict[str, _Lines] = {}
    order = iter(tasks)
    awaited = next(order, None)
    done = 0
    for results in in_lots(_lot, tasks, recognizer, jobs):
        done += len(results)
        progress(done, len(tasks))
        ready.update((r.path, r) for r in results)
        while awaited and (result := ready.pop(awaited.stamp.path, None)):
            yield from result.lines
            if result.failure:
                yield failure_issue(result.path, *result.failure)
            awaited = next(order, None)


def _lot(tasks: Sequence[Task], spec: str) -> list[_Lines]:
    with collecting_rarely():
        found = [(task.stamp.path, outcome(task, spec, lambda _, x: dumps(x))) for task in tasks]
    return [_Lines(path, lines.made, lines.failure) for path, lines in found]


def extract_stream(data: bytes, spec: str) -> Iterator[str | Issue]:
    """Lines of the extraction file for bytes without a name, in any format that they show; text otherwise."""
    try:
        for source in read_bytes(data, Path("-.txt"), "-"):
            yield dumps(extract_document(source, engine(spec)))
    except ReadError as error:
        yield failure_issue("-", error.code, str(error))


def failure_issue(path: str, code: str, message: str) -> Issue:
    """The issue of a file that could not be used."""
    return Issue(Stage.READ, code, message, path)
