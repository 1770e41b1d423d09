"""What the rest of the package asks of a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Bindings = Mapping[str, Term]
"""Variable name (without ``?``) → the term that stands for it."""
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Store(Protocol):
    """Quads that answer SPARQL 1.1."""

    def query(self, sparql: str, bindings: Bindings | None = None) -> Answer:
        """Answer a query; ``bindings`` are bound as terms, never pasted as text.

        Raises:
            QueryError: the query is not SPARQL, or the store refuses it.
        """

    def load(self, lines: Iterable[str]) -> int:
        """Add N-Quads lines (with line ends); returns how many lines were given."""

    def close(self) -> None:
        """Let go of the store."""
