"""From shards to the graph and the flat files beside it."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.build.chunks import shard_documents
from kg.build.derived import CANDIDATES, candidates, identified, range_name
from kg.build.exchange import LocalExchange
from kg.build.flow import Derived, derive, parts_for
from kg.build.jsonl import Json, from_json
from kg.build.runners import local
from kg.build.shards import Shards
from kg.build.stages import Work
from kg.graph.export import write_lines
from kg.identify import Decision, observations, read_decisions
from kg.identify.ledger import Ledger
from kg.model.errors import WenmaiError
from kg.model.extraction import Extraction
from kg.store import OxigraphStore

_FLAT = (
    "graph.nq",
    "graph.ttl",
    "graph.html",
    "citations.csv",
    "extraction.jsonl",
    "issues.jsonl",
    "summary.json",
)
_COPY = 1 << 20
_NO_ISSUES = '"issues":[]}'


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie in the folder of a graph."""

    folder: Path

    @property
    def shards(self) -> Path:
        """What each file gave."""
        return self.folder / "shards.sqlite"

    @property
    def store(self) -> Path:
        """The Oxigraph store."""
        return self.folder / "store"

    @property
    def curation(self) -> Path:
        """People's decisions."""
        return self.folder / "curation.csv"

    @property
    def whole(self) -> bool:
        """Whether everything that a build writes is there."""
        return (self.store / "CURRENT").is_file() and all(self.file(name).is_file() for name in _FLAT)

    def file(self, name: str) -> Path:
        """A flat file."""
        return self.folder / name


def graph_in(folder: Path) -> Layout:
    """The layout of a folder that `kg build` wrote.

    Raises:
        WenmaiError: there is no graph in it.
    """
    layout = Layout(folder)
    if not layout.shards.is_file():
        raise WenmaiError(
            f"{folder} 里没有图谱，请先运行 kg build 文件夹 -o {folder}",
            f"there is no graph in {folder}; run kg build FOLDER -o {folder} first",
        )
    return layout


def extractions(shards: Shards) -> Iterator[Extraction]:
    """Every source once, sorted by path; the same bytes under two paths count once, under the first."""
    return map(from_json, _objects(shards))


def _objects(shards: Shards) -> Iterator[Json]:
    seen: set[str] = set()
    for _, line in shards.lines():
        o: Json = json.loads(line)
        if o["sha256"] not in seen:
            seen.add(o["sha256"])
            yield o


def decisions_of(layout: Layout) -> tuple[Decision, ...]:
    """People's decisions, or none."""
    return read_decisions(layout.curation) if layout.curation.exists() else ()


@contextmanager
def _derived(layout: Layout, decisions: Sequence[Decision], jobs: int) -> Iterator[tuple[Path, Derived]]:
    """The folder in which the stages leave what they give, while it is there, and what is to be known of it."""
    folder = layout.file("work.part")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    documents = shard_documents(layout.shards)
    work = Work(documents, LocalExchange(folder), parts_for(documents.chunks), tuple(decisions))
    with local(jobs) as each:
        found = derive(work, each)
    yield folder, found
    shutil.rmtree(folder)


def settle(shards: Shards, layout: Layout, decisions: Sequence[Decision], state: str) -> None:
    """Keep the facts of all keys and the id map in the ledger, with which sources come and go later.

    Args:
        shards: the documents.
        layout: where they are.
        decisions: what people decided.
        state: what the ledger is marked with: of rules and decisions.
    """
    with _derived(layout, decisions, 1) as (_, found):
        _fill(shards, decisions, state, found)


def _fill(shards: Shards, decisions: Sequence[Decision], state: str, found: Derived) -> None:
    with shards.transaction() as db:
        ledger = Ledger(db, decisions)
        ledger.clear()
        for part in range(found.work.parts):
            ledger.fill(*identified(found.work, part))
        for x in extractions(shards):
            ledger.uses(x.sha256, {row[1] for row in observations(x)})
        ledger.doubt(candidates(found.work))
        shards.mark("ledger", state)


def write_graph(
    shards: Shards, layout: Layout, decisions: Sequence[Decision], jobs: int = 1, ledger: str | None = None
) -> dict[str, Any]:
    """Write ``graph.nq``, ``graph.ttl`` (the default graph) and the store, each whole or not at all.

    Args:
        shards: the documents.
        layout: where to write.
        decisions: what people decided.
        jobs: processes.
        ledger: what the ledger is marked with once it is filled; None where it is not wanted.

    Returns:
        Counts of what the graph holds (``summary.json``); a function of the sources alone.
    """
    with _derived(layout, decisions, jobs) as (folder, found):
        ranges = [folder / range_name(number) for number in range(found.ranges)]
        turtle, nquads = layout.file("graph.ttl"), layout.file("graph.nq")
        write_lines(_lines(ranges), _partial(turtle), "turtle")
        quads = found.lines + found.doubts
        with _partial(nquads).open("wb") as out:
            for path in (*ranges, folder / CANDIDATES):
                with path.open("rb") as lines:
                    shutil.copyfileobj(lines, out, _COPY)
                path.unlink()
            for graph in shards.graphs():
                quads += graph.count("\n")
                out.write(graph.encode())
        for path in (turtle, nquads):
            _partial(path).replace(path)
        load_store(layout, nquads)
        shards.unmark("pending")
        if ledger:
            _fill(shards, decisions, ledger, found)
    return summary(found.figures, (code for _, code, _ in shards.failures()), quads)


def _partial(path: Path) -> Path:
    """Where a file is written before it is whole."""
    return path.with_name(f"{path.name}.part")


def _lines(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from file


def load_store(layout: Layout, nquads: Path) -> None:
    """Make a new store beside the old one and put it in its place when it is whole."""
    new, old = layout.file("store.new"), layout.file("store.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    store = OxigraphStore.create(new)
    store.load_file(nquads)
    store.close()
    del store
    if layout.store.exists():
        layout.store.rename(old)
    new.rename(layout.store)
    shutil.rmtree(old, ignore_errors=True)


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write a text file whole or not at all."""
    with _partial(path).open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(pieces)
        out.flush()
        os.fsync(out.fileno())
    _partial(path).replace(path)


def write_tables(layout: Layout) -> None:
    """Write what is read from the store: ``citations.csv``, ``graph.html``."""
    from kg.build.exports import export_graph  # noqa: PLC0415 - slow to import, and not wanted to extract
    from kg.render import graph_view, view_page  # noqa: PLC0415

    store = OxigraphStore.open(layout.store)
    export_graph(store, "csv", layout.file("citations.csv"))
    write(layout.file("graph.html"), (view_page(graph_view(store, title="公文图谱")),))
    store.close()


def write_flat(shards: Shards, layout: Layout) -> None:
    """Write ``extraction.jsonl``, ``issues.jsonl`` and the source texts of files that are not plain text."""
    write(layout.file("extraction.jsonl"), (f"{line}\n" for _, line in shards.lines()))
    write(layout.file("issues.jsonl"), _issue_lines(shards))
    for sha256, text in shards.texts():
        path = layout.folder / "text" / f"{sha256}.txt"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            write(path, (text,))


def _issue_lines(shards: Shards) -> Iterator[str]:
    for path, code, message in shards.failures():
        yield _line({"source": path, "stage": "read", "code": code, "message": message})
    for source, line in shards.lines():
        if not line.endswith(_NO_ISSUES):
            for issue in json.loads(line)["issues"]:
                yield _line({"source": source, **issue})


def _line(o: dict[str, Any]) -> str:
    return json.dumps(o, ensure_ascii=False, separators=(",", ":")) + "\n"


def summary(figures: Mapping[str, Any], failures: Iterable[str], quads: int) -> dict[str, Any]:
    """The counts of the stages with those of files that could not be used, by code, and of all quads."""
    failed = Counter(failures)
    issues = failed + Counter(figures["issues"])
    return {**figures, "failures": failed.total(), "issues": dict(sorted(issues.items())), "quads": quads}
