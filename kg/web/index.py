"""The search index: every entity of a graph, by name, other names and number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.grammar.numbers import parse_number
from kg.graph import terms as t
from kg.graph.iris import ID, canonical
from kg.render.facts import NODE_KINDS, label_of, rows, source_paths
from kg.store import Store

_FACTS: Final = """SELECT ?node ?p ?o WHERE {
  VALUES ?p { rdf:type rdfs:label kg:number kg:year kg:level skos:altLabel kg:attestedBy } ?node ?p ?o }"""
_CITED: Final = """SELECT ?node (COUNT(DISTINCT ?citing) AS ?n) WHERE {
  ?citing kg:cites|kg:mentions ?node } GROUP BY ?node"""
_LEVELS: Final = {iri: name for name, iri in t.V_LEVEL.items()}
FACETS: Final = ("kind", "level", "year")


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
        size: how many documents cite or name it.
        text: all that is searched, in lower case.
    """

    id: str
    label: str
    kind: str
    number: str
    year: str
    level: str
    size: int
    text: str


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


def build_index(store: Store) -> tuple[Entry, ...]:
    """All entities, the most cited first."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(store, _FACTS):
        if row["node"].startswith(ID):
            values[row["node"]][row["p"]].append(row["o"])
    sizes = {row["node"]: int(row["n"]) for row in rows(store, _CITED)}
    paths = source_paths(store)
    found = (_entry(iri, v, sizes.get(iri, 0), paths) for iri, v in values.items())
    return tuple(sorted((e for e in found if e), key=lambda e: (-e.size, e.label, e.id)))


def _entry(iri: str, v: dict[str, list[str]], size: int, paths: Mapping[str, str]) -> Entry | None:
    kind = next((kind for of, kind in NODE_KINDS.items() if of in v[t.RDF_TYPE]), None)
    if kind is None:
        return None
    label, number = label_of(iri, v, paths), min(v[t.NUMBER], default="")
    level = _LEVELS.get(min(v[t.LEVEL], default=""), "")
    text = "\n".join((label, number, *sorted(v[t.SKOS_ALT_LABEL]))).lower()
    return Entry(canonical(iri), label, kind, number, min(v[t.YEAR], default=""), level, size, text)


def search(
    index: Iterable[Entry], asked: str, chosen: dict[str, str], offset: int = 0, limit: int = 30
) -> Hits:
    """Entities that hold every word asked for; whole names and numbers come first.

    Args:
        index: of all entities.
        asked: words, or a document number in any bracket style; empty for everything.
        chosen: facet → value.
        offset: how many results to skip.
        limit: how many to return.
    """
    number = parse_number(asked.strip()) if asked.strip() else None
    words = [number.canonical.lower()] if number else asked.lower().split()
    fits = [e for e in index if all(w in e.text for w in words)]
    facets = {name: _counts(fits, chosen, name) for name in FACETS}
    shown = [e for e in fits if all(getattr(e, name) == value for name, value in chosen.items() if value)]
    if words:
        whole = " ".join(words)
        shown.sort(key=lambda e: (whole not in e.text.split("\n"), not e.text.startswith(whole)))
    return Hits(len(shown), tuple(shown[offset : offset + limit]), facets)


def _counts(fits: list[Entry], chosen: dict[str, str], name: str) -> dict[str, int]:
    """Values of a facet under the choices made in the others."""
    others = {k: v for k, v in chosen.items() if v and k != name}
    counts = Counter(
        getattr(e, name)
        for e in fits
        if getattr(e, name) and all(getattr(e, k) == v for k, v in others.items())
    )
    return dict(
        sorted(counts.items()) if name == "year" else sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    )
