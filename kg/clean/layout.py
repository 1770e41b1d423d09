"""Edits that undo layout: spaces between 汉字, empty lines, lines cut in mid-sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model.spans import Edit

_GAP = re.compile(r"[ \n]+")
_STOP = frozenset("。！？；：…．.!?;:”）》】〉」")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}[、．.]|（[一二三四五六七八九十百]{1,4}）|第[一二三四五六七八九十百零\d]{1,6}[编章节条]"
    r"|\d{1,3}[.．、]\D|（\d{1,3}）|附件|附：|抄送|主送|目录)"
)
_JOINED = re.compile(r"[，。；、]")
_MIN_LINE = 30
_MIN_WRAPPED = 15


def layout_edits(text: str) -> Iterator[Edit]:
    """Deletions of white space, in order; a kept line break becomes one ``\\n``.

    Args:
        text: the folded text (:func:`kg.clean.width.fold`).
    """
    width = _wrap_width(text)
    line = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        broken = "\n" in gap.group()
        if start == 0 or end == len(text):
            yield Edit(start, end)
        elif broken:
            if _continues(text, line, start, end, width):
                if _latin(text[start - 1]) and _latin(text[end]):
                    yield Edit(start, end, " ")
                else:
                    yield Edit(start, end)
                continue
            if gap.group() != "\n":
                yield Edit(start, end, "\n")
        elif not _kept(text, start, end):
            yield Edit(start, end)
        elif end - start > 1:
            yield Edit(start, end, " ")
        if broken:
            line = end


def _latin(char: str) -> bool:
    return not _WIDE.match(char)


def _kept(text: str, start: int, end: int) -> bool:
    """Whether a space inside a line parts words: Latin text, or names side by side in a short line."""
    left, right = text[start - 1], text[end]
    if _latin(left) and _latin(right):
        return not (left.isdigit() and right.isdigit())
    if _latin(left) or _latin(right):
        return False
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[begin : stop if stop >= 0 else len(text)]
    if len(line) > 60:
        return False
    words = line.split()
    return len(words) > 1 and min(map(len, words)) > 1


def _wrap_width(text: str) -> int | None:
    """The line width of a hard-wrapped text, or None where lines are paragraphs."""
    sizes: dict[int, int] = {}
    lines = 0
    for line in text.split("\n"):
        size = len(line.strip())
        if size >= _MIN_WRAPPED:
            lines += 1
            sizes[size] = sizes.get(size, 0) + 1
    if lines < 12:
        return None
    width = max(sizes)
    near = sum(n for size, n in sizes.items() if size >= width - 3)
    return width if width <= 60 and near * 2 >= lines else None


def _continues(text: str, line: int, start: int, end: int, width: int | None) -> bool:
    """Whether the line ``line..start`` goes on behind the line break ``start..end``."""
    last = text[start - 1]
    if last in _STOP or _HEADING.match(text, end):
        return False
    size = start - line
    if width is not None:
        return size >= width - 3
    return size >= _MIN_LINE and bool(_JOINED.search(text, line, start))
