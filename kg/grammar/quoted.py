"""Text in 《》: where it begins and ends, and whether it is an official document, a short form or else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.grammar.tables import read_table
from kg.grammar.titles import (
    canonical_title,
    full_law_title,
    is_short_form,
    split_version,
    title_end,
    title_ends,
)
from kg.model.quick import quick

MAX_TITLE = 160
MAX_UNCLOSED = 60
_GOES_ON = re.compile(r"(?:等[^，。\n]{0,12})?的?(?:通知|意见|决定|公告|批复|函|办法|通报|方案|报告)")
_MARK = re.compile(r"[《》]")
_SINGLE = tuple(
    re.compile(p) for p in (r"〈[^《》〈〉\n]{4,60}〉", r"<<[^<>\n]{4,60}>>", r"﹃[^﹃﹄\n]{4,60}﹄")
)
_UNCLOSED = re.compile(
    r"[，。；：！？、（\n》]|的(?=规定|要求|精神|有关|相关|通知|决定)|等|第[一二三四五六七八九十\d]+条"
)
_SEPARATED = re.compile(r"[、，；。：和及与\n（]\s*$")
_NUMBERED = re.compile(
    r"[^（）〔]{1,30}[〔（［\[]\d{4}[〕）］\]]|[^（）]{0,30}令.{0,4}第|(?:GB|DB|HJ|HAD|HAF|JT|NB|EJ|YY|JGJ|CJJ|T)[/\s]?[TZ]?\s?\d"
)
_ISSUED = re.compile(
    r"(?:印发|制定|出台|公布|颁布|修订|修改|废止|发布|下发|转发|批转|报送|起草|编制|编印|拟订|拟定|审议|通过|根据|依据|按照|依照|贯彻|落实|执行"
    r"|遵守|实施|违反|完善|符合|满足)(?:了|现行的?)?(?:《[^《》]*》[、和及与]?)*$"
)
_ABOUT = re.compile(r"^关于|[委会府部局厅办室院]关于")
_PARENTHESES = re.compile(r"(?:（[^（）]*）)+$")
_KIND_BEFORE = re.compile(
    r"(?:导则|标准|规程|规范|规章|法规|规范性文件|文件|条例|办法|规定|(?:GB|DB|HJ|WS|YD|YY|NB|HAD|HAF)[/TZ]*\s?\d)"
    r"[A-Z/T\d.\s—-]*(?:《[^《》]*》[、和及与]?)*$"
)
_KIND_BEHIND = re.compile(
    r"等?(?:\d+项)?(?:行业|国家|地方|团体)?(?:标准|规程|导则|规范|文件)|（(?:以下)?简称《[^《》]{2,6}》|政策|（[A-Z]{2,}"
)
_NO_LAW = re.compile(r"[做看想书方算魔语手疗用写说打玩章戏]法$")


@quick
@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of text in 《》.

    Attributes:
        start: offset of 《.
        end: offset behind 》 (or behind the title where it was never closed).
        title: canonical form of what stands inside.
        kind: ``document``, ``short`` (a genre word alone), ``other`` (no official document), ``unclear``.
        rule: id of the rule that decided.
    """

    start: int
    end: int
    title: str
    kind: str
    rule: str


@lru_cache(maxsize=8)
def find_quoted(text: str) -> tuple[Quoted, ...]:
    """Everything in 《》 in order of the text, nested titles inside their outer one only."""
    found: list[Quoted] = []
    for start, end, how in _outer(text):
        title = canonical_title(
            text[start:end].strip("《》") if how == "unclosed" else _inside(text, start, end)
        )
        kind, rule = classify(text, start, end, title) if title else ("unclear", "lost-title")
        if how == "single" and kind != "document":
            continue
        if how == "unopened":
            kind, rule = "unclear", how
        if how == "unclosed" and kind != "document":
            kind, rule = "unclear", "unclosed" if title else "lost-title"
        found.append(Quoted(start, end, title, kind, rule))
    _share(text, found)
    _share(text, found, backwards=True)
    return tuple(found)


def _share(text: str, found: list[Quoted], backwards: bool = False) -> None:
    """What is unclear beside something that is no document in one list is none either."""
    order = range(len(found) - 2, -1, -1) if backwards else range(1, len(found))
    for i in order:
        j = i + 1 if backwards else i - 1
        first, second = (found[i], found[j]) if backwards else (found[j], found[i])
        if found[i].rule != "no-genre" or found[j].kind != "other":
            continue
        if text[first.end : second.start] in ("", "、", "和", "与"):
            found[i] = replace(found[i], kind="other", rule=found[j].rule)


def _inside(text: str, start: int, end: int) -> str:
    return text[start + 2 : end - 2] if text.startswith("<<", start) else text[start + 1 : end - 1]


def _outer(text: str) -> Iterator[tuple[int, int, str]]:
    """Spans of what stands in brackets that are in no other, and how each was found."""
    found: list[tuple[int, int, str]] = []
    opened: list[int] = []
    inner: list[tuple[int, int]] = []
    for m in _MARK.finditer(text):
        at = m.start()
        if m.group() == "《":
            if opened and (at - opened[0] > MAX_TITLE or _parted(text, opened[0], at, len(opened))):
                found += _never_closed(text, opened[0], at, inner)
                opened, inner = [], []
            opened.append(at)
            continue
        if not opened:
            found.append((at, at + 1, "unopened"))
            continue
        begin = opened.pop()
        if opened:
            inner = [*(p for p in inner if p[0] < begin), (begin, at + 1)]
        elif at - begin > MAX_TITLE:
            found += _never_closed(text, begin, at, inner)
            inner = []
        else:
            found.append((begin, at + 1, "closed"))
            inner = []
    if opened:
        found += _never_closed(text, opened[0], len(text), inner)
    if "〈" in text or "<<" in text or "﹃" in text:
        found = sorted(found + _single(text, found))
    yield from found


def _single(text: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Titles in 〈〉, << >> or ﹃﹄ that stand in no 《》."""
    starts = [a for a, _, _ in found]
    singles = []
    for pattern in _SINGLE:
        for m in pattern.finditer(text):
            i = bisect_right(starts, m.start()) - 1
            if i < 0 or found[i][1] <= m.start():
                singles.append((*m.span(), "single"))
    return singles


def _never_closed(
    text: str, start: int, limit: int, inner: list[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """A title without 》, up to its genre word; those inside it stand for themselves unless it goes on."""
    if inner and (goes_on := _GOES_ON.match(text, inner[-1][1])) and "\n" not in text[start : inner[0][0]]:
        return [(start, goes_on.end(), "unclosed")]
    end = _unclosed_end(text, start, min(limit, inner[0][0]) if inner else limit)
    return [(start, end, "unclosed"), *((a, b, "closed") for a, b in inner)]


def _parted(text: str, start: int, at: int, depth: int) -> bool:
    """Whether the title at ``start`` has ended before the next 《 at ``at``, though nothing closed it."""
    between = text[start:at]
    if depth == 1 and "》" not in between:
        if between[1:2] == "\n":
            return True
        if _SEPARATED.search(between):
            return title_end(canonical_title(between[1:].rstrip("、，；。：和及与（ \n"))) is not None
    return "。" in between or between.count("\n") > 4


def _unclosed_end(text: str, start: int, limit: int) -> int:
    """Where a title that nothing closes ends: behind the first genre word before a stop; else behind 《."""
    stop = min(limit, start + MAX_UNCLOSED)
    ends = [m.start() for m in _UNCLOSED.finditer(text, start + 3, stop)]
    for end in [*ends, stop]:
        inside = text[start + 1 : end]
        if "\n" in inside or "。" in inside:
            break
        base = _PARENTHESES.sub("", canonical_title(inside))
        if title_ends().get(title_end(base) or "") == "strong" or full_law_title(base):
            return end
    return start + 1


@cache
def _rules() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    rows = read_table("documents/non-documents.tsv")
    return {
        where: tuple((row[0], re.compile(row[2])) for row in rows if row[1] == where)
        for where in ("title", "before", "after")
    }


def classify(text: str, start: int, end: int, title: str) -> tuple[str, str]:
    """Kind of what ``text[start:end]`` holds, and the rule that says so."""
    base, version = split_version(title)
    base = _PARENTHESES.sub("", base) or base
    return (
        _by_title(text, end, base)
        or _as_other(text, start, end, base)
        or _by_surroundings(text, start, end, base, version)
    )


def _by_title(text: str, end: int, base: str) -> tuple[str, str] | None:
    """What the title alone, or the number beside it, shows to be a document."""
    if full_law_title(base):
        return "document", "law-title"
    if is_short_form(base):
        return "short", "short-form"
    if _follows_number(text, end):
        return "document", "title-number"
    if title_ends().get(title_end(base) or "") == "strong":
        return "document", "title-genre"
    if _ABOUT.search(base):
        return "document", "title-about"
    return None


def _as_other(text: str, start: int, end: int, base: str) -> tuple[str, str] | None:
    """What its name or a word beside it shows to be no official document."""
    by_name = next((rule for rule, p in _rules()["title"] if p.search(base)), None)
    rule = by_name or _beside(text, start, end)
    return ("other", rule) if rule else None


def _by_surroundings(text: str, start: int, end: int, base: str, version: str | None) -> tuple[str, str]:
    if title_end(base) and not _NO_LAW.search(base):
        return "document", "title-genre"
    if version:
        return "document", "title-version"
    if len(base) > 4 and _ISSUED.search(text[max(0, start - 120) : start]):
        return "document", "title-issued"
    if _KIND_BEFORE.search(text[max(0, start - 30) : start]) or _KIND_BEHIND.match(text, end):
        return "document", "title-kind-beside"
    return "unclear", "no-genre"


def _follows_number(text: str, end: int) -> bool:
    if text[end : end + 1] not in ("（", "("):
        return False
    inside = text[end + 1 : end + 50]
    return bool(_NUMBERED.match(inside)) and not re.match(r"[^（）〔]*证字", inside)


def _beside(text: str, start: int, end: int) -> str | None:
    before, after = text[max(0, start - 12) : start], text[end : end + 16]
    for rule, pattern in _rules()["before"]:
        if pattern.search(before):
            return rule
    return next((rule for rule, pattern in _rules()["after"] if pattern.search(after)), None)
