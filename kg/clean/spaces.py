"""Which spaces inside a line part words, and which are layout."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.clean.items import ITEM
from kg.clean.wrap import Widths, columns

_WIDE_MARKS = frozenset("“”‘’—…·")
_TOKEN = re.compile(r"[^ ]+")
_SENTENCE = re.compile(r"[，。；]")
_NEW_LINE = re.compile(
    r"(?:\d{4}|二[〇一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,2}月"
    r"[\d一二三四五六七八九十]{1,3}日(?=[ \n]|$)"
    r"|（此件"
)
_MAX_NAMES = 160
_MAX_SPREAD = 2
"""Characters of the longest piece of a name that is spread out: ``税务 总局 办 公厅``."""


class Spaces:
    """Judges the gaps of one text; remembers the line it looked at last.

    Args:
        text: the folded text.
        tabs: offsets of spaces that were tabs.
        widths: columns of a full line where the text is hard-wrapped.
    """

    def __init__(self, text: str, tabs: frozenset[int], widths: Widths) -> None:
        self._text = text
        self._tabs = tabs
        self._widths = widths
        self._line = (0, -1)
        self._names: frozenset[int] = frozenset()

    def joint(self, start: int, end: int) -> str:
        """What stands in place of a line break inside a sentence: a space between Latin words."""
        left, right = self._text[start - 1], self._text[end]
        return " " if _latin(left) and _latin(right) and not (left.isdigit() and right.isdigit()) else ""

    def kept(self, start: int, end: int) -> str:
        """What stands in place of the spaces ``start..end`` in a line: nothing, a space or a line break."""
        text = self._text
        left, right = text[start - 1], text[end]
        if left in "。；" and (end - start > 1 or ITEM.match(text, end)):
            return "\n"
        if end - start > 1 and _NEW_LINE.match(text, end):
            return "\n"
        if self._tabs and not self._tabs.isdisjoint(range(start, end)):
            return " "
        if _latin(left):
            return " " if _latin(right) and not self._spaced_digits(start, end) else ""
        if "\u4e00" <= left <= "\u9fff" and "\u4e00" <= right <= "\u9fff":
            return " " if start in self._names_around(start, end) else ""
        return ""

    def _spaced_digits(self, start: int, end: int) -> bool:
        """Whether the gap parts two digits that each stand alone: ``2 0 1 7``."""
        text = self._text
        if not (text[start - 1].isdigit() and text[end].isdigit()):
            return False
        before, after = text[start - 2 : start - 1], text[end + 1 : end + 2]
        return not before.isalnum() and (after in ("", " ", "\n") or not _latin(after))

    def _names_around(self, start: int, end: int) -> frozenset[int]:
        begin, stop = self._line
        if not begin <= start < stop:
            text = self._text
            begin = text.rfind("\n", max(0, start - _MAX_NAMES), start) + 1
            stop = text.find("\n", end, end + _MAX_NAMES)
            cut = (begin == 0 and start > _MAX_NAMES) or (stop < 0 and len(text) > end + _MAX_NAMES)
            if cut:
                self._line, self._names = (start, end), frozenset()
            else:
                stop = stop if stop >= 0 else len(text)
                self._line, self._names = (begin, stop), self._name_gaps(begin, text[begin:stop])
        return self._names

    def _name_gaps(self, begin: int, line: str) -> frozenset[int]:
        """Offsets of the gaps that part names set side by side; spread single 汉字 are one name."""
        if len(line) > _MAX_NAMES or _SENTENCE.search(line):
            return frozenset()
        width = self._widths.at(begin)
        if width is not None and columns(line.strip()) >= width:
            return frozenset()
        tokens = [m.span() for m in _TOKEN.finditer(line)]
        gaps = [b[0] - a[1] for a, b in pairwise(tokens)]
        single = [stop - start == 1 for start, stop in tokens]
        spread = any(single) and max(stop - start for start, stop in tokens) == _MAX_SPREAD
        if spread and len(set(gaps)) == 1:
            return frozenset()
        narrow = min((g for i, g in enumerate(gaps) if single[i] and single[i + 1]), default=1)
        kept = set()
        for i, gap in enumerate(gaps):
            if single[i] and single[i + 1]:
                parted = gap >= 2 * narrow and gap > narrow + 1
            elif single[i]:
                parted = i > 0 and single[i - 1]
            elif single[i + 1]:
                parted = i + 2 < len(single) and single[i + 2]
            else:
                parted = True
            if parted:
                kept.add(begin + tokens[i][1])
        return frozenset(kept)


def _latin(char: str) -> bool:
    return char < "\u2e80" and char not in _WIDE_MARKS
