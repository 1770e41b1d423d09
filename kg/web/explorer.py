"""What the explorer asks: neighbours of an entity in bounded lots by rank, and the facts of one entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.graph import iris
from kg.graph import terms as t
from kg.render.facts import RELATIONS, described, edges_between, rows
from kg.render.model import ViewEdge, ViewNode
from kg.render.style import LINES
from kg.store import Store
from kg.web.index import Entry, Index

MOST_NODES: Final = 500
_DRAWN: Final = ", ".join(f"<{iri}>" for iri in RELATIONS)
_NAMED: Final = f"{_DRAWN}, <{t.MENTIONS}>"
_OUT: Final = f"SELECT ?a ?p ?b WHERE {{ VALUES ?a {{ %s }} ?a ?p ?b FILTER(?p IN ({_NAMED})) }}"
_IN: Final = f"SELECT ?a ?p ?b WHERE {{ VALUES ?b {{ %s }} ?a ?p ?b FILTER(?p IN ({_NAMED})) }}"
_LINKS: Final = f"SELECT ?a ?p ?b WHERE {{ VALUES ?a {{ %s }} ?a ?p ?b FILTER(?p IN ({_DRAWN})) }}"
_TYPES: Final = """SELECT DISTINCT ?a ?b ?type WHERE { VALUES ?a { %s }
  ?citation cito:hasCitingEntity ?a ; cito:hasCitedEntity ?b ; kg:function ?type }"""
_FUNCTIONS: Final = {iri: name for name, iri in t.V_FUNCTION.items()}
_RANK: Final = {name: i for i, name in enumerate(LINES)}
Triple = tuple[str, str, str]
Link = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """An entity as the explorer draws it.

    Attributes:
        id: canonical id.
        label: name or title.
        kind: as in :class:`kg.web.index.Entry`.
        number: document number, or empty.
        year: of a document, or empty.
        size: how many documents cite or name it.
    """

    id: str
    label: str
    kind: str
    number: str
    year: str
    size: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A lot of the neighbours of an entity.

    Attributes:
        centre: canonical id of the entity.
        total: how many neighbours it has.
        next: where the next lot begins, or None behind the last.
        nodes: the entity and this lot, by rank.
        links: ids of both ends and a type, for all that leaves the nodes and all between them and the entity.
            The other end may be one that is not shown yet: whoever draws keeps such a link until it is.
    """

    centre: str
    total: int
    next: int | None
    nodes: tuple[Point, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All about one entity, and the sentences that link it to others.

    Attributes:
        node: the entity.
        edges: links from it and to it, with sentences.
        total: how many others it is linked to; ``edges`` may be of the most cited only.
    """

    node: ViewNode
    edges: tuple[ViewEdge, ...]
    total: int


def neighbours(store: Store, index: Index, iri: str, offset: int, limit: int) -> Neighbours:
    """Neighbours of an entity, the most cited first.

    Args:
        store: the graph.
        index: all entities.
        iri: the entity.
        offset: how many neighbours to skip.
        limit: how many to return.
    """
    centre = iris.canonical(iri)
    triples = around(store, iri)
    ranked = ranked_others(triples, iri, index)
    lot = ranked[offset : offset + limit]
    shown = {entity_iri(e.id) for e in lot} | {iri}
    found = {x for x in triples if x[0] in shown and x[2] in shown}
    found |= _triples(rows(store, _LINKS, sorted(shown)))
    later = offset + limit
    return Neighbours(
        centre,
        len(ranked),
        later if later < len(ranked) else None,
        tuple(map(_point, (index.some([centre])[centre], *lot))),
        _links(store, found),
    )


def facts(store: Store, index: Index, iri: str, limit: int) -> Facts:
    """Facts of an entity, and its links to its ``limit`` most cited neighbours with their sentences."""
    triples = around(store, iri)
    ranked = ranked_others(triples, iri, index)
    others = ranked[:limit]
    shown = {entity_iri(e.id) for e in others} | {iri}
    own = index.some([iris.canonical(iri)])[iris.canonical(iri)]
    dates = {entity_iri(e.id): e.date for e in (own, *others) if e.date}
    edges = edges_between(store, sorted(x for x in triples if x[0] in shown and x[2] in shown), dates)
    return Facts(described(store, {iri: own.size})[iri], tuple(edges), len(ranked))


def entity_iri(canonical: str) -> str:
    """IRI of an entity by its canonical id."""
    return iris.entity(canonical).strip("<>")


def around(store: Store, iri: str) -> set[Triple]:
    """What leaves an entity and what leads to it."""
    return _triples(rows(store, _OUT, [iri])) | _triples(rows(store, _IN, [iri]))


def _triples(found: Iterable[dict[str, str]]) -> set[Triple]:
    return {(row["a"], row["p"], row["b"]) for row in found if row["a"] != row["b"]}


def ranked_others(triples: Iterable[Triple], iri: str, index: Index) -> list[Entry]:
    """The other ends of triples, the most cited first."""
    ends = {end for a, _, b in triples for end in (a, b)} - {iri}
    known = index.some([iris.canonical(end) for end in ends if end.startswith(iris.ID)])
    return sorted(known.values(), key=lambda e: (-e.size, e.label, e.id))


def _point(e: Entry) -> Point:
    return Point(e.id, e.label, e.kind, e.number, e.year, e.size)


def _links(store: Store, triples: set[Triple]) -> tuple[Link, ...]:
    """Ends and types by canonical id, the weightiest type first; a citation has its functions for types."""
    typed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for a, p, b in triples:
        typed[a, b].add(RELATIONS.get(p, "mentions"))
    citing = sorted({a for a, p, _ in triples if p == t.CITES})
    for row in rows(store, _TYPES, citing):
        names = typed.get((row["a"], row["b"]))
        if names is not None and row["type"] in _FUNCTIONS:
            names.add(_FUNCTIONS[row["type"]])
            names.discard("cites")
    return tuple(
        (iris.canonical(a), iris.canonical(b), name)
        for (a, b), names in sorted(typed.items())
        if a.startswith(iris.ID) and b.startswith(iris.ID)
        for name in sorted(names, key=lambda n: (_RANK.get(n, len(_RANK)), n))
    )
