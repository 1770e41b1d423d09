"""Where a name without quotation marks begins: the last word before it that cannot belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.grammar.measures import rows
from kg.model.quick import quick

_WINDOW = 26
_DOING = frozenset(("verb", "weak"))
_SEATS = frozenset("省市县区州部局委院")
_LIGHT = frozenset(("adverb", "place"))
_GOVERNING = frozenset(("深化", "加强", "完善", "巩固", "改进", "拓展", "扩大"))
_MODAL = frozenset(("高质量", "高水平", "系统", "精准", "深度", "一体", "协同", "扩围"))
"""Adverbs that may stand within a name, but do not begin one: 参保扩围行动, 湿地系统修复工程."""
_STARTING = frozenset(("实施", "开展", "启动", "组织开展", "组织实施", "部署", "部署开展"))
_SUPPORT = frozenset(
    ("支持", "推进", "引导", "促进", "指导", "推广", "实施", "落实", "执行", "建立", "替代", "恢复", "普及")
)
_BREAK = re.compile(r".*(?:[^\w·+×（）]|_)", re.DOTALL)
"""Up to the last character that no name holds."""
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+[批届次轮期]")
_LEADING = re.compile(
    r"(?:（[一二三四五六七八九十\d]{1,3}）|第[一二三四五六七八九十百\d]+[批届次轮期个项]|[\d.]+(?![+\d.])[%个项家年月日]?|[一二三四五六七八九十]+是"
    r"|[一二三四五六七八九十两多几]+[项个批大](?!制度)|）|（+|\d+(?![+\d])|原(?![料则子产生来])|年度)+"
)


@quick
@dataclass(frozen=True, slots=True)
class Start:
    """Where a name begins.

    Attributes:
        offset: its first character.
        before: class of the word before it; empty at a break or the window's edge.
        word: that word.
        doing: whether a verb governs it, with at most adverbs and words of place between.
    """

    offset: int
    before: str
    word: str
    doing: bool


@cache
def _words() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    table = tuple((r["word"], r["class"]) for r in rows("bounds.tsv"))
    return AhoCorasick([w for w, _ in table], matchkind=MatchKind.LeftmostLongest), table


def name_start(text: str, end: int, floor: int, weak: int) -> Start:
    """Look back from ``end`` for the beginning of the name that ends there.

    Args:
        text: the clean text.
        end: where the head noun begins.
        floor: an offset that the name may not cross (the end of an earlier mention).
        weak: 0 where a weak verb (优化, 加强) ends the search wherever it stands, 1 where it is part of the
            name, 2 where it ends the search at the beginning of the name only.
    """
    low = max(floor, end - _WINDOW)
    if gap := _BREAK.match(text, low, end):
        low = gap.end()
    window = text[low:end]
    if "（" in window or "）" in window:
        low = _unmatched(text, low, end)
        window = text[low:end]
    machine, table = _words()
    offset, before, word, doing = low, "", "", False
    for i, at, stop in machine.find_matches_as_indexes(window):
        name, kind = table[i]
        last = low + stop == end and name in _SUPPORT
        governs = name in _GOVERNING and low + at == offset and not doing
        inside = kind in _DOING and not governs and _inside(text, low + at, last, offset, kind, weak)
        inside = inside or (kind == "adverb" and weak == 1 and low + at == offset and word in _STARTING)
        joins = text[low + stop] in "和与及"
        inside = inside or (name in _MODAL and low + at - offset >= 2 and kind == "adverb" and not joins)
        if kind == "inner" or inside:
            continue
        doing = kind in _DOING or (doing and kind in _LIGHT and low + at == offset)
        offset, before, word = low + stop, kind, name
    if "第" in window:
        for ordinal in _ORDINAL.finditer(text, offset, end):
            offset = ordinal.end()
    leading = _LEADING.match(text, offset, end)
    return Start(leading.end() if leading else offset, before, word, doing)


def _inside(text: str, at: int, last: bool, offset: int, kind: str, weak: int) -> bool:
    """Whether the verb at ``at`` is part of the name that it stands in.

    Args:
        text: the clean text.
        at: where the verb begins.
        last: whether it is a verb such as 推进 right before the head noun.
        offset: where the name begins as far as it is known.
        kind: class of the verb.
        weak: as in :func:`name_start`.
    """
    if weak == 1:
        return last or kind == "weak"
    return kind == "weak" and weak == 2 and at != offset and text[at - 1] not in _SEATS


def _unmatched(text: str, low: int, end: int) -> int:
    """Move past a closing bracket whose partner lies before ``low``, and past an open one."""
    depth = 0
    for i in range(end - 1, low - 1, -1):
        if text[i] == "）":
            depth += 1
        elif text[i] == "（":
            if depth == 0:
                return i + 1
            depth -= 1
    if depth:
        return text.index("）", low) + 1
    return low


@lru_cache(maxsize=1 << 13)
def belongs(words: str) -> bool:
    """Whether words between a quotation and a head noun may be part of the name."""
    machine, table = _words()
    found = (table[i] for i, _, _ in machine.find_matches_as_indexes(words))
    return all(
        kind in {"inner", "weak"} or word in _SUPPORT or (kind == "place" and len(word) == 1)
        for word, kind in found
    )
