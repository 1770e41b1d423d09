"""Whether a clause tells a fact, something under way, a plan, a negation or a condition."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

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
_OPENING = 2000
_ORDER = re.compile(
    r"^第[一二]条|(?:通知|意见|要求|规定|安排|部署)如下|现予?印发|贯彻执行|遵照执行", re.MULTILINE
)


@cache
def _rules() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    return tuple((Status(r["status"]), re.compile(r["pattern"])) for r in rows("status.tsv"))


@cache
def _sections() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    return tuple((Status(r["status"]), re.compile(r["pattern"])) for r in rows("sections.tsv"))


def told(words: str) -> Status | None:
    """What the words before a verb say, or None where they say nothing."""
    return next((status for status, pattern in _rules() if pattern.search(words)), None)


def directive(text: str, structure: Structure) -> bool:
    """Whether the document orders rather than reports: by its genre, else by a title among its first lines."""
    if structure.genre:
        return structure.genre in _DIRECTIVES
    titles = [p.title.value for p in structure.parts if p.title] + text[:_HEAD].split("\n")
    return any(t.endswith(tuple(_DIRECTIVES)) and len(t) < _TITLE for t in titles) or bool(
        _ORDER.search(text[:_OPENING])
    )


class Sections:
    """What the headings above a place say of the sentences there."""

    def __init__(self, structure: Structure) -> None:
        self._sections = structure.sections
        self._starts = [s.start for s in structure.sections]

    def status(self, offset: int) -> Status | None:
        """The status that the nearest heading that has one gives to ``offset``."""
        i: int | None = bisect_right(self._starts, offset) - 1
        while i is not None and i >= 0:
            section = self._sections[i]
            if section.end > offset:
                for status, pattern in _sections():
                    if pattern.search(section.heading):
                        return status
            i = section.parent
        return None
