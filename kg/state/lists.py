"""Catalogues and lists: the words above a line say how the texts named in it are treated."""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.model.documents import Part, PartKind, Structure

_LEAD = re.compile(
    r"[\s\d一二三四五六七八九十（）().．、第项件]*(?:[\u4e00-\u9fff、 ]{1,50}[委府院厅局部办会署组]|[\u4e00-\u9fff]{2,30}机制)?"
)
_ITEM = re.compile(r"[\d一二三四五六七八九十（(]|《|附件")
_WINDOW = 3000
_HEADING = 40


def part_at(structure: Structure, offset: int) -> int:
    """Index of the part in which an offset lies."""
    return max(0, bisect_right([p.start for p in structure.parts], offset) - 1)


def catalogue(structure: Structure, offset: int) -> str | None:
    """The title of the attached list in which an offset lies (废止的文件目录), or None."""
    part: Part = structure.parts[part_at(structure, offset)]
    if part.kind is PartKind.ATTACHMENT and part.title is not None:
        return part.title.value
    return None


def introduction(text: str, start: int, lead: str) -> str | None:
    """The line that introduces the list to which a line belongs.

    Args:
        text: the clean text.
        start: where the line begins.
        lead: what stands in the line before its first title; None is returned unless it is a bullet,
            behind which an issuer may stand.
    """
    if not _LEAD.fullmatch(lead):
        return None
    low = max(0, start - _WINDOW)
    for above in reversed(text[low : max(low, start - 1)].split("\n")):
        heading = len(above) <= _HEADING and "《" not in above and not above.endswith("。")
        if heading or above.endswith(("：", ":")):
            return above
        if not _ITEM.match(above):
            return None
    return None
