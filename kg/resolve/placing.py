"""The place at the start of a name: written out, relative (市, 区, 我省), or a town of the own county."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.grammar import places
from kg.resolve.bodies import known_form
from kg.resolve.seats import RELATIVE, Seat, relative_seat, seat_by_name, seat_of_place, zone_seat

_OWN = re.compile(rf"^(?:我|本|全|该)?({'|'.join(RELATIVE)}|兵团)(?=.)")
_NOT_A_PLACE = re.compile(
    r"^(?:市场|市政公用|市政管理|市政设施|市容|市民中心|县域|区域|区块|区划|州际|省际|省域|镇街|乡镇|区县|县区|市县)"
)
_PLACE_WORD = re.compile(
    r"^(?!武警|中共|政协|共青|国家|中央|全国|中国|原)([一-龥]{2,9}?(?:省|自治区|自治州|自治县|市|州|盟|县|区|旗|镇|乡|街道))"
    r"(?=人民政府|政府|委|人大|人民代表大会|政协|纪委|监委|法院|人民法院|检察院|人民检察院|办事处|党工委|党委|行政公署|.*(?:局|厅|办公室|办|中心|委员会|领导小组|指挥部)$)"
)
_TOWN = re.compile(
    r"^([一-龥]{1,8}?(?:镇|乡|街道|苏木))(?=人民政府|政府|办事处|党委|委员会|委|党工委|人大|纪委|派出所|司法所|卫生院|党政|综治|便民|社区)"
)
_NO_PLACE = re.compile(
    r"地区$|(?:高新|经开|开发|工业园|产业园|保税|新|示范|合作|风景|景|度假|试验|实验|园|社|小|校|库|矿|城|郊|片|辖|街|功能|灾|疫|特|军|战|管|全|各|本|我|"
    r"技术|工业|生态)区$|(?:城|集|小城|村|乡|各|重点)镇$|(?:全|各|城|超|股|楼|债|菜|农贸|上|本|我)市$|(?:城|各|老|家|本|我)乡$|[各本我]县$"
)


_TOWN_END = re.compile(r"[镇乡]|街道|苏木")


class Placing(NamedTuple):
    """A name in two.

    Attributes:
        seat: the place, None where there is none or it stays open.
        rest: what stands behind it.
        how: ``explicit`` (清城区, 大理州), ``short`` (清远), ``relative`` (市, 我区) or ``bare``.
    """

    seat: Seat | None
    rest: str
    how: str


class Placer:
    """Reads places as of one document: its own seat and year."""

    def __init__(self, own: Seat | None, year: int | None) -> None:
        self.own = own
        self.year = year
        self.near = places.place(own.key) if own else None
        self.line = {s.key for s in own.line()} if own else set()

    def place_of(self, text: str, inherited: Seat | None = None) -> Placing:
        """Split the place off the start of a name; ``inherited``: the place of the name before it."""
        known = known_form(text, self.year)
        found = self._area(text) or (None if known else self._town(text) or self._written(text, inherited))
        if found is not None:
            return found
        if m := _OWN.match(text):
            rest = text[m.end() :]
            if known_form(rest, self.year) or not (known or _NOT_A_PLACE.match(text)):
                return Placing(self._own(m[1], inherited), rest, "relative")
        if not known and (m := _PLACE_WORD.match(text)) and not _NO_PLACE.search(m[1]):
            return Placing(self._named(m[1]), text[m.end() :], "explicit")
        return Placing(None, text, "bare")

    def _area(self, text: str) -> Placing | None:
        found = places.area_at_start(text)
        return Placing(zone_seat(found[0], self.year), text[found[1] :], "explicit") if found else None

    def _written(self, text: str, inherited: Seat | None) -> Placing | None:
        head = places.head(text, self.near, self.year)
        if head is None or not self._plausible(text, head):
            return None
        words, name = text[: head.end], head.place.name
        full = words.endswith(name) or (name[-1] in "州县旗" and words.endswith(name[-1]) and "自治" in name)
        if not full and not self._short_is_meant(text[0], head.place):
            return None
        seat, rest = self._seat(head.place, inherited), text[head.end :]
        if seat.level == "county" and (m := _TOWN.match(rest)):
            place = places.town(m[1], head.place, self.year)
            seat = seat_of_place(place, self.year) if place else seat_by_name(m[1], seat)
            return Placing(seat, rest[m.end() :], "explicit")
        return Placing(seat, rest, "explicit" if full else "short")

    def _short_is_meant(self, first: str, place: places.Place) -> bool:
        """Whether a short form is a place: no 镇平 in 镇平安办, no county of another province."""
        if self.own is not None and any(s.name.endswith(first) for s in self.own.line()):
            return False
        if place.level != "county":
            return True
        if self.own is None:
            return place.until == places.OPEN
        return bool({p.key for p in places.ancestors(place, self.year)} & self.line)

    def _town(self, text: str) -> Placing | None:
        """A town or street of the document's own county or prefecture at the start of a name."""
        if self.near is None or self.near.level == "province":
            return None
        for m in _TOWN_END.finditer(text[:14]):
            place = places.town(text[: m.end()], self.near, self.year) if m.end() < len(text) else None
            if place is not None and any(
                p.level == "prefecture" and p.key in self.line for p in places.ancestors(place)
            ):
                return Placing(seat_of_place(place, self.year), text[m.end() :], "explicit")
        return None

    def _plausible(self, text: str, head: places.PlaceHead) -> bool:
        """A short form counts as a place only where something else than 市, 县 … follows in a name."""
        return not (
            head.end < len(text)
            and text[head.end] in "市县区州镇乡"
            and not text[: head.end].endswith(("市", "县", "区"))
        )

    def _seat(self, place: places.Place, inherited: Seat | None) -> Seat:
        for seat in (*(self.own.line() if self.own else ()), *(inherited.line() if inherited else ())):
            if seat.key == place.key:
                return seat
        return seat_of_place(place, self.year)

    def _own(self, word: str, inherited: Seat | None) -> Seat | None:
        if word == "兵团":
            return zone_seat(places.special_areas()["新疆生产建设兵团"], self.year)
        if inherited is not None and inherited.name.endswith(word):
            return inherited
        return relative_seat(word, self.own)

    def _named(self, name: str) -> Seat:
        place = places.town(name, self.near, self.year)
        if place is not None:
            return seat_of_place(place, self.year)
        return seat_by_name(name, self.own)
