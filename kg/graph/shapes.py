"""The SHACL shapes as SPARQL queries: each constraint finds the nodes that break it.

Covers what ``ontology/shapes.ttl`` uses: targetClass, minCount and maxCount of one, datatype, nodeKind IRI,
class, minLength 1, minInclusive, maxInclusive, pattern, lessThanOrEquals and ``sh:sparql``. A shape that uses
anything else is refused, so that nothing goes unchecked; tests compare with pyshacl, the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.data import ontology_file

_SH = "http://www.w3.org/ns/shacl#"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that must hold.

    Attributes:
        shape: the last part of the shape's IRI, such as ``Citation``.
        path: IRI of the property, or empty for a rule over several.
        kind: constraint component, such as ``minCount``.
        message: what must hold, for people.
        pattern: SPARQL group pattern that binds ``?this`` (and ``?value``) where it does not.
    """

    shape: str
    path: str
    kind: str
    message: str
    pattern: str


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)


_Term = ox.NamedNode | ox.Literal
_COMPONENTS: Mapping[str, Callable[[str, _Term], str]] = {
    "minCount": lambda p, _: f"FILTER NOT EXISTS {{ ?this {p} ?any }}",
    "maxCount": lambda p, _: f"?this {p} ?any, ?more FILTER(!sameTerm(?any, ?more))",
    "datatype": lambda p, v: f"?this {p} ?value FILTER(!isLiteral(?value) || DATATYPE(?value) != {v})",
    "nodeKind": lambda p, _: f"?this {p} ?value FILTER(!isIRI(?value))",
    "class": lambda p, v: f"?this {p} ?value FILTER NOT EXISTS {{ ?value a {v} }}",
    "minLength": lambda p, _: f'?this {p} ?value FILTER(STR(?value) = "")',
    "minInclusive": lambda p, v: f"?this {p} ?value FILTER(!COALESCE(?value >= {v}, false))",
    "maxInclusive": lambda p, v: f"?this {p} ?value FILTER(!COALESCE(?value <= {v}, false))",
    "pattern": lambda p, v: f"?this {p} ?value FILTER(!REGEX(STR(?value), {v}))",
    "lessThanOrEquals": lambda p, v: (
        f"?this {p} ?value ; {v} ?other FILTER(!COALESCE(?value <= ?other, false))"
    ),
}
_ONE = ("minCount", "maxCount", "minLength")


@cache
def constraints() -> tuple[Constraint, ...]:
    """All constraints of the shapes, in order of shape, path and kind.

    Raises:
        ValueError: a shape uses what this module does not know.
    """
    graph = ox.Dataset(ox.parse(ontology_file("shapes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    found: list[Constraint] = []
    for quad in graph.quads_for_object(_sh("NodeShape")):
        shape = quad.subject
        assert isinstance(shape, ox.NamedNode)
        parts = list(graph.quads_for_subject(shape))
        for target in sorted(str(q.object) for q in parts if q.predicate == _sh("targetClass")):
            for part in parts:
                found += _constraints(graph, shape.value.rsplit("/", 1)[1], target, part)
    return tuple(sorted(found, key=lambda c: (c.shape, c.path, c.kind, c.pattern)))


def _constraints(graph: ox.Dataset, shape: str, target: str, part: ox.Quad) -> list[Constraint]:
    if part.predicate in (_RDF_TYPE, _sh("targetClass")):
        return []
    facts: dict[str, _Term] = {}
    if isinstance(part.object, ox.BlankNode):
        for q in graph.quads_for_subject(part.object):
            if isinstance(q.object, ox.NamedNode | ox.Literal):
                facts[q.predicate.value.removeprefix(_SH)] = q.object
    message = facts.pop("message").value
    if part.predicate == _sh("sparql"):
        select = facts["select"].value
        pattern = select[select.index("{") + 1 : select.rindex("}")].replace("$this", "?this")
        return [Constraint(shape, "", "sparql", message, f"?this a {target} . {pattern}")]
    if part.predicate != _sh("property"):
        raise ValueError(f"shape {shape} uses {part.predicate}")
    path = str(facts.pop("path"))
    made = []
    for kind, value in facts.items():
        if kind not in _COMPONENTS or (kind in _ONE and value.value != "1"):
            raise ValueError(f"shape {shape} uses sh:{kind} {value}")
        pattern = f"?this a {target} . {_COMPONENTS[kind](path, value)}"
        made.append(Constraint(shape, path.strip("<>"), kind, message, pattern))
    return made
