"""The documents of a graph in chunks that fit in memory, each source once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.build.exchange import Json
from kg.build.shards import unpack

_CHUNK = 1 << 21
"""Bytes of packed extraction lines a chunk: some 600 documents of a page and a half."""


class Documents(Protocol):
    """Documents in order of their paths; it travels to the processes that work on them."""

    @property
    def chunks(self) -> int:
        """How many chunks there are; at least one."""

    def read(self, chunk: int) -> Iterator[Json]:
        """The extractions of a chunk as JSON objects; of the same bytes under several paths the first path alone."""


@dataclass(frozen=True, slots=True)
class ShardDocuments:
    """The documents of ``shards.sqlite``.

    Attributes:
        database: the file.
        starts: the first source of each chunk.
    """

    database: Path
    starts: tuple[str, ...]

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return len(self.starts)

    def read(self, chunk: int) -> Iterator[Json]:
        """The extractions of a chunk."""
        sql = """SELECT line FROM shard AS s WHERE source >= ? AND (?2 IS NULL OR source < ?2)
                 AND source = (SELECT min(source) FROM shard AS t WHERE t.sha256 = s.sha256) ORDER BY source"""
        end = self.starts[chunk + 1] if chunk + 1 < len(self.starts) else None
        with closing(sqlite3.connect(f"{self.database.resolve().as_uri()}?mode=ro", uri=True)) as db:
            for (line,) in db.execute(sql, (self.starts[chunk], end)):
                yield json.loads(unpack(line))


def shard_documents(database: Path) -> ShardDocuments:
    """Cut the documents of a table of shards into chunks."""
    starts = [""]
    size = 0
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        for source, length in db.execute("SELECT source, length(line) FROM shard ORDER BY source"):
            if size >= _CHUNK:
                starts.append(source)
                size = 0
            size += length
    return ShardDocuments(database, tuple(starts))
