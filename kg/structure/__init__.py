"""The layout of an official document, read from its clean text (GB/T 9704—2012)."""

from __future__ import annotations

import re

from kg.model.documents import CleanDoc, Field, Part, PartKind, Structure
from kg.model.spans import Span

__all__ = ["structure"]

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def structure(doc: CleanDoc) -> Structure:
    """Read title, date, parts and sentences."""
    text = doc.text
    first = text.find("\n")
    title = Field(text[:first], 0, first) if 0 < first <= 100 else None
    date = None
    for m in _DATE.finditer(text):
        date = Field(f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", *m.span())
    sentences = tuple(Span(*m.span()) for m in _SENTENCE.finditer(text))
    return Structure(
        title=title, date=date, parts=(Part(PartKind.MAIN, 0, len(text), title),), sentences=sentences
    )
