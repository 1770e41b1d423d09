"""From paths to a graph: finds what changed, runs the stages over it, writes the results."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg import __version__
from kg.build.cluster import run_on_cluster
from kg.build.fingerprint import rules_fingerprint
from kg.build.graph import (
    Layout,
    decisions_of,
    write,
    write_flat,
    write_graph,
    write_tables,
)
from kg.build.lines import Progress, files_of, no_progress
from kg.build.parallel import Stamp, Task
from kg.build.shards import FileResult, Shards
from kg.build.work import run
from kg.evaluate import annotation
from kg.model.documents import Declared
from kg.model.ids import digest
from kg.model.issues import INFORMATION
from kg.read import Discovery
from kg.read.address import look_of

Work = Callable[[Sequence[Task]], Iterator[list[FileResult]]]
"""Reads files somewhere: here, in other processes, on a cluster."""
_COMMIT_EVERY = 200


def tasks_of(found: Discovery, recognizer: str) -> list[Task]:
    """One task a file, with the stamp that tells whether it must be read again."""
    rules = rules_fingerprint()
    tasks = []
    for file in found.files:
        size, changed = look_of(file.path)
        print_ = digest((rules, recognizer, *_declared(file.declared)))
        tasks.append(Task(file.path, Stamp(file.source, size, changed, print_), file.declared))
    return tasks


def _declared(d: Declared | None) -> tuple[str | None, ...]:
    return (d.title, d.number, "\n".join(d.issuers), d.date, d.url) if d else ()


def annotated_files(gold: Path, corpus: Path) -> list[Path]:
    """The texts that a folder of annotations is about."""
    names = [annotation(p)["file"] for p in sorted(gold.glob("*.json"))]
    return [corpus / name for name in names if (corpus / name).exists()]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run has to do.

    Attributes:
        todo: files to read.
        gone: paths of files kept from an earlier build that are no longer asked for.
        kept: how many files need no work.
    """

    todo: tuple[Task, ...]
    gone: tuple[str, ...]
    kept: int


def changes(known: Mapping[str, Stamp], tasks: Sequence[Task]) -> Changes:
    """Compare the files with what is ``known`` of files by path."""
    todo = tuple(task for task in tasks if known.get(task.stamp.path) != task.stamp)
    wanted = {task.stamp.path for task in tasks}
    gone = tuple(sorted(path for path in known if path not in wanted))
    return Changes(todo, gone, len(tasks) - len(todo))


def refresh(shards: Shards, todo: Changes, work: Work, progress: Progress) -> None:
    """Read what changed and keep it; stopping loses only the lot under way."""
    shards.remove(todo.gone)
    pending: list[FileResult] = []
    done = 0
    try:
        for results in work(todo.todo):
            pending += results
            done += len(results)
            progress(done, len(todo.todo))
            if len(pending) >= _COMMIT_EVERY:
                shards.put(pending)
                pending = []
    finally:
        if pending:
            shards.put(pending)


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did.

    Attributes:
        folder: where the graph is.
        read: files read in this run.
        kept: files that had not changed.
        removed: files dropped because they are no longer asked for.
        ignored: files left out, with the rule that says so.
        seconds: wall time.
        summary: what the graph holds (``summary.json``).
    """

    folder: Path
    read: int
    kept: int
    removed: int
    ignored: tuple[tuple[str, str], ...]
    seconds: float
    summary: dict[str, Any]

    @property
    def issues(self) -> int:
        """How many issues the graph's sources have, mere information apart."""
        return sum(n for code, n in self.summary["issues"].items() if code not in INFORMATION)

    @property
    def information(self) -> int:
        """How many notes the graph's sources have that nobody need act on."""
        return sum(self.summary["issues"].get(code, 0) for code in INFORMATION)


def build_graph(
    paths: Sequence[Path],
    out: Path,
    *,
    jobs: int = 1,
    recognizer: str = "rules",
    cluster: str | None = None,
    progress: Progress = no_progress,
) -> Report:
    """Build, or bring up to date, the graph of files and folders.

    Args:
        paths: files and folders; nothing else stays in the graph.
        out: folder of the graph; made where it is missing.
        jobs: processes.
        recognizer: name of the engine.
        cluster: address of a Dask scheduler, or path of its file, whose workers read the documents instead.
        progress: called with the number of files done and of all files to read.
    """
    started = time.monotonic()
    found = files_of(paths)
    out.mkdir(parents=True, exist_ok=True)
    layout = Layout(out)

    def work(tasks: Sequence[Task]) -> Iterator[list[FileResult]]:
        return run_on_cluster(cluster, tasks, recognizer) if cluster else run(tasks, recognizer, jobs)

    with Shards(layout.shards) as shards:
        todo = changes(shards.stamps(), tasks_of(found, recognizer))
        if todo.todo or todo.gone:
            refresh(shards, todo, work, progress)
        decisions = decisions_of(layout)
        state = digest((rules_fingerprint(), *map(repr, decisions)))
        if shards.marker("graph") != state or not layout.whole:
            figures = write_graph(shards, layout, decisions, jobs, ledger=state)
            write_flat(shards, layout)
            write_tables(layout)
            write(layout.file("summary.json"), (json.dumps(figures, ensure_ascii=False, indent=2), "\n"))
            shards.mark("graph", state)
            layout.file("STALE").unlink(missing_ok=True)
        else:
            figures = json.loads(layout.file("summary.json").read_text(encoding="utf-8"))
    ignored = tuple((i.source, i.rule) for i in found.ignored)
    report = Report(
        out, len(todo.todo), todo.kept, len(todo.gone), ignored, time.monotonic() - started, figures
    )
    _write_run(layout, report, jobs, recognizer)
    return report


def _write_run(layout: Layout, report: Report, jobs: int, recognizer: str) -> None:
    """Everything that a clock or a machine knows."""
    run_info = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(report.seconds, 3),
        "jobs": jobs,
        "recognizer": recognizer,
        "version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "read": report.read,
        "kept": report.kept,
        "removed": report.removed,
        "ignored": [{"source": s, "rule": r} for s, r in report.ignored],
    }
    write(layout.file("run.json"), (json.dumps(run_info, ensure_ascii=False, indent=2), "\n"))
