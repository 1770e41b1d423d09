"""Names of organs: national bodies with their reforms, and the abbreviations of local ones by period.

The tables hold what is fixed (``kg/data/institutions``); which body a mention stands for in a document is
worked out in :mod:`kg.resolve`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeVar

OPEN = 9999

SUFFIXES: tuple[tuple[str, str], ...] = (
    ("管理委员会", "管理委员会"),
    ("管委会", "管理委员会"),
    ("委员会", "委员会"),
    ("办公室", "办公室"),
    ("办公厅", "办公厅"),
    ("管理局", "局"),
    ("局", "局"),
    ("厅", "厅"),
    ("委", "委员会"),
    ("办", "办公室"),
)
"""How a department's name ends, and how that end is written in full; longest first."""


@dataclass(frozen=True, slots=True)
class NationalBody:
    """A body of the whole country (a line of ``national.tsv``).

    Attributes:
        name: full official name.
        short: names that mean it in any document.
        bare: names that mean it in documents of central organs only (``发展改革委``).
        kind: ``部委``, ``直属机构``, ``党中央机构`` …
        parent: full name of the superior body, or None; ``甲<2018;乙`` where it changed in that year.
        since: first year, 0 where unknown.
        until: last year, 9999 where it still exists.
        next: full name of its successor, or None.
    """

    name: str
    short: tuple[str, ...]
    bare: tuple[str, ...]
    kind: str
    parent: str | None
    since: int
    until: int
    next: str | None


@dataclass(frozen=True, slots=True)
class BodyForm:
    """A local body with a name of its own: abbreviations and the template of the full name.

    Attributes:
        forms: what is written behind the place (``法制办``).
        name: template of the full name (``{G}法制办公室``).
        kind: what it is.
        parent: template of the superior's name, or None.
        since: first year.
        until: last year.
    """

    forms: tuple[str, ...]
    name: str
    kind: str
    parent: str | None
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Stem:
    """An abbreviated department stem and how it is written in full (``人社`` → ``人力资源和社会保障``)."""

    forms: tuple[str, ...]
    full: str
    since: int
    until: int


_Dated = TypeVar("_Dated", BodyForm, Stem, NationalBody)


def _rows(name: str) -> list[list[str]]:
    text = files("kg.data").joinpath("institutions", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def national_bodies() -> tuple[NationalBody, ...]:
    """All national bodies in the order of the table."""
    return tuple(
        NationalBody(
            name,
            tuple(short.split()),
            tuple(bare.split()),
            kind,
            parent or None,
            int(since or 0),
            int(until or OPEN),
            after or None,
        )
        for name, short, bare, kind, parent, since, until, after in _rows("national.tsv")
    )


@cache
def _national_index() -> dict[str, tuple[NationalBody, ...]]:
    index: dict[str, list[NationalBody]] = {b.name: [b] for b in national_bodies()}
    for b in national_bodies():
        for form in b.short:
            index.setdefault(form, []).append(b)
    return {form: tuple(bodies) for form, bodies in index.items()}


@cache
def _bare_index() -> dict[str, tuple[NationalBody, ...]]:
    index: dict[str, list[NationalBody]] = {}
    for b in national_bodies():
        for form in b.bare:
            index.setdefault(form, []).append(b)
    return {form: tuple(bodies) for form, bodies in index.items()}


@cache
def _national_starts() -> frozenset[str]:
    return frozenset(form[:2] for form in (*_national_index(), *_bare_index()))


def may_be_national(text: str) -> bool:
    """Whether a text can start with a name of a national body, whole or bare."""
    return text[:2] in _national_starts()


@lru_cache(maxsize=1 << 13)
def national(form: str, year: int | None = None) -> NationalBody | None:
    """The national body of a full or short name that means it anywhere, that of the year where several did."""
    return _of_year(_national_index().get(form, ()), year)


@lru_cache(maxsize=1 << 13)
def national_bare(form: str, year: int | None) -> NationalBody | None:
    """The national body that a bare department name means in a document of a central organ."""
    found = _bare_index().get(form, ())
    alive = [b for b in found if year is None or b.since <= year <= b.until]
    return (alive or found)[-1] if found else None


def is_bare(form: str) -> bool:
    """Whether a name means a national body in documents of central organs only."""
    return form in _bare_index()


def superior_of(body: NationalBody, year: int | None) -> NationalBody | None:
    """What stood above a national body in a year, by the name it bore then."""
    if body.parent is None:
        return None
    above: NationalBody | None = None
    for part in body.parent.split(";"):
        name, _, until = part.partition("<")
        above = national(name)
        if until and year is not None and year < int(until):
            break
    while above is not None and year is not None and year < above.since:
        before = [b for b in national_bodies() if b.next == above.name and b.since < above.since]
        if not before:
            break
        above = next((b for b in before if b.since <= year <= b.until), before[0])
    return above


@cache
def _provincial() -> frozenset[str]:
    return frozenset(row[0] for row in _rows("provincial.tsv"))


def is_department_of_a_province(stem: str) -> bool:
    """Whether provinces have a 厅 of this stem, so that a 局 of it is a lower body."""
    return stem in _provincial()


def national_names() -> tuple[str, ...]:
    """Full and short names of national bodies that mean them anywhere, sorted; for an automaton."""
    return tuple(sorted(_national_index()))


def bare_national_names() -> tuple[str, ...]:
    """Names that mean a national body in documents of central organs only, sorted."""
    return tuple(sorted(_bare_index()))


@cache
def _body_index() -> dict[str, tuple[BodyForm, ...]]:
    index: dict[str, list[BodyForm]] = {}
    for forms, name, kind, parent, since, until in _rows("bodies.tsv"):
        body = BodyForm(tuple(forms.split()), name, kind, parent or None, int(since or 0), int(until or OPEN))
        for form in body.forms:
            index.setdefault(form, []).append(body)
    return {form: tuple(bodies) for form, bodies in index.items()}


def _of_year(found: tuple[_Dated, ...], year: int | None) -> _Dated | None:
    if not found:
        return None
    if year is None:
        return found[0]
    alive = [b for b in found if b.since <= year <= b.until]
    return alive[0] if alive else min(found, key=lambda b: min(abs(b.since - year), abs(b.until - year)))


@lru_cache(maxsize=1 << 13)
def body_form(form: str, year: int | None = None) -> BodyForm | None:
    """The local body that is written so behind a place, that of the year where several were."""
    return _of_year(_body_index().get(form, ()), year)


def body_forms() -> tuple[str, ...]:
    """What is written behind a place for local bodies with names of their own (``法制办``), sorted."""
    return tuple(sorted(_body_index()))


@cache
def _top() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("top.tsv")}


def top_of(form: str) -> str | None:
    """Full name of the national body above the provincial body of a form, where there is one."""
    return _top().get(form)


@dataclass(frozen=True, slots=True)
class RegionalForm:
    """A field office of a national body: the end of its name and the template of the full one."""

    ending: str
    name: str
    kind: str
    parent: str
    since: int
    until: int


@cache
def _regional() -> dict[str, RegionalForm]:
    return {
        ending: RegionalForm(ending, name, kind, parent, int(since or 0), int(until or OPEN))
        for ending, name, kind, parent, since, until in _rows("regional.tsv")
    }


def regional_form(ending: str) -> RegionalForm | None:
    """The field office that is written so behind a place (``银监局``)."""
    return _regional().get(ending)


@cache
def _stem_index() -> dict[str, tuple[Stem, ...]]:
    index: dict[str, list[Stem]] = {}
    for forms, full, since, until in _rows("stems.tsv"):
        stem = Stem(tuple(forms.split()), full, int(since or 0), int(until or OPEN))
        for form in dict.fromkeys((*stem.forms, full)):
            index.setdefault(form, []).append(stem)
    return {form: tuple(found) for form, found in index.items()}


@lru_cache(maxsize=1 << 13)
def stem_form(form: str, year: int | None = None) -> Stem | None:
    """The department stem that is abbreviated so, that of the year where several were."""
    return _of_year(_stem_index().get(form, ()), year)


def stem_forms() -> tuple[str, ...]:
    """Abbreviated and full stems of departments (``人社``), without 局 or 厅, sorted."""
    return tuple(sorted(_stem_index()))


def split_suffix(body: str) -> tuple[str, str, str] | None:
    """Stem, end as printed and end in full of a department: ``人社``, ``局``, ``局``."""
    for printed, full in SUFFIXES:
        if body.endswith(printed) and len(body) > len(printed):
            return body[: -len(printed)], printed, full
    return None


@cache
def _own_names() -> dict[tuple[str, str], tuple[str, int, int]]:
    return {
        (place, form): (full, int(since or 0), int(until or OPEN))
        for place, form, full, since, until in _rows("local.tsv")
    }


def own_name(place: str, form: str, year: int | None) -> str | None:
    """How a department is called in full where a place (and what lies in it) has a name of its own for it."""
    full, since, until = _own_names().get((place, form), (None, 0, 0))
    return full if full is not None and since <= (year or OPEN) <= until else None


def holds_in_order(full: str, short: str) -> bool:
    """Whether all characters of a short name stand in the full one, in their order."""
    rest = iter(full)
    return all(char in rest for char in short)
