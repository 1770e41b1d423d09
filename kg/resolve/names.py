"""From the words of a mention to a body: national names, explicit and relative places, bare names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.grammar import bodies as tables
from kg.grammar import places
from kg.model.quick import quick
from kg.resolve.bodies import (
    Body,
    government,
    known_form,
    local,
    national_body,
    national_named,
    party,
    placeless,
    seated,
    stemmed,
)
from kg.resolve.kinds import GROUP, kind_of
from kg.resolve.placing import Placer
from kg.resolve.seats import RELATIVE, Seat

_ZONE = re.compile(
    r"^(.{0,12}?)((?:经济技术开发|高新技术产业开发|高新技术开发|经济开发|高新|经开|开发|保税|示范|度假|风景名胜|旅游度假|工业园|产业园|物流园|科技园|产业集聚|园|新)区|工业园|产业园|科技园|经济区)"
    r"(管委会|管理委员会|党工委|管理局)(.*)$"
)
_ZONE_DEPARTMENT = re.compile(
    r"^(.{2,8}?)((?:经济技术|高新技术产业|经济)?开发区|高新区|经开区|保税区|度假区|产业集聚区)(?!管理局)(.{2,14}(?:局|办))$"
)
_ZONE_FULL = {"高新区": "高新技术产业开发区", "经开区": "经济技术开发区"}
_LEAGUE = re.compile(r"^(?:中国共产主义青年团|共青团|团)(.*?)委(?:员会)?(.*)$")
_COUNCIL = re.compile(r"^(?:中国人民政治协商会议|政协)(.+?)委员会(.*)$")
_TAX = re.compile(r"^国家税务总局(.+?)税务局(.*)$")
_POLICE = re.compile(r"^(?:中国人民武装警察部队|武警部队|武警)(.+?)(支队|总队)(.*)$")
_PREFIXED = ((_LEAGUE, "团委"), (_COUNCIL, "政协"), (_TAX, "税务局"))
_PREFIX_STARTS = frozenset("中共团政国")
"""First characters of these three forms."""
_PARTY = re.compile(r"^(?:中国共产党|中共)(.+)$")
_DOUBLE = re.compile(
    rf"^(.*?(?:{'|'.join(RELATIVE)}))(?:委员会|委|党委)[、]?(?:\1)?(?:人民)?政?府(办公厅|办公室|办|督查室|法律顾问室|信访局|研究室|.{{0,12}})$"
)
_DISCIPLINE = re.compile(r"^(.*?)(?:纪委|纪律检查委员会)[、]?(.*?)(?:监委|监察委员会|监察委)(.*)$")
_ORGANISATION = re.compile(
    r"(?:局|厅|委|委员会|办|办公室|办公厅|政府|领导小组|协调小组|指挥部|法院|检察院|人大|政协|常委会|部|处|科|股|室|总队|支队|大队|署|"
    r"联席会议|工作组|专班|专家组|中队|派出所|司法所|分局|联合会|总工会|工会|妇联|残联|科协|工商联|红十字会|供销社)$"
)
_GOVERNS = re.compile(
    r"(?:局|厅|委|委员会|办|办公室|办公厅|政府|领导小组|指挥部|法院|检察院|人大|政协|常委会|总队|支队|大队|总工会|妇联|残联|联合会)$"
)
"""What makes a short place (``清远``) the place of an organ, and no part of a name of its own."""
_OWN_NAMED = re.compile(
    r"(?:大学|学院|公司|银行|支行|分行|集团|报社|日报|电台|广播电视台|电视台|交易所|医院|协会|学会|商会|学校|中学|小学|基金会|出版社|研究院|研究所|电网|石化|电力|移动|电信|联通|警备区|实验室)"
)
_COMMITTEE = re.compile(r"^(.{3,})(?:管委会|管委|管理委员会)$")
_LONGEST = 80
_INSTITUTE = re.compile(
    r"^(.{4,24}?(?:集团公司|集团有限公司|有限公司|有限责任公司|总公司))((?:第[一二三四五六七八九十百〇\d]{1,6}|.{0,12})(?:研究所|研究院|设计院|分公司|事业部|厂))$"
)
_GARRISON = re.compile(r"^(.{2,10}(?:警备区|军分区|省军区))(?:.{2,10}[部局处])$")
_SHORT_CENTRE = 8
"""A 中心 named alone is the place's own only where its name is short (``代建中心``)."""
_STATION = re.compile(r"(?:派出|司法)所$")
"""Stations that a town names beside its own bodies may stand in other towns."""
_VILLAGE = re.compile(r"(?:[居村]委会|[居村]民委员会)$")
_BRANCH = re.compile(r"(?:[分支总]行|营业部|办公室|办公厅|部)$")
_SPOKEN = re.compile(r"^[和及与]|转发|授予|关于|印发|批准|同意|组成")
"""Words of a sentence: two names were read as one."""
_NATIONAL_HEAD = re.compile(r"^(?:武警|解放军|全国|国家|中央|中国|中华|国务院|中共中央|国际|联合国|世界)")


@quick
@dataclass(frozen=True, slots=True)
class Reading:
    """What a mention's words say.

    Attributes:
        body: the body, or None where the place is open.
        method: ``national``, ``explicit``, ``relative``, ``inherited``, ``bare`` or ``name``.
        seat: the place read or inferred.
        rest: what stands behind the place.
    """

    body: Body | None
    method: str
    seat: Seat | None = None
    rest: str = ""


class Namer(Placer):
    """Reads names as of one document: its own seat, its year, whether a central organ wrote it."""

    def __init__(self, own: Seat | None, year: int | None, central: bool) -> None:
        super().__init__(own, year)
        self.central = central
        self._read: dict[tuple[str, str | None], Reading] = {}

    def read(self, text: str, inherited: Seat | None = None) -> Reading:
        """Read one name; ``inherited`` is the place of the name before it in the same list."""
        if len(text) > _LONGEST:
            return Reading(None, "name")
        key = (text, inherited.key if inherited else None)
        if key not in self._read:
            self._read[key] = self._reading(text, inherited)
        return self._read[key]

    def _reading(self, text: str, inherited: Seat | None) -> Reading:
        bare_names = (text, text.removeprefix("中华人民共和国"), text.removeprefix("中国"))
        found = next((b for name in bare_names if (b := tables.national(name, self.year))), None)
        if found is not None and not (text == "兵团" and self.own is None):
            return Reading(national_body(found, self.year), "national")
        if self.central or (self.own is None and inherited is None):
            bare = tables.national_bare(text, self.year)
            if bare is not None:
                return Reading(national_body(bare, self.year), "national")
        for way in (self._joint, self._prefixed, self._national_part, self._special):
            reading = way(text, inherited)
            if reading is not None:
                return reading
        return self._placed(text, inherited)

    def _joint(self, text: str, inherited: Seat | None) -> Reading | None:
        if "委" not in text:
            return None
        if m := _DISCIPLINE.match(text):
            seat, rest, how = self.place_of(m[1] + "纪委", inherited)
            if rest != "纪委" or not seat:
                return None
            name = f"中共{seat.prefix}纪律检查委员会{seat.prefix}监察委员会{m[3]}"
            return Reading(seated(seat, name, "纪委", party(seat)), how, seat, text)
        if (m := _DOUBLE.match(text)) and "纪" not in m[1]:
            seat, _, how = self.place_of(m[1] + "政府", inherited)
            if seat is None:
                return None
            rest = m[2] + "公室" if m[2].endswith("办") else m[2]
            name = party(seat).name + government(seat).name + rest
            return Reading(
                seated(seat, name, kind_of(rest) if rest else "党委", party(seat)), how, seat, text
            )
        return None

    def _prefixed(self, text: str, inherited: Seat | None) -> Reading | None:
        """Names whose place stands behind 中共, 共青团, 政协, 国家税务总局, 武警."""
        for pattern, form in _PREFIXED if text[:1] in _PREFIX_STARTS else ():
            m = pattern.match(text)
            if m is None:
                continue
            seat, rest, how = self.place_of(m[1] + "人民政府", inherited)
            if seat is None or rest != "人民政府":
                continue
            body = local(seat, form, self.year if form != "税务局" else max(self.year or 2018, 2018))
            if m[2]:
                body = seated(seat, body.name + _office(m[2]), kind_of(m[2], "内设机构"), body)
            return Reading(body, how, seat, form + m[2])
        if m := _POLICE.match(text):
            seat, rest, how = self.place_of(m[1] + "人民政府", inherited)
            if seat is None or rest != "人民政府":
                return None
            top = seat.line()[-1]
            above = seated(top, f"中国人民武装警察部队{top.prefix}总队", "军队", national_named("武警部队"))
            name = f"中国人民武装警察部队{seat.prefix}{m[2]}{m[3]}"
            return Reading(
                seated(seat, name, "军队", above if name != above.name else above.parent), how, seat, text
            )
        if m := _PARTY.match(text):
            seat, rest, how = self.place_of(m[1], inherited)
            if seat is None or not rest:
                return None
            rest = re.sub(r"^委员会(?=.)", "委", rest)
            return Reading(local(seat, rest, self.year), how, seat, rest)
        return None

    def _national_part(self, text: str, inherited: Seat | None) -> Reading | None:
        """An office within a national body, a branch of a bank, or a name that says 全国 or 国家."""
        for size in range(len(text) - 1, 1, -1) if tables.may_be_national(text) else ():
            entry = tables.national(text[:size], self.year)
            if entry is None and self.central:
                entry = tables.national_bare(text[:size], self.year)
            if entry is None or not _belongs(text[:size], text[size:], entry.kind):
                continue
            return None if entry.kind == "兵团" else _part_of(entry, text, text[size:], self.year)
        if _NATIONAL_HEAD.match(text):
            return Reading(self._group_aware(_office(text)), "name")
        return None

    def _group_aware(self, name: str) -> Body:
        if m := _INSTITUTE.match(name):
            return placeless(name, placeless(m[1]), "cn")
        m = re.match(r"^(.+(?:领导小组|协调小组|委员会|指挥部|联席会议))(办公室|秘书处)$", name)
        return placeless(name, placeless(m[1], None, "cn") if m else None, "cn")

    def _special(self, text: str, inherited: Seat | None) -> Reading | None:
        """Zones, and field offices of national bodies."""
        for size in range(min(8, len(text) - 1), 1, -1):
            form = tables.regional_form(text[-size:])
            if form is None:
                continue
            seat, rest, how = self.place_of(text[:-size] + "人民政府", inherited)
            if seat is None or rest != "人民政府":
                continue
            name = form.name.replace("{s}", seat.stem).replace("{P}", seat.prefix)
            return Reading(
                seated(seat, name, form.kind, national_named(form.parent)), how, seat, text[-size:]
            )
        if "区" not in text and "园" not in text:
            return None
        if d := _ZONE_DEPARTMENT.match(text):
            return self._zone_department(d, inherited)
        m = _ZONE.match(text)
        if m is None or places.special_areas().get(m[1] + m[2]):
            return None
        return self._zone(m, inherited)

    def _zone(self, m: re.Match[str], inherited: Seat | None) -> Reading | None:
        organ = {"管委会": "管理委员会", "党工委": "工作委员会"}.get(m[3], m[3])
        area = _ZONE_FULL.get(m[2], m[2])
        seat, rest, how = self.place_of(m[1] + "人民政府", inherited) if m[1] else (None, "人民政府", "bare")
        if rest != "人民政府":
            return self._named_zone(m)
        if how == "bare" and not m[1] and m[2] not in _ZONE_FULL:
            return Reading(None, "bare", None, m[0])
        if seat is None and self.own is not None:
            line = self.own.line()
            urban = self.own.level == "county" and self.own.name.endswith("区") and self.own.up is not None
            seat = line[1] if urban and m[2] in _ZONE_FULL else line[0]
        if seat is None:
            return None
        shown = seat.prefix if how == "explicit" else m[1] if how == "short" else seat.stem
        name = ("中共" if m[3] == "党工委" else "") + shown + area + organ
        body = seated(seat, name, "派出机构", government(seat), known=False)
        if m[4]:
            body = seated(seat, body.name + _office(m[4]), kind_of(m[4], "内设机构"), body, known=False)
        return Reading(body, how, seat, m[0])

    def _zone_department(self, m: re.Match[str], inherited: Seat | None) -> Reading | None:
        """A bureau of a zone (``南沙开发区发改局``): below the zone's committee."""
        if self.place_of(m[1] + "人民政府", inherited).rest != "人民政府":
            return None
        zone = self.read(m[1] + m[2] + "管委会", inherited)
        if zone.body is None or zone.body.seat is None or not zone.body.name.endswith("管理委员会"):
            return None
        name = zone.body.name.removesuffix("管理委员会") + (stemmed(m[3], self.year) or _office(m[3]))
        return Reading(
            seated(zone.body.seat, name, "部门", zone.body, known=False), zone.method, zone.seat, m[0]
        )

    def _named_zone(self, m: re.Match[str]) -> Reading | None:
        if self.own is None:
            return None
        organ = {"管委会": "管理委员会", "党工委": "工作委员会"}.get(m[3], m[3])
        name = ("中共" if m[3] == "党工委" else "") + m[1] + m[2] + organ
        body = seated(self.own, name, "派出机构", government(self.own), known=False)
        if m[4]:
            body = seated(self.own, name + _office(m[4]), kind_of(m[4], "内设机构"), body, known=False)
        return Reading(body, "name", self.own, m[0])

    def _placed(self, text: str, inherited: Seat | None) -> Reading:
        seat, rest, how = self.place_of(text, inherited)
        if how == "bare" or (how == "relative" and text[0] in "省市" and _VILLAGE.search(rest)):
            return self._bare(text, inherited)
        if seat is None:
            return Reading(None, how)
        if how == "relative":
            return Reading(local(seat, rest, self.year), how, seat, rest)
        return self._of_named_place(text, seat, rest, how)

    def _of_named_place(self, text: str, seat: Seat, rest: str, how: str) -> Reading:
        if not rest:
            return Reading(government(seat) if seat.level == "zone" else None, how, seat)
        governs = known_form(rest, self.year) or _GOVERNS.search(rest)
        if how == "short" and GROUP.search(rest):
            return Reading(self._group_aware(text), "name", seat, rest)
        if how == "short" and (_OWN_NAMED.search(rest) or not governs):
            return Reading(_own_named(text), "name", seat, rest)
        if how == "short" and rest == "生态环境局" and seat.level == "county" and seat.up is not None:
            bureau = local(seat.up, rest, self.year)
            return Reading(seated(seat.up, seat.up.prefix + text, "派出机构", bureau), "explicit", seat, rest)
        if rest in ("管委会", "管理委员会") and seat.level != "zone":
            name = text.replace("管委会", "管理委员会")
            above = self.own or seat
            return Reading(
                seated(above, name, "派出机构", government(above), known=False), "name", above, rest
            )
        return Reading(local(seat, rest, self.year), "explicit", seat, rest)

    def _bare(self, text: str, inherited: Seat | None) -> Reading:
        if (m := _COMMITTEE.match(text)) and self.own is not None:
            name = m[1] + "管理委员会"
            body = seated(self.own, name, "派出机构", government(self.own), known=False)
            return Reading(body, "name", self.own, text)
        if not self._is_local(text) or (self._of_town() and _STATION.search(text)):
            return Reading(_own_named(text), "name")
        seat = inherited or self.own
        if seat is not None and text.endswith("厅"):
            seat = seat.line()[-1]
        if seat is None:
            named = (
                self.central
                and not known_form(text, self.year)
                and (len(text) > 4 or not text.endswith(("局", "厅")))
            )
            return Reading(placeless(_office(text)) if named else None, "bare")
        if inherited is None and _below_the_province(seat, text, self.year):
            return Reading(None, "bare")
        how = "inherited" if inherited is not None else "bare"
        return Reading(local(seat, text, self.year), how, seat, text)

    def _of_town(self) -> bool:
        return self.own is not None and self.own.level == "township"

    def _is_local(self, text: str) -> bool:
        """Whether a bare name is a body of the document's own place and not one with a name of its own."""
        if _OWN_NAMED.search(text):
            return False
        if known_form(text, self.year) or _ORGANISATION.search(text):
            return True
        near = self.own is not None and self.own.level in ("county", "prefecture", "township")
        return near and text.endswith("中心") and len(text) <= _SHORT_CENTRE


def _below_the_province(seat: Seat, text: str, year: int | None) -> bool:
    """Whether a bare 局 in a provincial document is one of the lower bureaux: the province has a 厅 of it."""
    if seat.level != "province" or seat.name.endswith("市") or not text.endswith("局"):
        return False
    return tables.is_department_of_a_province((stemmed(text, year) or text).removesuffix("局"))


def _belongs(head: str, rest: str, kind: str) -> bool:
    """Whether what follows a national name is an office of it, and no other word (``公安部门``)."""
    if rest.startswith(("门", "队", "员")):
        return False
    if kind == "银行":
        return _BRANCH.search(rest) is not None
    return len(head) > 2 or _ORGANISATION.search(rest) is not None


def _part_of(entry: tables.NationalBody, text: str, rest: str, year: int | None) -> Reading:
    above = national_body(entry, year)
    if entry.kind == "银行":
        return Reading(placeless(entry.name + _office(rest), above), "name")
    if entry.kind == "企业":
        return Reading(placeless(text, above), "name")
    if _SPOKEN.search(rest):
        return Reading(None, "name")
    name = entry.name.removeprefix("中华人民共和国") + _office(rest)
    m = re.match(r"^(.+)(办公室|秘书处)$", _office(rest))
    if entry.name == "国务院" and m and GROUP.search(m[1]):
        above = placeless("国务院" + m[1], above, "cn")
    return Reading(placeless(name, above, "cn"), "national")


def _office(text: str) -> str:
    if text.endswith("营管部"):
        return text.removesuffix("营管部") + "营业管理部"
    return text + "公室" if text.endswith("办") else text


def _villagers(text: str) -> str:
    return re.sub(r"(居|村)委会$", r"\1民委员会", text)


def _own_named(text: str) -> Body:
    """A body with a name of its own; branches of banks and parts of universities stand below them."""
    m = re.match(
        r"^(.{2,20}?(?:银行|大学|学校))(.*(?:支行|分行|学院|医院|研究院|中心|实验室|办公室|处))$", text
    )
    m = m or _INSTITUTE.match(text)
    if garrison := _GARRISON.match(text):
        return placeless(text, placeless("中国人民解放军" + garrison[1]))
    return placeless(_villagers(_office(text)), placeless(m[1]) if m else None)


def is_national_head(text: str) -> bool:
    """Whether a name starts with a word of the whole country (全国, 中央, 武警)."""
    return _NATIONAL_HEAD.match(text) is not None
