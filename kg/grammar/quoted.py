"""Text in 《》: where it begins and ends, and whether it is an official document, a short form or else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.grammar.tables import read_table
from kg.grammar.titles import (
    canonical_title,
    full_law_title,
    is_short_form,
    split_version,
    title_end,
    title_ends,
)

MAX_TITLE = 160
_MARK = re.compile(r"[《》]")
_SINGLE = re.compile(r"(?<!《)〈([^《》〈〉\n]{4,60})〉|<<([^<>\n]{4,60})>>|﹃([^﹃﹄\n]{4,60})﹄")
_UNCLOSED = re.compile(
    r"[，。；：！？、（\n》]|的(?=规定|要求|精神|有关|相关|通知|决定)|等|第[一二三四五六七八九十\d]+条"
)
_SEPARATED = re.compile(r"[、，；。：和及与\n（]\s*$")
_NUMBERED = re.compile(
    r"[^（）〔]{1,30}〔\d{4}〕|[^（）]{0,30}令.{0,4}第|(?:GB|DB|HJ|HAD|HAF|JT|NB|EJ|YY|JGJ|CJJ|T)[/\s]?[TZ]?\s?\d"
)
_ISSUED = re.compile(
    r"(?:印发|制定|出台|公布|颁布|修订|修改|废止|发布|下发|转发|批转|报送|起草|编制|编印|拟订|拟定|审议|通过|根据|依据|按照|依照|贯彻|落实|执行"
    r"|遵守|实施|违反|完善|符合)了?(?:《[^《》]*》[、和及与]?)*$"
)
_ABOUT = re.compile(r"^关于|[委会府部局厅办室院]关于")
_PARENTHESES = re.compile(r"(?:（[^（）]*）)+$")
_NO_LAW = re.compile(r"[做看想书方算魔语手疗用写说打玩章戏]法$")


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


def find_quoted(text: str) -> Iterator[Quoted]:
    """Everything in 《》 in order of the text, nested titles inside their outer one only."""
    for start, end, rule in _outer(text):
        title = canonical_title(text[start:end].strip().strip("《》" if rule == "unclosed" else "").strip())
        inner = title
        if rule == "closed":
            inner = canonical_title(text[start + 1 : end - 1])
        elif rule == "single":
            inner = canonical_title(text[start:end].strip("<>〈〉﹃﹄"))
        kind, why = classify(text, start, end, inner)
        if rule != "closed" and kind in ("unclear", "other"):
            if rule == "single":
                continue
            why = rule
        yield Quoted(start, end, inner, kind, why)


def _outer(text: str) -> Iterator[tuple[int, int, str]]:
    opened: list[int] = []
    found: list[tuple[int, int, str]] = []
    for m in _MARK.finditer(text):
        at = m.start()
        if m.group() == "《":
            if opened and (at - opened[0] > MAX_TITLE or _parted(text, opened[0], at, len(opened))):
                found.append((opened[0], _unclosed_end(text, opened[0], at), "unclosed"))
                opened = []
            opened.append(at)
        elif opened:
            begin = opened.pop()
            if not opened:
                if at - begin > MAX_TITLE:
                    found.append((begin, _unclosed_end(text, begin, at), "unclosed"))
                else:
                    found.append((begin, at + 1, "closed"))
    if opened:
        found.append((opened[0], _unclosed_end(text, opened[0], min(len(text), opened[0] + 80)), "unclosed"))
    if "〈" in text or "<<" in text or "﹃" in text:
        taken = [(a, b) for a, b, _ in found]
        found += [
            (*m.span(), "single")
            for m in _SINGLE.finditer(text)
            if not any(a <= m.start() < b for a, b in taken)
        ]
        found.sort()
    yield from found


def _parted(text: str, start: int, at: int, depth: int) -> bool:
    """Whether the title at ``start`` has ended before the next 《 at ``at``, though nothing closed it."""
    between = text[start:at]
    if depth == 1 and "》" not in between and _SEPARATED.search(between):
        return title_end(canonical_title(between[1:].rstrip("、，；。：和及与（ \n"))) is not None
    return "。" in between or between.count("\n") > 4


def _unclosed_end(text: str, start: int, limit: int) -> int:
    """Where a title that nothing closes ends: behind the first genre word before a stop."""
    stop = min(limit, start + MAX_TITLE)
    first = stop
    for m in _UNCLOSED.finditer(text, start + 3, stop):
        first = min(first, m.start())
        if title_end(canonical_title(text[start + 1 : m.start()])):
            return m.start()
        if m.group() in "。\n":
            break
    return first if not title_end(canonical_title(text[start + 1 : stop])) else stop


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
        or _by_surroundings(text, start, base, version)
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


def _by_surroundings(text: str, start: int, base: str, version: str | None) -> tuple[str, str]:
    if title_end(base) and not _NO_LAW.search(base):
        return "document", "title-genre"
    if version:
        return "document", "title-version"
    if len(base) > 5 and _ISSUED.search(text[max(0, start - 120) : start]):
        return "document", "title-issued"
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
