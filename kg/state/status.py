"""Whether a clause tells a fact, something under way, a plan, a negation or a condition."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache

from kg.model.documents import Structure
from kg.model.statements import Status
from kg.state.skeleton import rows

_DIRECTIVES = frozenset(
    (
        "通知",
        "意见",
        "方案",
        "规划",
        "计划",
        "办法",
        "规定",
        "条例",
        "决定",
        "命令",
        "细则",
        "纲要",
        "批复",
        "要点",
        "章程",
        "函",
    )
)
_HEAD = 400
_TITLE = 100
_LINE = 40
_SHORT = re.compile(rf"^[^。；\n]{{4,{_LINE}}}$", re.MULTILINE)
_YEAR = re.compile(
    r"(20\d\d)年(?:度|主要|重点|的|政府|法治政府建设|经济社会发展|目标|任务){0,4}(?:工作|任务|安排|计划|打算)(?!及?和?[^，]{0,4}(?:回顾|成效|成就|情况|总结))"
)
_EARLY = frozenset(("01", "02", "03"))
_REPORT = re.compile(r"报告$", re.MULTILINE)
_OPENING = 2000
_ORDER = re.compile(
    r"^第[一二]条|(?:通知|意见|要求|规定|安排|部署)如下|现予?印发|贯彻执行|遵照执行|^各[^。\n]{2,80}：$",
    re.MULTILINE,
)


@cache
def _rules() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    return tuple((Status(r["status"]), re.compile(r["pattern"])) for r in rows("status.tsv"))


@cache
def _sections() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    return tuple((Status(r["status"]), re.compile(r["pattern"])) for r in rows("sections.tsv"))


@lru_cache(maxsize=1 << 13)
def told(words: str) -> Status | None:
    """What the words before a verb say, or None where they say nothing."""
    return next((status for status, pattern in _rules() if pattern.search(words)), None)


def directive(text: str, structure: Structure) -> bool:
    """Whether the document orders rather than reports: by its genre, else by a title among its first lines."""
    if structure.genre:
        return structure.genre in _DIRECTIVES
    if _REPORT.search(text[:_HEAD]):
        return False
    titles = [p.title.value for p in structure.parts if p.title] + text[:_HEAD].split("\n")
    return any(t.endswith(tuple(_DIRECTIVES)) and len(t) < _TITLE for t in titles) or bool(
        _ORDER.search(text[:_OPENING])
    )


class Sections:
    """What the headings above a place say of the sentences there.

    Headings are those of the heading tree; where that is silent, short lines that read like one.
    """

    def __init__(self, text: str, structure: Structure) -> None:
        self._sections = structure.sections
        self._starts = [s.start for s in structure.sections]
        self._date = structure.date.value if structure.date else ""
        self._marks = tuple(
            (m.start(), status)
            for m in _SHORT.finditer(text)
            if (status := self._said(m.group())) is not None
        )

    def status(self, offset: int) -> Status | None:
        """The status that the nearest heading that has one gives to ``offset``."""
        i: int | None = bisect_right(self._starts, offset) - 1
        while i is not None and i >= 0:
            section = self._sections[i]
            if section.end > offset and (said := self._said(section.heading[:_LINE])):
                return said
            i = section.parent
        j = bisect_right(self._marks, (offset, Status.UNDERWAY)) - 1
        return self._marks[j][1] if j >= 0 else None

    def _said(self, heading: str) -> Status | None:
        year, plain = _heard(heading)
        if year and self._date:
            own = self._date[:4]
            if year != own:
                return Status.PLANNED if year > own else Status.DONE
            if self._date[5:7] in _EARLY:
                return Status.PLANNED
        return plain


@lru_cache(maxsize=1 << 12)
def _heard(heading: str) -> tuple[str | None, Status | None]:
    """The year whose work a heading names, and what it says without one."""
    year = _YEAR.search(heading)
    plain = next((status for status, pattern in _sections() if pattern.search(heading)), None)
    return year[1] if year else None, plain
