"""Which body a name stands for, at the date of the document."""

from __future__ import annotations

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import InstitutionEntity, Linked, Resolution
from kg.model.mentions import Mention


def resolve_institutions(
    doc: CleanDoc, structure: Structure, context: Context, mentions: tuple[Mention, ...]
) -> Resolution:
    """Link the mentions of institutions; superior bodies are among the entities."""
    entities = {m.text: InstitutionEntity(f"institution/{m.text}", m.text) for m in mentions}
    return Resolution(tuple(Linked(m, f"institution/{m.text}") for m in mentions), tuple(entities.values()))
