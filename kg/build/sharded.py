"""A graph as shards at an address: Parquet and N-Quads, made in calls that run here or on a cluster.

`kg build s3://…  -o s3://… --cluster ADDRESS`. Files are read into shards of Parquet (``extraction/``), each named after what it
was made of, so that none is made twice; the stages of :mod:`kg.build.flow` follow, and leave ``nquads/`` and ``tables/``. What
they pass on to each other lies in ``work/`` until the end. ``manifest.json`` is written last.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from kg import __version__
from kg.build import runners
from kg.build.chunks import Documents
from kg.build.cluster import cluster as on_cluster
from kg.build.derived import CANDIDATES, range_name
from kg.build.exchange import Exchange, Json, Row
from kg.build.fingerprint import rules_fingerprint
from kg.build.flow import Derived, derive, parts_for, stage
from kg.build.graph import summary
from kg.build.lines import Progress, files_of, no_progress
from kg.build.parallel import Task
from kg.build.parquet import ParquetExchange, Place, put_table
from kg.build.run import Report, tasks_of
from kg.build.shards import unpack
from kg.build.stages import Work
from kg.build.work import process
from kg.identify import Decision, read_decisions
from kg.model.ids import digest
from kg.model.issues import Stage
from kg.read import located
from kg.read.address import reaching

_LEAST, _MOST = 3 << 19, 6 << 20
"""Bytes of source files of one shard."""
_FILES = 1000
_CUT = 8
"""A shard may end at one path in so many, told by its hash: a file more or less changes one shard and not all that follow."""
_EXTRACTION = ("path", "source", "sha256", "line", "quads", "text", "code", "message")
MANIFEST = "manifest.json"


def cut(tasks: Sequence[Task]) -> Iterator[tuple[Task, ...]]:
    """Files in shards, in order of their paths."""
    lot: list[Task] = []
    size = 0
    for task in tasks:
        lot.append(task)
        size += task.stamp.size
        ends = zlib.crc32(task.stamp.path.encode()) % _CUT == 0
        if (size >= _LEAST and ends) or size >= _MOST or len(lot) >= _FILES:
            yield tuple(lot)
            lot, size = [], 0
    if lot:
        yield tuple(lot)


def name_of(tasks: Sequence[Task]) -> str:
    """The name of a shard: a digest of what is read and by which rules."""
    stamps = (t.stamp for t in tasks)
    return digest([x for s in stamps for x in (s.path, s.size, s.mtime_ns, s.fingerprint)])


def extract(place: Place, name: str, tasks: Sequence[Task], spec: str) -> Json:
    """Read files into a shard, unless it is there.

    Returns:
        ``documents``, how many; ``failures``, the codes of files that could not be used; ``read``, how many files.
    """
    path = f"extraction/{name}.parquet"
    found = _known(place, path)
    if found is not None:
        return {**found, "read": 0}
    rows: list[Row] = []
    issues: list[Row] = []
    failures = []
    for task in tasks:
        result = process(task, spec)
        for s in result.shards:
            line = unpack(s.line)
            rows.append((result.stamp.path, s.source, s.sha256, line, s.quads, s.text, None, None))
            issues += [_issue(s.source, i) for i in json.loads(line)["issues"]]
        if result.failure:
            code, message = result.failure
            rows.append((result.stamp.path, None, None, None, None, None, code, message))
            issues.append((result.stamp.path, Stage.READ.value, code, message, None, None))
            failures.append(code)
    columns = ("source", "stage", "code", "message", "start", "end")
    put_table(place, f"tables/issues/{name}.parquet", _columns(columns, issues))
    told = {"documents": sum(row[2] is not None for row in rows), "failures": failures}
    put_table(place, path, _columns(_EXTRACTION, rows), told)
    return {**told, "read": len(tasks)}


def _issue(source: str, issue: Json) -> Row:
    return (source, *(issue.get(name) for name in ("stage", "code", "message", "start", "end")))


def _columns(names: Sequence[str], rows: Sequence[Row]) -> dict[str, list[Any]]:
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _known(place: Place, path: str) -> Json | None:
    """What the metadata of a shard say, or None where it is not there."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    try:
        with place.open(path) as file:
            found: Json = json.loads(pq.read_schema(file).metadata[b"wenmai"])
    except FileNotFoundError:
        return None
    return found


@dataclass(frozen=True, slots=True)
class ParquetDocuments:
    """The documents of extraction shards, a chunk each.

    Attributes:
        place: where they are.
        names: of the shards, in order.
        exchange: where :func:`repeated` told which documents are there twice; None before.
        parts: how many parts told it.
    """

    place: Place
    names: tuple[str, ...]
    exchange: Exchange | None = None
    parts: int = 0

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return len(self.names)

    def read(self, chunk: int) -> Iterator[Json]:
        """The extractions of a chunk."""
        for (line,) in self.rows(chunk, "line"):
            yield json.loads(line)

    def rows(self, chunk: int, *columns: str) -> Iterator[Row]:
        """Some columns of the documents of a chunk."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

        dropped = set()
        if self.exchange:
            dropped = {source for (source,) in self.exchange.read("dropped", chunk, range(self.parts))}
        with self.place.open(f"extraction/{self.names[chunk]}.parquet") as file:
            table = pq.read_table(file, columns=list({"source", *columns}))
        found = zip(*(table[name].to_pylist() for name in ("source", *columns)), strict=True)
        for source, *row in found:
            if source is not None and source not in dropped:
                yield tuple(row)


def hashed(work: Work, chunk: int) -> Json:
    """The hash of each document of a chunk, to the hash's part."""
    documents = _parquet(work.documents)
    found = work.out()
    for sha256, source in documents.rows(chunk, "sha256", "source"):
        found.add(sha256, (sha256, source, chunk))
    work.exchange.write("hashed", chunk, found.rows)
    return {}


def repeated(work: Work, part: int) -> Json:
    """Of the same bytes under several paths, all but the first, to the chunks that hold them."""
    dropped: dict[int, list[Row]] = {}
    last = None
    for sha256, source, chunk in sorted(work.read_chunks("hashed", part)):
        if sha256 == last:
            dropped.setdefault(chunk, []).append((source,))
        last = sha256
    work.exchange.write("dropped", part, dropped)
    return {}


def graphs(work: Work, chunk: int) -> Json:
    """The named graphs of a chunk, to the range of their hashes."""
    documents = _parquet(work.documents)
    found: dict[int, list[Row]] = {}
    for sha256, quads in documents.rows(chunk, "sha256", "quads"):
        found.setdefault(int(sha256[:8], 16) * documents.chunks >> 32, []).append((sha256, quads))
    work.exchange.write("graphs", chunk, found)
    return {}


def write_graphs(work: Work, number: int) -> Json:
    """The named graphs of a range of hashes, sorted by hash."""
    found = sorted(work.read_chunks("graphs", number))
    count = 0

    def lines() -> Iterator[str]:
        nonlocal count
        for _, quads in found:
            text = unpack(quads)
            count += text.count("\n")
            yield text

    work.exchange.text(graphs_name(number), lines())
    return {"lines": count}


def graphs_name(number: int) -> str:
    """The file of a range of named graphs."""
    return f"sources-{number:06}.nq"


def _parquet(documents: Documents) -> ParquetDocuments:
    assert isinstance(documents, ParquetDocuments)
    return documents


def build_sharded(
    paths: Sequence[Path],
    out: str,
    *,
    jobs: int = 1,
    recognizer: str = "rules",
    cluster: str | None = None,
    progress: Progress = no_progress,
) -> Report:
    """Build, or bring up to date, a graph as shards.

    Args:
        paths: files and folders (:func:`kg.read.located`).
        out: address of a folder (``s3://bucket/graph``, ``file:///share/graph``).
        jobs: processes, where no cluster is given.
        recognizer: name of the engine.
        cluster: address of a Dask scheduler, or path of its file.
        progress: called with the number of files done and of all files.
    """
    started = time.monotonic()
    place = Place(out.rstrip("/"))
    with reaching(out):  # what is missing or out of reach is told before anything is read
        place.get(MANIFEST)
    discovered = files_of(paths)
    tasks = tasks_of(discovered, recognizer)
    lots = list(cut(tasks))
    names = tuple(map(name_of, lots))
    where: AbstractContextManager[runners.Each] = on_cluster(cluster) if cluster else runners.local(jobs)
    with where as each:
        told = _read(place, names, lots, recognizer, each, progress)
        figures = _graph(place, names, told, each)
    read = sum(t["read"] for t in told)
    ignored = tuple((i.source, i.rule) for i in discovered.ignored)
    seconds = time.monotonic() - started
    return Report(located(out), read, len(tasks) - read, 0, ignored, seconds, figures)


def _read(
    place: Place,
    names: Sequence[str],
    lots: Sequence[Sequence[Task]],
    recognizer: str,
    each: runners.Each,
    progress: Progress,
) -> list[Json]:
    """What is told of each shard, those made that are not there."""
    told: dict[int, Json] = {}
    total, done = sum(map(len, lots)), 0
    shards = zip(names, lots, strict=True)
    for index, result in each(extract, [(place, name, lot, recognizer) for name, lot in shards]):
        told[index] = result
        done += len(lots[index])
        progress(done, total)
    return [told[index] for index in range(len(lots))]


def _graph(place: Place, names: tuple[str, ...], told: Sequence[Json], each: runners.Each) -> Json:
    """The stages behind the documents; what is there already of this state is left as it is."""
    decisions = _decisions(place)
    state = digest((__version__, rules_fingerprint(), *names, "|", *map(repr, decisions)))
    manifest = json.loads(place.get(MANIFEST) or b"{}")
    if manifest.get("state") == state:
        figures: Json = json.loads(place.get("summary.json") or b"{}")
        return figures
    _begin(place, state, names)
    exchange = ParquetExchange(place, f"work/{state}")
    parts = parts_for(len(names))
    work = Work(ParquetDocuments(place, names), exchange, parts, decisions, tables=True)

    run = partial(stage, each)
    run(hashed, work, len(names))
    run(repeated, work, parts)
    work = replace(work, documents=ParquetDocuments(place, names, exchange, parts))
    found = derive(work, each)
    run(graphs, work, len(names))
    lines = sum(r["lines"] for r in run(write_graphs, work, len(names)))
    failures = [code for t in told for code in t["failures"]]
    figures = summary(found.figures, failures, found.lines + found.doubts + lines)
    place.put("summary.json", json.dumps(figures, ensure_ascii=False, indent=2).encode() + b"\n")
    nquads = _nquads(found, len(names))
    _sweep(place, names, ("extraction", "tables/issues", "work"))
    manifest = {"state": state, "version": __version__, "extraction": names, "nquads": nquads}
    place.put(MANIFEST, json.dumps(manifest, indent=2).encode() + b"\n")
    return figures


def _decisions(place: Place) -> tuple[Decision, ...]:
    return read_decisions(located(f"{place.url}/curation.csv")) if place.get("curation.csv") else ()


def _nquads(found: Derived, sources: int) -> list[str]:
    """The files of the graph: one behind the other they are ``graph.nq``."""
    names = [*map(range_name, range(found.ranges)), CANDIDATES, *map(graphs_name, range(sources))]
    return [f"nquads/{name}.gz" for name in names]


def _begin(place: Place, state: str, names: Sequence[str]) -> None:
    """Clear away what an earlier state left, once, so that what is found later is of this one."""
    mark = f"work/{state}/begun.json"
    if place.get(mark) is None:
        place.remove((MANIFEST,) if place.get(MANIFEST) else ())
        _sweep(place, names, ("nquads", "tables", "work"))
        place.put(mark, b"{}")


def _sweep(place: Place, names: Sequence[str], folders: Sequence[str]) -> None:
    """Delete the files of some folders, but not shards and issues of this build."""
    kept = {f"{folder}/{name}.parquet" for folder in ("extraction", "tables/issues") for name in names}
    place.remove([name for folder in folders for name in place.names(folder) if name not in kept])
