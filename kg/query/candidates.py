"""Pairs that may be one thing, as the graph of candidates holds them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

import pyoxigraph as ox

from kg.graph.candidates import CANDIDATES
from kg.graph.iris import KEY, canonical
from kg.identify import Candidate
from kg.store import Store

_ALL = """
SELECT ?left ?right ?reason ?score ?leftLabel ?rightLabel WHERE {
  GRAPH ?candidates { ?node kg:inDoubt ?left ; kg:mayBe ?right ; kg:rule ?reason ; kg:score ?score }
  OPTIONAL { ?left rdfs:label ?leftLabel }
  OPTIONAL { ?right rdfs:label ?rightLabel }
}"""


@dataclass(frozen=True, slots=True, order=True)
class Doubtful:
    """A candidate with the labels of both."""

    candidate: Candidate
    left: str
    right: str


def candidates(store: Store) -> list[Doubtful]:
    """All candidates of a graph, sorted."""
    answer = store.query(_ALL, {"candidates": ox.NamedNode(CANDIDATES)})
    assert isinstance(answer, ox.QuerySolutions)
    return sorted({_doubtful(row) for row in answer})


def identified(store: Store) -> dict[str, str]:
    """The canonical id of every key."""
    answer = store.query("SELECT ?key ?node WHERE { ?key kg:identifiedAs ?node }")
    assert isinstance(answer, ox.QuerySolutions)
    return {unquote(row["key"].value.removeprefix(KEY)): canonical(row["node"].value) for row in answer}


def _doubtful(row: ox.QuerySolution) -> Doubtful:
    left, right = (canonical(row[name].value) for name in ("left", "right"))
    labels = [getattr(row[name], "value", key) for name, key in (("leftLabel", left), ("rightLabel", right))]
    reason, score = row["reason"].value, float(row["score"].value)
    return Doubtful(Candidate(left, right, reason, score), *labels)
