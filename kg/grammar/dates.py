"""Dates as official documents print them: ``2017年12月20日``, ``二〇一七年十二月二十日``, ``2017-12-20``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    ("零", "○", "Ｏ", "O", "o", "0", "О", "◯"), "0"
)
_ZERO = "〇零○OoО◯"
_NUM = "一二三四五六七八九十"
DATE = (
    rf"(?:(?:19|20)\d\d|[一二][{_ZERO}一二三四五六七八九]{{3}})年"
    rf"(?:\d{{1,2}}|[{_NUM}元]{{1,3}})月(?:\d{{1,2}}|[{_NUM}]{{1,3}})日"
)
"""Source of a pattern for a full date with year, month and day."""
_FULL = re.compile(
    rf"((?:19|20)\d\d|[一二][{_ZERO}一二三四五六七八九]{{3}})年"
    rf"(\d{{1,2}}|[{_NUM}元]{{1,3}})月(?:(\d{{1,2}}|[{_NUM}]{{1,3}})日)?"
)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text.

    Attributes:
        value: ``YYYY-MM-DD``, or ``YYYY-MM`` where no day stands there.
        start: offset of its first character.
        end: offset behind it.
    """

    value: str
    start: int
    end: int


def number(text: str) -> int | None:
    """A month's or day's number in Arabic or Chinese digits (``廿`` is not used in dates of this kind)."""
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    tens, ten, ones = text.rpartition("十")
    digits = {c: i for i, c in enumerate(_NUM, 1)}
    if not ten:
        return digits.get(text)
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundDate]:
    """Dates with 年 and 月 in ``text[start:end]``, in order; impossible ones are left out."""
    for m in _FULL.finditer(text, start, len(text) if end is None else end):
        value = _value(m[1], m[2], m[3])
        if value:
            yield FoundDate(value, *m.span())


def find_iso_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundDate]:
    """Dates like ``2017-12-20``, ``2017.12.20`` or ``2017/12/20``, as tables and pages print them."""
    for m in _ISO.finditer(text, start, len(text) if end is None else end):
        value = _value(m[1], m[2], m[3])
        if value:
            yield FoundDate(value, *m.span())


def _value(year: str, month: str, day: str | None) -> str | None:
    y = year if year.isdecimal() else "".join(_DIGITS.get(c, "") for c in year)
    m = number(month)
    d = number(day) if day else None
    if len(y) != 4 or not 1800 < int(y) < 2200 or m is None or not 1 <= m <= 12:
        return None
    if day is None:
        return f"{y}-{m:02}"
    return f"{y}-{m:02}-{d:02}" if d is not None and 1 <= d <= 31 else None
