"""Cited documents: titles in 《》, numbers, nicknames, short forms."""

from __future__ import annotations

import re

from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import DocumentName, Label, Mention

_TITLE = re.compile(r"《([^《》\n]{2,80})》")


def recognize_documents(doc: CleanDoc, structure: Structure) -> tuple[Mention, ...]:
    """Mentions of documents in order of the text."""
    return tuple(
        Mention(Label.DOCUMENT, m.start(), m.end(), m.group(), "title", value=DocumentName(m[1]))
        for m in _TITLE.finditer(doc.text)
    )
