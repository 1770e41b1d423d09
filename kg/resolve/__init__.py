"""From mentions to entities, as far as one document allows."""

from __future__ import annotations

from operator import attrgetter

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import DocumentEntity, Resolution
from kg.model.mentions import Label, Mention
from kg.resolve.context import context_of
from kg.resolve.documents import resolve_documents, source_document
from kg.resolve.institutions import resolve_institutions
from kg.resolve.measures import resolve_measures

__all__ = ["resolve"]


_PLACE = attrgetter("mention.start", "mention.end")


def resolve(
    doc: CleanDoc, structure: Structure, mentions: tuple[Mention, ...]
) -> tuple[Context, DocumentEntity, Resolution]:
    """Link every mention, or leave it open with an issue.

    Returns:
        Where and when the document speaks, the document itself as an entity, and the links.
    """
    context, own = context_of(doc, structure)
    of = {label: tuple(m for m in mentions if m.label is label) for label in Label}
    parts = (
        own,
        resolve_institutions(doc, structure, context, of[Label.INSTITUTION]),
        resolve_documents(doc, structure, context, of[Label.DOCUMENT]),
        resolve_measures(doc, structure, context, of[Label.MEASURE]),
    )
    entities = {e.key: e for part in parts for e in part.entities}
    merged = Resolution(
        tuple(sorted((x for p in parts for x in p.linked), key=_PLACE)),
        tuple(entities[key] for key in sorted(entities)),
        tuple(i for p in parts for i in p.issues),
    )
    return context, source_document(doc, structure, context), merged
