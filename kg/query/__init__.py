"""Questions to a graph: SPARQL, named queries, look-up, tracing."""

from __future__ import annotations

from kg.query.lookup import (
    AmbiguousError,
    Found,
    NotFoundError,
    entity_named,
    find_documents,
    one_document,
    one_entity,
)
from kg.query.named import NamedQuery, Parameter, named_queries, named_query
from kg.query.results import FORMATS, Table, serialize, table
from kg.query.trace import Direction, Quote, TraceNode, trace
from kg.store import Answer, Bindings, QueryError, Store

__all__ = [
    "FORMATS",
    "AmbiguousError",
    "Direction",
    "Found",
    "NamedQuery",
    "NotFoundError",
    "Parameter",
    "QueryError",
    "Quote",
    "Table",
    "TraceNode",
    "entity_named",
    "find_documents",
    "named_queries",
    "named_query",
    "one_document",
    "one_entity",
    "query",
    "serialize",
    "table",
    "trace",
]


def query(store: Store, sparql: str, bindings: Bindings | None = None) -> Answer:
    """Answer any SPARQL 1.1 query; the prefixes of the ontology need no declaration.

    Raises:
        QueryError: it is no valid query.
    """
    return store.query(sparql, bindings)
