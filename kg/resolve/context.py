"""Where and when a document speaks."""

from __future__ import annotations

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import Resolution


def context_of(doc: CleanDoc, structure: Structure) -> tuple[Context, Resolution]:
    """The context of the document and the entities it names: issuers, their superiors."""
    return Context(date=structure.date.value if structure.date else None), Resolution()
