"""Which node people mean by a number, a title, part of a title, a name or an IRI."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from kg.grammar.bodies import national, national_bare
from kg.grammar.measures import core_name, heads, normal_name
from kg.grammar.numbers import parse_number
from kg.graph import iris
from kg.graph import terms as t
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
  OPTIONAL { ?citing kg:cites|kg:mentions ?node }
} GROUP BY ?label ?number ?issued ?ghost"""
_BY_NUMBER = "SELECT DISTINCT ?node WHERE { ?node kg:number|skos:altLabel ?number ; a kg:Document }"
_BY_TITLE = "SELECT DISTINCT ?node WHERE { ?node kg:titleKey ?key }"
_BY_KEY = "SELECT ?node WHERE { ?key kg:identifiedAs ?node }"
_BY_PART = """
SELECT DISTINCT ?node WHERE {
  { ?node kg:titleKey ?name } UNION { ?node skos:altLabel ?name ; a kg:Document }
  FILTER(CONTAINS(?name, ?part))
}"""
_BY_NAME = "SELECT DISTINCT ?node WHERE { ?node rdfs:label ?name ; a ?class }"
_BY_ALIAS = "SELECT DISTINCT ?node WHERE { ?node skos:altLabel ?name ; a ?class }"
_TITLES = "SELECT ?node ?name WHERE { ?node rdfs:label ?name ; a kg:Document }"
_NUMBERS = "SELECT ?node ?name WHERE { ?node kg:number ?name ; a kg:Document }"
_NAMES = "SELECT ?node ?name WHERE { ?node a ?class ; rdfs:label|skos:altLabel ?name }"
_GOVERNMENT = re.compile(r"(?<!人民)政府(?=$|办公)")
_NEAR = 5
_ALIKE = 50.0


@dataclass(frozen=True, slots=True)
class Found:
    """A node that fits what was asked for.

    Attributes:
        iri: the node.
        label: its title or name.
        number: its document number, or None.
        date: as far as it is known, or None.
        ghost: whether no source holds its text.
        cited: how many documents cite or name it.
    """

    iri: str
    label: str
    number: str | None = None
    date: str | None = None
    ghost: bool = False
    cited: int = 0


_LISTED = 20


class NotFoundError(WenmaiError):
    """Nothing fits.

    Attributes:
        near: names or numbers that look like what was asked for, the nearest first.
    """

    def __init__(self, asked: str, near: tuple[str, ...] = ()) -> None:
        zh, en = (f"；相近的有：{'、'.join(near)}", f"; near to it: {'、'.join(near)}") if near else ("", "")
        super().__init__(f"没有找到“{asked}”{zh}", f"nothing fits “{asked}”{en}")
        self.near = near


class AmbiguousError(WenmaiError):
    """Several nodes fit.

    Attributes:
        found: all of them, the most cited first.
    """

    def __init__(self, text: str, found: tuple[Found, ...]) -> None:
        more = len(found) - _LISTED
        shown = found[:_LISTED]
        zh = [f"“{text}”有 {len(found)} 个可能，请说得更准，或用 IRI："]
        zh += [
            f"  {f.number or '—'}  {f.label}（{f.date or '日期不详'}，被引 {f.cited}）  {f.iri}"
            for f in shown
        ]
        en = [f"“{text}” fits {len(found)}; say which, or use the IRI:"]
        en += [
            f"  {f.number or '—'}  {f.label} ({f.date or 'undated'}, cited {f.cited})  {f.iri}" for f in shown
        ]
        if more > 0:
            zh.append(f"  ……另有 {more} 个")
            en.append(f"  … and {more} more")
        super().__init__("\n".join(zh), "\n".join(en))
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
    number = parse_number(text.strip())
    asked, names = (number.canonical, _NUMBERS) if number else (core_of(text.strip()).core, _TITLES)
    return _one(text, find_documents(store, text), lambda: _near(_pairs(store, names, {}), asked))


def one_entity(store: Store, text: str, kind: str) -> Found:
    """The one institution or measure that a name means; whole names before parts of names.

    A name may stand in quotation marks, with or without the head noun of a measure (“放管服”, 放管服改革), and be
    the short form of a national body (司法部, 国办).

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
    of = ox.NamedNode(kind)
    forms = _forms(asked, kind)
    for name in forms:
        for sparql in (_BY_NAME, _BY_ALIAS):
            if nodes := _nodes(store, sparql, {"name": ox.Literal(name), "class": of}):
                return _one(text, _ranked(store, nodes))
    if kind == t.C_MEASURE and (key := core_name(asked)):
        local = ox.NamedNode(iris.local(f"measure/{key}")[1:-1])
        if nodes := _nodes(store, _BY_KEY, {"key": local}):
            return _one(text, _ranked(store, nodes))
    pairs = _pairs(store, _NAMES, {"class": of})
    nodes = [ox.NamedNode(node) for node in _holding(pairs, normal_name(forms[-1]))]
    return _one(text, _ranked(store, nodes), lambda: _near(pairs, forms[-1]))


def entity_named(store: Store, name: str) -> Found | None:
    """The institution or measure that bears this very name, if there is just one."""
    asked = {"name": ox.Literal(name.strip())}
    nodes = [
        node
        for kind in (t.C_INSTITUTION, t.C_MEASURE)
        for sparql in (_BY_NAME, _BY_ALIAS)
        for node in _nodes(store, sparql, {**asked, "class": ox.NamedNode(kind)})
    ]
    found = _ranked(store, list(dict.fromkeys(nodes)))
    return found[0] if len(found) == 1 else None


def _forms(asked: str, kind: str) -> tuple[str, ...]:
    """The ways to write a name that may stand in the graph, the surest first and the fullest last."""
    if kind != t.C_INSTITUTION:
        return (asked,)
    plain = asked.strip("“”\"'‘’《》「」 ")
    body = national(plain) or national_bare(plain, None)
    full = _GOVERNMENT.sub("人民政府", plain)
    return tuple(dict.fromkeys((asked, *([body.name] if body else ()), plain, full)))


def _holding(pairs: Iterable[tuple[str, str]], part: str) -> list[str]:
    """The entities with the part in a name: only those that end with it, or add but a head noun, if there are any."""
    holding: dict[bool, set[str]] = {True: set(), False: set()}
    for node, name in pairs:
        before, found, behind = normal_name(name).partition(part)
        if found and part:
            holding[not behind or (not before and behind in heads())].add(node)
    return sorted(holding[True] or holding[False])


def _pairs(store: Store, sparql: str, bindings: Bindings) -> list[tuple[str, str]]:
    """IRIs with their names."""
    answer = store.query(sparql, bindings)
    assert isinstance(answer, ox.QuerySolutions)
    return [(row["node"].value, row["name"].value) for row in answer if row["name"] is not None]


def _near(pairs: Iterable[tuple[str, str]], asked: str) -> tuple[str, ...]:
    """The names that are most like the one asked for, each entity once."""
    names = sorted({(name, node) for node, name in pairs})
    scored = process.extract(
        normal_name(asked),
        [name for name, _ in names],
        scorer=fuzz.ratio,
        processor=normal_name,
        score_cutoff=_ALIKE,
        limit=4 * _NEAR,
    )
    best: dict[str, str] = {}
    for name, _, index in sorted(scored, key=lambda x: (-x[1], x[0])):
        best.setdefault(names[index][1], name)
    return tuple(dict.fromkeys(best.values()))[:_NEAR]


def _one(text: str, found: tuple[Found, ...], near: Callable[[], tuple[str, ...]] = tuple) -> Found:
    if not found:
        raise NotFoundError(text, near())
    if len(found) > 1:
        raise AmbiguousError(text, found)
    return found[0]


def _named(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri.strip("<>"))
    except ValueError as error:
        raise QueryError(f"不是 IRI：{iri}", f"not an IRI: {iri}") from error


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
