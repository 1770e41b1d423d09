"""The graph as networkx graphs, and the files that Gephi opens."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from kg.graph import terms as t
from kg.graph.export import NO_XML
from kg.graph.iris import ID
from kg.store import OxigraphStore, QueryError

_KINDS = {t.C_DOCUMENT: "document", t.C_INSTITUTION: "institution", t.C_MEASURE: "measure"}
_ATTRIBUTES = {
    t.RDFS_LABEL: "label",
    t.NUMBER: "number",
    t.DCTERMS_ISSUED: "date",
    t.INSTITUTION_KIND: "institution_kind",
}
_CONCEPTS = {t.GENRE: "genre", t.LEVEL: "level", t.KIND: "measure_kind"}
_CLOCK = re.compile(r' lastmodifieddate="[^"]*"')
EDGES = {
    t.CITES: "cites",
    t.ISSUED_BY: "issuedBy",
    t.DRAFTED_BY: "draftedBy",
    t.FORWARDED_BY: "forwardedBy",
    t.CARRIED_BY: "carriedBy",
    t.MENTIONS: "mentions",
    t.PROVIDES_FOR: "providesFor",
    t.RESTS_ON: "restsOn",
    t.CARRIES_OUT: "carriesOut",
    t.LEADS: "leads",
    t.TAKES_PART_IN: "takesPartIn",
    t.ORG_SUB_ORGANIZATION_OF: "subOrganizationOf",
    t.ORG_MEMBER_OF: "memberOf",
    t.PART_OF_MEASURE: "partOfMeasure",
    t.SETS_UP: "setsUp",
    t.REPLACES: "replaces",
}
"""Properties that become edges → their name."""


def to_networkx(store: OxigraphStore) -> nx.MultiDiGraph:
    """Documents, institutions and measures with the edges between them.

    Nodes are canonical ids with ``label``, ``kind``, ``number``, ``date``, ``genre``, ``level``, ``ghost``;
    edges are keyed by the name of their property, citations carry ``functions`` (space separated).
    """
    graph = nx.MultiDiGraph()
    nodes: dict[str, dict[str, str | bool]] = {}
    default = ox.DefaultGraph()
    for iri, kind in _KINDS.items():
        for quad in store.raw.quads_for_pattern(None, ox.NamedNode(t.RDF_TYPE), ox.NamedNode(iri), default):
            nodes[_id(quad.subject)] = {"kind": kind, "ghost": False}
    ghosts = store.raw.quads_for_pattern(None, ox.NamedNode(t.RDF_TYPE), ox.NamedNode(t.C_GHOST), default)
    for quad in ghosts:
        nodes[_id(quad.subject)]["ghost"] = True
    for predicates, concept in ((_ATTRIBUTES, False), (_CONCEPTS, True)):
        for iri, name in predicates.items():
            for quad in store.raw.quads_for_pattern(None, ox.NamedNode(iri), None, default):
                if (node := nodes.get(_id(quad.subject))) is not None:
                    value = quad.object.value  # type: ignore[union-attr]
                    node[name] = value.rsplit("/", 1)[1] if concept else NO_XML.sub("", value)
    graph.add_nodes_from(sorted(nodes.items()))
    graph.add_edges_from(sorted(_edges(store.raw, nodes), key=lambda e: e[:3]))
    return graph


def _edges(
    store: ox.Store, nodes: dict[str, dict[str, str | bool]]
) -> list[tuple[str, str, str, dict[str, str]]]:
    functions = _functions(store)
    found = []
    for iri, name in EDGES.items():
        for quad in store.quads_for_pattern(None, ox.NamedNode(iri), None, ox.DefaultGraph()):
            a, b = _id(quad.subject), _id(quad.object)
            if a in nodes and b in nodes:
                data = {"functions": " ".join(sorted(functions[a, b]))} if iri == t.CITES else {}
                found.append((a, b, name, data))
    return found


def _functions(store: ox.Store) -> dict[tuple[str, str], set[str]]:
    sparql = "SELECT ?a ?b ?f WHERE { ?c cito:hasCitingEntity ?a ; cito:hasCitedEntity ?b ; kg:function ?f }"
    answer = store.query(sparql, prefixes=dict(t.PREFIXES))
    assert isinstance(answer, ox.QuerySolutions)
    found: dict[tuple[str, str], set[str]] = {}
    for row in answer:
        function = row["f"]
        assert isinstance(function, ox.NamedNode)
        found.setdefault((_id(row["a"]), _id(row["b"])), set()).add(function.value.rsplit("/", 1)[1])
    return found


def _id(term: object) -> str:
    return term.value.removeprefix(ID) if isinstance(term, ox.NamedNode) else str(term)


def citation_network(store: OxigraphStore) -> nx.DiGraph:
    """Documents and citations alone."""
    graph = to_networkx(store)
    simple = nx.DiGraph()
    simple.add_nodes_from((n, d) for n, d in graph.nodes(data=True) if d["kind"] == "document")
    simple.add_edges_from((a, b, d) for a, b, k, d in graph.edges(keys=True, data=True) if k == "cites")
    return simple


def write_network(store: OxigraphStore, path: Path, form: str) -> None:
    """Write ``graphml`` or ``gexf``.

    Raises:
        QueryError: another format.
    """
    graph = to_networkx(store)
    if form == "graphml":
        nx.write_graphml(graph, path, named_key_ids=True)
    elif form == "gexf":
        text = "\n".join(nx.generate_gexf(graph))
        path.write_text(_CLOCK.sub("", text) + "\n", encoding="utf-8", newline="\n")
    else:
        raise QueryError(f"不支持的格式：{form}", f"no such form: {form}")
