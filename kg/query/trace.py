"""Who cites a document, and what it rests on, as a tree with dates, types and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.graph import terms as t
from kg.query.lookup import Found, one_document
from kg.store import QueryError, Store

_EDGES = """
SELECT ?other ?label ?number (STR(?issued) AS ?date) ?ghost ?citingDate ?function ?article
       ?sentence ?start ?end ?from ?path WHERE {
  ?citation %(here)s ?node ; %(there)s ?other ; kg:function ?function ; kg:hasReading ?reading .
  GRAPH ?source {
    ?reading kg:sentence ?span ; oa:hasSelector ?selector .
    ?span oa:exact ?sentence ; oa:start ?from .
    ?selector oa:start ?start ; oa:end ?end .
    ?source kg:path ?path .
  }
  ?other rdfs:label ?label .
  OPTIONAL { ?other kg:number ?number }
  OPTIONAL { ?other dcterms:issued ?issued }
  OPTIONAL { ?citation cito:hasCitingEntity/dcterms:issued ?dated . BIND(STR(?dated) AS ?citingDate) }
  OPTIONAL { ?citation kg:articleCited ?article }
  BIND(EXISTS { ?other a kg:Ghost } AS ?ghost)
}"""
_CITING, _CITED = "cito:hasCitingEntity", "cito:hasCitedEntity"
_QUERIES = {
    "down": _EDGES % {"here": _CITED, "there": _CITING},
    "up": _EDGES % {"here": _CITING, "there": _CITED},
}
_ANY = {"down": f"ASK {{ ?citation {_CITED} ?node }}", "up": f"ASK {{ ?citation {_CITING} ?node }}"}
_NAMES = {iri: name for name, iri in t.V_FUNCTION.items()}


class Direction(StrEnum):
    """Which way to go from a document."""

    DOWN = "down"
    """To the documents that cite it."""
    UP = "up"
    """To the documents that it cites: what it rests on."""


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """The place where a citation was read.

    Attributes:
        function: citation function (``basedOn`` …).
        path: the source file.
        start: source offset of the citing mention.
        end: offset behind it.
        sentence: the sentence it stands in, as in the source.
        offset: source offset of the sentence.
        article: what of the cited text is cited, or None.
    """

    function: str
    path: str
    start: int
    end: int
    sentence: str
    offset: int
    article: str | None = None


@dataclass(frozen=True, slots=True)
class TraceNode:
    """A document in the tree.

    Attributes:
        document: the document.
        quotes: where the citation between it and the node above was read; empty at the root.
        children: the next documents, by date, number and title.
        repeated: whether it stands elsewhere in the tree with its children.
    """

    document: Found
    quotes: tuple[Quote, ...] = ()
    children: tuple[TraceNode, ...] = ()
    repeated: bool = False

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions of the citations, in order, each once."""
        return tuple(sorted({q.function for q in self.quotes}))


def trace(
    store: Store,
    document: str,
    direction: Direction | str = Direction.DOWN,
    *,
    depth: int = 1,
    types: Sequence[str] = (),
    as_of: str | None = None,
) -> TraceNode:
    """The tree of citations from one document.

    Args:
        store: the graph.
        document: a number in any bracket style, a title, part of a title, or an IRI.
        direction: ``down`` to those who cite it, ``up`` to what it rests on.
        depth: how many steps.
        types: citation functions to follow; empty for all.
        as_of: only citations by documents dated on or before (``2018``, ``2018-06-30``); documents without
            a date stay in.

    Raises:
        NotFoundError: no document fits.
        AmbiguousError: several fit.
        QueryError: a type does not exist.
    """
    unknown = sorted(set(types) - set(t.V_FUNCTION))
    if unknown:
        raise QueryError(
            f"没有这种引用类型：{'、'.join(unknown)}；可用：{'、'.join(t.V_FUNCTION)}",
            f"no such citation function: {', '.join(unknown)}; there are {', '.join(t.V_FUNCTION)}",
        )
    walk = Walk(store, Direction(direction), frozenset(types), as_of)
    return walk.tree(one_document(store, document), depth)


class Walk:
    """Breadth first, so that a document's children stand where it is nearest to the root."""

    def __init__(self, store: Store, way: Direction, types: frozenset[str], as_of: str | None) -> None:
        self.store = store
        self.query = _QUERIES[way]
        self.ask = _ANY[way]
        self.types = types
        self.as_of = as_of
        self.next: dict[str, list[tuple[Found, tuple[Quote, ...]]]] = {}

    def tree(self, root: Found, depth: int) -> TraceNode:
        """The tree from a document, as many steps deep."""
        level = [root]
        for _ in range(depth):
            fresh: dict[str, Found] = {}
            for found in level:
                if found.iri not in self.next:
                    self.next[found.iri] = self.edges(found)
                    fresh.update({other.iri: other for other, _ in self.next[found.iri]})
            level = [f for iri, f in fresh.items() if iri not in self.next]
        return self._build(root, (), depth, set())

    def _build(self, found: Found, quotes: tuple[Quote, ...], depth: int, shown: set[str]) -> TraceNode:
        known = self.next.get(found.iri, []) if depth > 0 else []
        if found.iri in shown:
            return TraceNode(found, quotes, (), bool(known))
        if known:
            shown.add(found.iri)
        children = tuple(self._build(other, q, depth - 1, shown) for other, q in known)
        return TraceNode(found, quotes, children)

    def edges(self, found: Found) -> list[tuple[Found, tuple[Quote, ...]]]:
        """The next documents, by date, number and title, each with the places of the citation."""
        node = {"node": ox.NamedNode(found.iri)}
        if not self.store.query(self.ask, node):  # a tenth of what the whole query costs
            return []
        answer = self.store.query(self.query, node)
        assert isinstance(answer, ox.QuerySolutions)
        others: dict[str, Found] = {}
        quotes: dict[str, set[Quote]] = {}
        for row in answer:
            value = {name: term.value for name in _COLUMNS if (term := row[name]) is not None}
            function = _NAMES[value["function"]]
            date = value.get("citingDate", "")
            if (self.types and function not in self.types) or (
                self.as_of and date[: len(self.as_of)] > self.as_of
            ):
                continue
            iri = value["other"]
            others[iri] = Found(
                iri, value["label"], value.get("number"), value.get("date"), value["ghost"] == "true"
            )
            quotes.setdefault(iri, set()).add(_quote(value, function))
        ordered = sorted(others.values(), key=lambda f: (f.date or "9", f.number or "", f.label, f.iri))
        return [(f, tuple(sorted(quotes[f.iri], key=_place))) for f in ordered]


_COLUMNS = (
    *("other", "label", "number", "date", "ghost", "citingDate", "function", "article"),
    *("sentence", "start", "end", "from", "path"),
)


def _quote(value: dict[str, str], function: str) -> Quote:
    return Quote(
        function,
        value["path"],
        int(value["start"]),
        int(value["end"]),
        value["sentence"],
        int(value["from"]),
        value.get("article"),
    )


def _place(q: Quote) -> tuple[str, int, int, str]:
    return q.path, q.start, q.end, q.function
