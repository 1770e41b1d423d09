"""What the rest of the package asks of a store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Bindings = Mapping[str, Term]
"""Variable name (without ``?``) → the term that stands for it."""
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

# What a variable's name must not be looked for in: IRIs, strings, comments.
_TOKEN = re.compile(
    r"<[^<>\"{}|^`\\\s]*>"
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|#[^\n]*"
    r"|[?$](?P<name>\w+)",
    re.DOTALL,
)


def bound(sparql: str, bindings: Bindings) -> str:
    """The query with variables replaced by terms, outside of IRIs, strings and comments.

    Terms are written by their own serialiser, so that no value can end a literal or an IRI. A bound variable
    must not stand in the projection. (Oxigraph's own substitutions refuse variables that are not projected,
    and other servers have none.)
    """

    def put(found: re.Match[str]) -> str:
        term = bindings.get(found["name"]) if found["name"] else None
        return found[0] if term is None else str(term)

    return _TOKEN.sub(put, sparql) if bindings else sparql


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
