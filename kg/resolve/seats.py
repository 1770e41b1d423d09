"""Seats: the division (or zone) whose organ a name means, known to the tables or only to the document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.grammar import places
from kg.grammar.places import Place
from kg.model.context import Context

LEVELS = ("zone", "township", "county", "prefecture", "province")
_BY_ENDING = (
    ("自治区", "province"),
    ("自治州", "prefecture"),
    ("自治县", "county"),
    ("省", "province"),
    ("市", "prefecture"),
    ("州", "prefecture"),
    ("盟", "prefecture"),
    ("地区", "prefecture"),
    ("县", "county"),
    ("区", "county"),
    ("旗", "county"),
    ("街道", "township"),
    ("镇", "township"),
    ("乡", "township"),
)
RELATIVE = tuple(ending for ending, _ in _BY_ENDING)


@dataclass(frozen=True, slots=True)
class Seat:
    """A division as of the document's date.

    Attributes:
        key: ``division/441802-1988``; ``division/name/…`` where no table knows the place.
        name: its own name (``清城区``).
        level: ``province``, ``prefecture``, ``county``, ``township``, or ``zone`` for what is no division.
        prefix: what starts the names of its organs (``清远市清城区``).
        stem: name without its last word (``清城``).
        up: the division above, or None.
    """

    key: str
    name: str
    level: str
    prefix: str
    stem: str
    up: Seat | None

    def __hash__(self) -> int:
        return hash(self.key)

    def line(self) -> tuple[Seat, ...]:
        """The seat and those above it, lowest first."""
        found = [self]
        while found[-1].up is not None:
            found.append(found[-1].up)
        return tuple(found)


@lru_cache(maxsize=1 << 13)
def seat_of_place(place: Place, year: int | None) -> Seat:
    """The seat of a division known to the tables."""
    above = places.ancestors(place, year)
    up = seat_of_place(above[0], year) if above else None
    stem = places.stem(place.name, place.level) or place.name
    return Seat(place.key, place.name, place.level, places.official_name(place, year), stem, up)


def level_of_name(name: str) -> str | None:
    """Level that a name's last word tells (``prefecture`` for 市), None where it tells nothing."""
    return next((level for ending, level in _BY_ENDING if name.endswith(ending)), None)


def seat_by_name(name: str, own: Seat | None) -> Seat:
    """The seat of a place that no table knows, below what of the document's own seats is higher."""
    for seat in own.line() if own else ():
        if seat.name == name:
            return seat
    level = level_of_name(name) or "county"
    rank = LEVELS.index(level)
    up = next((s for s in own.line() if LEVELS.index(s.level) > rank), None) if own else None
    prefix = up.prefix + name if up and level == "township" else name
    stem = next((name[: -len(e)] for e, _ in _BY_ENDING if name.endswith(e) and len(name) > len(e) + 1), name)
    return Seat(f"division/name/{prefix}", name, level, prefix, stem, up)


@lru_cache(maxsize=1 << 13)
def zone_seat(area: places.SpecialArea, year: int | None) -> Seat:
    """The seat of a new area or zone; the government above it stands in the table."""
    found = places.by_name(area.above, year)
    up = seat_of_place(found[0], year) if found else None
    return Seat(f"division/zone/{area.name}", area.name, "zone", area.name, area.name, up)


def chain_seat(chain: tuple[str, ...], year: int | None) -> Seat | None:
    """The seat of a chain of names, lowest first, some of which no table knows."""
    seat: Seat | None = None
    for name in reversed(chain):
        above = places.place(seat.key) if seat else None
        found = [p for p in places.by_name(name, year) if p.name == name]
        place = places.nearest(found, above, year) if seat is None or above else None
        seat = seat_of_place(place, year) if place else seat_by_name(name, seat)
    return seat


def seat_of(context: Context) -> Seat | None:
    """The document's own seat."""
    year = places.year_of(context.date)
    if context.division is not None:
        place = places.place(context.division)
        if place is not None:
            return seat_of_place(place, year)
    return chain_seat(context.chain, year)


def relative_seat(word: str, own: Seat | None) -> Seat | None:
    """Which of the document's seats 市, 区, 县, 省 … means: the lowest whose name ends so.

    区 means the autonomous region in its own documents only; 省 means any province-level division.
    """
    if own is None:
        return None
    if word in ("省", "自治区", "直辖市"):
        return next(
            (s for s in own.line() if s.level == "province" and not (word == "省" and s.name.endswith("市"))),
            None,
        )
    for seat in own.line():
        if word in ("区",) and seat.name.endswith("自治区") and seat is not own:
            continue
        if seat.name.endswith(word):
            return seat
    if word == "县":
        return next((s for s in own.line() if s.level == "county" and s.name.endswith("县")), None)
    return None
