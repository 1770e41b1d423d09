"""From the printed lines of pages to paragraphs (GB/T 9704—2012, 5 and 7: type area, indents, numbers)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from kg.model.documents import Block

Box = tuple[float, float, float, float]

_PAGE_NUMBER = re.compile(
    r"[-—–－─·\s]{0,4}\d{1,4}[-—–－─·\s]{0,4}|第\s*\d{1,4}\s*页(?:[\s，,/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|[ivxIVX]{1,5}"
)
_DIGITS = re.compile(r"\d+")
_STOP = frozenset("。！？；：")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]")
_NARROW = re.compile("[\x21-\x7e]")
_MIN_MEASURED = 10
_EDGE_LINES = 3
_EDGE_SHARE = 0.13
_ITEM = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,6}[编章节条](?:\s|【|$)|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）"
)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed, its box (left, top, right, bottom in points from the top left) if known, its kind."""

    text: str
    box: Box | None
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order; width and height in points."""

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]

    @property
    def size(self) -> int:
        """Characters on the page."""
        return sum(len(line.text) for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Area:
    """The type area of a page: the columns where lines begin and end, and the size of a character."""

    left: float
    right: float
    em: float


def paragraphs(pages: Sequence[Page]) -> tuple[str, tuple[Block, ...]]:
    """The text, one paragraph a line, and a block for each printed line in it.

    Page numbers, running heads and lines printed twice are left out.
    """
    heads = _running_heads(pages)
    areas = _areas(pages)
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    last: tuple[Page, PrintedLine] | None = None
    for page in pages:
        for line in _body(page, heads):
            if last is not None:
                joint = (
                    "\n"
                    if _breaks(last, (page, line), areas.get(_shape(page)))
                    else _joint(last[1].text, line.text)
                )
                pieces.append(joint)
                at += len(joint)
            text = line.text.replace("\ufffe", "-").replace("\u00ad", "-")
            pieces.append(text)
            blocks.append(Block(at, at + len(text), line.kind, page.number, line.box))
            at += len(text)
            last = page, line
    return "".join(pieces), tuple(blocks)


def _edge(page: Page) -> Iterator[tuple[int, PrintedLine]]:
    """The lines at the top and bottom of a page, with their index."""
    for i, line in enumerate(page.lines):
        if line.box is None:
            near = i < 1 or i >= len(page.lines) - 1
        else:
            near = line.box[3] < page.height * _EDGE_SHARE or line.box[1] > page.height * (1 - _EDGE_SHARE)
        outer = i < _EDGE_LINES or i >= len(page.lines) - _EDGE_LINES
        if near and outer:
            yield i, line


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """Lines, digits aside, that stand at the edge of many pages."""
    counts = Counter(
        key
        for page in pages
        for key in {_DIGITS.sub("#", line.text) for _, line in _edge(page)}
        if len(key) <= 60
    )
    return frozenset(key for key, n in counts.items() if n >= max(3, 0.4 * len(pages)))


def _body(page: Page, heads: frozenset[str]) -> Iterator[PrintedLine]:
    furniture = {
        i
        for i, line in _edge(page)
        if _PAGE_NUMBER.fullmatch(line.text) or _DIGITS.sub("#", line.text) in heads
    }
    seen: set[tuple[str, int, int]] = set()
    for i, line in enumerate(page.lines):
        if i in furniture:
            continue
        if line.box is not None:
            place = (line.text, round(line.box[0] / 2), round(line.box[1] / 2))
            if place in seen:
                continue
            seen.add(place)
        yield line


def _shape(page: Page) -> tuple[int, int]:
    """Pages of one size on one side of the sheet have one type area (margins are mirrored)."""
    return round(page.width), page.number % 2


def _areas(pages: Sequence[Page]) -> dict[tuple[int, int], _Area | None]:
    lines: dict[tuple[int, int], list[PrintedLine]] = {}
    for page in pages:
        lines.setdefault(_shape(page), []).extend(page.lines)
    return {shape: _area(group) for shape, group in lines.items()}


def _area(lines: Sequence[PrintedLine]) -> _Area | None:
    """The type area, from where most lines begin and the longest end."""
    known = [line.box for line in lines if line.box is not None and line.box[3] > line.box[1]]
    if len(known) < 3:
        return None
    widths = [
        (line.box[2] - line.box[0]) / len(line.text)
        for line in lines
        if line.box is not None and len(line.text) >= _MIN_MEASURED and not _NARROW.search(line.text)
    ]
    em = max(4.0, median(widths) if widths else median(min(b[3] - b[1], 40.0) for b in known))
    starts = Counter(round(b[0] / (em / 2)) for b in known)
    enough = max(2, len(known) * 0.12)
    left = min((k for k, n in starts.items() if n + starts[k + 1] >= enough), default=min(starts)) * em / 2
    ends = sorted(b[2] for b in known)
    return _Area(left, ends[min(len(ends) - 1, len(ends) * 19 // 20)], em)


def _breaks(last: tuple[Page, PrintedLine], this: tuple[Page, PrintedLine], area: _Area | None) -> bool:
    """Whether a paragraph ends between two printed lines that follow each other."""
    above, below = last[1], this[1]
    if "cell" in (above.kind, below.kind):
        return True
    if above.box is None or below.box is None or area is None:
        return above.text[-1] in _STOP or len(above.text) < 20 or _ITEM.match(below.text) is not None
    em = area.em
    same_page = last[0].number == this[0].number
    if below.box[0] > area.left + 1.2 * em or (same_page and _apart(above, below, em)):
        return True
    item = _ITEM.match(below.text) is not None
    if above.text[-1] in "，、" and not item:
        return False
    ended = above.text[-1] in _STOP
    room = area.right - above.box[2] - _hang(below.text, em)
    return room > (1.3 if ended else 2.6) * em or (ended and item)


def _apart(above: PrintedLine, below: PrintedLine, em: float) -> bool:
    """Whether two lines of a page stand side by side, far from each other, or in fonts of two sizes."""
    if above.box is None or below.box is None:
        return False
    beside = abs(above.box[1] - below.box[1]) < em / 2 and below.box[0] >= above.box[2]
    small, large = sorted((_height(above), _height(below)))
    sized = large > 1.25 * small and min(len(above.text), len(below.text)) > 3
    return beside or sized or below.box[1] - above.box[3] > 2.2 * em


def _height(line: PrintedLine) -> float:
    return line.box[3] - line.box[1] if line.box else 0.0


def _hang(text: str, em: float) -> float:
    """What the first word of a line would have needed on the line above: Latin words are not cut."""
    word = re.match(r"[\x21-\x7e]{2,}", text)
    return len(word[0]) * em * 0.6 if word else 0.0


def _joint(above: str, below: str) -> str:
    return "" if _WIDE.match(above[-1]) or _WIDE.match(below[0]) or above[-1] in "-\u00ad\ufffe/" else " "
