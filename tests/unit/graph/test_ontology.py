from __future__ import annotations

import owlrl  # type: ignore[import-untyped]
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.data import ontology_file
from kg.graph import terms as t
from tests.unit.graph.built import all_lines

KG = rdflib.Graph().parse(ontology_file("kg.ttl"))
OWN = sorted(
    str(s)
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    for s in KG.subjects(RDF.type, kind)
    if str(s).startswith(t.PREFIXES["kg"])
)


@pytest.mark.parametrize("iri", OWN, ids=lambda s: s.rpartition("#")[2])
def test_every_term_is_documented(iri: str) -> None:
    term = rdflib.URIRef(iri)
    for predicate in (RDFS.label, RDFS.comment):
        languages = {o.language for o in KG.objects(term, predicate) if isinstance(o, rdflib.Literal)}
        assert languages == {"zh", "en"}
    assert list(KG.objects(term, RDFS.isDefinedBy)) == [rdflib.URIRef("https://w3id.org/wenmai/ontology")]


def test_concepts_are_documented() -> None:
    graph = rdflib.Graph().parse(ontology_file("vocabularies.ttl"))
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        labels = {o.language for o in graph.objects(concept, SKOS.prefLabel) if isinstance(o, rdflib.Literal)}
        assert labels == {"zh", "en"}


def test_the_graph_uses_only_declared_terms() -> None:
    declared = {str(s) for s in KG.subjects(RDF.type)} | {
        str(p) for p in (RDF.type, RDFS.label, RDFS.comment, SKOS.definition)
    }
    used = {line.split(" ")[1][1:-1] for line in all_lines()}
    assert used <= declared


def test_rules_of_owl_rl_find_no_contradiction() -> None:
    graph = rdflib.Graph().parse(ontology_file("kg.ttl"))
    graph.parse(data="".join(line for line in all_lines() if "/id/source/" not in line), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert not list(
        graph.subjects(RDF.type, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage"))
    )
    citation = rdflib.URIRef("http://purl.org/spar/cito/Citation")
    assert list(graph.subjects(RDF.type, citation))
