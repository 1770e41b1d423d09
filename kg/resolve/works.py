"""The documents that one text names, collected while its mentions are read in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kg.grammar.codes import known_codes, level_of, owners, plausible
from kg.grammar.general import Generality, generality
from kg.grammar.genres import genre_of
from kg.grammar.places import head
from kg.grammar.titles import (
    carried_title,
    full_law_title,
    issuer_in_title,
    split_version,
    title_key,
)
from kg.model.context import Context
from kg.model.entities import DocumentEntity
from kg.model.mentions import DocumentNumber

_SPECIFIC = 6
"""Characters from which a part of a title can stand for it."""
_DROPPED = re.compile(r"关于|的|部门|印发|转发")
_NATIONAL = re.compile(r"中共中央|国务院|全国人民代表大会|最高人民|国家|中华人民共和国")
_RELATIVE = "区县市镇乡街校院州旗"
_RELATIVE_BODY = ("府", "委", "政", "办", "党", "纪", "人", "组", "编", "教", "卫", "司", "法", "发")


@dataclass(frozen=True, slots=True)
class Home:
    """Where and when general titles of a text are at home.

    Attributes:
        place: ``441802-1988``, ``cn`` for the country, None where unknown.
        date: of the text, or None.
        source: what stands for the text itself.
    """

    place: str | None = None
    date: str | None = None
    source: str = ""


@dataclass(slots=True)
class Work:
    """A document under construction; frozen into a :class:`DocumentEntity` when the text is read."""

    title: str | None = None
    number: DocumentNumber | None = None
    version: str | None = None
    issuers: tuple[str, ...] = ()
    aliases: set[str] = field(default_factory=set)
    carrier: str | None = None
    scope: str | None = None
    date: str | None = None
    home: Home = Home()
    own: str | None = None
    shares_number: bool = False

    def key(self) -> str:
        """Local identity: the number, scoped where its code is relative, else the title, where it is general."""
        if self.own is not None:
            return self.own
        scope = f"{self.scope}/" if self.scope else ""
        if self.number is not None and not (self.title and (self.shares_number or not self.number.code)):
            return f"document/number/{scope}{self.number.canonical}"
        return title_local_key(self.title or "", self.home, self.date, self.issuers[:1])

    def entity(self) -> DocumentEntity:
        """The frozen entity."""
        title = self.title
        return DocumentEntity(
            self.key(),
            title,
            self.number.canonical if self.number else None,
            tuple(sorted(self.aliases - {title or ""})),
            self.version,
            issuers=self._issuers(),
            date=self.date,
            genre=genre_of(title) if title else None,
            level=self._level(),
            carrier=self.carrier,
        )

    def _level(self) -> str | None:
        if self.title and full_law_title(self.title):
            return "national"
        by_code = level_of(self.number.code) if self.number else None
        if by_code or not self.title:
            return by_code
        if _NATIONAL.match(self.title):
            return "national"
        place = head(self.title, stems=False)
        return place.place.level if place else None

    def _issuers(self) -> tuple[str, ...]:
        if self.issuers:
            return self.issuers
        by_code = owners(self.number.code) if self.number else ()
        if by_code:
            return by_code
        issuer = issuer_in_title(self.title) if self.title else None
        return (issuer,) if issuer else ()


class Works:
    """All works of one text by number and by title."""

    def __init__(self, context: Context, source: str) -> None:
        self._scope = scope_of(context, source)
        self._home = home_of(context, source)
        self._by_number: dict[str, Work] = {}
        self._by_title: dict[str, list[Work]] = {}
        self._by_variant: dict[str, list[Work]] = {}
        self.all: list[Work] = []

    def own(self, title: str, key: str, date: str | None = None) -> Work:
        """The source itself, which its own text may name."""
        work = self._add(Work(title=title, own=key, date=date))
        self._by_title[title_key(title)] = [work]
        return work

    def numbered(self, number: DocumentNumber) -> Work:
        """The work that bears a number."""
        work = self._by_number.get(number.canonical)
        if work is None:
            work = self._add(Work(number=number, scope=self._scope if relative(number.code) else None))
        return work

    def titled(
        self,
        printed: str,
        version: str | None = None,
        number: DocumentNumber | None = None,
        date: str | None = None,
    ) -> Work:
        """The work that a title names, together with the number beside it.

        Args:
            printed: canonical title.
            version: of the text, where it is stated.
            number: that stands beside it.
            date: that is stated of it; texts of one title and two dates are two works.
        """
        title = full_law_title(printed) or printed
        found = self._known(title, number, date) or self._carried(title, number)
        if found is None:
            work = self._by_number.get(number.canonical) if number else None
            if work is None or (work.title and not related(work.title, title)):
                scope = self._scope if number and relative(number.code) else None
                shares = work is not None
                work = self._add(Work(number=number, version=version, scope=scope, shares_number=shares))
            if work.title is None:
                work.title = title
            self._by_title.setdefault(title_key(title), []).append(work)
            for variant in _variants(title):
                self._by_variant.setdefault(variant, []).append(work)
            found = work
        if printed != found.title:
            found.aliases.add(printed)
        found.version = found.version or version or split_version(title)[1]
        found.date = found.date or date
        return found

    def _known(self, title: str, number: DocumentNumber | None, date: str | None) -> Work | None:
        named = self._by_title.get(title_key(title), [])
        same = [w for w in named if not (date and w.date) or w.date == date]
        if number is not None:
            for work in same:
                if work.number is not None and work.number.canonical == number.canonical:
                    return work
            free = [w for w in same if w.number is None]
            if free and number.canonical not in self._by_number:
                free[-1].number = number
                self._by_number[number.canonical] = free[-1]
                return free[-1]
            return None
        if same:
            return same[-1]
        found = self._abbreviated(title)
        return found if found is None or not (date and found.date) or found.date == date else None

    def _carried(self, title: str, number: DocumentNumber | None) -> Work | None:
        """The work without another number that the notice of this title carries."""
        inner = carried_title(title)
        for work in self._by_title.get(title_key(inner), []) if inner else []:
            if work.own is None and (number is None or work.number is None):
                if work.number is None and number is not None:
                    work.number = number
                    self._by_number.setdefault(number.canonical, work)
                return work
        return None

    def _abbreviated(self, title: str) -> Work | None:
        """The one work whose title ends with this one, or differs from it by its version only."""
        key = title_key(title)
        base = title_key(split_version(title)[0])
        found = list(self._by_variant.get(key, ()))
        if base != key:
            found += self._by_title.get(base, ())
        works = {id(w): w for w in found if w.own is None}
        return next(iter(works.values())) if len(works) == 1 and len(key) >= _SPECIFIC else None

    def _add(self, work: Work) -> Work:
        work.home = self._home
        self.all.append(work)
        if work.number is not None:
            self._by_number.setdefault(work.number.canonical, work)
        return work


def title_local_key(title: str, home: Home, date: str | None = None, issuers: tuple[str, ...] = ()) -> str:
    """The key of a title; a general one belongs to the body or place and the time that it is of.

    ``440000-1949/2026/政府工作报告``, ``国务院/2016-02-06/关于修改部分行政法规的决定``; where that is not known, to
    the text that names it.

    Args:
        title: canonical title.
        home: of the text that names it.
        date: that is stated of the work itself.
        issuers: full names that are stated of it.
    """
    kind = generality(title)
    issuer = issuer_in_title(title) if kind else None
    rest = title[len(issuer or "") :].replace("/", "／")
    if kind is None:
        return f"document/title/{rest}"
    scope: tuple[str | None, ...] = (home.place,)
    if kind is Generality.ANNUAL:
        scope = (home.place, (date or home.date or "")[:4])
    elif kind is Generality.DATED:
        scope = (issuer or next(iter(issuers), home.place), date)
    known = [part for part in scope if part]
    return f"document/title/{'/'.join(known if len(known) == len(scope) else [home.source])}/{rest}"


def home_of(context: Context, source: str) -> Home:
    """Where and when a general title is at home: a division or the country, and the date of the text."""
    division = context.division.removeprefix("division/") if context.division else None
    return Home("cn" if context.level == "national" else division, context.date, source[:12])


def scope_of(context: Context, source: str) -> str:
    """What a relative code is relative to: the division of the document, else its issuer, else itself."""
    if context.division:
        return context.division.removeprefix("division/")
    return context.issuers[0] if context.issuers else source[:12]


@lru_cache(maxsize=1 << 13)
def relative(code: str) -> bool:
    """Whether a code means another body elsewhere: 区府办发, 办发, or none at all."""
    if not plausible(code):
        return True
    return code[:1] in _RELATIVE and code[1:2] in _RELATIVE_BODY and code not in known_codes()


def related(one: str, other: str) -> bool:
    """Whether one title holds the other, as that of a carrier holds the carried one."""
    a, b = title_key(one), title_key(other)
    return a in b or b in a


@lru_cache(maxsize=1 << 13)
def _variants(title: str) -> tuple[str, ...]:
    """Keys of what a title may be called when it is named again: without issuer, version, what it describes."""
    rests = {split_version(title)[0], carried_title(title) or ""}
    rests |= {title[m.end() :] for m in _DROPPED.finditer(title)}
    issuer = issuer_in_title(title)
    if issuer:
        rests.add(title[len(issuer) :])
    return tuple(sorted({key for key in map(title_key, rests) if len(key) >= _SPECIFIC} - {title_key(title)}))
