"""The library of named queries: ``.rq`` files with parameters that are bound as terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.graph import terms as t
from kg.query.lookup import one_document, one_entity
from kg.store import Answer, QueryError, Store, Term
from kg.store.base import bound

_FOLDER = Path(__file__).parent / "named"
_TITLE = re.compile(r"^# (?P<zh>.+?) \| (?P<en>.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"^# @param (?P<name>\w+) (?P<kind>\w+)(?: = (?P<default>\S+))?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that must be bound.

    Attributes:
        name: of the variable, without ``?``.
        kind: ``document``, ``institution``, ``measure`` (looked up by number, title or name), ``function``,
            ``level`` (codes of vocabularies), ``text``, ``integer``.
        default: what stands where nothing is given, or None.
    """

    name: str
    kind: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the library."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """All queries of the library by name, in order of name."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.rq"))}


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    title = _TITLE.match(text)
    if title is None:
        raise ValueError(f"{path.name}: the first line must be '# 中文 | English'")
    parameters = tuple(Parameter(m["name"], m["kind"], m["default"]) for m in _PARAMETER.finditer(text))
    return NamedQuery(path.stem, title["zh"], title["en"], parameters, text)


def named_query(store: Store, name: str, parameters: Mapping[str, str] | None = None) -> Answer:
    """Answer a query of the library.

    Args:
        store: the graph.
        name: of the query.
        parameters: what people write for each parameter.

    Raises:
        QueryError: no such query, a parameter is missing, unknown or of the wrong kind.
        NotFoundError: no document or body fits a parameter.
        AmbiguousError: several fit.
    """
    return store.query(written_query(store, name, parameters))


def written_query(store: Store, name: str, parameters: Mapping[str, str] | None = None) -> str:
    """The text of a query of the library with its parameters in place; see :func:`named_query`."""
    query = named_queries().get(name)
    if query is None:
        known = named_queries()
        raise QueryError(
            f"没有名为 {name} 的查询；可用：{'、'.join(known)}",
            f"no query is named {name}; there are {', '.join(known)}",
        )
    given = dict(parameters or {})
    bindings = {p.name: _term(store, name, p, given.pop(p.name, p.default)) for p in query.parameters}
    if given:
        raise QueryError(
            f"查询 {name} 没有参数 {'、'.join(sorted(given))}",
            f"query {name} has no parameter {', '.join(sorted(given))}",
        )
    return bound(query.sparql, bindings)


def _term(store: Store, query: str, parameter: Parameter, value: str | None) -> Term:
    if value is None:
        raise QueryError(
            f"查询 {query} 缺少参数 {parameter.name}（{parameter.kind}）",
            f"query {query} lacks its parameter {parameter.name} ({parameter.kind})",
        )
    return _KINDS[parameter.kind](store, parameter, value)


def _integer(parameter: Parameter, value: str) -> ox.Literal:
    if not re.fullmatch(r"\d{1,9}", value):
        raise QueryError(
            f"参数 {parameter.name} 应为整数：{value}",
            f"parameter {parameter.name} is a whole number: {value}",
        )
    return ox.Literal(value, datatype=ox.NamedNode(f"{t.PREFIXES['xsd']}integer"))


def _concept(vocabulary: Mapping[str, str], parameter: Parameter, value: str) -> ox.NamedNode:
    if value not in vocabulary:
        raise QueryError(
            f"参数 {parameter.name} 应为 {'、'.join(vocabulary)} 之一：{value}",
            f"parameter {parameter.name} is one of {', '.join(vocabulary)}: {value}",
        )
    return ox.NamedNode(vocabulary[value])


_KINDS: Mapping[str, Callable[[Store, Parameter, str], Term]] = {
    "document": lambda store, _, value: ox.NamedNode(one_document(store, value).iri),
    "institution": lambda store, _, value: ox.NamedNode(one_entity(store, value, t.C_INSTITUTION).iri),
    "measure": lambda store, _, value: ox.NamedNode(one_entity(store, value, t.C_MEASURE).iri),
    "function": lambda _, parameter, value: _concept(t.V_FUNCTION, parameter, value),
    "level": lambda _, parameter, value: _concept(t.V_LEVEL, parameter, value),
    "integer": lambda _, parameter, value: _integer(parameter, value),
    "text": lambda _, __, value: ox.Literal(value),
}
