"""Queries and loading through the package beside the same on pyoxigraph.

usage: python -m bench.queries GRAPH [--rounds 5]

Loading takes the graph's own ``graph.nq``: the way of a build, in lots and into a store that is then put in place, beside one
``bulk_load`` of the file. Both times are processor seconds of all threads, since disks differ from one run to the next.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.api import open_graph
from kg.build.graph import Layout, load_store
from kg.graph.terms import PREFIXES
from kg.query import named_queries


def main() -> None:
    """Print a row for each query without obligatory parameters: least seconds of both, and the ratio."""
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
            ours, theirs = min(times[0]), min(times[1])
            ratios.append(ours / theirs)
            print(f"{ours:9.5f} {theirs:9.5f} {ours / theirs:6.2f}  {' '.join(sparql.split())[-70:]}")
    print(f"median {statistics.median(ratios):.2f}, most {max(ratios):.2f}, {len(ratios)} queries")
    nquads = given.graph / "graph.nq"
    loads: tuple[list[float], list[float]] = ([], [])
    walls: tuple[list[float], list[float]] = ([], [])
    for _ in range(given.rounds):
        for i, load in enumerate((_through_package, _bare)):
            wall, cpu = _loading(load, nquads)
            walls[i].append(wall)
            loads[i].append(cpu)
    for name, (ours, theirs) in (
        ("processor", map(statistics.median, loads)),
        ("wall", map(statistics.median, walls)),
    ):
        print(
            f"loading {nquads.stat().st_size >> 20} MB, {name} seconds: {ours:.2f} {theirs:.2f} {ours / theirs:.2f}"
        )


def _loading(load: Callable[[Path, Path], None], nquads: Path) -> tuple[float, float]:
    """Wall and processor seconds of one load into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        load(Path(folder), nquads)
        return time.perf_counter() - wall, time.process_time() - cpu


def _through_package(folder: Path, nquads: Path) -> None:
    load_store(Layout(folder), nquads)


def _bare(folder: Path, nquads: Path) -> None:
    store = ox.Store(folder / "bare")
    store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
    store.flush()


def _seconds(ask: Callable[[], ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples]) -> float:
    begin = time.perf_counter()
    answer = ask()
    if not isinstance(answer, ox.QueryBoolean):
        for _ in answer:
            pass
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
