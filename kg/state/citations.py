"""How a text cites another: the clause decides."""

from __future__ import annotations

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import DocumentEntity, Resolution
from kg.model.mentions import Label
from kg.model.statements import Citation, CitationType, Evidence


def state_citations(
    doc: CleanDoc, structure: Structure, context: Context, source: DocumentEntity, resolution: Resolution
) -> tuple[Citation, ...]:
    """One citation for each linked mention of a document other than the source itself."""
    return tuple(
        Citation(
            x.entity,
            CitationType.MENTIONS,
            x.mention.start,
            x.mention.end,
            Evidence(x.mention.start, x.mention.end, "stub"),
        )
        for x in resolution.linked
        if x.mention.label is Label.DOCUMENT and x.entity is not None and x.entity != source.key
    )
