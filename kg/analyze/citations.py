"""The citation table: one row for each place where one document cites another."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

from kg.graph import terms as t
from kg.graph.iris import ID
from kg.model.sheets import guarded, write_sheet
from kg.store import OxigraphStore

_DOCUMENTS = 1 << 15
"""Documents whose number, title and date are kept at hand."""
_NAMES = {iri: name for name, iri in t.V_FUNCTION.items()}


@dataclass(frozen=True, slots=True, order=True)
class CitationRow:
    """A citation at one place.

    Attributes:
        citing: canonical id of the citing document; number, title and date as far as they are known.
        function: citation function, such as ``basedOn``.
        cited: likewise, of the cited document.
        sentence: the sentence, as in the source.
        source: path of the source file.
        start: source offset of the citing mention (code points).
        end: offset behind it.
    """

    citing: str
    citing_number: str
    citing_title: str
    citing_date: str
    function: str
    cited: str
    cited_number: str
    cited_title: str
    cited_date: str
    sentence: str
    source: str
    start: int
    end: int


COLUMNS = tuple(f.name for f in fields(CitationRow))
_cells = attrgetter(*COLUMNS)


@lru_cache(maxsize=1 << 10)
def _node(iri: str | None) -> ox.NamedNode | None:
    return None if iri is None else ox.NamedNode(iri)


def citations(store: OxigraphStore) -> Iterator[CitationRow]:
    """All citations of a graph, in order of source, place, function and cited document."""
    lookup = _Lookup(store.raw)
    for path, graph in lookup.sources():
        rows = lookup.rows(path, graph)
        yield from sorted(rows, key=lambda r: (r.start, r.end, r.function, r.cited, r.citing))


class _Lookup:
    """Reads statements from the indexes of the store, without SPARQL; documents once each."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.document = lru_cache(_DOCUMENTS)(self._document)

    def sources(self) -> list[tuple[str, str]]:
        """Path and graph of every source, sorted."""
        found = self.store.quads_for_pattern(None, ox.NamedNode(t.PATH), None, None)
        return sorted((str(q.object.value), q.subject.value) for q in found)  # type: ignore[union-attr]

    def quads(
        self, subject: str | None, predicate: str | None, value: str | None, graph: str | None = None
    ) -> Iterator[ox.Quad]:
        s, p, o, g = map(_node, (subject, predicate, value, graph))
        return iter(self.store.quads_for_pattern(s, p, o, g or ox.DefaultGraph()))

    def values(self, subject: str, predicate: str, graph: str | None = None) -> list[str]:
        found = (q.object for q in self.quads(subject, predicate, None, graph))
        return sorted(o.value for o in found if isinstance(o, ox.NamedNode | ox.Literal))

    def value(self, subject: str, predicate: str, graph: str | None = None) -> str:
        found = self.values(subject, predicate, graph)
        return found[0] if found else ""

    def _document(self, iri: str) -> tuple[str, str, str, str]:
        """Canonical id, number, title and date."""
        return (
            iri.removeprefix(ID),
            self.value(iri, t.NUMBER),
            self.value(iri, t.DCTERMS_TITLE),
            self.value(iri, t.DCTERMS_ISSUED),
        )

    def rows(self, path: str, graph: str) -> Iterator[CitationRow]:
        """The citations of one source, in any order."""
        for quad in self.quads(None, t.RDF_TYPE, t.C_CITATION_READING, graph):
            assert isinstance(quad.subject, ox.NamedNode)
            reading = quad.subject.value
            span = self.value(reading, t.OA_HAS_SELECTOR, graph)
            sentence = self.value(self.value(reading, t.SENTENCE, graph), t.OA_EXACT, graph)
            start, _, end = span.rpartition("=")[2].partition(",")
            for statement in self.quads(None, t.HAS_READING, reading):
                assert isinstance(statement.subject, ox.NamedNode)
                node = statement.subject.value
                citing = self.document(self.value(node, t.CITO_HAS_CITING_ENTITY))
                cited = self.document(self.value(node, t.CITO_HAS_CITED_ENTITY))
                function = _NAMES[self.value(node, t.FUNCTION)]
                yield CitationRow(*citing, function, *cited, sentence, path, int(start), int(end))


def write_csv(rows: Iterable[CitationRow], file: TextIO) -> None:
    """Write rows as CSV with a head line; sentences keep their line breaks inside of quotes."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(guarded(_cells(row)) for row in rows)


def write_citations(store: OxigraphStore, path: Path) -> None:
    """Write ``citations.csv`` (with a byte-order mark, which Excel needs to see UTF-8)."""
    write_sheet(path, COLUMNS, map(_cells, citations(store)))
