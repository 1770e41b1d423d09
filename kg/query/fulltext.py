"""Full-text search beside the store: SQLite FTS5 over bigrams of 汉字."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg.store import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS text (
  id INTEGER PRIMARY KEY, sha256 TEXT UNIQUE NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE VIRTUAL TABLE IF NOT EXISTS grams USING fts5(title, text, content='', tokenize='ascii');
"""
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[0-9a-zA-Z]+")
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A source that holds the words.

    Attributes:
        sha256: of the source.
        path: of its file.
        title: of the document.
        snippet: the text around the first place, on one line.
        start: source offset of that place.
        end: offset behind it.
        score: the higher the better.
    """

    sha256: str
    path: str
    title: str
    snippet: str
    start: int
    end: int
    score: float


def grams(text: str) -> str:
    """What is indexed of a text: pairs of neighbouring 汉字, words of letters and digits.

    ``公平竞争 OA2020`` → ``公平 平竞 竞争 oa2020``; one 汉字 alone stands for itself.
    """
    return " ".join(_grams(unicodedata.normalize("NFKC", text).lower()))


def _grams(text: str) -> Iterator[str]:
    for found in _RUN.finditer(text):
        run = found[0]
        if run[0].isascii() or len(run) == 1:
            yield run
        else:
            yield from (run[i : i + 2] for i in range(len(run) - 1))


class FullText:
    """The index of one graph (``fulltext.sqlite``); use it as a context manager or close it."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if read_only and not path.is_file():
            raise StoreError(f"没有全文索引 {path}", f"there is no full-text index {path}")
        address = f"{path.resolve().as_uri()}?mode=ro" if read_only else str(path)
        try:
            self._db = sqlite3.connect(address, uri=read_only)
            if not read_only:
                self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(
                f"全文索引 {path} 不能打开或写入（{error}）",
                f"the index {path} cannot be opened or written to ({error})",
            ) from error

    def __enter__(self) -> FullText:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self._db.close()

    def put(self, texts: Iterable[tuple[str, str, str, str]]) -> None:
        """Add or replace sources, in one transaction.

        Args:
            texts: content hash, path, title and source text of each.
        """
        with self._db:
            for sha256, path, title, text in texts:
                self._forget(sha256)
                row = self._db.execute(
                    "INSERT INTO text (sha256, path, title, text) VALUES (?, ?, ?, ?)",
                    (sha256, path, title, text),
                )
                self._db.execute(
                    "INSERT INTO grams (rowid, title, text) VALUES (?, ?, ?)",
                    (row.lastrowid, grams(title), grams(text)),
                )

    def remove(self, hashes: Iterable[str]) -> None:
        """Forget sources, in one transaction."""
        with self._db:
            for sha256 in hashes:
                self._forget(sha256)

    def _forget(self, sha256: str) -> None:
        """Take a source out; an index without content must be told what it held."""
        sql = "SELECT id, title, text FROM text WHERE sha256 = ?"
        for row, title, text in self._db.execute(sql, (sha256,)).fetchall():
            self._db.execute(
                "INSERT INTO grams (grams, rowid, title, text) VALUES ('delete', ?, ?, ?)",
                (row, grams(title), grams(text)),
            )
            self._db.execute("DELETE FROM text WHERE id = ?", (row,))

    def hashes(self) -> set[str]:
        """Content hashes of all sources in the index."""
        return {row[0] for row in self._db.execute("SELECT sha256 FROM text")}

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Sources that hold all words, the best first (BM25, titles count five times).

        Args:
            words: separated by spaces; each is found as it stands, whatever stands around it.
            limit: how many.
        """
        terms = [phrase for word in words.split() if (phrase := _phrase(word))]
        if not terms:
            return []
        sql = """
            SELECT t.sha256, t.path, t.title, t.text, -bm25(grams, 5.0, 1.0) AS score
            FROM grams JOIN text t ON t.id = grams.rowid
            WHERE grams MATCH ? ORDER BY score DESC, t.path LIMIT ?"""
        with closing(self._db.execute(sql, (" AND ".join(terms), limit))) as rows:
            return [_hit(words, *row) for row in rows]


def _phrase(word: str) -> str:
    """A word as an FTS5 phrase of its grams; a single 汉字 as all grams that begin with it."""
    tokens = grams(word).split()
    if len(tokens) == 1 and len(tokens[0]) == 1 and not tokens[0].isascii():
        return f'"{tokens[0]}" *'
    return '"' + " ".join(tokens) + '"' if tokens else ""


def _hit(words: str, sha256: str, path: str, title: str, text: str, score: float) -> Hit:
    for word in words.split():
        spaced = r"[\s\W]*".join(map(re.escape, _characters(word)))
        found = re.search(spaced, text, re.IGNORECASE)
        if found:
            start, end = found.span()
            around = text[max(0, start - _AROUND) : end + _AROUND]
            return Hit(sha256, path, title, " ".join(around.split()), start, end, score)
    return Hit(sha256, path, title, " ".join(text[: 2 * _AROUND].split()), 0, 0, score)


def _characters(word: str) -> list[str]:
    return [c for found in _RUN.finditer(word) for c in found[0]]
