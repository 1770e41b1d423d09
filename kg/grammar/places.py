"""Divisions of China with time: names, codes and superiors as of a year.

A place is a spell of one name at one level (``division/441802-1988``); what a code stood for and who stood
above it are dated. Years are inclusive on both sides, since the tables know no months: in the year of a
change the old and the new name are both right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.grammar.divisions import OPEN, Place, Spell, read, short_forms, stem
from kg.grammar.divisions import places as divisions
from kg.model.quick import quick

_LONGEST = 16
_COUNTY = 6
"""Digits of a county's code; three more make a town's."""
__all__ = ["OPEN", "Place", "Spell", "stem"]

LEVELS = ("province", "prefecture", "county", "township")


@cache
def _named() -> dict[str, tuple[Place, ...]]:
    index: dict[str, list[Place]] = {}
    for place in divisions().values():
        index.setdefault(place.name, []).append(place)
    return {name: tuple(places) for name, places in index.items()}


@cache
def _shortened() -> dict[str, tuple[Place, ...]]:
    index: dict[str, list[Place]] = {}
    for place in divisions().values():
        for form in short_forms(place.name, place.level):
            index.setdefault(form, []).append(place)
    for form, name in read("short.tsv"):
        index.setdefault(form, []).extend(_named()[name])
    return {form: tuple(places) for form, places in index.items()}


@cache
def _words() -> frozenset[str]:
    return frozenset(row[0] for row in read("words.tsv"))


@cache
def _coded() -> dict[str, tuple[Place, ...]]:
    index: dict[str, list[Place]] = {}
    for place in divisions().values():
        for code in sorted({s.code for s in place.spells}):
            index.setdefault(code, []).append(place)
    return {code: tuple(places) for code, places in index.items()}


def place_names(stems: bool = True) -> tuple[str, ...]:
    """All names of divisions at county level and above, of all times, sorted; for an automaton.

    Args:
        stems: whether to add short forms (``广东``, ``清远``, ``大理州``) that are no common words.
    """
    names = set(_named())
    if stems:
        names |= {form for form in _shortened() if form not in _words()}
    return tuple(sorted(names))


def year_of(date: str | None) -> int | None:
    """The year of ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``."""
    return int(date[:4]) if date and date[:4].isdigit() else None


def place(key: str) -> Place | None:
    """The place of a key, or None."""
    return divisions().get(key) or _town_by_key(key)


def by_code(code: str, year: int | None = None) -> Place | None:
    """What a six-digit code stood for in a year (today without one)."""
    found = _coded().get(code, ())
    if year is None:
        return next((p for p in found if p.until == OPEN), found[-1] if found else None)
    spells = [
        (s.since, p.key) for p in found for s in p.spells if s.code == code and s.since <= year <= s.until
    ]
    return divisions()[max(spells)[1]] if spells else None


@lru_cache(maxsize=1 << 14)
def by_name(name: str, year: int | None = None) -> tuple[Place, ...]:
    """Places of a full name or a short form, those of the year where there are any.

    Full names win over short forms, higher levels over lower ones.
    """
    full, short = _named().get(name, ()), _shortened().get(name, ())
    found = full or short
    if year is not None:
        for slack in (0, 1):
            alive = [
                [p for p in places if p.since - slack <= year <= p.until + slack] for places in (full, short)
            ]
            if alive[0] or alive[1]:
                found = tuple(alive[0] or alive[1])
                break
    return tuple(sorted(found, key=lambda p: (LEVELS.index(p.level), -p.until, p.key)))


@lru_cache(maxsize=1 << 13)
def ancestors(place: Place, year: int | None = None) -> tuple[Place, ...]:
    """The superiors of a place in a year, lowest first."""
    found = []
    up = place.at(year).parent
    while up is not None:
        above = divisions()[up]
        found.append(above)
        up = above.at(year).parent
    return tuple(found)


def lineage(place: Place, year: int | None = None) -> tuple[Place, ...]:
    """The place and its superiors, lowest first."""
    return (place, *ancestors(place, year))


def official_name(place: Place, year: int | None = None) -> str:
    """The name that starts the names of its organs: ``广东省``, ``清远市``, ``清远市清城区``, ``仙居县``.

    Districts carry their city, since their names are common, and so does all below a municipality; other
    cities and counties stand alone.
    """
    if place.level in ("province", "prefecture"):
        return place.name
    up = ancestors(place, year)
    if place.level == "county":
        above = up[0].name if up else ""
        municipal = bool(up) and up[0].level == "province" and above.endswith("市")
        urban = place.name.endswith("区") and above.endswith(("市", "州", "盟"))
        return above + place.name if urban or municipal else place.name
    return (official_name(up[0], year) if up else "") + place.name


def full_chain(place: Place, year: int | None = None) -> str:
    """All names from the province down: ``广东省清远市清城区``."""
    return "".join(p.name for p in reversed(lineage(place, year)))


def _below(place: Place, above: Place, year: int | None) -> bool:
    if any(p.key == above.key for p in ancestors(place, year)):
        return True
    names = {p.name for s in place.spells for p in ancestors(place, s.since)}
    return above.name in names


def nearest(found: Iterable[Place], near: Place | None, year: int | None = None) -> Place | None:
    """The one of several homonyms that is meant, seen from a place; None where nothing decides.

    The place itself and its superiors come first, then what lies below it, below its prefecture, below its
    province; without a place, or far from it, a name is taken where only one bears it today, or where one of
    them is a province or a prefecture.
    """
    places = tuple(found)
    if not places:
        return None
    if near is not None:
        line = lineage(near, year)
        for own in line:
            for p in places:
                if p.key == own.key:
                    return p
        for own in line:
            inside = [p for p in places if _below(p, own, year)]
            if inside:
                return inside[0]
    if len({p.name for p in places}) == 1 and len({p.at(year).parent for p in places}) == 1:
        return places[-1] if year is None else places[0]
    high = [p for p in places if p.level != "county"]
    if high:
        return high[0]
    alive = [p for p in places if p.until == OPEN]
    return places[0] if len(places) == 1 else alive[0] if len(alive) == 1 else None


@quick
@dataclass(frozen=True, slots=True)
class PlaceHead:
    """The place that starts a text and where it ends."""

    place: Place
    end: int


@cache
def _sizes() -> dict[str, tuple[int, ...]]:
    """How long the names are that start with two 汉字, longest first."""
    sizes: dict[str, set[int]] = {}
    for name in (*_named(), *_shortened()):
        if len(name) <= _LONGEST:
            sizes.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(found, reverse=True)) for start, found in sizes.items()}


def _candidates(text: str, at: int, year: int | None, stems: bool) -> Iterable[tuple[tuple[Place, ...], int]]:
    for size in _sizes().get(text[at : at + 2], ()):
        word = text[at : at + size]
        if len(word) < size:
            continue
        if word in _named() or (stems and word in _shortened() and not (at == 0 and word in _words())):
            yield by_name(word, year), at + size


@lru_cache(maxsize=1 << 14)
def head(
    text: str, near: Place | None = None, year: int | None = None, stems: bool = True
) -> PlaceHead | None:
    """Read the chain of places at the start of a text: ``清远市清城区人民政府`` → 清城区, 6.

    Args:
        text: starts with the chain, which may skip levels or use short forms (``广东清远``).
        near: the place of the document, which tells homonyms apart.
        year: year in which the names held.
        stems: whether short forms count.

    Returns:
        The lowest place of the longest consistent chain, or None.
    """
    best: PlaceHead | None = None
    for places, end in _candidates(text, 0, year, stems):
        chosen = nearest(places, near, year)
        tails = _chain_from(text, end, places, year, stems)
        found = tails if tails is not None else (PlaceHead(chosen, end) if chosen else None)
        if found and (best is None or found.end > best.end):
            best = found
    return best


def _chain_from(
    text: str, at: int, above: tuple[Place, ...], year: int | None, stems: bool
) -> PlaceHead | None:
    for places, end in _candidates(text, at, year, stems):
        below = tuple(p for p in places if any(_below(p, a, year) for a in above))
        if below:
            deeper = _chain_from(text, end, below, year, stems)
            return deeper or PlaceHead(below[0], end)
    return None


@cache
def _town_rows() -> dict[str, str]:
    """The towns of each county as the table has them: names with serials, parted by spaces."""
    return {row[0]: row[1] for row in read("towns.tsv")}


@lru_cache(maxsize=1 << 10)
def _towns_of(code: str) -> dict[str, str]:
    """Names of the towns of one county by code."""
    pairs = (t.rpartition(":") for t in _town_rows().get(code, "").split())
    return {code + serial: name for name, _, serial in pairs}


def _town(name: str, code: str, county: Place) -> Place:
    return Place(f"division/{code}", name, "township", (Spell(code, county.since, OPEN, county.key),))


def _town_by_key(key: str) -> Place | None:
    code = key.removeprefix("division/")
    name = _towns_of(code[:_COUNTY]).get(code)
    county = by_code(code[:_COUNTY]) if name else None
    return _town(name, code, county) if name and county else None


def towns(county: Place) -> tuple[Place, ...]:
    """Today's towns and streets of a county; their keys carry nine-digit codes and no year."""
    code = county.spells[-1].code
    return tuple(_town(name, serial, county) for serial, name in _towns_of(code).items())


@cache
def _town_index() -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for code, row in _town_rows().items():
        for pair in row.split():
            name, _, serial = pair.rpartition(":")
            if name in index:
                index[name].append(code + serial)
            else:
                index[name] = [code + serial]
    return index


def town_names() -> tuple[str, ...]:
    """Names of all towns and streets of today."""
    return tuple(_town_index())


def town(name: str, near: Place | None, year: int | None = None) -> Place | None:
    """The town of a name in the county, prefecture or province of ``near``, if only one is meant."""
    street = name.removesuffix("办事处") if name.endswith("街道办事处") else name
    serials = _town_index().get(street, ())
    found = [p for p in (_town_by_key(f"division/{s}") for s in serials) if p is not None]
    if near is None:
        return found[0] if len(found) == 1 else None
    for own in lineage(near, year):
        inside = [p for p in found if any(a.key == own.key for a in ancestors(p, None))]
        if inside:
            return _at_the_time(inside[0], near, year) if len(inside) == 1 else None
    return None


def _at_the_time(town: Place, near: Place, year: int | None) -> Place:
    """A town whose county is younger than the document stands in the document's own county."""
    county = ancestors(town, None)[0]
    if year is None or county.since <= year or near.level != "county":
        return town
    return _town(town.name, town.spells[0].code, near)


@dataclass(frozen=True, slots=True)
class SpecialArea:
    """A new area, zone or corps with organs of its own that is no division (``雄安新区``)."""

    short: str
    name: str
    kind: str
    seat: str
    above: str


@cache
def special_areas() -> dict[str, SpecialArea]:
    """Special areas by short and by full name."""
    found = {}
    for row in read("special.tsv"):
        area = SpecialArea(*row)
        found[area.short] = found[area.name] = area
    return found


@cache
def _areas_by_start() -> dict[str, tuple[str, ...]]:
    starts: dict[str, list[str]] = {}
    for name in sorted(special_areas(), key=lambda n: (-len(n), n)):
        if len(name) > 2:
            starts.setdefault(name[:2], []).append(name)
    return {start: tuple(names) for start, names in starts.items()}


def area_at_start(text: str) -> tuple[SpecialArea, int] | None:
    """The special area whose name, longest first, starts a text, and where it ends."""
    for name in _areas_by_start().get(text[:2], ()):
        if text.startswith(name):
            return special_areas()[name], len(name)
    return None


@cache
def _province_letters() -> dict[str, str]:
    return {row[0]: row[1] for row in read("provinces.tsv")}


def province_of_code(code: str) -> Place | None:
    """The province whose letter starts the code of a document number (``鄂建文`` → 湖北省)."""
    name = _province_letters().get(code[:1])
    return by_name(name)[0] if name else None


@cache
def _automaton(stems: bool) -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(n for n in place_names(False) if len(n) > 2)
    if stems:
        high = (p for p in divisions().values() if p.level != "county")
        short = {form for p in high for form in short_forms(p.name, p.level)} - _words()
        names = tuple(sorted({*names, *short}))
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


def named_in(text: str, stems: bool = False) -> dict[str, int]:
    """Names of divisions in a text and how often each stands there, in order of first appearance.

    Full names of three 汉字 and more (``和县`` is too often no name); with ``stems`` short forms of
    provinces and prefectures too.
    """
    automaton, names = _automaton(stems)
    counts: dict[str, int] = {}
    for i, _, _ in automaton.find_matches_as_indexes(text):
        counts[names[i]] = counts.get(names[i], 0) + 1
    return counts
