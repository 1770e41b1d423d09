"""The candidates on disk, so that a change of some ids changes the candidates of these alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from kg.identify.decisions import Decision, settled
from kg.identify.identity import Candidate
from kg.identify.near import REASONS, NearFacts, near_miss, signatures

_SCHEMA = """
CREATE TABLE IF NOT EXISTS near (
  id TEXT PRIMARY KEY, text TEXT NOT NULL, whole TEXT NOT NULL, sure INTEGER NOT NULL, held INTEGER NOT NULL,
  weight INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS signature (
  signature TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (signature, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS candidate (
  left TEXT NOT NULL, right TEXT NOT NULL, reason TEXT NOT NULL, score REAL NOT NULL,
  PRIMARY KEY (left, right, reason)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS candidate_right ON candidate (right);
"""
_TABLES = ("near", "signature", "candidate")


class Doubts:
    """The tables, in the database of the ledger; nothing is committed here."""

    def __init__(self, db: sqlite3.Connection, decisions: Sequence[Decision] = ()) -> None:
        self._db = db
        self._decisions = tuple(decisions)
        for statement in _SCHEMA.split(";"):
            db.execute(statement)

    def rebuild(self, items: Iterable[NearFacts], candidates: Iterable[Candidate]) -> None:
        """Fill the tables.

        Args:
            items: what is compared for near misses, of all ids.
            candidates: all that `identify` found.
        """
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608
        for n in items:
            self._put(n)
        self._keep(candidates)

    def change(
        self,
        tied: Iterable[str],
        ties: Iterable[Candidate],
        changed: Iterable[str],
        items: Iterable[NearFacts],
    ) -> tuple[frozenset[Candidate], frozenset[Candidate]]:
        """Bring the tables forward.

        Args:
            tied: ids, before and after, on whose ties a new word was spoken.
            ties: the doubtful ties among them now.
            changed: ids, before and after, of which something else is known now.
            items: what is compared of those of them that still are.

        Returns:
            The candidates that are no more, and those that are new.
        """
        old = {c for c in self._about(tied) if c.reason not in REASONS}
        old |= {c for c in self._about(changed) if c.reason in REASONS}
        for i in sorted(set(changed)):
            self._forget(i)
        known = sorted(items, key=lambda n: n.id)
        for n in known:
            self._put(n)
        new = set(ties)
        for n in known:
            new |= {c for other in self._beside(n) if (c := near_miss(n, other))}
        new = {c for c in new if not settled(c.left, c.right, self._decisions)}
        for c in old:
            self._db.execute(
                "DELETE FROM candidate WHERE left = ? AND right = ? AND reason = ?",
                (c.left, c.right, c.reason),
            )
        self._keep(new)
        return frozenset(old - new), frozenset(new - old)

    def _keep(self, candidates: Iterable[Candidate]) -> None:
        rows = [(c.left, c.right, c.reason, c.score) for c in candidates]
        self._db.executemany("INSERT OR REPLACE INTO candidate VALUES (?, ?, ?, ?)", rows)

    def _about(self, ids: Iterable[str]) -> Iterator[Candidate]:
        for i in sorted(set(ids)):
            sql = "SELECT left, right, reason, score FROM candidate WHERE left = ?1 OR right = ?1"
            yield from (Candidate(*row) for row in self._db.execute(sql, (i,)))

    def _put(self, n: NearFacts) -> None:
        row = (n.id, n.text, n.whole, n.sure, n.held, n.weight)
        self._db.execute("INSERT OR REPLACE INTO near VALUES (?, ?, ?, ?, ?, ?)", row)
        rows = [(signature, n.id) for signature in signatures(n)]
        self._db.executemany("INSERT OR IGNORE INTO signature VALUES (?, ?)", rows)

    def _forget(self, canonical: str) -> None:
        """Strike out what was known of an id."""
        for n in self._known("SELECT * FROM near WHERE id = ?", canonical):
            rows = [(signature, n.id) for signature in signatures(n)]
            self._db.executemany("DELETE FROM signature WHERE signature = ? AND id = ?", rows)
        self._db.execute("DELETE FROM near WHERE id = ?", (canonical,))

    def _beside(self, n: NearFacts) -> Iterator[NearFacts]:
        """Those that share a signature with one."""
        sql = """SELECT DISTINCT near.* FROM signature JOIN near ON near.id = signature.id
                 WHERE signature = ? AND near.id != ?"""
        for signature in signatures(n):
            yield from self._known(sql, signature, n.id)

    def _known(self, sql: str, *values: str) -> list[NearFacts]:
        rows = self._db.execute(sql, values).fetchall()
        return [NearFacts(row[0], row[1], row[2], bool(row[3]), bool(row[4]), row[5]) for row in rows]
