"""Whether the lines of a text were cut at a fixed width, and at which."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

_STOPS = ("。", "！", "？", "；", "：")
_MIN_COLUMNS = 30
_MAX_COLUMNS = 120
_MIN_LINES = 8
_SLACK = 4
_STRETCH = 6000


def columns(line: str) -> int:
    """Columns of a line in a fixed-width font: two for each 汉字; a high number for long lines."""
    if len(line) > 2 * _MAX_COLUMNS:
        return 4 * _MAX_COLUMNS
    return len(line) if line.isascii() else len(line.encode("gbk", "replace"))


@dataclass(frozen=True, slots=True)
class Widths:
    """Columns that a full line has at least, stretch by stretch; None where lines are paragraphs."""

    starts: tuple[int, ...]
    widths: tuple[int | None, ...]

    def at(self, offset: int) -> int | None:
        """Columns of a full line at ``offset``."""
        return self.widths[bisect_right(self.starts, offset) - 1]


def wrap_widths(text: str) -> Widths:
    """Measure the lines of each stretch of a text: what was pasted together may have several widths."""
    starts = [0]
    while (end := text.find("\n", starts[-1] + _STRETCH)) >= 0:
        starts.append(end)
    stretches = zip(starts, [*starts[1:], len(text)], strict=True)
    return Widths(tuple(starts), tuple(_width(text[a:b]) for a, b in stretches))


def _width(text: str) -> int | None:
    """Columns of a full line.

    A text is wrapped where many lines end without a stop, most of these end at about the same column and
    hardly a line is longer. White space at the ends of lines does not count.
    """
    if len(text) > (text.count("\n") + 1) * _MAX_COLUMNS // 2:
        return None
    lines = [s for line in text.split("\n") if len(s := line.strip()) >= _MIN_COLUMNS // 2]
    cut = sorted(columns(line) for line in lines if not line.endswith(_STOPS))
    if len(cut) < _MIN_LINES or len(cut) * 5 < len(lines) * 2:
        return None
    full = cut[len(cut) * 4 // 5]
    near = sum(full - _SLACK <= size <= full + _SLACK for size in cut)
    longer = sum(columns(line) > full + 2 * _SLACK for line in lines)
    if not _MIN_COLUMNS <= full <= _MAX_COLUMNS or near * 5 < len(cut) * 3 or longer * 20 > len(lines):
        return None
    return full - _SLACK
