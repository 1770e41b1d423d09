"""From source text to the text that rules read: one paragraph a line, no layout."""

from __future__ import annotations

from kg.clean.layout import layout_edits
from kg.clean.width import fold
from kg.model.documents import CleanDoc, SourceDoc
from kg.model.spans import apply_edits

__all__ = ["clean"]


def clean(source: SourceDoc) -> CleanDoc:
    """Fold widths, drop spaces between 汉字, join lines that layout cut; every edit is on record."""
    folded = fold(source.text)
    text, offsets = apply_edits(folded, layout_edits(folded))
    return CleanDoc(source, text, offsets)
