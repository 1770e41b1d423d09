"""SHACL over a graph: what fails, and which files it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.data import ontology_file
from kg.graph import terms as t
from kg.graph.iris import ID, source
from kg.graph.shapes import Constraint, constraints

_PREFIXES = dict(t.PREFIXES)
_TYPE = ox.NamedNode(t.RDF_TYPE)
_MOST = 5


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A node that breaks a constraint.

    Attributes:
        shape: such as ``Citation``.
        kind: constraint component, such as ``minCount``.
        node: IRI of the node.
        path: IRI of the property, or empty.
        value: the value that is wrong, or empty.
        message: what must hold, for people.
        sources: paths of files it comes from, at most five, sorted.
    """

    shape: str
    kind: str
    node: str
    path: str
    value: str
    message: str
    sources: tuple[str, ...] = ()


def validate(store: ox.Store, sources: Iterable[str] | None = None) -> list[Finding]:
    """Check the graph against the shapes.

    Args:
        store: the graph.
        sources: content hashes of the sources whose graphs are to be checked (what changed); None for
            all. The derived graph is always checked.

    Returns:
        What fails, sorted; empty for a clean graph.
    """
    found = [f for c in constraints() for f in _broken(store, c, sources)]
    return sorted(
        Finding(f.shape, f.kind, f.node, f.path, f.value, f.message, _sources(store, f.node))
        for f in set(found)
    )


def _broken(store: ox.Store, constraint: Constraint, sources: Iterable[str] | None) -> Iterator[Finding]:
    pattern = constraint.pattern
    yield from _ask(store, constraint, f"SELECT ?this ?value WHERE {{ {pattern} }}")
    if sources is None:
        yield from _ask(store, constraint, f"SELECT ?this ?value WHERE {{ GRAPH ?source {{ {pattern} }} }}")
        return
    for sha in sources:
        yield from _ask(
            store, constraint, f"SELECT ?this ?value WHERE {{ GRAPH {source(sha)} {{ {pattern} }} }}"
        )


def _ask(store: ox.Store, constraint: Constraint, sparql: str) -> Iterator[Finding]:
    answer = store.query(sparql, prefixes=_PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    for row in answer:
        node, value = row["this"], row["value"]
        assert node is not None
        yield Finding(
            constraint.shape,
            constraint.kind,
            getattr(node, "value", str(node)),
            constraint.path,
            "" if value is None else getattr(value, "value", str(value)),
            constraint.message,
        )


def _sources(store: ox.Store, node: str) -> tuple[str, ...]:
    """Paths of the files behind a node: its own source, those of its readings, those that name its keys."""
    here, default = ox.NamedNode(node), ox.DefaultGraph()
    graphs = {node.partition("#")[0]} if node.startswith(f"{ID}source/") else set()
    for quad in store.quads_for_pattern(here, ox.NamedNode(t.HAS_READING), None, default):
        graphs.add(quad.object.value.partition("#")[0])  # type: ignore[union-attr]
    for quad in store.quads_for_pattern(None, ox.NamedNode(t.IDENTIFIED_AS), here, default):
        named = store.quads_for_pattern(quad.subject, _TYPE, None, None)
        graphs |= {q.graph_name.value for q in named if isinstance(q.graph_name, ox.NamedNode)}
    found: set[str] = set()
    for graph in sorted(graphs)[:_MOST]:
        name = ox.NamedNode(graph)
        paths = store.quads_for_pattern(name, ox.NamedNode(t.PATH), None, name)
        found |= {q.object.value for q in paths if isinstance(q.object, ox.Literal)}
    return tuple(sorted(found))


def validate_reference(store: ox.Store) -> tuple[bool, str]:
    """Check the graph with pyshacl, all graphs flattened into one; slow beyond a hundred thousand triples.

    Returns:
        Whether it conforms, and pyshacl's report.
    """
    import pyshacl  # noqa: PLC0415 - slow to import and only wanted here
    import rdflib  # noqa: PLC0415

    triples = {q.triple for q in store}
    data = rdflib.Graph().parse(
        data=(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode(), format="nt"
    )
    shapes = rdflib.Graph().parse(ontology_file("shapes.ttl"))
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    return bool(conforms), str(report)
