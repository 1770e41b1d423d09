"""Which document a title, number or short form stands for."""

from __future__ import annotations

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import DocumentEntity, Linked, Resolution
from kg.model.mentions import DocumentName, DocumentNumber, Mention


def resolve_documents(
    doc: CleanDoc, structure: Structure, context: Context, mentions: tuple[Mention, ...]
) -> Resolution:
    """Link the mentions of documents."""
    linked, entities = [], {}
    for m in mentions:
        if isinstance(m.value, DocumentNumber):
            entity = DocumentEntity(f"document/number/{m.value.canonical}", number=m.value.canonical)
        elif isinstance(m.value, DocumentName):
            entity = DocumentEntity(f"document/title/{m.value.title}", title=m.value.title)
        else:
            entity = DocumentEntity(f"document/title/{m.text}", title=m.text)
        entities[entity.key] = entity
        linked.append(Linked(m, entity.key))
    return Resolution(tuple(linked), tuple(entities.values()))


def source_document(doc: CleanDoc, structure: Structure, context: Context) -> DocumentEntity:
    """The document itself, from its masthead, title, signature and date."""
    title = structure.title.value if structure.title else None
    number = structure.number.value if structure.number else None
    key = f"document/number/{number}" if number else f"document/title/{title or doc.source.sha256}"
    date = structure.date.value if structure.date else None
    return DocumentEntity(key, title, number, issuers=context.issuers, date=date, genre=structure.genre)
