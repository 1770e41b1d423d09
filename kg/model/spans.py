"""Spans and the map from cleaned text back to the source text.

Offsets count Unicode code points; ``end`` is exclusive, as everywhere in the package.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from kg.model.quick import quick


@quick
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]


@quick
@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One replacement a cleaner made: ``text[start:end]`` became ``replacement``."""

    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Piecewise map from offsets of an edited text to offsets of the text it was made from.

    ``made`` holds the start of each piece in the edited text, ``origin`` where it stood before and
    ``length`` how long the piece is where it was copied unchanged (0 for a replacement, whose every
    offset maps to the replaced range).
    """

    made: tuple[int, ...] = (0,)
    origin: tuple[int, ...] = (0,)
    copied: tuple[bool, ...] = (True,)
    origin_end: tuple[int, ...] = (-1,)

    @classmethod
    def identity(cls) -> OffsetMap:
        """The map of a text nobody changed."""
        return cls()

    def start(self, offset: int) -> int:
        """Source offset of the code point at ``offset``."""
        i = bisect_right(self.made, offset) - 1
        return self.origin[i] + (offset - self.made[i] if self.copied[i] else 0)

    def end(self, offset: int) -> int:
        """Source offset just behind the code point before ``offset``."""
        if offset == 0:
            return self.start(0)
        i = bisect_right(self.made, offset - 1) - 1
        if self.copied[i]:
            return self.origin[i] + offset - self.made[i]
        return self.origin_end[i]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source range of ``start..end``; an empty range maps to an empty one."""
        made = self.made
        i = bisect_right(made, start) - 1
        first = self.origin[i] + (start - made[i] if self.copied[i] else 0)
        if start == end:
            return first, first
        if i + 1 < len(made) and made[i + 1] < end:
            i = bisect_right(made, end - 1) - 1
        return first, self.origin[i] + end - made[i] if self.copied[i] else self.origin_end[i]

    def after(self, earlier: OffsetMap) -> OffsetMap:
        """The map of two edits in a row: ``earlier`` was applied first, this one to its result."""
        made: list[int] = []
        origin: list[int] = []
        copied: list[bool] = []
        ends: list[int] = []

        def add(at: int, start: int, end: int, verbatim: bool) -> None:
            made.append(at)
            origin.append(start)
            copied.append(verbatim)
            ends.append(end)

        for i, at in enumerate(self.made):
            nxt = self.made[i + 1] if i + 1 < len(self.made) else None
            if not self.copied[i]:
                start, end = earlier.span(self.origin[i], self.origin_end[i])
                add(at, start, end, False)
                continue
            lo = self.origin[i]
            hi = lo + (nxt - at) if nxt is not None else None
            j = bisect_right(earlier.made, lo) - 1
            while j < len(earlier.made) and (hi is None or earlier.made[j] < hi):
                cut = max(lo, earlier.made[j])
                if earlier.copied[j]:
                    add(at + cut - lo, earlier.origin[j] + cut - earlier.made[j], -1, True)
                else:
                    add(at + cut - lo, earlier.origin[j], earlier.origin_end[j], False)
                j += 1
        return OffsetMap(tuple(made), tuple(origin), tuple(copied), tuple(ends))


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Apply edits, which must be sorted and must not overlap, and return the map back.

    Raises:
        ValueError: when two edits overlap or are out of order.
    """
    pieces: list[str] = []
    made: list[int] = []
    origin: list[int] = []
    copied: list[bool] = []
    ends: list[int] = []
    at = size = 0
    for edit in edits:
        start, end, replacement = edit.start, edit.end, edit.replacement
        if start < at:
            raise ValueError(f"overlapping edits at {start}")
        if start > at:
            pieces.append(text[at:start])
            made.append(size)
            origin.append(at)
            copied.append(True)
            ends.append(start)
            size += start - at
        if replacement:
            pieces.append(replacement)
            made.append(size)
            origin.append(start)
            copied.append(False)
            ends.append(end)
            size += len(replacement)
        at = end
    if at < len(text) or not made:
        pieces.append(text[at:])
        made.append(size)
        origin.append(at)
        copied.append(True)
        ends.append(len(text))
    return "".join(pieces), OffsetMap(tuple(made), tuple(origin), tuple(copied), tuple(ends))


_start_of = attrgetter("start")


def covered(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a range lies inside one of ``spans`` (sorted by start, not overlapping)."""
    i = bisect_right(spans, start, key=_start_of) - 1 if spans else -1
    return i >= 0 and end <= spans[i].end
