"""发文机关署名, 成文日期, 抄送 and 印发 (GB/T 9704—2012, 7.3.5, 7.4.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.grammar.dates import DATE, FoundDate, find_dates
from kg.model.documents import Field
from kg.structure.lines import (
    HEADING,
    Line,
    is_annex,
    is_copies,
    is_date,
    is_printed,
    national_at_end,
    organs,
    role_of,
)

_SIGNED = re.compile(
    rf"(?P<names>[^，。；：！？《》（）\d]{{2,140}}?)\s*(?P<date>{DATE})(?:[（(].{{1,30}}[）)])?$"
)
_BEHIND_DATE = r"(?=$|\n|\s?[（(](?:此|联系|主动|公开)|附件|附：|\s)"
_RUN_IN = re.compile(
    rf"(?<=[。！？） ])(?:(?P<names>[^，。；：！？《》（）\d]{{3,60}}?)\s?)??(?P<date>{DATE}){_BEHIND_DATE}"
)
_DAY = re.compile(f"日{_BEHIND_DATE}")
_LONGEST_RUN_IN = 80
"""A signature with its date is shorter: where no 日 ends one, none need be looked for."""
_ENDING = re.compile(r"[。！？）]([^，。；：！？《》（）\d]{3,40})$")
_BROKEN = re.compile(r"[^。；：，！？《》<>=]{4,45}$")
_LINE = 170
_STAMPED = 20
_OPENED = re.compile(rf"{DATE}(?=附件|附：|附表|中国政府网|[（(]此)")
_LISTED = re.compile(r"^(?:附件|附：|\d|（|联系|电话|传真|邮)")


@dataclass(frozen=True, slots=True)
class Tail:
    """How a text ends.

    Attributes:
        signature: the names that sign, in order.
        organ: the bodies of the persons who sign by name, in order (a decree).
        date: the date below the signature.
        first: index of the first line of the signature block.
        last: index of the line behind the block.
        end: offset behind the block.
        run_in: whether the block stands inside a paragraph.
    """

    signature: tuple[Field, ...] = ()
    organ: tuple[Field, ...] = ()
    date: Field | None = None
    first: int = 0
    last: int = 0
    end: int = 0
    run_in: bool = False


def read_tail(text: str, lines: Sequence[Line], body: int, known: Sequence[str]) -> Tail | None:
    """The signature block that closes the main text: the first one behind its body.

    Args:
        text: the clean text.
        lines: its lines.
        body: index of the first line of the body.
        known: names that the title gives, found also where a page ran the block into a paragraph.
    """
    bare: Tail | None = None
    for i in range(body, len(lines)):
        tail = _block(lines, i, body, known)
        if tail is None:
            continue
        if tail.signature or tail.organ:
            return bare if bare is not None and bare.last < tail.first else tail
        if bare is None:
            bare = tail
    return bare or _undated(lines, body) or _run_in(text, lines, body, known)


def _block(lines: Sequence[Line], i: int, body: int, known: Sequence[str]) -> Tail | None:
    line = lines[i]
    opened = _OPENED.match(line.text)
    ends = line.text.endswith(("日", "）")) and len(line.text) <= _LINE
    if not (opened or ends) or is_printed(line.text):
        return None
    alone = opened is not None or is_date(line.text)
    m = None if alone else _SIGNED.fullmatch(line.text)
    own = _fields(line, organs(m["names"])) if m else ()
    date = next(find_dates(line.text, m.start("date") if m else 0), None)
    if date is None or not (own or alone):
        return None
    upper, people, first = _above(lines, i, body, known)
    if not own and first == i and not _closes(lines, i, body):
        return None
    end = line.start + opened.end() if opened else line.end
    return Tail((*upper, *own), people, _at(line, date), first, i + 1, end)


def _above(
    lines: Sequence[Line], date: int, body: int, known: Sequence[str]
) -> tuple[tuple[Field, ...], tuple[Field, ...], int]:
    """Names above a date, from the lowest line upwards."""
    names: list[Field] = []
    people: list[Field] = []
    i = date - 1
    while i >= max(body, date - 14):
        line = lines[i]
        found = organs(line.text)
        role = role_of(line.text)
        if found:
            names[:0] = _fields(line, found)
        elif role is not None:
            people[:0] = [Field(role, line.start, line.start + len(role))] if role else []
        elif names or people or not line.text.startswith("（") or len(line.text) > _STAMPED:
            if not names and not people:
                names = list(_at_end(line, known))
                i -= bool(names)
            break
        i -= 1
    if names and i >= body and not people and i < date - 1:
        i = _unbroken(lines, i, body, names)
    return tuple(names), tuple(people), i + 1


def _at_end(line: Line, known: Sequence[str]) -> tuple[Field, ...]:
    """Names that a page ran on to the end of the last paragraph."""
    m = _ENDING.search(line.text)
    if m and (names := organs(m[1])):
        return _fields(Line(line.start + m.start(1), line.end, m[1]), names)
    name = known[-1] if known and line.text.endswith(known[-1]) else national_at_end(line.text)
    return (Field(name, line.end - len(name), line.end),) if name else ()


def _unbroken(lines: Sequence[Line], i: int, body: int, names: list[Field]) -> int:
    """Join the upper half of a name that was broken over two lines."""
    upper = lines[i].text
    if len(upper) < 4 or not _BROKEN.fullmatch(upper) or _LISTED.match(upper) or HEADING.match(upper):
        return i
    if (
        " " in upper.strip()
        or upper.endswith(("人", "者"))
        or (upper.endswith("的") and not organs(upper + names[0].value))
        or re.search(r"特此|附件|联系|此致|敬礼|\d{7}", upper)
    ):
        return i
    if i > body and not lines[i - 1].text.endswith(("。", "）", "！", "：", "xls", "doc", "表", "单", "料")):
        return i
    first = names[0]
    names[0] = Field(upper + first.value, lines[i].start, first.end)
    return i - 1


def _closes(lines: Sequence[Line], i: int, body: int) -> bool:
    """Whether a date without names above it closes a text, rather than standing in a table."""
    before = lines[i - 1].text if i > body else ""
    last = i == len(lines) - 1
    return i > body and (last or before.endswith(("。", "！", "）")) or before.startswith(("特此", "附件")))


def _undated(lines: Sequence[Line], body: int) -> Tail | None:
    """Names that close the file without a date."""
    stop = len(lines)
    while stop > body and (is_copies(lines[stop - 1].text) or is_printed(lines[stop - 1].text)):
        stop -= 1
    if stop <= body + 1 or stop > len(lines):
        return None
    line = lines[stop - 1]
    names = organs(line.text)
    if not names or not lines[stop - 2].text.endswith(("。", "！")) or is_annex(line.text):
        return None
    return Tail(_fields(line, names), (), None, stop - 1, stop, line.end)


def _run_in(text: str, lines: Sequence[Line], body: int, known: Sequence[str]) -> Tail | None:
    """A signature inside the paragraph, where a page has lost its line breaks."""
    if body >= len(lines):
        return None
    start = lines[body].start
    found = []
    if known:
        own = re.compile(rf"(?P<names>{' ?'.join(map(re.escape, known))})\s?(?P<date>{DATE})(?!印)")
        found = list(own.finditer(text, start))[:1]
    day = _DAY.search(text, start)
    near = max(start, day.start() - _LONGEST_RUN_IN) if day else len(text)
    for m in [*found, *_RUN_IN.finditer(text, near)]:
        names = organs(m["names"]) if m["names"] else ()
        date = next(find_dates(text, m.start("date"), m.end("date")), None)
        if not date or (m["names"] and not names):
            continue
        line = Line(m.start("names"), m.end("names"), m["names"]) if names else None
        last = next((k for k, x in enumerate(lines) if x.start <= m.start() < x.end), body)
        signature = _fields(line, names) if line else ()
        return Tail(
            signature, (), Field(date.value, date.start, date.end), last, last + 1, m.end(), run_in=True
        )
    return None


def _fields(line: Line, names: Sequence[str]) -> tuple[Field, ...]:
    found, at = [], 0
    for name in names:
        at = line.text.index(name, at)
        found.append(Field(name, line.start + at, line.start + at + len(name)))
        at += len(name)
    return tuple(found)


def _at(line: Line, date: FoundDate) -> Field:
    return Field(date.value, line.start + date.start, line.start + date.end)
