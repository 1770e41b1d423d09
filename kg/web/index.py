"""The search index: every entity of a graph, by name, other names and number, in a file that goes with the process."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from kg.grammar.numbers import parse_number
from kg.graph import terms as t
from kg.graph.iris import ID, canonical
from kg.render.facts import NODE_KINDS, label_of, rows, source_paths
from kg.store import Store

_FACTS: Final = """SELECT ?node ?p ?o WHERE {
  VALUES ?p { rdf:type rdfs:label kg:number kg:year kg:level dcterms:issued skos:altLabel kg:attestedBy } ?node ?p ?o }"""
_CITED: Final = """SELECT ?node (COUNT(DISTINCT ?citing) AS ?n) WHERE {
  ?citing kg:cites|kg:mentions ?node } GROUP BY ?node"""
_LEVELS: Final = {iri: name for name, iri in t.V_LEVEL.items()}
FACETS: Final = ("kind", "level", "year")
_TABLES: Final = """
CREATE TABLE facts (node TEXT, p TEXT, o TEXT);
CREATE TABLE sizes (node TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
CREATE TABLE found (id TEXT, label TEXT, kind TEXT, number TEXT, year TEXT, level TEXT, date TEXT, size INTEGER,
  text TEXT);
CREATE TABLE entities (rank INTEGER PRIMARY KEY, id TEXT UNIQUE, label TEXT, kind TEXT, number TEXT, year TEXT,
  level TEXT, date TEXT, size INTEGER, text TEXT);
"""
_COLUMNS: Final = "id, label, kind, number, year, level, date, size"
_LOT: Final = 500
_FITS: Final = "instr(text, ?) > 0"
_WHOLE: Final = (
    "instr(char(10) || text || char(10), char(10) || ? || char(10)) = 0, instr(text, ?) <> 1, rank"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity that can be found.

    Attributes:
        id: canonical id.
        label: name or title.
        kind: ``document``, ``cited`` (no source holds it), ``institution``, ``measure``.
        number: document number, or empty.
        year: of a document, or empty.
        level: of a document, or empty.
        date: of a document, or empty.
        size: how many documents cite or name it.
    """

    id: str
    label: str
    kind: str
    number: str
    year: str
    level: str
    date: str
    size: int


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of results.

    Attributes:
        total: how many entities fit.
        entries: those of this page.
        facets: facet → value → how many of all that fit.
    """

    total: int
    entries: tuple[Entry, ...]
    facets: dict[str, dict[str, int]]


class Index:
    """All entities of a graph, to search in and to look up.

    They stand in a temporary database of SQLite: it spills to a file without a name, which is gone when the
    index is, so the memory of a large graph is not that of all its names.
    """

    def __init__(self, store: Store) -> None:
        self._db = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._lock = threading.Lock()
        self._db.executescript(_TABLES)
        self._fill(store)

    def _fill(self, store: Store) -> None:
        db = self._db
        db.execute("BEGIN")
        facts = (
            (row["node"], row["p"], row["o"]) for row in rows(store, _FACTS) if row["node"].startswith(ID)
        )
        db.executemany("INSERT INTO facts VALUES (?, ?, ?)", facts)
        sizes = ((row["node"], int(row["n"])) for row in rows(store, _CITED))
        db.executemany("INSERT INTO sizes VALUES (?, ?)", sizes)
        paths = source_paths(store)
        query = "SELECT node, p, o, ifnull(n, 0) FROM facts LEFT JOIN sizes USING (node) ORDER BY node"
        stated: Iterator[tuple[str, str, str, int]] = db.execute(query)
        found = (_entry(iri, list(some), paths) for iri, some in groupby(stated, key=lambda row: row[0]))
        db.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (e for e in found if e))
        db.execute(
            f"INSERT INTO entities SELECT row_number() OVER (ORDER BY size DESC, label, id), {_COLUMNS}, text FROM found"  # noqa: S608
        )
        for table in ("facts", "sizes", "found"):
            db.execute(f"DROP TABLE {table}")
        db.execute("COMMIT")

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def __contains__(self, canonical_id: str) -> bool:
        return bool(self._rows("SELECT 1 FROM entities WHERE id = ?", (canonical_id,)))

    def some(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Entries of these canonical ids, where there are any."""
        found: dict[str, Entry] = {}
        waiting = list(ids)
        for at in range(0, len(waiting), _LOT):
            lot = waiting[at : at + _LOT]
            query = f"SELECT {_COLUMNS} FROM entities WHERE id IN ({','.join('?' * len(lot))})"  # noqa: S608
            found.update((row[0], Entry(*row)) for row in self._rows(query, lot))
        return found

    def kinds(self) -> dict[str, int]:
        """How many entities there are of each kind."""
        return dict(self._rows("SELECT kind, count(*) FROM entities GROUP BY kind ORDER BY 2 DESC"))

    def search(self, asked: str, chosen: Mapping[str, str], offset: int = 0, limit: int = 30) -> Hits:
        """Entities that hold every word asked for; whole names and numbers come first, then the most cited.

        Args:
            asked: words, or a document number in any bracket style; empty for everything.
            chosen: facet → value.
            offset: how many results to skip.
            limit: how many to return.
        """
        number = parse_number(asked.strip()) if asked.strip() else None
        words = [number.canonical.lower()] if number else asked.lower().split()
        fits = " AND ".join([_FITS] * len(words)) or "1"
        counted = self._rows(
            f"SELECT kind, level, year, count(*) FROM entities WHERE {fits} GROUP BY 1, 2, 3",  # noqa: S608
            words,
        )
        cells = [(dict(zip(FACETS, row, strict=False)), row[3]) for row in counted]
        facets = {name: _counts(cells, chosen, name) for name in FACETS}
        wanted = {name: value for name, value in chosen.items() if value}
        total = sum(n for cell, n in cells if all(cell[name] == value for name, value in wanted.items()))
        where = " AND ".join([fits, *(f"{name} = ?" for name in wanted)])
        order, whole = (_WHOLE, [" ".join(words)] * 2) if words else ("rank", [])
        shown = self._rows(
            f"SELECT {_COLUMNS} FROM entities WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",  # noqa: S608
            [*words, *wanted.values(), *whole, limit, offset],
        )
        return Hits(total, tuple(Entry(*row) for row in shown), facets)


def _entry(
    iri: str, stated: list[tuple[str, str, str, int]], paths: Mapping[str, str]
) -> tuple[object, ...] | None:
    """A row of the index; None for what is no entity."""
    v: dict[str, list[str]] = defaultdict(list)
    for _, p, o, _ in stated:
        v[p].append(o)
    kind = next((kind for of, kind in NODE_KINDS.items() if of in v[t.RDF_TYPE]), None)
    if kind is None:
        return None
    label, number = label_of(iri, v, paths), min(v[t.NUMBER], default="")
    level = _LEVELS.get(min(v[t.LEVEL], default=""), "")
    text = "\n".join((label, number, *sorted(v[t.SKOS_ALT_LABEL]))).lower()
    year, date = min(v[t.YEAR], default=""), min(v[t.DCTERMS_ISSUED], default="")
    return canonical(iri), label, kind, number, year, level, date, stated[0][3], text


def _counts(cells: list[tuple[dict[str, str], int]], chosen: Mapping[str, str], name: str) -> dict[str, int]:
    """Values of a facet under the choices made in the others."""
    others = {k: v for k, v in chosen.items() if v and k != name}
    counts: Counter[str] = Counter()
    for cell, n in cells:
        if cell[name] and all(cell[k] == v for k, v in others.items()):
            counts[cell[name]] += n
    return dict(
        sorted(counts.items()) if name == "year" else sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    )
