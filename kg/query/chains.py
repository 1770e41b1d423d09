"""Chains of citations between documents, each step with the sentences that make it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.query.lookup import Found, one_document
from kg.query.results import table
from kg.query.trace import Direction, Quote, Walk
from kg.store import Store

BASES = ("basedOn", "implements")
"""Functions of citations that say what a text rests on."""
_MOST = 20_000
"""Documents looked at before a search gives up."""


_COVERAGE = """
SELECT (COUNT(DISTINCT ?held) AS ?all) (COUNT(DISTINCT ?citing) AS ?cite) WHERE {
  ?held kg:attestedBy ?source .
  OPTIONAL { ?held kg:cites ?other . BIND(?held AS ?citing) }
}"""
_GHOSTS = "SELECT (COUNT(?ghost) AS ?all) WHERE { ?ghost a kg:Ghost }"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a collection can answer where a text comes from.

    Attributes:
        held: documents whose text is held.
        citing: those of them that cite another document.
        ghosts: documents that are only cited; no chain leads on from them.
    """

    held: int
    citing: int
    ghosts: int


def coverage(store: Store) -> Coverage:
    """What share of the documents a chain can run through."""
    (row,), (ghosts,) = (table(store.query(sparql)).rows for sparql in (_COVERAGE, _GHOSTS))
    return Coverage(int(row[0]), int(row[1]), int(ghosts[0]))


@dataclass(frozen=True, slots=True)
class Step:
    """One citation of a chain, from the citing to the cited document."""

    citing: Found
    cited: Found
    quotes: tuple[Quote, ...]


def shortest_chain(store: Store, start: str, end: str, types: Sequence[str] = ()) -> tuple[Step, ...]:
    """The shortest chain of citations from one document to another; empty where there is none.

    Args:
        store: the graph.
        start: the citing end: number, title, part of a title, or IRI.
        end: the cited end, likewise.
        types: citation functions to follow; empty for all.

    Raises:
        NotFoundError: no document fits.
        AmbiguousError: several fit.
    """
    target = one_document(store, end).iri
    walked = _walk(store, one_document(store, start), types)
    return next((chain for chain in walked if chain[-1].cited.iri == target), ())


def basis_chains(store: Store, document: str) -> tuple[tuple[Step, ...], ...]:
    """The chains from a document to the texts that it rests on and that rest on nothing known.

    Returns:
        The shortest chain to each such text, longest chains first, then by number and title of the text.

    Raises:
        NotFoundError: no document fits.
        AmbiguousError: several fit.
    """
    ends = _ends(store, one_document(store, document))
    return tuple(
        sorted(ends, key=lambda c: (-len(c), c[-1].cited.number or "", c[-1].cited.label, c[-1].cited.iri))
    )


def _ends(store: Store, start: Found) -> Iterator[tuple[Step, ...]]:
    on: set[str] = set()
    chains = list(_walk(store, start, BASES, on.add))
    yield from (chain for chain in chains if chain[-1].cited.iri not in on)


def _walk(
    store: Store, start: Found, types: Sequence[str], leads_on: Callable[[str], object] = lambda _: None
) -> Iterator[tuple[Step, ...]]:
    """The shortest chain to every document that can be reached, nearest first.

    ``leads_on`` is told of every document from which a citation leads on.
    """
    walk = Walk(store, Direction.UP, frozenset(types), None)
    seen = {start.iri}
    waiting: deque[tuple[Found, tuple[Step, ...]]] = deque([(start, ())])
    while waiting and len(seen) < _MOST:
        here, chain = waiting.popleft()
        for other, quotes in walk.edges(here):
            leads_on(here.iri)
            if other.iri not in seen:
                seen.add(other.iri)
                longer = (*chain, Step(here, other, quotes))
                yield longer
                waiting.append((other, longer))
