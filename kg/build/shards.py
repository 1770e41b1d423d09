"""What each file gave, kept between builds in one SQLite file: `DIR/shards.sqlite`.

A file's rows are replaced in one transaction, so a build that is killed loses at most the batch under way and
the next one goes on from there.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.build.parallel import Stamp
from kg.model.errors import WenmaiError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS file (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, fingerprint TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shard (
  source TEXT PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, line BLOB NOT NULL,
  quads BLOB NOT NULL, text BLOB
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shard_path ON shard (path);
CREATE INDEX IF NOT EXISTS shard_sha256 ON shard (sha256);
CREATE TABLE IF NOT EXISTS failure (
  path TEXT PRIMARY KEY, code TEXT NOT NULL, message TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marker (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Shard:
    """One document of a file.

    Attributes:
        source: path of the document; ``archive.zip!/member`` for a member.
        sha256: of the bytes read.
        line: its line of the extraction file, compressed.
        quads: its named graph as N-Quads, compressed.
        text: the source text, compressed, where the file itself is not plain text.
    """

    source: str
    sha256: str
    line: bytes
    quads: bytes
    text: bytes | None = None


@dataclass(frozen=True, slots=True)
class FileResult:
    """All that came of one file."""

    stamp: Stamp
    shards: tuple[Shard, ...]
    failure: tuple[str, str] | None = None
    """Code and message where the file, or the rest of it, could not be used."""


def _writable(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=NORMAL")
    db.executescript(_SCHEMA)
    return db


def _read_only(path: Path) -> sqlite3.Connection | None:
    """A graph in a folder that cannot be written to, on a disc or a share: nobody else writes to it either."""
    if not path.is_file() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return None
    return sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None)


class Shards:
    """The table of shards; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = _read_only(path) or _writable(path)
        except sqlite3.Error as error:
            raise WenmaiError(
                f"{path} 不能打开或写入（{error}）；请检查权限；如已损坏，删除它再运行 kg build",
                f"{path} cannot be opened or written to ({error}); if it is damaged, delete it and run kg build",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def stamps(self, paths: Iterable[str] | None = None) -> dict[str, Stamp]:
        """The files read so far by path: all of them, or those of ``paths``."""
        sql = "SELECT path, size, mtime_ns, fingerprint FROM file"
        if paths is None:
            rows = list(self._db.execute(sql))
        else:
            rows = [row for p in paths for row in self._db.execute(f"{sql} WHERE path = ?", (p,))]
        return {row[0]: Stamp(*row) for row in rows}

    def put(self, results: Iterable[FileResult]) -> None:
        """Replace what is kept of these files, in one transaction; the marker of a finished build goes."""
        with self.transaction() as db:
            db.execute("DELETE FROM marker")
            for r in results:
                self._forget(r.stamp.path)
                s = r.stamp
                db.execute(
                    "INSERT INTO file VALUES (?, ?, ?, ?)", (s.path, s.size, s.mtime_ns, s.fingerprint)
                )
                db.executemany(
                    "INSERT OR REPLACE INTO shard VALUES (?, ?, ?, ?, ?, ?)",
                    [(x.source, s.path, x.sha256, x.line, x.quads, x.text) for x in r.shards],
                )
                if r.failure:
                    db.execute("INSERT INTO failure VALUES (?, ?, ?)", (s.path, *r.failure))

    def remove(self, paths: Iterable[str]) -> None:
        """Forget files."""
        with self.transaction() as db:
            db.execute("DELETE FROM marker")
            for path in paths:
                self._forget(path)

    def lines(self) -> Iterator[tuple[str, str]]:
        """Source and line of the extraction file of every document, sorted by source (code point order)."""
        for source, line in self._db.execute("SELECT source, line FROM shard ORDER BY source"):
            yield source, unpack(line)

    def graphs(self) -> Iterator[str]:
        """The named graph of every source as N-Quads; the same bytes under two paths are one source."""
        sql = "SELECT quads, min(source) FROM shard GROUP BY sha256 ORDER BY sha256"
        for quads, _ in self._db.execute(sql):
            yield unpack(quads)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Hash of the bytes and source text of every document whose file is not plain text."""
        rows = self._db.execute("SELECT sha256, text FROM shard WHERE text IS NOT NULL ORDER BY sha256")
        for sha256, text in rows:
            yield sha256, unpack(text)

    def failures(self) -> Iterator[tuple[str, str, str]]:
        """Path, code and message of every file that could not be used, sorted by path."""
        yield from self._db.execute("SELECT path, code, message FROM failure ORDER BY path")

    def count(self) -> int:
        """How many documents are kept."""
        row: tuple[int] = self._db.execute("SELECT count(*) FROM shard").fetchone()
        return row[0]

    def marker(self, name: str) -> str | None:
        """What was marked, or None; any change of a shard removes all markers."""
        row = self._db.execute("SELECT value FROM marker WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def mark(self, name: str, value: str) -> None:
        """Mark a state of the shards, such as the graph made of them."""
        self._db.execute("INSERT OR REPLACE INTO marker VALUES (?, ?)", (name, value))

    def _forget(self, path: str) -> None:
        for table in ("file", "shard", "failure"):
            self._db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))  # noqa: S608

    def unmark(self, name: str) -> None:
        """Take a mark off."""
        self._db.execute("DELETE FROM marker WHERE name = ?", (name,))

    def paths_of(self, hashes: Iterable[str]) -> list[str]:
        """Paths of the files that hold these bytes, sorted."""
        sql = "SELECT path FROM shard WHERE sha256 = ?"
        return sorted({row[0] for h in hashes for row in self._db.execute(sql, (h,))})

    def transaction(self) -> _Transaction:
        """All or nothing; one inside of another is part of it."""
        return _Transaction(self._db)


class _Transaction:
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._inner = False

    def __enter__(self) -> sqlite3.Connection:
        self._inner = self._db.in_transaction
        if not self._inner:
            try:
                self._db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise WenmaiError(
                    f"图谱正由另一个程序写入，或不可写（{error}）；请稍后再试",
                    f"another program is writing to the graph, or it is read-only ({error}); try again later",
                ) from error
        return self._db

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._inner:
            self._db.execute("ROLLBACK" if kind else "COMMIT")


def read_shard(database: Path, prefix: str) -> tuple[str, str, bytes | None] | None:
    """File, line of the extraction and packed text of one source, without opening the table to write.

    Args:
        database: ``shards.sqlite``.
        prefix: the first digits of the hash of its bytes, as in the IRI of the source.
    """
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        row = db.execute(
            "SELECT path, line, text FROM shard WHERE substr(sha256, 1, ?) = ? ORDER BY source LIMIT 1",
            (len(prefix), prefix),
        ).fetchone()
    return (row[0], unpack(row[1]), row[2]) if row else None


def pack(text: str) -> bytes:
    """Compressed form of a line or text."""
    return zlib.compress(text.encode(), 1)


def unpack(packed: bytes) -> str:
    """The reverse of :func:`pack`."""
    return zlib.decompress(packed).decode()
