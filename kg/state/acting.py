"""Relations told by subject, verb and object, the subject named, carried over or the issuer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.model.entities import Linked
from kg.model.statements import Status
from kg.state.constructions import Told
from kg.state.skeleton import MACROS, Skeleton, context, rows
from kg.state.status import told

_PREDICATES = {
    "Ⓜ": ("carriesOut",),
    "Ⓓ": ("issuesDocument", "draftsDocument", "forwardsDocument"),
    "Ⓘ": ("setsUp",),
}
_GAP = (
    r"(?:了|好)?(?:[^，。；：ⒾⒹⓂ]{1,14}的|在[^，。；ⒾⓂ]{1,10}|以?Ⓜ为[^，。；]{0,4}的|[^，。；：ⒾⒹⓂ的]{0,3})?"
)
_GROUP = re.compile(MACROS["{I}"])
_ROW = {"Ⓓ": re.compile(MACROS["{D}"]), "Ⓜ": re.compile(MACROS["{M}"])}
_END = re.compile(r"[。！？]|）(?=（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|\d{1,2}\.)|$")
_OPENING = 4
_REACH = 400


@cache
def _verbs() -> tuple[re.Pattern[str], dict[tuple[str, str], str]]:
    """One pattern for verb, gap and object, and the status of the bare verb by verb and predicate."""
    status = {(r["verb"], r["predicate"]): r["status"] for r in rows("verbs.tsv")}
    words = sorted({verb for verb, _ in status}, key=lambda v: (-len(v), v))
    return re.compile(rf"(?P<v>{'|'.join(words)})(?P<g>{_GAP})(?P<o>[ⒾⒹⓂ])"), status


def acts(skeleton: Skeleton, base: Status | None, taken: frozenset[str]) -> Iterator[Told]:
    """Relations with a verb of one paragraph; a subject of None stands for the issuer.

    Args:
        skeleton: the paragraph.
        base: what its section or the kind of document says of plain statements.
        taken: entities of measures whose bearer a construction names; no issuer is meant there.
    """
    text = skeleton.text
    if "Ⓜ" not in text and "Ⓓ" not in text and not context("founded").search(text):
        return
    carried: tuple[Linked, ...] = ()
    low = 0
    for stop in _END.finditer(text):
        end = stop.end()
        signs = bisect_left(skeleton.at, end)
        if not signs or skeleton.at[signs - 1] < low:
            carried, low = (), end
            continue
        named, spoken = carried, False
        for told_, subjects in _sentence(skeleton, low, end, carried, base, taken):
            yield told_
            if subjects and not spoken:
                named, spoken = subjects, True
        carried = named if spoken else ()
        low = end


def _sentence(
    skeleton: Skeleton,
    low: int,
    end: int,
    carried: tuple[Linked, ...],
    base: Status | None,
    taken: frozenset[str],
) -> Iterator[tuple[Told, tuple[Linked, ...]]]:
    """The acts of the sentence ``low..end``, in which a sign stands, each with its subjects."""
    text = skeleton.text
    pattern, bare = _verbs()
    behind_last = skeleton.at[bisect_left(skeleton.at, end) - 1] + 1
    for m in pattern.finditer(text, low, behind_last):
        if context("aside").search(text, max(low, m.start() - 8), m.start()):
            continue
        last = _last(text, m.start("o"), end)
        sign = m["o"]
        for predicate in _PREDICATES[sign]:
            if (m["v"], predicate) not in bare or context("no-object").match(text, last):
                continue
            subjects = _subjects(skeleton, low, m.start(), carried)
            if subjects is None or (predicate == "setsUp" and context("no-founding").match(m["g"])):
                continue
            if predicate == "setsUp" and context("abolished").search(text, low, m.start()):
                subjects = ()
            given = None if subjects and sign == "Ⓓ" else base
            status = _status(text, low, m, given, bare[m["v"], predicate])
            objects = skeleton.between(m.start("o"), last)
            for o in objects:
                if predicate == "setsUp" and (
                    text[last : last + 1] == "、" or not context("body").search(o.mention.text)
                ):
                    continue
                if not subjects and o.entity in taken:
                    continue
                for s in subjects or (None,):
                    if s is None or s.entity != o.entity:
                        rule = f"act-{predicate}" if s else f"act-{predicate}-issuer"
                        found = Told(s, predicate, o, status, rule, m.start(), last, 0.85 if s else 0.75)
                        yield found, subjects


def _last(text: str, start: int, end: int) -> int:
    """Behind the objects in a row that begin at ``start``."""
    if text[start] == "Ⓘ":
        return start + 1
    m = _ROW[text[start]].match(text, start, end)
    return m.end() if m else start + 1


def _subjects(
    skeleton: Skeleton, low: int, verb: int, carried: tuple[Linked, ...]
) -> tuple[Linked, ...] | None:
    """The bodies that the verb at ``verb`` tells of; empty for the issuer, None where it is somebody else."""
    text = skeleton.text
    low = max(low, verb - _REACH)
    last = text.rfind("；", low, verb)
    groups = tuple(_GROUP.finditer(text, low, verb)) if text.find("Ⓘ", low, verb) >= 0 else ()
    for g in reversed(groups):
        if g.end() <= last and g.start() > low + _OPENING:
            return None
        if context("causing").search(text, max(low, g.start() - 2), g.start()) or context("leading").match(
            text, g.end()
        ):
            return None
        if context("preposition").search(text, max(low, g.start() - 4), g.start()) or context(
            "no-subject"
        ).match(text, g.end()):
            continue
        between = text[g.end() : verb]
        if context("own-place").search(between) or context("other-subject").search(between):
            return None if context("other-subject").search(between) else ()
        return skeleton.between(*g.span())
    words = text[low:verb]
    if _of_somebody_else(words):
        return None
    return carried if context("carried-on").match(words) else ()


@lru_cache(maxsize=1 << 12)
def _of_somebody_else(words: str) -> bool:
    """Whether the words before a verb name a subject that is no body: others, another place, a text."""
    if context("supported").search(words) or context("text-first").search(words):
        return True
    other = (
        context("other-subject").search(words)
        or context("place-subject").search(words)
        or context("elsewhere").match(words)
    )
    return other is not None and not context("own-place").search(words)


def _status(text: str, low: int, m: re.Match[str], base: Status | None, bare: str) -> Status:
    low = max(low, m.start() - _REACH)
    at = m.start()
    begin = 1 + max(
        text.rfind("，", low, at),
        text.rfind("；", low, at),
        text.rfind("：", low, at),
        text.rfind("、", low, at),
    )
    clause = text[max(low, begin - 1) : m.start()]
    first = text.rfind("；", low, m.start()) + 1 or low
    opening = text[first : min(m.start(), first + 16)]
    heard = told(clause)
    early = told(opening)
    if heard is None or heard in {Status.UNDERWAY, Status.DONE}:
        past = early is Status.DONE and heard is None and base is Status.PLANNED
        heard = early if past or early in {Status.HYPOTHETICAL, Status.PLANNED} else heard
    if heard is None and m["g"].startswith("了"):
        heard = Status.DONE
    plain = heard is None or (heard is Status.UNDERWAY and "正" not in clause)
    if base is Status.PLANNED and plain:
        return heard or Status.UNDERWAY if early is Status.DONE else Status.PLANNED
    if heard is not None:
        return heard
    return Status(bare)
