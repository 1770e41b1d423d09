"""Queries through the package beside the same text on pyoxigraph.

usage: python -m bench.queries GRAPH [--rounds 5]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.api import open_graph
from kg.graph.terms import PREFIXES
from kg.query import named_queries


def main() -> None:
    """Print a row for each query without obligatory parameters: seconds of both, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    ratios = []
    with open_graph(given.graph) as graph:
        raw, prefixes = graph.store.raw, dict(PREFIXES)
        plain = [q.sparql for q in named_queries().values() if not q.parameters]
        classes = ("Document", "Institution", "Measure", "Citation", "LegalEvent", "Ghost")
        plain += [f"SELECT ?x ?l WHERE {{ ?x a kg:{c} OPTIONAL {{ ?x rdfs:label ?l }} }}" for c in classes]
        links = ("cites", "issuedBy", "mentions", "carriesOut", "function", "affects", "number", "genre")
        plain += [f"SELECT ?o (COUNT(*) AS ?n) WHERE {{ ?s kg:{p} ?o }} GROUP BY ?o" for p in links]
        links = ("cites", "issuedBy", "mentions", "number", "titleKey", "attestedBy", "level", "year")
        plain += [f"SELECT ?s ?o WHERE {{ ?s kg:{p} ?o }} ORDER BY ?o LIMIT 100" for p in links]
        for sparql in plain[:20]:
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(given.rounds):
                times[0].append(_seconds(partial(graph.store.query, sparql)))
                times[1].append(_seconds(partial(raw.query, sparql, prefixes=prefixes)))
            ours, theirs = statistics.median(times[0]), statistics.median(times[1])
            ratios.append(ours / theirs)
            print(f"{ours:9.5f} {theirs:9.5f} {ours / theirs:6.2f}  {' '.join(sparql.split())[-70:]}")
    print(f"median {statistics.median(ratios):.2f}, most {max(ratios):.2f}, {len(ratios)} queries")


def _seconds(ask: Callable[[], ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples]) -> float:
    begin = time.perf_counter()
    answer = ask()
    if not isinstance(answer, ox.QueryBoolean):
        for _ in answer:
            pass
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
