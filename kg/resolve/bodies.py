"""Bodies: from a seat and what is written behind it to the full official name and the superior body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.grammar import bodies as tables
from kg.grammar.bodies import BodyForm, NationalBody
from kg.model.quick import quick
from kg.resolve.kinds import GROUP, kind_of
from kg.resolve.seats import Seat

_OFFICE_OF_GROUP = re.compile(
    r"^(.+(?:领导小组|协调小组|委员会|指挥部|联席会议|工作组|小组))(办公室|秘书处|秘书组)$"
)
_INNER = re.compile(
    r"^(?P<body>(?:.{2,}?(?:局|厅|委员会|委|办公室|办公厅|办(?!公)|大队|支队|总队|中心|大学)|.{0,9}?(?:法院|检察院)))"
    r"(?P<inner>[^、，]{1,24}(?:股|科|处|室|中队|大队|支队|派出所|分局|管理局|所|站|庭|学院|党组|党委|服务队|中心))$"
)
_COUNCIL_OF = re.compile(r"^(?P<body>.{2,10}?(?:局|厅))(?P<inner>[^、，]{2,14}委员会)$")
_OWN_ORGAN = frozenset(("办", "管委会", "管理委员会", "办事处", "街道办事处", "街道办"))
_STATION = re.compile(r"^[一-龥]{2,8}(?:派出所|司法所)$")
_SQUAD = re.compile(r"^(.{2,8}?)(?:综合)?(?:行政)?执法(?:大队|支队|总队)$")
_FULL_ENDS = (
    ("管委会", "管理委员会"),
    ("管委", "管理委员会"),
    ("居委会", "居民委员会"),
    ("村委会", "村民委员会"),
    ("领导小组办", "领导小组办公室"),
)


@quick
@dataclass(frozen=True, slots=True)
class Body:
    """An organisation as the resolver knows it.

    Attributes:
        key: key of the entity.
        name: full official name.
        kind: what it is.
        seat: division it belongs to, None for national and placeless bodies.
        parent: superior body or None.
        since: first year of the name where a table says so.
        until: last year likewise.
        known: whether a table gave the full name (else it is what the document prints).
    """

    key: str
    name: str
    kind: str
    seat: Seat | None = None
    parent: Body | None = None
    since: str | None = None
    until: str | None = None
    known: bool = True

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=1 << 13)
def national_body(entry: NationalBody, year: int | None = None) -> Body:
    """A line of the table of national bodies with those above it, as of a year."""
    above = tables.superior_of(entry, year)
    return Body(
        f"institution/cn/{entry.name}",
        entry.name,
        entry.kind,
        None,
        national_body(above, year) if above else None,
        str(entry.since) if entry.since else None,
        str(entry.until) if entry.until != tables.OPEN else None,
    )


@lru_cache(maxsize=1 << 13)
def national_named(name: str) -> Body | None:
    """The national body of a full or short name."""
    entry = tables.national(name)
    return national_body(entry) if entry else None


@lru_cache(maxsize=1 << 13)
def placeless(name: str, parent: Body | None = None, scope: str = "name") -> Body:
    """A body that belongs to no division: by its printed name."""
    return Body(f"institution/{scope}/{name}", name, kind_of(name), None, parent, known=False)


def seated(seat: Seat, name: str, kind: str, parent: Body | None, known: bool = True) -> Body:
    """A body of a division; the key leaves the place out of the name."""
    tail = name.replace(seat.prefix, "", 1) or name
    return Body(
        f"institution/{seat.key.removeprefix('division/')}/{tail}", name, kind, seat, parent, known=known
    )


def government_name(seat: Seat) -> str:
    """人民政府, 行政公署 of a 盟 or 地区, 办事处 of a street, 管理委员会 of a zone."""
    if seat.level == "zone":
        return seat.prefix + "管理委员会"
    if seat.name.endswith("街道"):
        return seat.prefix + "办事处"
    if seat.name.endswith("特别行政区"):
        return seat.prefix + "政府"
    if seat.level == "prefecture" and seat.name.endswith(("盟", "地区")):
        return seat.prefix + "行政公署"
    return seat.prefix + "人民政府"


@lru_cache(maxsize=1 << 13)
def government(seat: Seat) -> Body:
    """The government of a seat; above it that of the next higher seat, at last 国务院."""
    corps = national_named(seat.name) if seat.name.endswith("兵团") else None
    if corps is not None:
        return corps
    above = government(seat.up) if seat.up else None
    if above is None and seat.level == "province":
        above = national_named("国务院")
    return seated(seat, government_name(seat), "派出机构" if seat.level == "zone" else "人民政府", above)


@lru_cache(maxsize=1 << 13)
def party(seat: Seat) -> Body:
    """The party committee of a seat (工作委员会 of a street)."""
    above = party(seat.up) if seat.up else None
    if above is None and seat.level == "province":
        above = national_named("中共中央")
    word = (
        "工作委员会"
        if seat.name.endswith("街道") or (seat.level == "zone" and not seat.name.endswith("兵团"))
        else "委员会"
    )
    return seated(seat, f"中共{seat.prefix}{word}", "党委", above)


@lru_cache(maxsize=1 << 13)
def court(seat: Seat) -> Body:
    """The people's court of a seat: 基层, 中级 or 高级."""
    if seat.level == "province":
        return seated(seat, seat.prefix + "高级人民法院", "法院", national_named("最高人民法院"))
    above = court(seat.up) if seat.up else None
    word = "中级人民法院" if seat.level == "prefecture" else "人民法院"
    return seated(seat, seat.prefix + word, "法院", above)


def _province(seat: Seat) -> Seat:
    return seat.line()[-1]


def _superior(selector: str | None, seat: Seat, year: int | None) -> Body | None:
    if selector is None:
        return None
    where, form = selector.split(":", 1)
    if where == "N":
        return national_named(form)
    if where == "P":
        return local(seat, form, year)
    target = _province(seat) if where == "V" else seat.up
    if where == "V" and target is not None and target.level != "province":
        return None
    if target is not None:
        return local(target, form, year)
    top = tables.top_of(form) if seat.level == "province" else None
    return national_named(top) if top else None


def _render(form: BodyForm, seat: Seat, year: int | None) -> Body:
    template = form.name
    if form.name == "{G}":
        return government(seat)
    if form.name == "{H}":
        return court(seat)
    if form.name == "中共{P}委员会":
        return party(seat)
    if "{B}" in template:
        base_body = police(seat)
        rest = template.removeprefix("{B}")
        return (
            seated(base_body.seat or seat, base_body.name + rest, form.kind, base_body) if rest else base_body
        )
    base = seat
    if template.startswith(("{U}", "国家税务总局{U}")) and seat.up is not None:
        base = seat.up
    name = (
        template.replace("{G}", government_name(seat))
        .replace("{U}", base.prefix)
        .replace("{P}", seat.prefix)
        .replace("{S}", seat.stem)
    )
    body = seated(base, name, form.kind, _superior(form.parent, seat, year))
    return replace(
        body,
        since=str(form.since) if form.since else None,
        until=str(form.until) if form.until != tables.OPEN else None,
    )


@lru_cache(maxsize=1 << 14)
def known_form(body: str, year: int | None) -> bool:
    """Whether the tables know what is written behind the place."""
    return tables.body_form(body, year) is not None or stemmed(body, year) is not None


_SUFFIXES = sorted(tables.SUFFIXES, key=lambda s: len(s[0]))


def stemmed(body: str, year: int | None) -> str | None:
    """The full name, without a place, of a department whose stem the tables know."""
    for printed, full in _SUFFIXES:
        if body.endswith(printed):
            stem = tables.stem_form(body[: -len(printed)], year)
            if stem is not None:
                return stem.full + full
    return None


@lru_cache(maxsize=1 << 13)
def _expanded(body: str) -> str:
    for short, full in _FULL_ENDS:
        if body.endswith(short):
            return body[: -len(short)] + full
    if re.search(r"(?<!常)委$", body) and len(body) > 1:
        return body + "员会"
    if body.endswith("办") and len(body) > 1:
        return body + "公室"
    return body


@lru_cache(maxsize=1 << 13)
def local(seat: Seat, body: str, year: int | None) -> Body:
    """The body that is written ``body`` behind the place of a seat.

    Tables first, then offices of groups, inner offices, and at last the name as it is printed.
    """
    form = tables.body_form(body, year)
    if form is not None:
        return _office_of_province(_render(form, seat, year), body)
    full = tables.own_name(_province(seat).name, body, year) or stemmed(body, year)
    if full is not None:
        return seated(seat, seat.prefix + full, "部门", government(seat))
    return _composed(seat, body, year) or _printed(seat, _expanded(body))


def _composed(seat: Seat, body: str, year: int | None) -> Body | None:
    """Offices of the party committee, the government, a group; inner offices of departments."""
    if m := re.match(r"^(?:党委|委|委员会)(?=.{2,})(.+)$", body):
        return _party_office(seat, m[1], year)
    if m := re.match(r"^(?:人民政府|政府|府)(?!采购|投资|性|网站)(?=.{2,})(.+)$", body):
        return _government_office(seat, m[1], year)
    if m := _OFFICE_OF_GROUP.match(_expanded(body)):
        above = local(seat, m[1], year)
        return seated(seat, above.name + m[2], "议事协调机构", above, above.known)
    if m := _INNER.match(body) or _COUNCIL_OF.match(body):
        return _inner(seat, m["body"], m["inner"], year)
    return None


def _office_of_province(body: Body, printed: str) -> Body:
    if body.seat and body.seat.level == "province" and printed in ("府办", "政府办", "委办", "党委办"):
        name = body.name.removesuffix("办公室") + "办公厅"
        return seated(body.seat, name, body.kind, body.parent)
    return body


def _party_office(seat: Seat, rest: str, year: int | None) -> Body:
    above = party(seat)
    form = tables.body_form("委" + rest, year)
    if form is not None:
        return _render(form, seat, year)
    rest = _expanded(rest)
    if m := _OFFICE_OF_GROUP.match(rest):
        group = _party_office(seat, m[1], year)
        return seated(seat, group.name + m[2], "党委机构", group)
    return seated(seat, above.name + rest, kind_of(rest) if GROUP.search(rest) else "党委机构", above)


def _government_office(seat: Seat, rest: str, year: int | None) -> Body:
    """``政府行政复议办公室``; a department that stands behind 政府 keeps its own name (``市政府财政局``)."""
    above = government(seat)
    if m := re.match(r"^(办公室|办公厅)(.+)$", rest):
        office = local(seat, "政府" + m[1], year)
        return seated(seat, office.name + m[2], "内设机构", office)
    full = stemmed(rest, year)
    if full is not None and full.endswith("局"):
        return seated(seat, seat.prefix + full, "部门", above)
    return seated(seat, above.name + _expanded(rest), kind_of(_expanded(rest), "政府机构"), above)


def _inner(seat: Seat, head: str, tail: str, year: int | None) -> Body | None:
    if not (
        known_form(head, year)
        or head.endswith(("局", "厅", "办", "法院", "检察院", "大队", "支队", "总队", "办公室"))
    ):
        return None
    above = local(seat, head, year)
    tail = re.sub(r"^交警", "交通警察", tail)
    kind = "派出机构" if tail.endswith(("分局", "管理局", "所", "站")) else "内设机构"
    return seated(seat, above.name + tail, kind, above)


def names_its_body(text: str) -> bool:
    """Whether the name of an inner office starts with the body it stands in (``公安局治安大队``)."""
    return _INNER.match(text) is not None


def _printed(seat: Seat, body: str) -> Body:
    if body in _OWN_ORGAN or seat.prefix + body == government_name(seat):
        return government(seat)
    if (m := _STATION.match(body)) and seat.level == "county":
        return _station(seat, body)
    if m := _SQUAD.match(body):
        stem = tables.stem_form(m[1])
        if stem is not None:
            return seated(
                seat, seat.prefix + body, "执法队伍", local(seat, stem.full + "局", None), known=False
            )
    name = (
        body
        if seat.name in body or (len(seat.stem) > 1 and body.startswith(seat.stem))
        else seat.prefix + body
    )
    kind = kind_of(body)
    parent = (
        government(seat)
        if kind in ("部门", "政府机构", "事业单位", "执法队伍") and not body.endswith("所")
        else None
    )
    return seated(seat, name, kind, parent, known=False)


def police(seat: Seat) -> Body:
    """The 公安局 of a seat; of a city district, the city's 公安分局."""
    district = seat.level == "county" and seat.name.endswith("区") and seat.up is not None
    return local(seat, "公安分局" if district else "公安局", None)


def _station(seat: Seat, body: str) -> Body:
    """A police station or a judicial office, in the bureau of the county or district."""
    above = police(seat) if body.endswith("派出所") else local(seat, "司法局", None)
    return replace(within(above, body), known=True)


def within(above: Body, text: str, kind: str = "内设机构") -> Body:
    """An inner office named alone, in the body it stands in."""
    name = above.name + text
    if above.seat is None:
        return Body(f"{above.key}{text}", name, kind, None, above, known=False)
    return seated(above.seat, name, kind, above, known=False)
