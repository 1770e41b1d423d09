"""Names without quotation marks: known ones, and those that end on a head noun such as 改革 or 专项行动."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.grammar.measures import Head, KnownMeasure, heads, known, lexicon, normal_name, rows, stop_rule
from kg.model.quick import quick
from kg.recognize.measure_start import Start, name_start

_JOIN = frozenset(("和", "与", "及"))
_LONGEST = 24
_EXAMPLE = 10
_TIERS = re.compile(r"[省市县区乡镇村][二两三四五]级")
_TIER = re.compile(r"(?:[国省市县区乡镇村]、){1,4}\Z")
_PLAIN = 4
"""A system of rules that is described (…的经费投入制度) and not named has so few characters before 制度."""


@quick
@dataclass(frozen=True, slots=True)
class Found:
    """A name found in the clean text, before names that overlap are weighed against each other."""

    start: int
    end: int
    kind: str
    rule: str
    score: float


@cache
def _anchors() -> tuple[AhoCorasick, tuple[Head | KnownMeasure, ...]]:
    words: list[str] = []
    targets: list[Head | KnownMeasure] = []
    for head in heads().values():
        words.append(head.head)
        targets.append(head)
    for entry in lexicon():
        for name in (entry.name, *entry.aliases):
            if entry.use == "bare":
                for form in sorted({name, normal_name(name)} - set(words)):
                    words.append(form)
                    targets.append(entry)
    machine = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return machine, tuple(targets)


@cache
def _before() -> dict[str, tuple[re.Pattern[str], ...]]:
    return _stops("before", "(?:%s)")


@cache
def _behind() -> dict[str, tuple[re.Pattern[str], ...]]:
    return _stops("behind", "%s")


def _stops(place: str, form: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """Patterns by head noun."""
    found: dict[str, list[re.Pattern[str]]] = {head: [] for head in heads()}
    for row in rows("stops.tsv"):
        if row["place"] == place:
            pattern = re.compile(form % row["pattern"])
            for head in found if row["head"] == "*" else row["head"].split("|"):
                found[head].append(pattern)
    return {head: tuple(patterns) for head, patterns in found.items()}


def find_unquoted(text: str) -> Iterator[Found]:
    """Names without quotation marks, in order of their ends; they may overlap."""
    machine, targets = _anchors()
    chain: list[tuple[int, Head]] = []
    floor = 0
    for i, start, end in machine.find_matches_as_indexes(text):
        target = targets[i]
        if chain and not (isinstance(target, Head) and start == chain[-1][0]):
            if found := _chained(text, chain, floor):
                yield found
            chain = []
        if isinstance(target, Head):
            chain.append((end, target))
        else:
            yield from _known(text, start, end, target, floor)
            floor = end
    if chain and (found := _chained(text, chain, floor)):
        yield found


def _chained(text: str, chain: list[tuple[int, Head]], floor: int) -> Found | None:
    """The name that ends on a chain of head nouns (each with its end), or on 改革 within it (…改革政策)."""
    end, head = chain[-1]
    if not head.bare and len(chain) > 1 and chain[-2][1].kind in {"reform", "pilot"}:
        end, head = chain[-2]
    return _headed(text, end, head, floor)


def _known(text: str, start: int, end: int, entry: KnownMeasure, floor: int) -> Iterator[Found]:
    """A known name with the head noun that follows it, and the longer name that it may end."""
    own = _own_head(text[start:end])
    if (own is None or not own.bare) and stop_rule("unit").match(text, end):
        return
    for size in (6, 4, 3, 2):
        head = heads().get(text[end : end + size])
        if head and head.quoted and not followed(text, end + size, head):
            if own is None or head.kind in {"reform", "pilot"}:
                end += size
            break
    yield Found(start, end, entry.kind, "measure-known", 0.95)
    if own is None or not own.bare:
        return
    begin = name_start(text, start, floor, own.left)
    if not (begin.doing or _listed(text, begin)):
        return
    longer = _headed(text, end, own, floor)
    if longer and start - longer.start > (2 if begin.doing else 1):
        yield longer


def _listed(text: str, begin: Start) -> bool:
    """Whether what begins there is one in a list (甲改革、乙改革)."""
    return begin.before == "" and text[begin.offset - 1 : begin.offset] == "、"


@cache
def _own_head(name: str) -> Head | None:
    """The head noun on which a name ends."""
    return heads()[max(own, key=len)] if (own := [h for h in heads() if name.endswith(h)]) else None


def followed(text: str, end: int, head: Head) -> bool:
    """Whether what stands behind a head noun makes it part of another word."""
    return any(p.match(text, end) for p in _behind()[head.head])


def _headed(text: str, end: int, head: Head, floor: int) -> Found | None:
    """The name that ends on a head noun at ``end``."""
    if not head.bare or followed(text, end, head):
        return None
    begin = name_start(text, end - len(head.head), floor, head.left)
    start, doing = (begin.offset, begin.doing) if "专项" in head.head else _joined(text, begin, end)
    start, doing = _wider(text, start, end - len(head.head), begin, doing)
    size = end - len(head.head) - start
    opens = begin.before == "" and head.head != "工程" and (not start or text[start - 1] in "。；\n")
    opens = opens or (begin.before == "" and bool(stop_rule("undertaken").match(text, end)))
    if head.kind == "system" and begin.word == "的" and start == begin.offset:
        if text.endswith("最严格的", 0, start):
            start -= len("最严格的")
        elif head.head == "制度" and end - len(head.head) - start <= _PLAIN:
            return None
    if size < head.bare or end - start > _LONGEST or (head.verb and not (doing or (opens and size > 3))):
        return None
    if not _names(text[start : end - len(head.head)], head, text.endswith("实施", 0, start)):
        return None
    entry = known().get(normal_name(text[start:end]))
    return Found(start, end, entry.kind if entry else head.kind, f"measure-{head.kind}", 0.8)


def _wider(text: str, start: int, head: int, begin: Start, doing: bool) -> tuple[int, bool]:
    """The beginning of a name that goes on to the left: 打击诈骗等违法犯罪专项行动; 县、乡两级医疗改革."""
    if begin.word == "等" and start == begin.offset and head - start >= 2:
        left = name_start(text, start - 1, 0, weak=1)
        if left.doing and 2 <= start - 1 - left.offset <= _EXAMPLE:
            return left.offset, True
    if begin.before == "weak" and start == begin.offset:
        left = name_start(text, head, 0, weak=2)
        if (
            left.offset < start
            and _listed(text, left)
            and _own_head(text[max(0, left.offset - 7) : left.offset - 1])
        ):
            return left.offset, True
    if _TIERS.match(text, start) and (above := _TIER.search(text, max(0, start - 8), start)):
        return above.start(), doing
    return start, doing


def _names(rest: str, head: Head, carried: bool) -> bool:
    """Whether the words before a head noun make a name.

    Args:
        rest: those words.
        head: the head noun.
        carried: whether 实施 stands before them.
    """
    if rest.count("（") != rest.count("）") or any(p.fullmatch(rest) for p in _before()[head.head]):
        return False
    if head.head not in {"工程", "计划"}:
        return True
    if stop_rule("programme").search(rest):
        return True
    works, plans = stop_rule("works").search(rest), stop_rule("plans").search(rest)
    return carried and bool(plans if head.head == "计划" else not works)


def _joined(text: str, begin: Start, end: int) -> tuple[int, bool]:
    """Where a name begins that 和 or 、 may join to words before, and whether a verb governs it.

    ``持证上岗和资格管理制度`` is one name; behind another name (``甲制度和乙制度``) a new one begins.
    """
    at = begin.offset - len(begin.word)
    if begin.before == "" and text[at - 1 : at] == "、":
        at -= 1
    elif begin.word not in _JOIN:
        return begin.offset, begin.doing
    if normal_name(text[begin.offset : end]) in known():
        return begin.offset, begin.doing
    if _own_head(text[max(0, at - 6) : at]) or stop_rule("laws").search(text, max(0, at - 6), at):
        return begin.offset, True
    left = name_start(text, at, 0, weak=0)
    if (left.doing or _listed(text, left)) and 3 <= at - left.offset <= 10 and text[at] != "、":
        return left.offset, True
    return begin.offset, begin.doing or left.doing
