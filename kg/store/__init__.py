"""Where quads are kept: Oxigraph on disk, or any SPARQL 1.1 server."""

from kg.store.base import Answer, Bindings, Store, Term
from kg.store.oxigraph import OxigraphStore, QueryError, StoreError

__all__ = ["Answer", "Bindings", "OxigraphStore", "QueryError", "Store", "StoreError", "Term"]
