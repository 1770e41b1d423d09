"""Titles that many bodies use: 政府工作报告, 工作方案, 关于修改部分地方性法规的决定."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from kg.grammar.places import named_in
from kg.grammar.tables import first_column
from kg.grammar.titles import issuer_in_title, split_version, title_end

_LAWS = frozenset(("法", "法典", "条例"))
_TAIL = re.compile(r"(?:（[^（）]*）|[》〉”\d])+$")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_PERIOD = re.compile(
    r"第[一二三四五六七八九十]{1,3}个五年|“?[一二三四五六七八九]?十[一二三四五六七八九]?五”?(?=时期|规划|计划)|[“][一二三四五六七八九十]{2,3}五[”]"
)
_NORMS = (
    "办法",
    "规定",
    "细则",
    "规则",
    "章程",
    "标准",
    "规范",
    "准则",
    "公约",
    "条约",
    "协定",
    "规程",
    "导则",
    "通则",
    "解释",
    "目录",
    "名录",
)
"""Endings of texts that bind everyone: a short title of one is mostly known by it alone (社会救助暂行办法)."""
_SHORT = 4
_REQUESTS = ("请示", "申请", "申请函")
_NAMED = re.compile(r"[A-Za-z0-9〈“]")


class Generality(StrEnum):
    """What tells texts of one general title apart."""

    ANNUAL = "annual"
    """Place and year."""
    LOCAL = "local"
    """Place alone; the title itself names the period."""
    DATED = "dated"
    """Issuer or place, and the day."""


@lru_cache(maxsize=1 << 14)
def generality(title: str) -> Generality | None:
    """Whether a title says too little to know a text by, and what tells its texts apart; None where it is enough.

    Args:
        title: canonical title.

    A title that names its issuer or a place is general only where it is about texts that it does not name.
    """
    base = _TAIL.sub("", split_version(title)[0])
    end = title_end(base)
    if end is None or end in _LAWS or base in _words("one"):
        return None
    issuer = issuer_in_title(title)
    if issuer or named_in(base):
        rest = base[len(issuer or "") :]
        return Generality.DATED if _about_unnamed_texts(rest) else None
    if _PERIOD.search(base) and _made_of_words(base):
        return Generality.LOCAL
    if _YEAR.sub("", base) in _words("annual") or (_made_of_words(base) and _names_a_year(base)):
        return Generality.ANNUAL
    if _made_of_words(base) or _asked_by_many(base):
        return Generality.DATED
    return Generality.DATED if len(base) - len(end) <= _SHORT and not base.endswith(_NORMS) else None


def _names_a_year(base: str) -> bool:
    return "年度" in base or _YEAR.search(base) is not None


def _asked_by_many(base: str) -> bool:
    named = _NAMED.search(base)
    return base.endswith(_REQUESTS) and named is None and any(w in base for w in _words("request"))


def _about_unnamed_texts(words: str) -> bool:
    return _made_of_words(words) and any(w in words for w in _words("text"))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(first_column("documents/general-titles.tsv", kind))


@cache
def _sayings() -> dict[str, tuple[str, ...]]:
    """The words that say nothing, by their first character."""
    found: dict[str, list[str]] = {}
    for word in sorted(_words("word") | _words("text") | _words("annual")):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(words) for first, words in found.items()}


def _made_of_words(base: str) -> bool:
    """Whether words that say nothing, years and a genre make up the whole title."""
    end = title_end(base) or ""
    text = _YEAR.sub("", _PERIOD.sub("", base[: len(base) - len(end)]))
    pending, seen = [0], {0}
    while pending:
        at = pending.pop()
        if at == len(text):
            return True
        for word in _sayings().get(text[at], ()):
            end_of_word = at + len(word)
            if end_of_word not in seen and text.startswith(word, at):
                seen.add(end_of_word)
                pending.append(end_of_word)
    return False
