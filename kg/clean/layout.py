"""Edits that undo layout: spaces between 汉字, empty lines, lines cut in mid-sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.clean.items import ITEM_ALONE, START
from kg.clean.spaces import Spaces
from kg.clean.wrap import Widths, columns, wrap_widths
from kg.model.spans import Edit

_GAP = re.compile(r"[ \n](?:[ \n]+|(?<= )|(?<![。！？；：]\n)|\Z)")
"""White space that may change: all but a single line break behind a stop."""
_STOP = frozenset("。！？；：…!?;:")
_MIDWAY = frozenset("，。；、：！？）》”〉】’")
_ALWAYS_MIDWAY = frozenset("，。；、》〉")
_CLOSES = {
    "《": re.compile(r"[^《\n]{0,80}》"),
    "（": re.compile(r"[^（\n]{0,80}）"),
    "“": re.compile(r"[^“\n]{0,80}”"),
    "〔": re.compile(r"[^〔\n]{0,8}〕"),
}
_CLAUSE = re.compile(r"[^\n]{0,200}?[，。；]")
_SENTENCE_STOP = re.compile(r"[。；]")
_MAX_LABEL = 4
_MIN_LINE = 30
_MIN_CLAUSE = 80


def layout_edits(text: str, tabs: frozenset[int] = frozenset()) -> Iterator[Edit]:
    """Deletions of white space, in order; a kept line break becomes one ``\\n``.

    Args:
        text: the folded text without furniture (:func:`kg.clean.furniture.blank`).
        tabs: offsets of spaces that were tabs: they part the cells of a row.
    """
    widths = wrap_widths(text)
    spaces = Spaces(text, tabs, widths)
    size = len(text)
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        if start == 0 or end == size:
            yield Edit(start, end)
        elif text.find("\n", start, end) >= 0:
            if _goes_on(text, start, end, widths):
                yield Edit(start, end, spaces.joint(start, end))
            elif end - start > 1:
                yield _one_break(text, start, end)
        else:
            kept = spaces.kept(start, end)
            if kept != text[start:end]:
                yield Edit(start, end, kept)


def _one_break(text: str, start: int, end: int) -> Edit:
    """Delete all of a gap but one line break, which stays where it stood if it can."""
    if text[start] == "\n":
        return Edit(start + 1, end)
    if text[end - 1] == "\n":
        return Edit(start, end - 1)
    return Edit(start, end, "\n")


def _goes_on(text: str, start: int, end: int, widths: Widths) -> bool:
    """Whether the line that ends at ``start`` goes on behind the line break ``start..end``."""
    last, first = text[start - 1], text[end]
    if last in _STOP:
        return False
    line = text.rfind("\n", 0, start) + 1
    if first in _MIDWAY:
        return first in _ALWAYS_MIDWAY or start - line > 1
    opened = "《" if text.rfind("《", line, start) > text.rfind("》", line, start) else last
    if opened in _CLOSES:
        return _CLOSES[opened].match(text, end) is not None
    width = widths.at(start)
    if width is not None and columns(text[line:start]) >= width:
        sentence = _CLAUSE.match(text[line:start]) is not None
        return not START.match(text, end) or (sentence and not ITEM_ALONE.match(text, end))
    cut = (last in "，、" and start - line > _MAX_LABEL) or first == "的"
    if not cut and (last in "）”" or not _in_sentence(text, line, start, end)):
        return False
    return not START.match(text, end)


def _in_sentence(text: str, line: int, start: int, end: int) -> bool:
    """Whether a long line of sentences stops without a stop and the next line has clauses too."""
    size = start - line
    if size < _MIN_LINE or not (size >= _MIN_CLAUSE or _SENTENCE_STOP.search(text, line, start)):
        return False
    return _CLAUSE.match(text, end) is not None
