"""When a document takes effect and expires, from its own clauses (自…起施行, 有效期至…) and its 题注."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.grammar.dates import FoundDate, find_dates
from kg.grammar.genres import genre_of, genres
from kg.model.statements import EventKind

_EFFECT = re.compile(
    r"自(?P<when>[^。；，\n]{2,24}?)(?:之日)?起(?P<later>[^。；，\n]{0,10}?)(?:正式)?(?P<verb>施行|实施|生效|执行|试行)"
)
_EXPIRY = re.compile(r"有效期(?:延长|延续|顺延)?(?:限)?(?P<to>至|到|截至|截止到)?(?P<when>[^。；，\n]{1,24})")
_FAR = 2000
_ACT = re.compile(r"公布|发布|印发|下发|颁布|签发|通过|印制|批准|公告")
INSIDE = re.compile(r"的|第[一二三四五六七八九十\d]")
"""Words behind a title that make something inside the text the subject."""
_LATER = re.compile(r"[后日]")
_NOTE = re.compile(r"(?:修正|修订|修改)")
_ANNEXED = re.compile(r"[（(]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause says about a document's effect in law.

    Attributes:
        kind: in force, expired or amended.
        date: ``YYYY-MM-DD``, or None where it depends on a day that the clause does not name.
        issued: whether it counts from the day of issue.
        own: whether the clause names the document itself (本办法) as what it speaks of.
        start: offset of the clause's verb phrase.
        end: offset behind it.
    """

    kind: EventKind
    date: str | None
    issued: bool
    own: bool
    start: int
    end: int


@cache
def instruments() -> frozenset[str]:
    """Genres of documents that can repeal, amend and come into force."""
    table = files("kg.data").joinpath("citations/genres_in_force.tsv").read_text(encoding="utf-8")
    return frozenset(line for line in table.splitlines() if line and not line.startswith("#"))


def is_instrument(title: str | None) -> bool:
    """Whether a document with this title can change the law; False where it has none."""
    return title is not None and genre_of(title) in instruments()


def effect_clauses(text: str, start: int, end: int) -> Iterator[Clause]:
    """Clauses on entry into force and expiry in a stretch of text, in order."""
    for m in _EFFECT.finditer(text, start, end):
        date = _date(m["when"])
        issued = bool(_ACT.search(m["when"]))
        if date is None and not issued:
            continue
        later = bool(_LATER.search(m["later"]))
        own = _own(text, start, m.start())
        yield Clause(
            EventKind.IN_FORCE, None if later else date, issued and not later, own, m.start(), m.end()
        )
    for m in _EXPIRY.finditer(text, start, end):
        date = _last_date(m["when"])
        if date is None and not re.search(r"[\d一二两三四五六七八九十]年", m["when"]):
            continue
        if date is not None and not (m["to"] or "至" in m["when"]):
            continue
        yield Clause(EventKind.EXPIRED, date, False, _own(text, start, m.start()), m.start(), m.end())


def adoption_notes(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, bool]]:
    """Dates of a law's 题注 with the stretch that each rules, and whether the law was amended on it."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if line.strip() and not line.startswith("<"):
            if not _ANNEXED.match(line) and not line.startswith(("（根据", "根据")):
                return
            yield from _dated(text, at, stop)
        at = stop + 1


def _dated(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, bool]]:
    dates = [d for d in find_dates(text, start, end) if not _quoted(text, start, d.start)]
    for k, date in enumerate(dates):
        stop = dates[k + 1].start if k + 1 < len(dates) else end
        outside = re.sub(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》", "", text[date.start : stop])
        yield date.value, date.start, stop, bool(_NOTE.search(outside))


def first_issue(notes: Iterable[tuple[str, int, int, bool]], text: str) -> str | None:
    """The day on which a law was first published (else adopted), by its 题注."""
    known = list(notes)
    for words in (r"公布|发布|颁布", r"通过|批准"):
        for date, start, end, _ in known:
            if re.search(words, text[start:end]):
                return date
    return None


def _quoted(text: str, start: int, at: int) -> bool:
    return text.count("《", start, at) > text.count("》", start, at)


def _own(text: str, low: int, at: int) -> bool:
    """Whether the sentence up to here speaks of the document itself: 本办法, or of nothing else."""
    low = max(low, at - _FAR)
    begin = max(low, max(text.rfind(c, low, at) for c in "。；\n") + 1)
    return any(not INSIDE.search(text, m.end(), at) for m in _self_named().finditer(text, begin, at))


@cache
def _self_named() -> re.Pattern[str]:
    names = sorted((*genres(), "文件", "批准"), key=lambda g: (-len(g), g))
    return re.compile(rf"本[\u4e00-\u9fff]{{0,4}}?(?:{'|'.join(names)})")


def _date(words: str) -> str | None:
    found = next(find_dates(words), None)
    return found.value if found and len(found.value) == 10 else None


def _last_date(words: str) -> str | None:
    dates: list[FoundDate] = list(find_dates(words))
    return dates[-1].value if dates else None
