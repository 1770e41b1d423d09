"""What a graph keeps of each file: its line of the extraction file, its named graph, its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import __version__
from kg.build.jsonl import dumps
from kg.build.parallel import Task, collecting_rarely, in_lots, outcome
from kg.build.shards import FileResult, Shard, pack
from kg.graph.assemble import source_graph
from kg.model.documents import SourceDoc
from kg.model.extraction import Extraction


def process(task: Task, spec: str) -> FileResult:
    """All documents of one file."""

    def shard(source: SourceDoc, found: Extraction) -> Shard:
        quads = "".join(source_graph(found, source.text, __version__, task.stamp.fingerprint))
        text = None if source.media_type == "text/plain" else pack(source.text)
        return Shard(found.source, found.sha256, pack(dumps(found)), pack(quads), text)

    found = outcome(task, spec, shard)
    return FileResult(task.stamp, found.made, found.failure)


def process_batch(tasks: Sequence[Task], spec: str) -> list[FileResult]:
    """All documents of a lot of files."""
    with collecting_rarely():
        return [process(task, spec) for task in tasks]


def run(tasks: Sequence[Task], spec: str, jobs: int) -> Iterator[list[FileResult]]:
    """Results in lots, in whatever order they come; see :func:`kg.build.parallel.in_lots`."""
    return in_lots(process_batch, tasks, spec, jobs)
