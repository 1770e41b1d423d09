"""Divisions of China with time: names, codes and superiors as of a year.

A place is a spell of one name at one level (``division/441802-1988``); what a code stood for and who stood
above it are dated. Years are inclusive on both sides, since the tables know no months: in the year of a
change the old and the new name are both right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

LEVELS = ("province", "prefecture", "county", "township")
OPEN = 9999
_PEOPLES = (
    "壮族|满族|回族|苗族|维吾尔|哈萨克|土家族|彝族|蒙古族|蒙古|藏族|布依族|侗族|瑶族|朝鲜族|白族|哈尼族|黎族|傣族|畲族|傈僳族|仡佬族|东乡族|"
    "拉祜族|水族|佤族|纳西族|羌族|土族|仫佬族|锡伯|锡伯族|柯尔克孜|达斡尔族|景颇族|毛南族|撒拉族|布朗族|塔吉克|阿昌族|普米族|鄂温克族|"
    "怒族|京族|基诺族|德昂族|保安族|俄罗斯族|裕固族|乌孜别克族|门巴族|鄂伦春|独龙族|塔塔尔族|赫哲族|珞巴族|各族"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{_PEOPLES})+自治([区州县旗])$")
_PROVINCE_STEM = re.compile(r"^(.{2,3}?)(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
_STEM = re.compile(r"^(.{2,}?)(?:省|自治州|地区|盟|林区|特区|矿区|新区|市|区|县|旗)$")
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Spell:
    """A code and a superior that a place had from ``since`` to ``until`` (years, inclusive)."""

    code: str
    since: int
    until: int
    parent: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A division under one name at one level.

    Attributes:
        key: ``division/{first code}-{first year}``.
        name: full name (``清城区``).
        level: ``province``, ``prefecture``, ``county`` or ``township``.
        spells: dated codes and superiors, in order.
        next: keys of the places that followed it.
    """

    key: str
    name: str
    level: str
    spells: tuple[Spell, ...]
    next: tuple[str, ...] = ()

    @property
    def since(self) -> int:
        """First year."""
        return self.spells[0].since

    @property
    def until(self) -> int:
        """Last year, 9999 where it still exists."""
        return self.spells[-1].until

    def at(self, year: int | None) -> Spell:
        """What held in a year (the nearest spell where the place did not exist; the last without a year)."""
        if year is None:
            return self.spells[-1]
        inside = [s for s in self.spells if s.since <= year <= s.until]
        if inside:
            return inside[-1]
        return min(self.spells, key=lambda s: min(abs(s.since - year), abs(s.until - year)))


@cache
def _read(name: str) -> tuple[tuple[str, ...], ...]:
    text = files("kg.data").joinpath("places", name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if not line.startswith("#"))


@cache
def _places() -> dict[str, Place]:
    spells: dict[str, list[Spell]] = {}
    heads: dict[str, tuple[str, str]] = {}
    following: dict[str, list[str]] = {}
    for key, name, level, code, since, until, parent, after in _read("divisions.tsv"):
        heads[key] = (name, level)
        spells.setdefault(key, []).append(Spell(code, int(since), int(until or OPEN), parent or None))
        following.setdefault(key, []).extend(after.split())
    return {
        key: Place(key, name, level, tuple(sorted(spells[key], key=lambda s: s.since)), tuple(following[key]))
        for key, (name, level) in heads.items()
    }


def stem(name: str, level: str) -> str | None:
    """The name without its last word (``清城``, ``内蒙古``), None where less than two 汉字 remain."""
    m = _AUTONOMOUS.match(name)
    if m and level != "province":
        return m[1]
    m = (_PROVINCE_STEM if level == "province" else _STEM).match(name)
    return m[1] if m else None


def short_forms(name: str, level: str) -> tuple[str, ...]:
    """Other ways to write a full name: ``大理州``, ``漾濞县``, ``广西``, ``清城``."""
    found = []
    if (m := _AUTONOMOUS.match(name)) and level != "province":
        found.append(m[1] + m[2])
    if s := stem(name, level):
        found.append(s)
    return tuple(found)


@cache
def _named() -> dict[str, tuple[Place, ...]]:
    index: dict[str, list[Place]] = {}
    for place in _places().values():
        index.setdefault(place.name, []).append(place)
    return {name: tuple(places) for name, places in index.items()}


@cache
def _shortened() -> dict[str, tuple[Place, ...]]:
    index: dict[str, list[Place]] = {}
    for place in _places().values():
        for form in short_forms(place.name, place.level):
            index.setdefault(form, []).append(place)
    for form, name in _read("short.tsv"):
        index.setdefault(form, []).extend(_named()[name])
    return {form: tuple(places) for form, places in index.items()}


@cache
def _words() -> frozenset[str]:
    return frozenset(row[0] for row in _read("words.tsv"))


@cache
def _coded() -> dict[str, tuple[Place, ...]]:
    index: dict[str, list[Place]] = {}
    for place in _places().values():
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
    return _places().get(key) or _town_by_key(key)


def by_code(code: str, year: int | None = None) -> Place | None:
    """What a six-digit code stood for in a year (today without one)."""
    found = _coded().get(code, ())
    if year is None:
        return next((p for p in found if p.until == OPEN), found[-1] if found else None)
    spells = [
        (s.since, p.key) for p in found for s in p.spells if s.code == code and s.since <= year <= s.until
    ]
    return _places()[max(spells)[1]] if spells else None


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


def is_common_word(form: str) -> bool:
    """Whether a short form is a common word too (``和平``, ``建设``) and says little without its 区 or 县."""
    return form in _words()


def ancestors(place: Place, year: int | None = None) -> tuple[Place, ...]:
    """The superiors of a place in a year, lowest first."""
    found = []
    up = place.at(year).parent
    while up is not None:
        above = _places()[up]
        found.append(above)
        up = above.at(year).parent
    return tuple(found)


def lineage(place: Place, year: int | None = None) -> tuple[Place, ...]:
    """The place and its superiors, lowest first."""
    return (place, *ancestors(place, year))


def official_name(place: Place, year: int | None = None) -> str:
    """The name that starts the names of its organs: ``广东省``, ``清远市``, ``清远市清城区``, ``仙居县``.

    Districts carry their city, since their names are common; cities and counties stand alone.
    """
    if place.level in ("province", "prefecture"):
        return place.name
    up = ancestors(place, year)
    if place.level == "county":
        urban = place.name.endswith("区") and bool(up)
        return up[0].name + place.name if urban and up[0].name.endswith(("市", "州", "盟")) else place.name
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


@dataclass(frozen=True, slots=True)
class PlaceHead:
    """The place that starts a text and where it ends."""

    place: Place
    end: int


def _candidates(text: str, at: int, year: int | None, stems: bool) -> Iterable[tuple[tuple[Place, ...], int]]:
    for size in range(min(_LONGEST, len(text) - at), 1, -1):
        word = text[at : at + size]
        if word in _named() or (stems and word in _shortened() and not (at == 0 and word in _words())):
            yield by_name(word, year), at + size


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
def _towns() -> dict[str, tuple[tuple[str, str], ...]]:
    found = {}
    for code, towns in _read("towns.tsv"):
        pairs = (t.rsplit(":", 1) for t in towns.split(" ") if t)
        found[code] = tuple((name, code + serial) for name, serial in pairs)
    return found


@cache
def _town_codes() -> dict[str, tuple[str, str]]:
    return {serial: (name, code) for code, towns in _towns().items() for name, serial in towns}


def _town(name: str, code: str, county: Place) -> Place:
    return Place(f"division/{code}", name, "township", (Spell(code, county.since, OPEN, county.key),))


def _town_by_key(key: str) -> Place | None:
    code = key.removeprefix("division/")
    if code not in _town_codes():
        return None
    name, county_code = _town_codes()[code]
    county = by_code(county_code)
    return _town(name, code, county) if county else None


def towns(county: Place) -> tuple[Place, ...]:
    """Today's towns and streets of a county; their keys carry nine-digit codes and no year."""
    code = county.spells[-1].code
    return tuple(_town(name, serial, county) for name, serial in _towns().get(code, ()))


@cache
def _town_index() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for serial, (name, _) in _town_codes().items():
        index.setdefault(name, []).append(serial)
        if name.endswith("街道"):
            index.setdefault(name + "办事处", []).append(serial)
    return {name: tuple(serials) for name, serials in index.items()}


def town_names() -> tuple[str, ...]:
    """Names of all towns and streets of today, sorted."""
    return tuple(sorted({name for name, _ in _town_codes().values()}))


def town(name: str, near: Place | None, year: int | None = None) -> Place | None:
    """The town of a name in the county, prefecture or province of ``near``, if only one is meant."""
    serials = _town_index().get(name, ())
    found = [p for p in (_town_by_key(f"division/{s}") for s in serials) if p is not None]
    if near is None:
        return found[0] if len(found) == 1 else None
    for own in lineage(near, year):
        inside = [p for p in found if any(a.key == own.key for a in ancestors(p, None))]
        if inside:
            return inside[0] if len(inside) == 1 else None
    return None


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
    for row in _read("special.tsv"):
        area = SpecialArea(*row)
        found[area.short] = found[area.name] = area
    return found


@cache
def _province_letters() -> dict[str, str]:
    return {row[0]: row[1] for row in _read("provinces.tsv")}


def province_of_code(code: str) -> Place | None:
    """The province whose letter starts the code of a document number (``鄂建文`` → 湖北省)."""
    name = _province_letters().get(code[:1])
    return by_name(name)[0] if name else None


@cache
def _automaton(stems: bool) -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(n for n in place_names(False) if len(n) > 2)
    if stems:
        high = (p for p in _places().values() if p.level != "county")
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
