"""From linked mentions to statements with evidence."""

from __future__ import annotations

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import DocumentEntity, Resolution
from kg.model.statements import Statements
from kg.state.citations import part_keys, state_citations
from kg.state.events import state_events
from kg.state.relations import state_relations

__all__ = ["part_keys", "state"]


def state(
    doc: CleanDoc, structure: Structure, context: Context, source: DocumentEntity, resolution: Resolution
) -> Statements:
    """Citations with their types, legal events, relations and figures."""
    citations = state_citations(doc, structure, context, source, resolution)
    events = state_events(doc, structure, source, resolution, citations)
    relations, figures = state_relations(doc, structure, context, source, resolution, citations)
    return Statements(citations, events, relations, figures)
