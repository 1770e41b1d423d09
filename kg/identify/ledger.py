"""The facts of all keys and the id map on disk, so that one source can come or go in its own time.

The tables hold what :class:`KeyTable` and :func:`identify` hold in memory; :meth:`Ledger.change` brings them from
one set of sources to the next and says which ids, entities and sources that touches. It asks `identify` about
the keys that share a title, a name, an order's number or a place with those that changed, or with these again,
which is all that their ids depend on.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kg.identify import Decision, Identity, KeyFacts, KeyTable, identify, observations
from kg.identify.blocks import blocks_of
from kg.identify.doubts import Doubts
from kg.identify.identity import Candidate
from kg.identify.near import NearFacts, near_facts
from kg.model.extraction import Extraction

_SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (
  key TEXT NOT NULL, label TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL, weight INTEGER NOT NULL,
  PRIMARY KEY (key, attribute, value)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS fact_link ON fact (value, key)
  WHERE attribute IN ('issuer', 'parent', 'carrier', 'broader');
CREATE TABLE IF NOT EXISTS block (block TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (block, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS block_key ON block (key);
CREATE TABLE IF NOT EXISTS usage (key TEXT NOT NULL, sha TEXT NOT NULL, PRIMARY KEY (key, sha)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ids (key TEXT PRIMARY KEY, id TEXT NOT NULL, reason TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ids_id ON ids (id);
CREATE TABLE IF NOT EXISTS carried (id TEXT PRIMARY KEY, carrier TEXT NOT NULL) WITHOUT ROWID;
"""
_TABLES = ("fact", "block", "usage", "ids", "carried")
_LINKS = "attribute IN ('issuer', 'parent', 'carrier', 'broader')"


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of sources touches.

    Attributes:
        keys: keys whose facts or ids changed.
        ids: canonical ids, before and after, whose description must be made anew.
        sources: content hashes of other sources whose statements must be made anew.
        gone: candidates that are no more.
        come: candidates that are new.
    """

    keys: frozenset[str]
    ids: frozenset[str]
    sources: frozenset[str]
    gone: frozenset[Candidate] = frozenset()
    come: frozenset[Candidate] = frozenset()


class Ledger:
    """The tables, in a SQLite database that the caller keeps; nothing is committed here."""

    def __init__(self, db: sqlite3.Connection, decisions: Sequence[Decision] = ()) -> None:
        self._db = db
        self._decisions = tuple(decisions)
        for statement in _SCHEMA.split(";"):
            db.execute(statement)
        self._doubts = Doubts(db, decisions)

    def clear(self) -> None:
        """Empty the tables."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608

    def uses(self, sha256: str, keys: Iterable[str]) -> None:
        """Note that a source names these keys."""
        self._db.executemany("INSERT OR IGNORE INTO usage VALUES (?, ?)", [(k, sha256) for k in sorted(keys)])

    def fill(self, table: KeyTable, identity: Identity) -> None:
        """Write the facts of some keys and their ids into tables that lack them.

        What names them is noted by :meth:`uses`, what is in doubt of them all by :meth:`doubt`.
        """
        keys = table.keys()
        self._db.executemany(
            "INSERT INTO fact VALUES (?, ?, ?, ?, ?)",
            chain.from_iterable(map(_rows, map(table.__getitem__, keys))),
        )
        blocks = ((block, key) for key in keys for block in sorted(blocks_of(table[key])))
        self._db.executemany("INSERT OR IGNORE INTO block VALUES (?, ?)", blocks)
        ids = ((k, identity.ids[k], identity.reasons.get(k)) for k in keys if k in identity.ids)
        self._db.executemany("INSERT INTO ids VALUES (?, ?, ?)", ids)
        self._db.executemany("INSERT INTO carried VALUES (?, ?)", sorted(identity.carried.items()))

    def doubt(self, candidates: Iterable[Candidate]) -> None:
        """Note all candidates, and what all ids are compared by."""
        ids = (row[0] for row in self._db.execute("SELECT DISTINCT id FROM ids ORDER BY id"))
        self._doubts.rebuild(self._compared(ids), candidates)

    def change(self, removed: Sequence[Extraction], added: Sequence[Extraction]) -> Change:
        """Take sources out and in; the tables then hold what a rebuild would."""
        keys = {row[1] for x in (*removed, *added) for row in observations(x)}
        blocks = self._blocks(keys)
        for x in removed:
            self._apply(x, -1)
        for x in added:
            self._apply(x, 1)
        for key in sorted(keys):
            self._reblock(key)
        decided = {k for d in self._decisions for k in (d.key, d.target) if k}
        blocks |= self._blocks(keys | decided)
        members = self._together(blocks) | keys | decided
        table = self._table(members)
        identity = identify(table, self._decisions, near=False)
        before = {k: i for k in members if (i := self.id_of(k))}
        after = {k: identity.ids[k] for k in members if k in identity.ids}
        moved = {
            k for k in members if before.get(k) != after.get(k) or self._reason(k) != identity.reasons.get(k)
        }
        carried = self._carried(before, identity, members)
        touched = keys | moved
        touched |= {row[0] for k in sorted(moved) for row in self._links_to(k)}
        ids = {
            i for k in sorted(touched) for i in (before.get(k) or self.id_of(k), after.get(k)) if i
        } | carried
        self._write(identity, sorted(members))
        ids |= {i for k in sorted(touched) if (i := self.id_of(k))}
        gone = {x.sha256 for x in removed} | {x.sha256 for x in added}
        sources = {row[0] for k in sorted(moved) for row in self._users(k)} - gone
        doubts = self._doubts.change(
            {*before.values(), *after.values()}, identity.candidates, ids, self._compared(sorted(ids))
        )
        return Change(frozenset(touched), frozenset(ids), frozenset(sources), *doubts)

    def _compared(self, ids: Iterable[str]) -> Iterator[NearFacts]:
        """What is compared for near misses of those ids that are there."""
        groups = _Groups(self._db)
        for i in ids:
            facts = [f for key in groups.get(i, ()) if (f := self._facts(key))]
            if facts and (found := near_facts(i, facts)):
                yield found

    def id_of(self, key: str) -> str | None:
        """The canonical id of a key, or None where no source names it."""
        row = self._db.execute("SELECT id FROM ids WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _reason(self, key: str) -> str | None:
        row = self._db.execute("SELECT reason FROM ids WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def identity(self) -> Identity:
        """The id map as `derive` reads it, from the tables."""
        decided = identify(KeyTable(), self._decisions)
        moved = {k: self.id_of(k) or k for k in decided.rejected | set(decided.names) | set(decided.kinds)}
        return Identity(
            ids=_Column(self._db, "SELECT id FROM ids WHERE key = ?"),
            reasons=_Column(self._db, "SELECT reason FROM ids WHERE key = ?"),
            groups=_Groups(self._db),
            carried=_Column(self._db, "SELECT carrier FROM carried WHERE id = ?"),
            rejected=frozenset(moved[k] for k in decided.rejected),
            names={moved[k]: v for k, v in decided.names.items()},
            kinds={moved[k]: v for k, v in decided.kinds.items()},
        )

    def table(self, canonical: Iterable[str]) -> KeyTable:
        """The facts of all keys of some ids."""
        groups = _Groups(self._db)
        return self._table({k for i in canonical for k in groups.get(i, ())})

    def _apply(self, x: Extraction, sign: int) -> None:
        rows = list(observations(x))
        self._db.executemany(
            """INSERT INTO fact VALUES (?, ?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET weight = weight + excluded.weight""",
            [(key, label, attribute, value, sign * weight) for label, key, attribute, value, weight in rows],
        )
        keys = {row[1] for row in rows}
        if sign > 0:
            self.uses(x.sha256, keys)
        else:
            used = [(key, x.sha256) for key in sorted(keys)]
            self._db.executemany("DELETE FROM usage WHERE key = ? AND sha = ?", used)
            self._db.executemany(
                "DELETE FROM fact WHERE key = ? AND attribute = ? AND value = ? AND weight = 0",
                [(key, attribute, value) for _, key, attribute, value, _ in rows],
            )

    def _reblock(self, key: str) -> None:
        self._db.execute("DELETE FROM block WHERE key = ?", (key,))
        facts = self._facts(key)
        if facts is not None:
            rows = [(block, key) for block in blocks_of(facts)]
            self._db.executemany("INSERT OR IGNORE INTO block VALUES (?, ?)", rows)

    def _facts(self, key: str) -> KeyFacts | None:
        values: dict[str, dict[str, int]] = defaultdict(dict)
        label = ""
        sql = "SELECT label, attribute, value, weight FROM fact WHERE key = ?"
        for label, attribute, value, weight in self._db.execute(sql, (key,)):  # noqa: B007
            values[attribute][value] = weight
        return KeyFacts(key, label, dict(values)) if values else None

    def _table(self, keys: Iterable[str]) -> KeyTable:
        table = KeyTable()
        sql = "SELECT label, key, attribute, value, weight FROM fact WHERE key = ?"
        for key in sorted(keys):
            table.add_rows(self._db.execute(sql, (key,)))
        return table

    def _blocks(self, keys: Iterable[str]) -> set[str]:
        sql = "SELECT block FROM block WHERE key = ?"
        return {row[0] for key in sorted(keys) for row in self._db.execute(sql, (key,))}

    def _members(self, blocks: Iterable[str]) -> set[str]:
        sql = "SELECT key FROM block WHERE block = ?"
        return {row[0] for block in sorted(blocks) for row in self._db.execute(sql, (block,))}

    def _together(self, blocks: set[str]) -> set[str]:
        """The members of blocks, of the blocks that they are in, and so on."""
        members: set[str] = set()
        known: set[str] = set()
        while new := blocks - known:
            known |= new
            found = self._members(new) - members
            members |= found
            blocks = self._blocks(found)
        return members

    def _links_to(self, key: str) -> list[tuple[str]]:
        return self._db.execute(f"SELECT key FROM fact WHERE value = ? AND {_LINKS}", (key,)).fetchall()  # noqa: S608

    def _users(self, key: str) -> list[tuple[str]]:
        return self._db.execute("SELECT sha FROM usage WHERE key = ?", (key,)).fetchall()

    def _carried(self, before: Mapping[str, str], identity: Identity, members: Iterable[str]) -> set[str]:
        """Bring the carriers of these keys up to date; the ids whose carrier changed."""
        ids = {i for k in members for i in (before.get(k), identity.ids.get(k)) if i}
        changed = set()
        for i in sorted(ids):
            row = self._db.execute("SELECT carrier FROM carried WHERE id = ?", (i,)).fetchone()
            old, new = row[0] if row else None, identity.carried.get(i)
            if old != new:
                changed.add(i)
                self._db.execute("DELETE FROM carried WHERE id = ?", (i,))
                if new:
                    self._db.execute("INSERT INTO carried VALUES (?, ?)", (i, new))
        return changed

    def _write(self, identity: Identity, keys: Iterable[str]) -> None:
        for key in keys:
            self._db.execute("DELETE FROM ids WHERE key = ?", (key,))
            if key in identity.ids:
                row = (key, identity.ids[key], identity.reasons.get(key))
                self._db.execute("INSERT INTO ids VALUES (?, ?, ?)", row)
        self._db.executemany("INSERT OR REPLACE INTO carried VALUES (?, ?)", identity.carried.items())


def _rows(f: KeyFacts) -> Iterator[tuple[str, str, str, str, int]]:
    for attribute, values in sorted(f.values.items()):
        for value, weight in sorted(values.items()):
            yield f.key, f.label, attribute, value, weight


class _Column(Mapping[str, str]):
    """One value a key, read when asked for."""

    def __init__(self, db: sqlite3.Connection, sql: str) -> None:
        self._db, self._sql = db, sql

    def __getitem__(self, key: str) -> str:
        row = self._db.execute(self._sql, (key,)).fetchone()
        if row is None or row[0] is None:
            raise KeyError(key)
        value: str = row[0]
        return value

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


class _Groups(Mapping[str, tuple[str, ...]]):
    """The keys of an id, read when asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __getitem__(self, canonical: str) -> tuple[str, ...]:
        rows = self._db.execute("SELECT key FROM ids WHERE id = ? ORDER BY key", (canonical,)).fetchall()
        if not rows:
            raise KeyError(canonical)
        return tuple(row[0] for row in rows)

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError
