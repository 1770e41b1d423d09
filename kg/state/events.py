"""What the source does in law: repeals, expiry, amendment, entry into force."""

from __future__ import annotations

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import DocumentEntity, Resolution
from kg.model.statements import LegalEvent


def state_events(
    doc: CleanDoc, structure: Structure, context: Context, source: DocumentEntity, resolution: Resolution
) -> tuple[LegalEvent, ...]:
    """Dated facts about documents that the source itself brings about."""
    return ()
