"""What one change of sources changes in a graph: quads to take out and to put in, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph import iris
from kg.graph import terms as t
from kg.graph.assemble import RELATIONS
from kg.graph.candidates import CANDIDATES, candidate_lines
from kg.graph.derive import FACTUAL, entity_lines, relation_node, statement_lines
from kg.identify import Identity, KeyTable
from kg.identify.ledger import Change
from kg.model.extraction import Extraction

_DEFAULT = ox.DefaultGraph()
_READINGS = (t.C_CITATION_READING, t.C_EVENT_READING, t.C_FIGURE_READING, t.C_RELATION_READING)
_EDGES = frozenset((t.CITES, t.MENTIONS, *(iri for iri, _ in RELATIONS.values())))
"""Properties of an entity that statements give."""
_BOTH = frozenset((t.ISSUED_BY, t.ORG_SUB_ORGANIZATION_OF))
"""Those of them that descriptions of entities give too."""
_BELONGING = (t.VERSION_OF, t.PART_OF)
"""Properties of what is described with its document."""
_REVERSED = frozenset(iri for iri, reverse in RELATIONS.values() if reverse)
_PREDICATES = {iri: predicate for predicate, (iri, _) in RELATIONS.items()}
_Node = ox.NamedNode | ox.BlankNode | ox.Triple


@dataclass(frozen=True, slots=True)
class Delta:
    """A change of a store.

    Attributes:
        graphs: IRIs of named graphs that go.
        minus: lines of the default graph that go.
        plus: lines of the default graph that come.
        named: IRI of a named graph that comes → its lines as N-Quads.
        doubts_gone: lines of the graph of candidates that go.
        doubts_come: lines of it that come.
    """

    graphs: tuple[str, ...]
    minus: tuple[str, ...]
    plus: tuple[str, ...]
    named: Mapping[str, tuple[str, ...]]
    doubts_gone: tuple[str, ...] = ()
    doubts_come: tuple[str, ...] = ()

    def update(self) -> str:
        """The change as one SPARQL update, which a store makes whole or not at all; it may be made twice."""
        parts = [f"DROP SILENT GRAPH <{graph}>" for graph in self.graphs]
        parts.append(f"DELETE DATA {{\n{''.join(self.minus)}{_block(CANDIDATES, self.doubts_gone)}}}")
        blocks = [_block(graph, lines) for graph, lines in self.named.items()]
        blocks.append(_block(CANDIDATES, self.doubts_come))
        parts.append(f"INSERT DATA {{\n{''.join(self.plus)}{''.join(blocks)}}}")
        return " ;\n".join(parts) + "\n"


def _block(graph: str, lines: Iterable[str]) -> str:
    """Lines of a named graph as SPARQL writes them."""
    end = f" <{graph}> .\n"
    return f"GRAPH <{graph}> {{\n{''.join(f'{x.removesuffix(end)} .' for x in lines)}}}\n"


def attesting(store: ox.Store, document: str) -> Iterator[str]:
    """Content hashes of the sources that hold a document (by its canonical id)."""
    node = ox.NamedNode(iris.entity(document)[1:-1])
    for quad in store.quads_for_pattern(node, ox.NamedNode(t.ATTESTED_BY), None, _DEFAULT):
        source = quad.object
        assert isinstance(source, ox.NamedNode)
        for found in store.quads_for_pattern(source, ox.NamedNode(t.SHA256), None, source):
            assert isinstance(found.object, ox.Literal)
            yield found.object.value


def held_by(store: ox.Store, sha256: str) -> Iterator[str]:
    """Canonical ids of the documents that a source holds."""
    source = ox.NamedNode(iris.source_iri(sha256))
    for held in store.quads_for_pattern(source, ox.NamedNode(t.ATTESTS), None, source):
        for known in store.quads_for_pattern(held.object, ox.NamedNode(t.IDENTIFIED_AS), None, _DEFAULT):  # type: ignore[arg-type]
            yield iris.canonical(str(known.object))


def delta(
    store: ox.Store,
    change: Change,
    removed: Sequence[Extraction],
    added: Sequence[tuple[Extraction, Iterable[str]]],
    others: Sequence[Extraction],
    identity: Identity,
    table: Callable[[Iterable[str]], KeyTable],
) -> Delta:
    """The change of a store from one set of sources to the next.

    Args:
        store: the graph before it.
        change: what the ledger says is touched.
        removed: sources that go.
        added: sources that come, with their named graphs.
        others: sources that stay and whose statements must be made anew; with every source, all that hold
            the same document before or after.
        identity: the id map after the change.
        table: gives the facts of all keys of some ids, after the change.
    """
    work = _Work(store, identity, table)
    work.retract([*removed, *others])
    for x in [*others, *(x for x, _ in added)]:
        work.plus.update(statement_lines(x, identity))
    work.describe(change)
    work.settle()
    return Delta(
        tuple(sorted({iris.source_iri(x.sha256) for x in removed})),
        tuple(sorted(work.minus - work.plus)),
        tuple(sorted(work.plus)),
        {iris.source_iri(x.sha256): tuple(lines) for x, lines in added},
        tuple(candidate_lines(change.gone)),
        tuple(candidate_lines(change.come)),
    )


class _Work:
    """Collects lines that go and come; the store is only read."""

    def __init__(
        self, store: ox.Store, identity: Identity, table: Callable[[Iterable[str]], KeyTable]
    ) -> None:
        self.store = store
        self.identity = identity
        self.table = table
        self.minus: set[str] = set()
        self.plus: set[str] = set()
        self.nodes: set[_Node] = set()
        self.dead: set[_Node] = set()

    def quads(self, s: _Node | None, p: str | None, o: object = None) -> list[ox.Quad]:
        predicate = None if p is None else ox.NamedNode(p)
        return list(self.store.quads_for_pattern(s, predicate, o, _DEFAULT))  # type: ignore[arg-type]

    def retract(self, xs: Iterable[Extraction]) -> None:
        """Take out the readings of sources and what their documents mention."""
        for x in xs:
            graph = ox.NamedNode(iris.source_iri(x.sha256))
            for kind in _READINGS:
                found = self.store.quads_for_pattern(
                    None, ox.NamedNode(t.RDF_TYPE), ox.NamedNode(kind), graph
                )
                for reading in found:
                    for quad in self.quads(None, t.HAS_READING, reading.subject):
                        self.minus.add(_line(quad))
                        self.nodes.add(quad.subject)
            for document in held_by(self.store, x.sha256):
                node = _named(iris.entity(document))
                self.minus.update(_line(q) for q in self.quads(node, t.MENTIONS))

    def describe(self, change: Change) -> None:
        """Make the descriptions of entities anew."""
        for key in change.keys:
            self.minus.update(_line(q) for q in self.quads(_named(iris.local(key)), None))
        for canonical in change.ids:
            for quad in self.quads(_named(iris.entity(canonical)), None):
                if quad.predicate.value not in _EDGES or quad.predicate.value in _BOTH:
                    self.minus.add(_line(quad))
            for predicate in _BELONGING:
                for held in self.quads(None, predicate, _named(iris.entity(canonical))):
                    self.minus.update(_line(q) for q in self.quads(held.subject, None))
        known = [i for i in sorted(change.ids) if i in self.identity.groups]
        self.plus.update(entity_lines(self.table(known), self.identity, known))

    def settle(self) -> None:
        """Let go of statements without readings, of edges without statements, of empty divisions."""
        restated = {line.split(" ", 1)[0] for line in self.plus if f" <{t.HAS_READING}> " in line}
        for node in self.nodes:
            kept = [q for q in self.quads(node, t.HAS_READING) if _line(q) not in self.minus]
            if not kept and str(node) not in restated:
                self.dead.add(node)
        edges: set[str] = set()
        for node in self.dead:
            quads = self.quads(node, None)
            self.minus.update(map(_line, quads))
            edges.update(_edges_of({q.predicate.value: q.object for q in quads}))
        for line in sorted(edges):
            if line in self.plus or self._stated(line):
                self.minus.discard(line)
            elif not self._described(line):
                self.minus.add(line)
        for line in sorted(self.minus):
            if line.split(" ")[1][1:-1] in _BOTH and self._stated(line):
                self.minus.discard(line)
        self._divisions()

    def _stated(self, line: str) -> bool:
        """Whether a statement that stays gives the edge."""
        subject, predicate, obj = line.removesuffix(" .\n").split(" ")
        if predicate[1:-1] == t.CITES:
            citing = self.quads(None, t.CITO_HAS_CITING_ENTITY, _named(subject))
            cited = _named(obj)
            return any(
                q.subject not in self.dead and self.quads(q.subject, t.CITO_HAS_CITED_ENTITY, cited)
                for q in citing
            )
        a, b = (obj, subject) if predicate[1:-1] in _REVERSED else (subject, obj)
        ends = iris.canonical(a), iris.canonical(b)
        nodes = (_named(relation_node(ends[0], _PREDICATES[predicate[1:-1]], ends[1], s)) for s in FACTUAL)
        return any(node not in self.dead and self.quads(node, t.HAS_READING) for node in nodes)

    def _described(self, line: str) -> bool:
        """Whether the description of its subject gives the edge, where that is not made anew."""
        subject, predicate, _ = line.split(" ", 2)
        if predicate[1:-1] not in _BOTH:
            return False
        canonical = iris.canonical(subject)
        if canonical not in self.identity.groups:
            return False
        return line in entity_lines(self.table([canonical]), self.identity, [canonical])

    def _divisions(self) -> None:
        for line in sorted(self.minus):
            _, predicate, division = line.removesuffix(" .\n").split(" ", 2)
            if predicate != f"<{t.DIVISION}>":
                continue
            others = self.quads(None, t.DIVISION, _named(division))
            if all(_line(q) in self.minus for q in others):
                self.minus.add(f"{division} <{t.RDF_TYPE}> <{t.C_DIVISION}> .\n")


def _named(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri[1:-1])


def _line(quad: ox.Quad) -> str:
    return f"{quad} .\n"


def _edges_of(facts: Mapping[str, object]) -> Iterator[str]:
    """The edge that a statement draws between what it is about."""
    if t.CITO_HAS_CITING_ENTITY in facts:
        yield f"{facts[t.CITO_HAS_CITING_ENTITY]} <{t.CITES}> {facts[t.CITO_HAS_CITED_ENTITY]} .\n"
    elif t.RELATION in facts:
        predicate = facts[t.RELATION]
        assert isinstance(predicate, ox.NamedNode)
        a, b = facts[t.SUBJECT], facts[t.OBJECT]
        if predicate.value in _REVERSED:
            a, b = b, a
        yield f"{a} {predicate} {b} .\n"
