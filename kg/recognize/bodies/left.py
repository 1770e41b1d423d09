"""Where a name begins: the way left from its head over fields of work, places and superior bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model.quick import quick
from kg.recognize.bodies.lexicon import Words, any_of, places, topics, towns, words_of

_SEPARATOR = re.compile(
    r".*(?:[\s，。；：、！？（）()《》〈〉,;:!?…/／【】\[\]|\d#*.]|(?<![^\n])第[一二三四五六七八九十百零]{1,7}[条章节])",
    re.S,
)
_WINDOW = 45
RELATIVE = "省市区县州盟旗"
_ANCHORS = words_of("left.tsv", "anchor")
_ANCHOR_WORDS = Words(_ANCHORS)
_PREFIXES = words_of("left.tsv", "prefix")
_NOT_BEHIND = {
    "省": "治全我本各该外节跨邻他两",
    "市": "治个城都超上全我本各该县省外开入股夜集门设辖地两区早",
    "区": "治新农个验范发税作聚能假心特济务业社园辖小地景灾厂校片山林牧矿库全我本各该市县省专禁分城郊商街老片战湖展军疫保发港里湾海赛战选",
    "县": "治个全我本各该市外郊区属两",
    "州": "治全我本各该市地",
    "盟": "全我本各该联同加",
    "旗": "全我本各该红国",
    "镇": "全我本各该乡城村小市建集古",
    "乡": "全我本各该城家回返水老故下梦",
}
TOWNSHIP = RELATIVE + "镇乡"
_WORD = any_of(words_of("left.tsv", "word"))
_CLASS = any_of(words_of("left.tsv", "class"))
_ANCHOR = re.compile("自治区|" + "|".join(_ANCHORS) + f"|[{TOWNSHIP}]")


@quick
@dataclass(frozen=True, slots=True)
class Begin:
    """Where a name begins, how that is known and where its place words end."""

    start: int
    form: str
    place_end: int


def hard() -> re.Pattern[str]:
    """Words that never stand inside a name between its place and its head."""
    return _HARD


def inside() -> re.Pattern[str]:
    """The same for names that are no leading groups'."""
    return _INSIDE


_HARD = any_of(words_of("left.tsv", "hard"))
_INSIDE = any_of((*words_of("left.tsv", "hard"), *words_of("left.tsv", "inside")))
_JOINED = re.compile(f"{_INSIDE.pattern}|和")
_ZONE = any_of(words_of("left.tsv", "zone"))
_FIRM = any_of(words_of("left.tsv", "firm"))
_EDGE = any_of(words_of("left.tsv", "edge"))


def joined() -> re.Pattern[str]:
    """The same, and 和, which never stands in the name of a unit."""
    return _JOINED


def floor_of(text: str, at: int) -> int:
    """Start of the stretch without punctuation that ends at ``at``, at most 45 characters long."""
    lo = max(0, at - _WINDOW)
    m = _SEPARATOR.match(text, lo, at)
    return m.end() if m else lo


def over_topics(text: str, end: int, floor: int) -> list[int]:
    """Starts of the chain of fields of work that ends at ``end``, the last first."""
    starts: list[int] = []
    words = topics()
    at = end
    while at > floor:
        start = words.before(text, at, floor)
        if start < 0 and starts and text[at - 1] in "和与及":
            start = words.before(text, at - 1, floor)
        if start < 0:
            break
        starts.append(start)
        at = start
    return starts


def _ambiguous(text: str, start: int, end: int, floor: int) -> bool:
    return (
        end - start == 2 and text[end - 1] == "县" and start > floor and text[start] in "应和成新安古高由任"
    )


def chain(text: str, end: int, floor: int) -> int:
    """Start of the chain of places that ends at ``end``; ``end`` where there is none."""
    at = end
    known = places()
    while at > floor:
        start = known.before(text, at, floor)
        if start < 0 or _ambiguous(text, start, at, floor):
            break
        at = start
    return at


def relative(text: str, end: int, floor: int, own: str = RELATIVE) -> int:
    """Start of 省, 市, 区 …, 自治区 where it stands for a place of its own; -1 where it does not."""
    if end - 1 < floor:
        return -1
    if text.startswith("自治", end - 3) and text[end - 1] in "区州县旗" and end - 3 >= floor:
        return end - 3
    char = text[end - 1]
    if char not in own:
        return -1
    if end - 2 >= floor and text[end - 2] in _NOT_BEHIND[char]:
        return -1
    return end - 1


def place_before(text: str, end: int, floor: int, own: str = RELATIVE) -> Begin | None:
    """The place, the town or the relative word (one of ``own``) that ends at ``end``."""
    start = chain(text, end, floor)
    if start == end and text[end - 1 : end] in ("镇", "乡", "道", "木") and end > floor:
        town = towns().before(text, end, floor)
        start = chain(text, town, floor) if town >= 0 else end
    if start < end:
        return Begin(_prefixed(text, start, floor), "full", end)
    anchor = _ANCHOR_WORDS.before(text, end, floor)
    if anchor >= 0:
        return Begin(_prefixed(text, chain(text, anchor, floor), floor), "full", end)
    start = relative(text, end, floor, own)
    if start >= 0 and end - start == 3 and (above := chain(text, start, floor)) < start:
        return Begin(above, "full", end)
    if start >= 0:
        return Begin(start, "relative", end)
    return None


def _prefixed(text: str, start: int, floor: int) -> int:
    for word in _PREFIXES:
        if start - len(word) >= floor and text.startswith(word, start - len(word)):
            return start - len(word)
    return start


def zone_before(text: str, end: int, floor: int) -> Begin | None:
    """The new area or zone with a name that ends at ``end``: 东疆保税港区."""
    if text[end - 1 : end] != "区":
        return None
    at = edge_before(text, end, max(floor, end - 12))
    return Begin(at, "full", end) if _ZONE.fullmatch(text, at, end) and not is_class(text, at, end) else None


def with_country(text: str, start: int, floor: int) -> int:
    """Where a complete name begins: with 中国 or 中华人民共和国 where that stands before it."""
    for word in ("中华人民共和国", "中国", "中共"):
        if start - len(word) >= floor and text.startswith(word, start - len(word)):
            return start - len(word)
    return start


def town_before(text: str, end: int, floor: int) -> Begin | None:
    """The town or street that ends at ``end``, from the gazetteer or by its last character."""
    start = towns().before(text, end, floor)
    if text.startswith(("乡镇", "镇街"), end - 2):
        return None
    if start < 0:
        if (
            not text.startswith(("镇", "乡", "街道", "苏木"), max(end - 2, floor))
            and text[end - 1] not in "镇乡"
        ):
            return None
        start = edge_before(text, end, max(floor, end - 8))
        if end - start < 3 or is_class(text, start, end):
            return None
    above = chain(text, start, floor)
    return Begin(above, "full", end)


def is_class(text: str, start: int, end: int) -> bool:
    """Whether a name would begin with a word for a class (属地镇政府)."""
    return _CLASS.match(text, start, end) is not None


def firm_before(text: str, end: int, floor: int) -> int:
    """Where the name of a company may begin, which holds more characters than others that part words."""
    return edge_before(text, end, floor, _FIRM)


def edge_before(text: str, end: int, floor: int, edge: re.Pattern[str] = _EDGE) -> int:
    """Where an open name may begin: behind the last boundary word before ``end``."""
    at = floor
    for m in edge.finditer(text, floor, end):
        at = m.end()
    return at


def scan(text: str, end: int, floor: int, limit: int, *, loose: bool, own: str = RELATIVE) -> Begin | None:
    """The leftmost place or relative word from which a name can reach to ``end``.

    Args:
        text: the text.
        end: where the head begins.
        floor: where to stop.
        limit: most characters between the place and the head.
        loose: whether verbs may stand inside (leading groups).
        own: characters that stand for the document's own places.
    """
    barrier = _HARD if loose else _INSIDE
    lo = floor
    for m in barrier.finditer(text, floor, end):
        lo = m.end()
    first = None
    for m in _ANCHOR.finditer(text, lo, end):
        if end - m.end() > limit or (m.end() < end and _WORD.match(text, m.start())):
            continue
        first = place_before(text, m.end(), floor, own)
        if first:
            break
    if first is not None and first.form == "full" and text[first.place_end - 1] in TOWNSHIP:
        return first
    stop = first.start if first else end
    known = places()
    for at in range(max(lo, end - limit - 4), stop - 1):
        for size in (4, 3, 2):
            if at + size <= stop and text[at : at + size] in known:
                return Begin(_prefixed(text, at, floor), "full", at + size)
    return first
