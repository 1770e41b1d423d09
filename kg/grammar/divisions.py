"""Divisions as the tables have them: names, levels, dated codes and superiors; and the forms of their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

OPEN = 9999
_PEOPLES = (
    "壮族|满族|回族|苗族|维吾尔|哈萨克|土家族|彝族|蒙古族|蒙古|藏族|布依族|侗族|瑶族|朝鲜族|白族|哈尼族|黎族|傣族|畲族|傈僳族|仡佬族|东乡族|"
    "拉祜族|水族|佤族|纳西族|羌族|土族|仫佬族|锡伯|锡伯族|柯尔克孜|达斡尔族|景颇族|毛南族|撒拉族|布朗族|塔吉克|阿昌族|普米族|鄂温克族|"
    "怒族|京族|基诺族|德昂族|保安族|俄罗斯族|裕固族|乌孜别克族|门巴族|鄂伦春|独龙族|塔塔尔族|赫哲族|珞巴族|各族"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{_PEOPLES})+自治([区州县旗])$")
_PROVINCE_STEM = re.compile(r"^(.{2,3}?)(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
_STEM = re.compile(r"^(.{2,}?)(?:省|自治州|地区|盟|林区|特区|矿区|新区|市|区|县|旗)$")


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

    def __hash__(self) -> int:
        return hash(self.key)

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
def read(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a table of ``kg/data/places``, cut at tabs."""
    text = files("kg.data").joinpath("places", name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if not line.startswith("#"))


@cache
def places() -> dict[str, Place]:
    """All divisions at county level and above by key."""
    spells: dict[str, list[Spell]] = {}
    heads: dict[str, tuple[str, str]] = {}
    following: dict[str, list[str]] = {}
    for key, name, level, code, since, until, parent, after in read("divisions.tsv"):
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
