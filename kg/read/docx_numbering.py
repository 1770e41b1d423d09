"""Automatic numbers of Word paragraphs: 第一条, 一、（一）1. (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"})
_LETTERS = {"lowerLetter": "abcdefghijklmnopqrstuvwxyz", "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_MARK = re.compile(r"%([1-9])")
_MAX_LEVELS = 9

Element = Any


class Numbering:
    """Counts the numbered paragraphs of a body, level by level.

    Args:
        numbering: the root of the numbering part, or None.
        styles: the root of the styles part, or None.
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is None:
            return
        abstract = {a.get(_W + "abstractNumId"): a for a in numbering.iterchildren(_W + "abstractNum")}
        for num in numbering.iterchildren(_W + "num"):
            of = abstract.get(_value(num, "abstractNumId"))
            if of is not None:
                self._levels[num.get(_W + "numId") or ""] = dict(map(_level, of.iterchildren(_W + "lvl")))
        for style in styles.iterchildren(_W + "style") if styles is not None else ():
            found = _reference(style.find(_W + "pPr"))
            if found:
                self._styles[style.get(_W + "styleId") or ""] = found

    def label(self, paragraph: Element) -> str:
        """The number in front of a paragraph, or nothing; counts it."""
        properties = paragraph.find(_W + "pPr")
        if not self._levels or properties is None:
            return ""
        found = _reference(properties) or self._styles.get(_value(properties, "pStyle"))
        if found is None or found[0] not in self._levels:
            return ""
        key, level = found
        levels = self._levels[key]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(key, [0] * _MAX_LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[level][2]
        counts[level + 1 :] = [0] * (_MAX_LEVELS - level - 1)
        return _MARK.sub(lambda m: _number(levels, counts, int(m[1]) - 1), levels[level][1])


def _level(level: Element) -> tuple[int, tuple[str, str, int]]:
    start = _value(level, "start")
    shape = (_value(level, "numFmt"), _value(level, "lvlText"), int(start) if start.isdigit() else 1)
    return _index(level.get(_W + "ilvl")), shape


def _reference(properties: Element | None) -> tuple[str, int] | None:
    numbered = properties.find(_W + "numPr") if properties is not None else None
    if numbered is None or not _value(numbered, "numId"):
        return None
    return _value(numbered, "numId"), _index(_value(numbered, "ilvl"))


def _index(value: str | None) -> int:
    return min(int(value), _MAX_LEVELS - 1) if value and value.isascii() and value.isdigit() else 0


def _value(element: Element, name: str) -> str:
    child = element.find(_W + name)
    return (child.get(_W + "val") or "") if child is not None else ""


def _number(levels: dict[int, tuple[str, str, int]], counts: list[int], level: int) -> str:
    form = levels[level][0] if level in levels else "decimal"
    count = counts[level] or 1
    if form in {"bullet", "none"}:
        return ""
    if form in _CHINESE:
        return chinese(count)
    if form in _LETTERS and count <= 26:
        return _LETTERS[form][count - 1]
    if form.startswith("decimalEnclosedCircle") and count <= 20:
        return chr(0x2460 + count - 1)
    return str(count)


def chinese(number: int) -> str:
    """A number below 10,000 in 汉字: 十二, 一百零五."""
    if not 0 < number < 10_000:
        return str(number)
    text = ""
    digits = str(number)
    for i, digit in enumerate(digits):
        unit = ["", "十", "百", "千"][len(digits) - 1 - i]
        text += _DIGITS[int(digit)] + unit if digit != "0" else "零"
    text = re.sub("零+", "零", text).rstrip("零")
    return text[1:] if text.startswith("一十") else text
