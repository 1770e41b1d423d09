"""SHACL over a graph: what fails, and which files it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.data import ontology_file
from kg.graph import terms as t
from kg.graph.candidates import CANDIDATES
from kg.graph.iris import ID, source_iri
from kg.graph.shapes import Constraint, constraints

_PREFIXES = dict(t.PREFIXES)
_TYPE = ox.NamedNode(t.RDF_TYPE)
_MOST = 5
_LOT_BYTES = 32 << 20


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
            all. The derived graph and the candidates are always checked.

    Returns:
        What fails, sorted; empty for a clean graph.
    """
    found = {f for copy in _copies(store, sources) for c in constraints() for f in _ask(copy, c)}
    return sorted(replace(f, sources=_sources(store, f.node)) for f in found)


def _copies(store: ox.Store, sources: Iterable[str] | None) -> Iterator[ox.Store]:
    """The default graph, then lots of sources' graphs, each in memory, where queries run ten times as fast.

    Graphs of one lot lie in one: no shape is about a node that two sources share.
    """
    if sources is None:
        graphs = sorted((g for g in store.named_graphs() if isinstance(g, ox.NamedNode)), key=str)
    else:
        named = (CANDIDATES, *(source_iri(sha) for sha in sorted(set(sources))))
        graphs = [ox.NamedNode(iri) for iri in named]
    yield _copy([store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())])
    lot: list[bytes | None] = []
    size = 0
    for graph in graphs:
        lot.append(store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph))
        size += len(lot[-1] or b"")
        if size > _LOT_BYTES:
            yield _copy(lot)
            lot, size = [], 0
    yield _copy(lot)


def _copy(parts: Iterable[bytes | None]) -> ox.Store:
    copy = ox.Store()
    copy.bulk_load(b"".join(part or b"" for part in parts), format=ox.RdfFormat.N_TRIPLES)
    return copy


def _ask(store: ox.Store, constraint: Constraint) -> Iterator[Finding]:
    answer = store.query(f"SELECT ?this ?value WHERE {{ {constraint.pattern} }}", prefixes=_PREFIXES)
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
