"""Tables and networks from a graph."""

from kg.analyze.citations import CitationRow, citations, write_citations
from kg.analyze.network import citation_network, to_networkx, write_network

__all__ = [
    "CitationRow",
    "citation_network",
    "citations",
    "to_networkx",
    "write_citations",
    "write_network",
]
