"""Text objects of an OFD page as printed lines, upright or turned."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.read.paper import PrintedLine

_UNIT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Printed:
    """One TextCode (GB/T 33190—2016, 11.3), lengths in millimetres.

    Attributes:
        text: its characters.
        corner: top left of the object's boundary on the page.
        matrix: the object's CTM, empty for none.
        place: start of the base line inside the object.
        dx: sum of the shifts along x.
        dy: sum of the shifts along y.
        size: size of the font.
    """

    text: str
    corner: tuple[float, float]
    matrix: tuple[float, ...]
    place: tuple[float, float]
    dx: float
    dy: float
    size: float

    def ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Start of the base line and start of its last character, on the page."""
        x, y = self.place
        return self._on_page(x, y), self._on_page(x + self.dx, y + self.dy)

    def turn(self) -> int:
        """Degrees by which the text is turned, a multiple of 90."""
        a, b, *_ = self.matrix if len(self.matrix) == 6 else _UNIT
        return round(math.degrees(math.atan2(b, a)) / 90) % 4 * 90

    def _on_page(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix if len(self.matrix) == 6 else _UNIT
        return self.corner[0] + a * x + c * y + e, self.corner[1] + b * x + d * y + f


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of a line in the direction in which the page is read."""

    text: str
    left: float
    right: float
    base: float
    size: float


def lines_of(printed: Sequence[Printed], scale: float) -> Iterator[PrintedLine]:
    """Lines from top to bottom, runs from left to right; boxes in points.

    Args:
        printed: text objects in any order.
        scale: points in a millimetre.
    """
    turns = Counter(p.turn() for p in printed)
    for turn, _ in sorted(turns.items(), key=lambda item: (-item[1], item[0])):
        runs = sorted((_run(p, turn) for p in printed if p.turn() == turn), key=lambda r: (r.base, r.left))
        line: list[_Run] = []
        for run in runs:
            if line and abs(run.base - line[0].base) > max(run.size, line[0].size) * 0.5:
                yield _line(line, scale)
                line = []
            line.append(run)
        if line:
            yield _line(line, scale)


def _run(item: Printed, turn: int) -> _Run:
    """The run in coordinates turned back by ``turn``."""
    (x0, y0), (x1, y1) = item.ends()
    cos, sin = round(math.cos(math.radians(turn))), round(math.sin(math.radians(turn)))
    left, base = x0 * cos + y0 * sin, y0 * cos - x0 * sin
    right = x1 * cos + y1 * sin
    scale = math.hypot(*item.matrix[:2]) if len(item.matrix) == 6 else 1.0
    size = item.size * (scale or 1.0)
    if not item.dx and not item.dy:
        right = left + size * sum(1.0 if c > "\u2e80" else 0.5 for c in item.text[:-1])
    return _Run(item.text, left, right + size * (1.0 if item.text[-1] > "\u2e80" else 0.5), base, size)


def _line(runs: list[_Run], scale: float) -> PrintedLine:
    runs = sorted(runs, key=lambda r: r.left)
    text = runs[0].text
    right = runs[0].right
    for run in runs[1:]:
        if run.text == text and run.left < right - run.size:
            continue
        gap = run.left - right
        text += ("  " if gap > 1.5 * run.size else "") + run.text
        right = max(right, run.right)
    top = min(r.base - r.size for r in runs)
    bottom = max(r.base for r in runs)
    return PrintedLine(text.strip(), (runs[0].left * scale, top * scale, right * scale, bottom * scale))
