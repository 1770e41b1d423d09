"""Pairs that may be one thing, in a named graph of their own: they are no facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.graph import iris
from kg.graph import terms as t
from kg.identify import Candidate
from kg.model.ids import digest

CANDIDATES: Final = f"{iris.ID}graph/candidates"
"""IRI of the graph."""


def candidate_lines(candidates: Iterable[Candidate]) -> list[str]:
    """Candidates as N-Quads lines (with line ends), sorted."""
    return sorted(line for c in candidates for line in _lines(c))


def _lines(c: Candidate) -> Iterable[str]:
    node = iris.node("candidate", digest((c.left, c.right, c.reason)))
    for predicate, value in (
        (t.RDF_TYPE, f"<{t.C_CANDIDATE}>"),
        (t.IN_DOUBT, iris.entity(c.left)),
        (t.MAY_BE, iris.entity(c.right)),
        (t.RULE, iris.text(c.reason)),
        (t.SCORE, iris.decimal(c.score)),
    ):
        yield f"{node} <{predicate}> {value} <{CANDIDATES}> .\n"
