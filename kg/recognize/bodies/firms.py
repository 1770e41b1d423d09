"""Companies and alliances: legal names that no place begins, seats in brackets, groups by their short name."""

from __future__ import annotations

import re

from kg.recognize.bodies import left
from kg.recognize.bodies.left import Begin
from kg.recognize.bodies.lexicon import any_of, words_of
from kg.recognize.bodies.names import Head, Hit

_NAMED = ("有限公司", "有限责任公司", "出版社", "日报社", "晚报社")
_BRACKET = re.compile(r"[（(](?:集团|[\u4e00-\u9fff]{2,4})[）)]\Z")
_NO_GROUP = any_of(words_of("left.tsv", "no-group"))
_SET_UP = ("成立", "成立了", "组建", "组建了", "发起设立")
_LONGEST = 24


def firm(text: str, head: Head, hit: Hit | None, before: Hit | None) -> Hit | None:
    """The name of a company.

    Args:
        text: the clean text.
        head: the head of the name.
        hit: what was found behind a place or a superior.
        before: the last name found.
    """
    if hit is None and text[head.start : head.end] == "集团":
        return _group(text, head)
    if not text.endswith(_NAMED, head.start, head.end):
        return hit
    at = left.firm_before(text, head.start, head.floor)
    if hit is not None and (hit.start <= at or head.start - at > _LONGEST):
        return _bracketed(text, head, hit.start, before) or hit
    plain = head.bare(at, "company", "full") if head.start - at >= 2 else hit
    return _bracketed(text, head, at, before) or plain


def alliance(text: str, head: Head, begin: Begin | None) -> Hit | None:
    """An alliance whose name begins with a place, where the text says that it is set up."""
    founded = begin is not None and text.endswith(_SET_UP, head.floor, begin.start)
    return head.at(begin, "alliance") if begin is not None and founded else None


def _group(text: str, head: Head) -> Hit | None:
    """A group by its short name (酒钢集团): two to four characters that no word parts."""
    at = left.firm_before(text, head.start, max(head.floor, head.start - 8))
    named = 2 <= head.start - at <= 4 and not _NO_GROUP.search(text, at, head.start)
    return head.bare(at, "company-group") if named else None


def _bracketed(text: str, head: Head, at: int, before: Hit | None) -> Hit | None:
    """A company with its seat or 集团 in brackets: 东方电气（广州）重型机器有限公司."""
    m = _BRACKET.search(text, max(0, at - 10), at)
    if m is None:
        return None
    start = left.firm_before(text, m.start(), left.floor_of(text, m.start()))
    if before is not None and before.end == m.start():
        start = before.start
    return head.bare(start, "company", "full") if m.start() - start >= 2 else None
