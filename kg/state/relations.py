"""Who does what under which text."""

from __future__ import annotations

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import DocumentEntity, Resolution
from kg.model.statements import Citation, Figure, Relation


def state_relations(
    doc: CleanDoc,
    structure: Structure,
    context: Context,
    source: DocumentEntity,
    resolution: Resolution,
    citations: tuple[Citation, ...],
) -> tuple[tuple[Relation, ...], tuple[Figure, ...]]:
    """Relations and figures in order of the text."""
    return (), ()
