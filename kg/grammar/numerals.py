"""Numerals of document numbers and articles."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNIT = {"十": 10, "百": 100, "千": 1000}
_DASH = re.compile(r"\s*[-—–－‐]\s*")


def chinese_int(numeral: str) -> int:
    """The value of a Chinese numeral below ten thousand: 七十二, 一百零三, 一〇三.

    Raises:
        ValueError: when a character is no numeral.
    """
    if not any(c in _UNIT for c in numeral):
        return int("".join(str(_digit(c)) for c in numeral))
    total = digit = 0
    for c in numeral:
        if c in _UNIT:
            total += (digit or 1) * _UNIT[c]
            digit = 0
        else:
            digit = _digit(c)
    return total + digit


def _digit(char: str) -> int:
    if char not in _DIGIT:
        raise ValueError(f"not a numeral: {char}")
    return _DIGIT[char]


@lru_cache(maxsize=1 << 13)
def serial_of(printed: str) -> str:
    """Arabic digits without leading zeros; ``7—1`` becomes ``7-1``."""
    compact = "".join(printed.split())
    if compact[0] in _DIGIT or compact[0] in _UNIT:
        return str(chinese_int(compact))
    return "-".join(str(int(part)) for part in _DASH.split(compact))
