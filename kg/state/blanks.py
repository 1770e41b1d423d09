"""A sentence with its titles taken out, so that no verb inside a title is read as one of the sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.entities import Linked
from kg.model.quick import quick
from kg.state.lexicon import OTHER, TITLE, verb_pattern

_BRACKETS = {"《": "》", "“": "”", "〈": "〉"}
_QUOTED = re.compile(r"《[^《》\n]{1,200}》")
_DRAFT = re.compile(r"草案|征求意见|送审|讨论稿|审议稿|初稿")
_ENDED = re.compile(r"已?(?:废止|失效)")
_JOINED = re.compile(
    r"(?:[、]?(?:和|与|及|以及|或者|或|暨|并)?|，(?:以及|和|及))(?P<issuer>[^，。；：、]{0,28})"
)
_ISSUER_END = re.compile(r"[委府院厅局部办会省市县区家署室关组州]$|原$|其$|我$")
_PAREN = 120
_NEAR = 300


@quick
@dataclass(frozen=True, slots=True)
class Group:
    """Titles in a row under the same words.

    Attributes:
        start: offset of the first title in the skeleton.
        end: offset behind the last.
        links: the linked mentions, in order; a number in parentheses behind its title is left out.
    """

    start: int
    end: int
    links: tuple[Linked, ...]


@quick
@dataclass(frozen=True, slots=True)
class Skeleton:
    """A sentence whose titles are single characters.

    Attributes:
        text: the sentence, each title as :data:`kg.state.lexicon.OTHER`.
        groups: the titles in a row.
        made: offsets in ``text`` at which copied or replaced pieces begin.
        origin: the clean offsets of these pieces.
    """

    text: str
    groups: tuple[Group, ...]
    made: tuple[int, ...]
    origin: tuple[int, ...]

    def clean(self, offset: int) -> int:
        """The clean offset of an offset of the skeleton."""
        i = bisect_right(self.made, offset) - 1
        return self.origin[i] + offset - self.made[i]

    def around(self, group: Group) -> tuple[str, int]:
        """The skeleton near ``group``, that as one :data:`kg.state.lexicon.TITLE`, and where this stretch begins."""
        start = max(0, group.start - _NEAR)
        return self.text[start : group.start] + TITLE + self.text[group.end : group.end + _NEAR], start


def skeleton(text: str, start: int, end: int, links: Sequence[Linked]) -> Skeleton:
    """Build the skeleton of ``text[start:end]``.

    Args:
        text: the clean text.
        start: where the sentence begins.
        end: where it ends.
        links: the linked mentions of documents in it, in order, without overlaps.
    """
    pieces: list[str] = []
    made: list[int] = []
    origin: list[int] = []
    size = 0

    def add(piece: str, at: int) -> None:
        nonlocal size
        if piece:
            made.append(size)
            origin.append(at)
            pieces.append(piece)
            size += len(piece)

    at = start
    placed: list[tuple[int, Linked]] = []
    for i, link in enumerate(links):
        left, right = _outer(text, link.mention.start, link.mention.end, start, end)
        if left < at:
            continue
        at = _copy(text, at, left, add)
        known = placed[-1] if placed else None
        if known and known[1].entity == link.entity and known[0] == size - 1:
            at = right
            continue
        placed.append((size, link))
        add(OTHER, left)
        after = links[i + 1] if i + 1 < len(links) else None
        at = _behind(text, right, end, link, after, add)
    _copy(text, at, end, add)
    whole = "".join(pieces)
    return Skeleton(whole, _groups(whole, placed), tuple(made or [0]), tuple(origin or [start]))


def _outer(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    while start > low and end < high and _BRACKETS.get(text[start - 1]) == text[end]:
        start, end = start - 1, end + 1
    return start, end


def _copy(text: str, start: int, end: int, add: object) -> int:
    """Copy a stretch without mentions, other titles in it as one character each."""
    assert callable(add)
    at = start
    if text.find("《", start, end) >= 0:
        for m in _QUOTED.finditer(text, start, end):
            add(text[at : m.start()], at)
            add(OTHER, m.start())
            at = m.end()
    add(text[at:end], at)
    return end


def _behind(text: str, at: int, end: int, link: Linked, after: Linked | None, add: object) -> int:
    """Leave out the parentheses behind a title: its number, its short form, its version."""
    assert callable(add)
    if _DRAFT.search(link.mention.text):
        add("（草案）", at)
    while at < end and text[at] == "（":
        close = text.find("）", at, min(end, at + _PAREN))
        if close < 0:
            break
        inside = text[at + 1 : close]
        foreign = after is not None and at < after.mention.start < close and after.entity != link.entity
        if foreign and "简称" not in inside:
            break
        if _DRAFT.search(inside):
            add("（草案）", at)
        elif _ENDED.match(inside):
            add("（已废止）", at)
        at = close + 1
    return at


def _groups(text: str, placed: Sequence[tuple[int, Linked]]) -> tuple[Group, ...]:
    groups: list[Group] = []
    for at, link in placed:
        last = groups[-1] if groups else None
        if last and _joins(text[last.end : at]):
            groups[-1] = Group(last.start, at + 1, (*last.links, link))
        else:
            groups.append(Group(at, at + 1, (link,)))
    return tuple(groups)


def _joins(between: str) -> bool:
    """Whether what stands between two titles only lists them."""
    bare = between.replace("（草案）", "").replace(OTHER, "")
    m = _JOINED.fullmatch(bare)
    if not m:
        return False
    issuer = m["issuer"]
    if not issuer:
        return True
    return bool(_ISSUER_END.search(issuer)) and not verb_pattern("l").search(issuer)
