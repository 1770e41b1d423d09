"""Which node people mean by a number, a title, part of a title, a name or an IRI."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.grammar.numbers import parse_number
from kg.graph.iris import ID, KEY
from kg.identify.titles import core_of
from kg.model.errors import WenmaiError
from kg.store import Bindings, QueryError, Store

_DESCRIBE = """
SELECT ?label ?number (STR(?issued) AS ?date) ?ghost (COUNT(DISTINCT ?citing) AS ?cited) WHERE {
  ?node rdfs:label ?label .
  OPTIONAL { ?node kg:number ?number }
  OPTIONAL { ?node dcterms:issued ?issued }
  BIND(EXISTS { ?node a kg:Ghost } AS ?ghost)
  OPTIONAL { ?citing kg:cites ?node }
} GROUP BY ?label ?number ?issued ?ghost"""
_BY_NUMBER = "SELECT DISTINCT ?node WHERE { ?node kg:number ?number ; a kg:Document }"
_BY_TITLE = "SELECT DISTINCT ?node WHERE { ?node kg:titleKey ?key }"
_BY_KEY = "SELECT ?node WHERE { ?key kg:identifiedAs ?node }"
_BY_PART = """
SELECT DISTINCT ?node WHERE {
  { ?node kg:titleKey ?name } UNION { ?node skos:altLabel ?name ; a kg:Document }
  FILTER(CONTAINS(?name, ?part))
}"""
_BY_NAME = """
SELECT DISTINCT ?node WHERE {
  { ?node rdfs:label ?name } UNION { ?node skos:altLabel ?name }
  FILTER EXISTS { ?node a ?class }
}"""
_BY_NAME_PART = """
SELECT DISTINCT ?node WHERE {
  ?node a ?class ; rdfs:label|skos:altLabel ?name
  FILTER(CONTAINS(?name, ?part))
}"""


@dataclass(frozen=True, slots=True)
class Found:
    """A node that fits what was asked for.

    Attributes:
        iri: the node.
        label: its title or name.
        number: its document number, or None.
        date: as far as it is known, or None.
        ghost: whether no source holds its text.
        cited: how many documents cite it.
    """

    iri: str
    label: str
    number: str | None = None
    date: str | None = None
    ghost: bool = False
    cited: int = 0


class NotFoundError(WenmaiError):
    """Nothing fits."""


class AmbiguousError(WenmaiError):
    """Several nodes fit.

    Attributes:
        found: all of them, the most cited first.
    """

    def __init__(self, text: str, found: tuple[Found, ...]) -> None:
        lines = [
            f"  {f.number or '—'}  {f.label}（{f.date or '日期不详'}，被引 {f.cited}）  {f.iri}"
            for f in found[:20]
        ]
        more = [] if len(found) <= 20 else [f"  ……另有 {len(found) - 20} 个"]
        super().__init__("\n".join([f"“{text}”有 {len(found)} 个可能：", *lines, *more]))
        self.found = found


def find_documents(store: Store, text: str) -> tuple[Found, ...]:
    """Documents that a text may mean, the most cited first.

    A text is tried as an IRI, a number in any bracket style, a full title, part of a title; the first of
    these that fits anything decides.
    """
    return next((_ranked(store, nodes) for nodes in _document_tries(store, text.strip()) if nodes), ())


def _document_tries(store: Store, asked: str) -> Iterator[list[ox.NamedNode]]:
    if asked.startswith(("http://", "https://", "<")):
        node = _named(asked)
        yield [node] if describe(store, node) else _moved(store, node)
        return
    if number := parse_number(asked):
        yield _nodes(store, _BY_NUMBER, {"number": ox.Literal(number.canonical)})
    if key := core_of(asked).core:
        yield _nodes(store, _BY_TITLE, {"key": ox.Literal(key)})
        yield _nodes(store, _BY_PART, {"part": ox.Literal(key)})


def _moved(store: Store, node: ox.NamedNode) -> list[ox.NamedNode]:
    """What an id that was published before has become: the id of its key."""
    if not node.value.startswith(ID):
        return []
    key = ox.NamedNode(KEY + node.value.removeprefix(ID))
    return _nodes(store, _BY_KEY, {"key": key})


def one_document(store: Store, text: str) -> Found:
    """The one document that a text means.

    Raises:
        NotFoundError: there is none.
        AmbiguousError: there are several.
    """
    return _one(text, find_documents(store, text))


def one_entity(store: Store, text: str, kind: str) -> Found:
    """The one institution or measure that a name means; whole names before parts of names.

    Args:
        store: the graph.
        text: a name, part of one, or an IRI.
        kind: IRI of the class.

    Raises:
        NotFoundError: there is none.
        AmbiguousError: there are several.
    """
    asked = text.strip()
    if asked.startswith(("http://", "https://", "<")):
        return _one(asked, _ranked(store, [_named(asked)]))
    name, of = ox.Literal(asked), ox.NamedNode(kind)
    nodes = _nodes(store, _BY_NAME, {"name": name, "class": of}) or _nodes(
        store, _BY_NAME_PART, {"part": name, "class": of}
    )
    return _one(text, _ranked(store, nodes))


def _one(text: str, found: tuple[Found, ...]) -> Found:
    if not found:
        raise NotFoundError(f"没有找到“{text}”")
    if len(found) > 1:
        raise AmbiguousError(text, found)
    return found[0]


def _named(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri.strip("<>"))
    except ValueError as error:
        raise QueryError(f"不是 IRI：{iri}") from error


def _nodes(store: Store, sparql: str, bindings: Bindings) -> list[ox.NamedNode]:
    answer = store.query(sparql, bindings)
    assert isinstance(answer, ox.QuerySolutions)
    found = [row["node"] for row in answer]
    return [n for n in found if isinstance(n, ox.NamedNode) and n.value.startswith(ID)]


def _ranked(store: Store, nodes: list[ox.NamedNode]) -> tuple[Found, ...]:
    found = [d for node in nodes for d in describe(store, node)]
    return tuple(sorted(found, key=lambda f: (-f.cited, f.ghost, f.label, f.iri)))


def describe(store: Store, node: ox.NamedNode) -> list[Found]:
    """What is known of a node; empty where the graph does not hold it."""
    answer = store.query(_DESCRIBE, {"node": node})
    assert isinstance(answer, ox.QuerySolutions)
    return [
        Found(
            node.value,
            row["label"].value,
            row["number"].value if row["number"] else None,
            row["date"].value if row["date"] else None,
            row["ghost"].value == "true",
            int(row["cited"].value),
        )
        for row in answer
        if row["label"] is not None
    ][:1]
