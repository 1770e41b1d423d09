"""Figures of the citation network: who is cited, who stands between, what belongs together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx

from kg.analyze.network import citation_network, to_networkx
from kg.store import OxigraphStore, QueryError

_ROUND = 9
_MANY = 400
"""References of one document beyond which pairs of them say little and cost much."""


@dataclass(frozen=True, slots=True)
class Score:
    """A node and its figure.

    Attributes:
        id: canonical id.
        label: title or name.
        number: document number, or empty.
        value: the figure.
    """

    id: str
    label: str
    number: str
    value: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents and what they share."""

    left: Score
    right: Score
    shared: int


def analyze(
    store: OxigraphStore, measure: str, *, top: int = 20, since: str | None = None, until: str | None = None
) -> list[Score]:
    """The highest figures of one measure of :data:`MEASURES`, by figure and then by id.

    Args:
        store: the graph.
        measure: its name.
        top: how many.
        since: only citing documents dated from then on (``2018``, ``2018-06``).
        until: only citing documents dated until then.

    Raises:
        QueryError: there is no such measure.
    """
    if measure not in MEASURES:
        raise QueryError(f"没有这种指标：{measure}；可用：{'、'.join(MEASURES)}")
    graph = to_networkx(store) if measure in _WHOLE else _slice(citation_network(store), since, until)
    figures = MEASURES[measure](graph)
    ranked = sorted(((round(v, _ROUND), n) for n, v in figures.items() if v > 0), key=lambda x: (-x[0], x[1]))
    return [_score(graph, n, v) for v, n in ranked[:top]]


def _score(graph: Any, node: str, value: float) -> Score:
    data = graph.nodes[node]
    return Score(node, data.get("label", node), data.get("number", ""), value)


def _slice(graph: nx.DiGraph, since: str | None, until: str | None) -> nx.DiGraph:
    """The citations by documents of a period; a document without a date is in no period."""
    if since is None and until is None:
        return graph
    kept = nx.DiGraph()
    kept.add_nodes_from(graph.nodes(data=True))
    for a, b, data in graph.edges(data=True):
        date = graph.nodes[a].get("date", "")
        if date and (since is None or date >= since) and (until is None or date[: len(until)] <= until):
            kept.add_edge(a, b, **data)
    return kept


def _cited(graph: nx.DiGraph) -> Mapping[str, float]:
    return dict(graph.in_degree())


def _cited_by_others(graph: nx.DiGraph) -> Mapping[str, float]:
    """Citations from another level than the cited document's own; unknown levels do not count."""
    levels = {n: d.get("level") for n, d in graph.nodes(data=True)}
    counts = Counter(b for a, b in graph.edges if levels[a] and levels[b] and levels[a] != levels[b])
    return {n: float(c) for n, c in counts.items()}


def _cites(graph: nx.DiGraph) -> Mapping[str, float]:
    return dict(graph.out_degree())


def _pagerank(graph: nx.DiGraph) -> Mapping[str, float]:
    """Power iteration in plain Python: the same digits wherever it runs."""
    nodes = sorted(graph)
    if not nodes:
        return {}
    successors = {n: sorted(graph.successors(n)) for n in nodes}
    rank = dict.fromkeys(nodes, 1 / len(nodes))
    for _ in range(100):
        loose = sum(rank[n] for n in nodes if not successors[n])
        fresh = dict.fromkeys(nodes, (0.15 + 0.85 * loose) / len(nodes))
        for n in nodes:
            for other in successors[n]:
                fresh[other] += 0.85 * rank[n] / len(successors[n])
        change = sum(abs(fresh[n] - rank[n]) for n in nodes)
        rank = fresh
        if change < 1e-10:
            break
    return rank


def _hits(graph: nx.DiGraph, authorities: bool) -> Mapping[str, float]:
    nodes = sorted(graph)
    hub = dict.fromkeys(nodes, 1.0)
    authority = dict.fromkeys(nodes, 0.0)
    for _ in range(50):
        authority = _normed({n: sum(hub[m] for m in sorted(graph.predecessors(n))) for n in nodes})
        hub = _normed({n: sum(authority[m] for m in sorted(graph.successors(n))) for n in nodes})
    return authority if authorities else hub


def _normed(values: dict[str, float]) -> dict[str, float]:
    total = sum(values.values()) or 1.0
    return {n: v / total for n, v in values.items()}


def _core(graph: nx.DiGraph) -> Mapping[str, float]:
    simple = nx.Graph(graph.to_undirected())
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    return {n: float(k) for n, k in nx.core_number(simple).items()}


def _bodies(graph: nx.MultiDiGraph) -> nx.Graph:
    """Bodies and the documents that they issue or that name them, without directions."""
    kinds = {n: d["kind"] for n, d in graph.nodes(data=True)}
    simple = nx.Graph()
    simple.add_nodes_from(n for n in sorted(graph) if kinds[n] != "measure")
    simple.add_edges_from((a, b) for a, b in sorted(graph.edges()) if "measure" not in (kinds[a], kinds[b]))
    return simple


def _betweenness(graph: nx.MultiDiGraph) -> Mapping[str, float]:
    """Of institutions, from a sample of 200 nodes drawn in order where the graph is larger."""
    simple = _bodies(graph)
    sample = None if len(simple) <= 200 else 200
    found = nx.betweenness_centrality(simple, k=sample, seed=20_240_101)
    return {n: v for n, v in found.items() if graph.nodes[n]["kind"] == "institution"}


MEASURES: Mapping[str, Callable[[Any], Mapping[str, float]]] = {
    "cited": _cited,
    "cited-across-levels": _cited_by_others,
    "cites": _cites,
    "pagerank": _pagerank,
    "authorities": lambda g: _hits(g, True),
    "hubs": lambda g: _hits(g, False),
    "k-core": _core,
    "betweenness": _betweenness,
}
"""Name → figure of every node; all on the citation network but betweenness, which is that of institutions."""
_WHOLE = frozenset(("betweenness",))


def co_citation(store: OxigraphStore, *, top: int = 20) -> list[Pair]:
    """Documents that are cited together, by how many documents cite both."""
    return _pairs(citation_network(store), lambda g, n: g.successors(n), top)


def bibliographic_coupling(store: OxigraphStore, *, top: int = 20) -> list[Pair]:
    """Documents that cite the same texts, by how many texts both cite."""
    return _pairs(citation_network(store), lambda g, n: g.predecessors(n), top)


def _pairs(graph: nx.DiGraph, around: Callable[[nx.DiGraph, str], Any], top: int) -> list[Pair]:
    counts: Counter[tuple[str, str]] = Counter()
    for node in graph:
        others = sorted(around(graph, node))
        if len(others) <= _MANY:
            counts.update(combinations(others, 2))
    ranked = sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:top]
    return [Pair(_score(graph, a, 0), _score(graph, b, 0), n) for (a, b), n in ranked if n > 1]


def communities(store: OxigraphStore) -> list[list[Score]]:
    """Groups of documents that cite each other more than the rest (Louvain, fixed seed), largest first."""
    graph = citation_network(store)
    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph))
    simple.add_edges_from(sorted(graph.edges()))
    simple.remove_nodes_from([n for n in simple if simple.degree(n) == 0])
    found = nx.community.louvain_communities(simple, seed=1)
    groups = sorted((sorted(c) for c in found), key=lambda c: (-len(c), c))
    return [
        sorted((_score(graph, n, graph.in_degree(n)) for n in group), key=lambda s: (-s.value, s.id))
        for group in groups
    ]


def statistics(store: OxigraphStore) -> dict[str, Any]:
    """Counts of what the graph holds, and how much of it can be traced."""
    graph = to_networkx(store)
    kinds = Counter(d["kind"] for _, d in graph.nodes(data=True))
    documents = [d for _, d in graph.nodes(data=True) if d["kind"] == "document"]
    edges = Counter(k for _, _, k in graph.edges(keys=True))
    years: dict[str, int] = defaultdict(int)
    for d in documents:
        if not d["ghost"]:
            years[d.get("date", "")[:4] or "unknown"] += 1
    held = [d for d in documents if not d["ghost"]]
    cites = nx.DiGraph((a, b) for a, b, k in graph.edges(keys=True) if k == "cites")
    return {
        "nodes": dict(sorted(kinds.items())),
        "edges": dict(sorted(edges.items())),
        "documents": {
            "held": len(held),
            "ghosts": len(documents) - len(held),
            "numbered": sum("number" in d for d in documents),
            "dated": sum("date" in d for d in documents),
            "held_by_year": dict(sorted(years.items())),
        },
        "citations": {
            "pairs": edges["cites"],
            "held_documents_that_cite": sum(
                1
                for n, d in graph.nodes(data=True)
                if d["kind"] == "document" and not d["ghost"] and n in cites
            ),
            "components": nx.number_weakly_connected_components(cites) if len(cites) else 0,
        },
    }
