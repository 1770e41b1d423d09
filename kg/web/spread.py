"""Who took a measure up first: one line a division, under its city and province, and the same along time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.grammar.places import lineage, place, year_of
from kg.graph import iris
from kg.graph import terms as t
from kg.render.facts import rows
from kg.store import Store

LEVELS: Final = ("national", "province", "prefecture", "county", "township", "unknown")
_USES: Final = f"""SELECT ?document ?title ?number ?issued ?body ?name ?division WHERE {{ VALUES ?measure {{ %s }}
  ?document kg:mentions|kg:providesFor ?measure ; a kg:Document ; rdfs:label ?title .
  FILTER NOT EXISTS {{ ?document a <{t.C_GHOST}> }}
  OPTIONAL {{ ?document kg:number ?number }}
  OPTIONAL {{ ?document dcterms:issued ?issued }}
  OPTIONAL {{ ?document kg:issuedBy ?body . ?body rdfs:label ?name OPTIONAL {{ ?body kg:division ?division }} }} }}"""
_NATIONAL: Final = f"{iris.ID}institution/cn/"
_PLACED: Final = ("province", "prefecture", "county", "township")
_WIDTH: Final = 1000
_ROW: Final = 46
_LEFT: Final = 70
_TOP: Final = 26


@dataclass(frozen=True, slots=True)
class Adopter:
    """A division, or the centre, and its first document that names the measure.

    Attributes:
        level: ``national``, ``province``, ``prefecture``, ``county``, ``township``; ``unknown`` where the issuer
            or its place is not known.
        places: names of the division from the province down; empty for the centre and where it is unknown.
        date: of the document, as far as it is known.
        issuers: names of its issuers.
        document: its canonical id.
        title: its title.
        number: its number, or empty.
        documents: how many documents of the division name the measure.
    """

    level: str
    places: tuple[str, ...]
    date: str
    issuers: tuple[str, ...]
    document: str
    title: str
    number: str
    documents: int

    @property
    def columns(self) -> tuple[str, str, str]:
        """Names of province, prefecture, and county or what is below it."""
        up = (*self.places, "", "", "")[:2]
        return up[0], up[1], "".join(self.places[2:])


@dataclass(frozen=True, slots=True)
class Dot:
    """An adopter along time, in units of the drawing."""

    x: float
    y: float
    adopter: Adopter


@dataclass(frozen=True, slots=True)
class Timeline:
    """A row a level, a dot an adopter; years or months, and levels, with their places."""

    width: int
    height: int
    ticks: tuple[tuple[str, float], ...]
    levels: tuple[tuple[str, float], ...]
    dots: tuple[Dot, ...]


def adopters(store: Store, iri: str) -> tuple[Adopter, ...]:
    """First documents by division, the earliest first; what has no date comes last."""
    uses: dict[tuple[str, tuple[str, ...]], dict[str, dict[str, str]]] = defaultdict(dict)
    issuers: dict[tuple[str, tuple[str, ...]], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows(store, _USES, [iri]):
        seat = _seat(row)
        uses[seat].setdefault(row["document"], row)
        issuers[seat][row["document"]] |= {row["name"]} if "name" in row else set()
    found = []
    for seat, documents in uses.items():
        first = min(documents.values(), key=lambda r: (r.get("issued", "9"), r["title"], r["document"]))
        names = tuple(sorted(issuers[seat][first["document"]]))
        key, number = iris.canonical(first["document"]), first.get("number", "")
        found.append(
            Adopter(*seat, first.get("issued", ""), names, key, first["title"], number, len(documents))
        )
    return tuple(sorted(found, key=lambda a: (a.date or "9", LEVELS.index(a.level), a.places)))


def _seat(row: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Level and places of an issuer as of the day of its document."""
    if row.get("body", "").startswith(_NATIONAL):
        return "national", ()
    here = place(row.get("division", "").removeprefix(iris.ID))
    if here is None:
        return "unknown", ()
    line = lineage(here, year_of(row.get("issued")))[::-1]
    names = dict(zip(("province", "prefecture", "county", "township"), ("", "", "", ""), strict=True))
    names |= {p.level: p.name for p in line}
    last = max(i for i, level in enumerate(_PLACED) if names[level])
    return here.level, tuple(names[level] for level in _PLACED[: last + 1])


def tree(found: Iterable[Adopter]) -> dict[str, dict[str, list[Adopter]]]:
    """Province → prefecture → adopters, each in order of its first date; an empty name where there is none."""
    provinces: dict[str, dict[str, list[Adopter]]] = {}
    for a in found:
        province, prefecture, _ = a.columns
        provinces.setdefault(province, {}).setdefault(prefecture, []).append(a)
    return provinces


def timeline(found: Iterable[Adopter]) -> Timeline | None:
    """Adopters along time; None where no date is known."""
    dated = [(day, a) for a in found if (day := _day(a.date))]
    if not dated:
        return None
    first, last = min(d for d, _ in dated), max(d for d, _ in dated)
    edge = 15 + (last - first).days // 20
    start, end = first.toordinal() - edge, last.toordinal() + edge
    levels = [level for level in LEVELS if any(a.level == level for _, a in dated)]
    top = {level: _TOP + _ROW * i for i, level in enumerate(levels)}

    def x(day: int) -> float:
        return round(_LEFT + (day - start) / (end - start) * (_WIDTH - _LEFT - 10), 1)

    taken: dict[tuple[str, int], int] = defaultdict(int)
    dots = []
    for day, a in dated:
        at = x(day.toordinal())
        stack = taken[a.level, round(at / 9)]
        taken[a.level, round(at / 9)] += 1
        dots.append(Dot(at, top[a.level] + 10 + 7.0 * (stack % 5), a))
    ticks = tuple((name, x(day)) for name, day in _ticks(start, end))
    rows_at = tuple((level, top[level] + _ROW / 2) for level in levels)
    return Timeline(_WIDTH, _TOP + _ROW * len(levels) + 4, ticks, rows_at, tuple(dots))


def _ticks(start: int, end: int) -> list[tuple[str, int]]:
    """At most about a dozen first days of years, or of months where there are few years."""
    months = [
        date(y, m, 1)
        for y in range(date.fromordinal(start).year, date.fromordinal(end).year + 1)
        for m in range(1, 13)
    ]
    inside = [m for m in months if start <= m.toordinal() <= end]
    years = [m for m in inside if m.month == 1]
    chosen = years if len(years) > 2 else inside
    named = [(f"{m.year}" if len(years) > 2 else f"{m.year}-{m.month:02}", m.toordinal()) for m in chosen]
    return named[:: 1 + len(named) // 12]


def _day(text: str) -> date | None:
    """``2024``, ``2024-05`` or ``2024-05-01`` as a day; None for anything else."""
    parts = [int(p) for p in text.split("-") if p.isdecimal()][:3]
    try:
        return date(*(*parts, 1, 1)[:3]) if parts else None
    except ValueError:
        return None
