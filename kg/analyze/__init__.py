"""Tables and networks from a graph."""

from kg.analyze.citations import CitationRow, citations, write_citations
from kg.analyze.legislation import legislation, write_legislation
from kg.analyze.measures import (
    MEASURES,
    Pair,
    Score,
    analyze,
    bibliographic_coupling,
    co_citation,
    communities,
    statistics,
)
from kg.analyze.neo4j import write_neo4j
from kg.analyze.network import citation_network, to_networkx, write_network

__all__ = [
    "MEASURES",
    "CitationRow",
    "Pair",
    "Score",
    "analyze",
    "bibliographic_coupling",
    "citation_network",
    "citations",
    "co_citation",
    "communities",
    "legislation",
    "statistics",
    "to_networkx",
    "write_citations",
    "write_legislation",
    "write_neo4j",
    "write_network",
]
