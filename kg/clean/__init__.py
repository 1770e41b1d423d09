"""From source text to the text that rules read: one paragraph a line, no layout."""

from __future__ import annotations

import re

from kg.clean.furniture import blank
from kg.clean.layout import layout_edits
from kg.clean.width import fold
from kg.model.documents import CleanDoc, SourceDoc
from kg.model.spans import apply_edits

__all__ = ["clean"]

_TAB = re.compile("\t")


def clean(source: SourceDoc) -> CleanDoc:
    """Fold widths, drop furniture and spaces between 汉字, join cut lines; every edit is on record."""
    tabs = frozenset(m.start() for m in _TAB.finditer(source.text))
    folded = fold(source.text)
    text, offsets = apply_edits(folded, layout_edits(blank(folded), tabs))
    return CleanDoc(source, text, offsets)
