"""A page's graph from a store: the whole, or what is around one entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Final

from kg.grammar.numbers import parse_number
from kg.graph import terms as t
from kg.identify.titles import core_of
from kg.query import Found, NotFoundError, entity_named, find_documents, one_document, one_entity
from kg.query.trace import Direction, TraceNode
from kg.render.facts import RELATIONS, described, edges_between, rows
from kg.render.model import GraphView, Quote, ViewEdge, ViewNode, make_view
from kg.store import Store

_DRAWN: Final = " ".join(f"<{iri}>" for iri in RELATIONS)
_NAMED: Final = f"{_DRAWN} <{t.MENTIONS}>"
_ALL: Final = f"SELECT ?a ?p ?b WHERE {{ VALUES ?p {{ {_DRAWN} }} ?a ?p ?b }}"
_DOCUMENTS: Final = "SELECT ?node WHERE { ?node a kg:Document FILTER NOT EXISTS { ?node a kg:Ghost } }"
_NEAR: Final = """SELECT DISTINCT ?a ?p ?b WHERE {
  { VALUES ?a { %%s } VALUES ?p { %(p)s } ?a ?p ?b }
  UNION { VALUES ?b { %%s } VALUES ?p { %(p)s } ?a ?p ?b } }"""
_OUT: Final = (
    f"SELECT ?a ?p ?b WHERE {{ VALUES ?a {{ %s }} ?a ?p ?b FILTER(?p IN ({', '.join(_DRAWN.split())})) }}"
)
_CITED: Final = """SELECT ?node (COUNT(DISTINCT ?citing) AS ?n) WHERE {
  VALUES ?node { %s } ?citing kg:cites|kg:mentions ?node } GROUP BY ?node"""
Triple = tuple[str, str, str]


def graph_view(
    store: Store, around: str | None = None, depth: int = 1, limit: int = 1000, title: str = ""
) -> GraphView:
    """The graph of a page.

    Args:
        store: the graph.
        around: a number, title, name or IRI; the page shows what is linked to it. None for the whole.
        depth: how many steps from ``around``.
        limit: most nodes; the best linked are kept.
        title: heading of the page; the name of ``around`` when empty.

    Raises:
        NotFoundError: nothing fits ``around``.
        AmbiguousError: several entities fit.
    """
    if around is None:
        cut, centre = _whole(store, limit), None
    else:
        found = any_entity(store, around)
        cut, centre = _around(store, found.iri, depth, limit), found.iri
        title = title or found.label
    nodes = described(store, cut.sizes)
    dates = {iri: value for iri, n in nodes.items() for name, value in n.facts if name == "date"}
    edges = edges_between(store, cut.triples, dates)
    view = make_view(nodes.values(), edges, title=title, centre=centre, limit=limit)
    return replace(view, omitted_nodes=cut.omitted_nodes, omitted_edges=cut.omitted_edges)


def any_entity(store: Store, text: str) -> Found:
    """The document, else the institution, else the measure that a text means.

    An institution or measure of that very name goes before documents that only have it in their titles.

    Raises:
        NotFoundError: nothing fits.
        AmbiguousError: several entities of one kind fit.
    """
    documents = find_documents(store, text)
    if documents and not any(core_of(d.label).core == core_of(text).core for d in documents):
        named = None if parse_number(text.strip()) else entity_named(store, text)
        if named is not None:
            return named
    if documents:
        return one_document(store, text)
    try:
        return one_entity(store, text, t.C_INSTITUTION)
    except NotFoundError:
        return one_entity(store, text, t.C_MEASURE)


def _triples(found: Iterable[dict[str, str]]) -> set[Triple]:
    return {(row["a"], row["p"], row["b"]) for row in found if row["a"] != row["b"]}


def _neighbourhood(store: Store, centre: str, depth: int) -> set[Triple]:
    """Triples within ``depth`` steps; what only names the centre counts as linked to it, too."""
    triples = _triples(rows(store, _NEAR % {"p": _NAMED}, [centre]))
    seen, frontier = {centre}, {end for a, _, b in triples for end in (a, b)}
    for _ in range(depth - 1):
        frontier -= seen
        seen |= frontier
        found = _triples(rows(store, _NEAR % {"p": _DRAWN}, sorted(frontier)))
        triples |= found
        frontier = {end for a, _, b in found for end in (a, b)}
    return triples


def trace_view(store: Store, root: TraceNode, direction: Direction | str = Direction.DOWN) -> GraphView:
    """The documents of a trace and the citations between them, with the sentences that the trace shows.

    Args:
        store: the graph.
        root: the trace.
        direction: the way it went; edges run from the citing to the cited document.
    """
    down = Direction(direction) is Direction.DOWN
    quotes: dict[tuple[str, str, str], set[Quote]] = {}
    sizes = {root.document.iri: 0.0}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for child in node.children:
            sizes.setdefault(child.document.iri, 0.0)
            pair = (child.document.iri, node.document.iri)
            for q in child.quotes:
                place = Quote(q.sentence, q.path, q.offset, q.offset + len(q.sentence))
                quotes.setdefault((*(pair if down else pair[::-1]), q.function), set()).add(place)
        waiting += node.children
    for _, cited in sorted({(citing, cited) for citing, cited, _ in quotes}):
        sizes[cited] += 1
    nodes = described(store, sizes)
    dates = {iri: value for iri, n in nodes.items() for name, value in n.facts if name == "date"}
    edges = [
        ViewEdge(a, b, name, tuple(sorted(found, key=lambda q: (q.source, q.start))), dates.get(a))
        for (a, b, name), found in sorted(quotes.items())
    ]
    label, centre = root.document.label, root.document.iri
    return make_view(nodes.values(), edges, title=label, centre=centre, limit=len(nodes))


@dataclass(frozen=True, slots=True)
class _Cut:
    """The nodes to show, before anything is asked about them, and what is between them."""

    sizes: Mapping[str, float]
    triples: Sequence[Triple]
    omitted_nodes: int
    omitted_edges: int


def _around(store: Store, centre: str, depth: int, limit: int) -> _Cut:
    """What is within ``depth`` steps, cut by rank."""
    triples = _neighbourhood(store, centre, depth)
    ids = sorted({end for a, _, b in triples for end in (a, b)} | {centre})
    sizes = _sizes(store, ids)
    edges = (ViewEdge(a, b, p) for a, p, b in triples)
    view = make_view((ViewNode(i, "", "", size=sizes[i]) for i in ids), edges, centre=centre, limit=limit)
    best = {n.id: n.size for n in view.nodes}
    triples |= {x for x in _triples(rows(store, _OUT, sorted(best))) if x[0] in best and x[2] in best}
    shown = [x for x in triples if x[0] in best and x[2] in best]
    return _Cut(best, shown, len(ids) - len(best), len(triples) - len(shown))


def _whole(store: Store, limit: int) -> _Cut:
    """The best linked nodes of the whole graph; edges are counted as they come and not kept.

    Who is under whom gives no rank here, and bodies that do nothing else are left out.
    """
    degree: Counter[str] = Counter()
    every: set[str] = set()
    total = 0
    for a, p, b in _drawn(store):
        total += 1
        every.update((a, b))
        if p != t.ORG_SUB_ORGANIZATION_OF:
            degree[a] += 1
            degree[b] += 1
    for row in rows(store, _DOCUMENTS):
        degree[row["node"]] += 0
    every.update(degree)
    least = min(nlargest(limit, degree.values()), default=0)
    near = sorted(node for node, n in degree.items() if n >= least)
    sizes = _sizes(store, near)
    best = sorted(near, key=lambda node: (-degree[node], -sizes[node], node))[:limit]
    kept = {node: float(sizes[node]) for node in best}
    shown = [x for x in _drawn(store) if x[0] in kept and x[2] in kept]
    return _Cut(kept, shown, len(every) - len(kept), total - len(shown))


def _drawn(store: Store) -> Iterator[Triple]:
    return ((row["a"], row["p"], row["b"]) for row in rows(store, _ALL) if row["a"] != row["b"])


def _sizes(store: Store, nodes: Iterable[str]) -> Counter[str]:
    """How many cite or mention each node."""
    return Counter({row["node"]: int(row["n"]) for row in rows(store, _CITED, nodes)})
