"""What a legal-affairs office would look into, each finding with the sentence that proves it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.analyze.citations import CitationRow, citations
from kg.analyze.network import to_networkx
from kg.grammar.genres import genre_of, genres
from kg.grammar.numbers import parse_number
from kg.graph.iris import ID
from kg.identify import Candidate
from kg.query.candidates import candidates
from kg.query.status import Event, all_events
from kg.store import OxigraphStore

KINDS: Mapping[str, str] = {
    "repealed-cited": "引用时该文件已不再有效",
    "fallen-basis": "所依据的文件已不再有效",
    "miscitation": "疑似误引",
    "future-cited": "引用了成文日期在后的文件",
    "dangling-number": "所引文号在其序列中未见",
    "series-gap": "文号序列缺号",
}
"""Kind → what it means, the most serious first."""
_ORDER = {kind: i for i, kind in enumerate(KINDS)}
_DENSE = 0.8
"""Share of a series that must be held before a missing number says anything."""
_LONG = 5
_CHANGES = frozenset(("repeals", "amends"))
_MADE = _CHANGES | {"drafts", "issues"}
_PAST = re.compile(
    r"原《|(?:》|[\u4e00-\u9fff](?:法|条例|规定|办法))(?:施行|实施)(?:以|之)?[前后]|》[^》《。]{0,6}(?:施行|实施)(?:以|之)?[前后]"
    r"|》(?:设立|成立|签订|登记|批准)|日(?:以|之)前(?:依照|根据|按照)|(?:施行|实施)(?:以|之)?前，?(?:已经?)?(?:依照|根据|按照|适用)"
)
_SLIPS = frozenset(("year-range", "number-slip", "one-character", "missing-character"))
_ONE_CHARACTER = frozenset(("one-character", "missing-character"))
_LETTERS = frozenset(("请示", "报告", "函", "复函", "申请", "批复"))
_OWN_LAW = re.compile(r"(?:香港|澳门|台湾)[^，。；、《》]{0,8}《([^《》]+)》")
_RESTS = frozenset(("basedOn", "implements"))


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """Something to look into.

    Attributes:
        kind: of :data:`KINDS`.
        document: canonical id of the document that has the fault; of a gap, the number that is missing.
        about: canonical id of the document cited, or of the one probably meant.
        detail: for people: what is wrong, with dates.
        sentence: the sentence that shows it; empty for a gap.
        source: path of its file.
        start: source offset of the citation.
        end: offset behind it.
        proof: the clause that proves the change in law, and its place; empty where none is needed.
    """

    kind: str
    document: str
    about: str
    detail: str
    sentence: str = ""
    source: str = ""
    start: int = 0
    end: int = 0
    proof: str = ""


def audit(store: OxigraphStore, as_of: str | None = None) -> list[AuditFinding]:
    """All findings, the most serious kinds first, then by file and place.

    Args:
        store: the graph.
        as_of: the day on which bases are looked at; None for whenever.
    """
    rows = list(citations(store))
    events = {iri.removeprefix(ID): found for iri, found in all_events(store).items()}
    found = [
        *_repealed(rows, events, as_of),
        *_miscited(rows, (d.candidate for d in candidates(store))),
        *_future(rows),
        *_series(store, rows),
    ]
    return sorted(
        set(found), key=lambda f: (_ORDER[f.kind], f.source, f.start, f.document, f.about, f.detail)
    )


def _finding(kind: str, row: CitationRow, detail: str, about: str = "", proof: str = "") -> AuditFinding:
    place = (row.sentence, row.source, row.start, row.end)
    return AuditFinding(kind, row.citing, about or row.cited, detail, *place, proof)


def _repealed(
    rows: Iterable[CitationRow], events: Mapping[str, tuple[Event, ...]], as_of: str | None
) -> Iterator[AuditFinding]:
    """Citations of texts that had ended, and bases that ended since.

    A document that cites the instrument that ended a text, or tells of what was done while the text was in force,
    speaks of it knowingly. What has itself ended is not looked at.
    """
    rows = list(rows)
    cites = {(row.citing, row.cited) for row in rows}
    for row in rows:
        if row.function in _MADE or _PAST.search(row.sentence) or _over(events.get(row.citing, ()), as_of):
            continue
        rests = row.function in _RESTS
        for e in events.get(row.cited, ()):
            by = e.by_iri.removeprefix(ID)
            if e.date and row.cited_date and _before(e.date, row.cited_date):
                continue  # a younger text of the same title is held
            if not e.ends or e.date is None or by == row.citing or (not rests and (row.citing, by) in cites):
                continue
            proof = f"{e.sentence}（{e.path}:{e.start}-{e.end}）"
            name = row.cited_title or row.cited_number
            ended = f"《{name}》自 {e.date} 起因《{e.by}》不再有效"
            if row.citing_date and _before(e.date, row.citing_date):
                yield _finding(
                    "repealed-cited", row, f"{ended}，引用文件成文于 {row.citing_date}", proof=proof
                )
            elif rests and (as_of is None or _before(e.date, as_of) or e.date == as_of):
                yield _finding("fallen-basis", row, ended, proof=proof)


def _over(events: Iterable[Event], as_of: str | None) -> bool:
    return any(e.ends and e.date and (as_of is None or not _before(as_of, e.date)) for e in events)


def _before(a: str, b: str) -> bool:
    """Whether a date lies before another for certain, whatever precision they have."""
    n = min(len(a), len(b))
    return a[:n] < b[:n]


def _miscited(rows: Iterable[CitationRow], doubts: Iterable[Candidate]) -> Iterator[AuditFinding]:
    """Citations of what is probably a slip for another document.

    No slip is what the citing text carries, repeals, amends or names beside the other (民法总则 and 民法通则; where only
    a character is missing, in one sentence); what several documents cite by a title of its own; a law of a place
    with laws of its own (香港《…条例》); letters, for many bodies write requests of nearly one title.
    """
    likely = {c.left: c for c in doubts if c.reason in _SLIPS}
    rows = list(rows)
    titles = {row.cited: row.cited_title for row in rows if row.cited_title}
    citing: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        citing[row.cited].add(row.citing)
        places[row.cited].add((row.citing, row.sentence))
    for row in rows:
        c = likely.get(row.cited)
        if c is None or c.right == row.citing or row.function in _CHANGES or _elsewhere(row):
            continue
        lone = c.reason == "missing-character"
        if (row.citing, row.sentence) in places[c.right] if lone else row.citing in citing[c.right]:
            continue
        if c.reason in _ONE_CHARACTER and (
            genre_of(row.cited_title) in _LETTERS
            or len(citing[row.cited]) > 1
            or (row.citing_title and row.cited_title.startswith(row.citing_title))
        ):
            continue
        meant = c.right.rsplit("/", 1)[1]
        by_number = c.reason == "number-slip"
        cited, meant = (
            (row.cited_number, meant) if by_number else (row.cited_title, titles.get(c.right, meant))
        )
        yield _finding("miscitation", row, f"“{cited}”可能应为“{meant}”（{c.reason}）", c.right)


def _elsewhere(row: CitationRow) -> bool:
    """Whether the sentence names the text as one of a place with laws of its own."""
    return any(m[1] == row.cited_title for m in _OWN_LAW.finditer(row.sentence))


def _future(rows: Iterable[CitationRow]) -> Iterator[AuditFinding]:
    """Texts that are younger than the one that cites them, by date or by the year in their number.

    Laws are amended: the date that is known of one is that of a version, and its text may cite what is younger
    than its first version.
    """
    for row in rows:
        if row.function == "drafts" or not row.citing_date or _is_law(row.citing_title):
            continue
        number = parse_number(row.cited_number) if row.cited_number else None
        known = "" if _is_law(row.cited_title) else row.cited_date
        cited = known or (str(number.year) if number and number.year else "")
        if cited and _before(row.citing_date, cited):
            name = row.cited_number or row.cited_title
            yield _finding("future-cited", row, f"{name} 为 {cited}，引用文件成文于 {row.citing_date}")


def _is_law(title: str) -> bool:
    return genres().get(genre_of(title) or "") == "law"


def _series(store: OxigraphStore, rows: Iterable[CitationRow]) -> Iterator[AuditFinding]:
    """Numbers cited that a series held nearly whole does not have, and the gaps of such series."""
    held: dict[_Series, set[int]] = defaultdict(set)
    asked: dict[_Series, dict[int, list[CitationRow]]] = defaultdict(lambda: defaultdict(list))
    for node, data in to_networkx(store).nodes(data=True):
        if (place := _place(node, data.get("number", ""))) and not data["ghost"]:
            held[place[0]].add(place[1])
    for row in rows:
        if place := _place(row.cited, row.cited_number):
            asked[place[0]][place[1]].append(row)
    for series in sorted(held):
        have, last = held[series], max(held[series])
        if len(have) < _LONG or len(have) < _DENSE * last:
            continue
        detail = f"该序列现有 1 至 {last} 号中的 {len(have)} 个"
        for serial in sorted({*range(1, last), *asked[series]} - have):
            citing = asked[series].get(serial, [])
            missing = f"{series[1]}〔{series[2]}〕{serial}号"
            yield from (_finding("dangling-number", row, f"{missing} 未见；{detail}") for row in citing)
            if not citing:
                yield AuditFinding("series-gap", missing, "", detail)


_Series = tuple[str, str, int]
"""Scope of the code, code and year."""


def _place(canonical: str, number: str) -> tuple[_Series, int] | None:
    """Where a number stands in its series; None where it has no year or no plain serial."""
    parsed = parse_number(number) if number else None
    if parsed is None or parsed.year is None or not parsed.serial.isdecimal():
        return None
    return (canonical.rpartition("/")[0], parsed.code, parsed.year), int(parsed.serial)
