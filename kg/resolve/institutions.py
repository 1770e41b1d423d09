"""Which body a name stands for, at the date of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.grammar import bodies as tables
from kg.grammar import places
from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import InstitutionEntity, Linked, Resolution
from kg.model.issues import Issue, Stage
from kg.model.mentions import Mention
from kg.resolve.bodies import Body, names_its_body, within
from kg.resolve.names import Namer, Reading, is_national_head
from kg.resolve.seats import Seat, seat_of, seat_of_place

_DEFINES = re.compile(
    r"^\s*[（(](?:以下|下|以下统)?(?:统)?(?:简|合)?称(?:为|：|:)?[“\"「]?([^”\"」）)、，。\n]{2,24})[”\"」]?[）)]"
)
_EACH = re.compile(
    r"主管部门、$|(?:各|所在|每个|有关|相关|所辖|辖区)(?:设区)?[省市区县州盟旗镇乡地]?[（(]?[省市区县州盟旗、）)]{0,6}$"
)
_CONJUNCTION = re.compile(r"^(?:和|与|及|会同)(?=[省市区县州旗盟])")
_LISTED = re.compile(r"^[、和及与]$|^以及$")
_GROUP_WORD = re.compile(
    r"^(?:[省市县区旗州盟])?(?:工作)?(领导小组|协调小组|指挥部|联席会议|委员会|专班|工作组)(办公室)?$"
)
_ZONE_WORD = re.compile(
    r"^(园区|开发区|新区|工业园|工业园区|产业园|产业园区|度假区|示范区|保税区|旅游度假区)(?:管委会|管理委员会)$"
)
_HOUSE = re.compile(r"(?:局|厅|委员会|办公室|办公厅|部|署|院|中心|大队|支队|总队)$")
"""Bodies that have inner offices of their own; a 股 or 科 named alone stands in the last one named."""
_NO_HOUSE = frozenset(("国务院", "法院", "检察院", "党委", "党中央", "人大", "政协", "群团"))
_UNIT = re.compile(r"(?:股|科|处|(?<!办公)(?<!实验)室|中队|(?<!公)司)$")
_FOUNDS = re.compile(r"(?:成立|建立|设立|组建|调整|健全)(?:由|本级)?")
_SAYS = re.compile(r"担任|原则上|召集|要求|按照|根据")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百]+条")
_CITED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]政(?:办)?(?:发|函|字|规))[〔\[（(]")
_SENTENCE = 70
_SEARCHES = 64
"""So often the text before is searched for a group's founding; no document needs more."""
_SPELLED = 100
_SHORT = 12
"""A name longer than this is no abbreviation of one spelled out elsewhere."""
_BEFORE = 3_000
"""How far back the founding of a group is looked for."""
_SCORES = {
    "national": 1.0,
    "explicit": 1.0,
    "relative": 0.98,
    "defined": 0.95,
    "inherited": 0.9,
    "bare": 0.85,
    "inner": 0.8,
    "name": 0.8,
}

_FULL_END = {"办": "办公室", "委": "委员会"}


@dataclass
class _State:
    """What the mentions read so far have said."""

    defined: dict[str, Body] = field(default_factory=dict)
    groups: list[Body] = field(default_factory=list)
    last: tuple[int, Seat | None] = (-1, None)
    classed: int = -2
    sought: int = 0
    standing: Body | None = None
    place: Seat | None = None
    zones: list[Body] = field(default_factory=list)
    house: str = ""


def resolve_institutions(
    doc: CleanDoc, structure: Structure, context: Context, mentions: tuple[Mention, ...]
) -> Resolution:
    """Link the mentions of institutions; superior bodies are among the entities."""
    own = seat_of(context)
    namer = Namer(own, places.year_of(context.date), context.level == "national")
    state = _State(house=_ministry(context))
    found: list[tuple[Mention, Reading]] = []
    for m in mentions:
        reading = _read(doc.text, m, namer, state)
        found.append((m, reading))
        _remember(doc.text, m, reading, state)
    place = None if own else state.place or (None if namer.central else _province_cited(doc.text, namer.year))
    if place is not None:
        found = [(m, _from_elsewhere(m, r, Namer(place, namer.year, False))) for m, r in found]
    found = _by_the_document(found)
    linked = tuple(
        Linked(m, r.body.key if r.body else None, r.method, _SCORES.get(r.method, 0.8)) for m, r in found
    )
    issues = tuple(
        Issue(
            Stage.RESOLVE, "unresolved-institution", f"“{_bare(m.text)}”所指机构不能确定", "", m.start, m.end
        )
        for m, r in found
        if r.body is None
    )
    return Resolution(linked, entities_of(found), issues)


def _province_cited(text: str, year: int | None) -> Seat | None:
    """The one province whose government's numbers the text cites (浙政发〔2013〕46号)."""
    provinces = {p.key: p for code in _CITED.findall(text) if (p := places.province_of_code(code))}
    return seat_of_place(next(iter(provinces.values())), year) if len(provinces) == 1 else None


def _bare(text: str) -> str:
    return "".join(text.split())


def _ministry(context: Context) -> str:
    """The national body that issued the document (that of an office is the body it serves), or nothing."""
    issuer = (
        context.issuers[0].removesuffix("办公厅") if context.issuers and context.level == "national" else ""
    )
    return issuer.removeprefix("中华人民共和国")


def _in_ministry(text: str, m: Mention, namer: Namer, state: _State) -> Reading | None:
    """An office in brackets behind its ministry: 商务部（合作司）, 报我部（科技司）."""
    if not m.rule.endswith("inner-bracketed"):
        return None
    named = state.last[0] == m.start - 1 and state.standing is not None
    above = state.standing.name.removeprefix("中华人民共和国") if named and state.standing else state.house
    return namer.read(above + _bare(m.text)) if above else None


def _read(text: str, m: Mention, namer: Namer, state: _State) -> Reading:
    inner = _in_ministry(text, m, namer, state)
    if inner is not None:
        return inner
    name = _without_conjunction(_bare(m.text), namer.own)
    back = _backward(text[max(0, m.start - _BEFORE) : m.start], name, namer, state)
    if back is not None:
        return back
    end, seat = state.last
    mark = text[end : m.start]
    inherited = seat if _LISTED.match(mark) else None
    if mark != "、" and namer.own is not None and namer.place_of(name).how == "relative":
        inherited = None
    reading = namer.read(name, inherited)
    if (
        reading.body is None
        and reading.method == "relative"
        and namer.own is None
        and state.place is not None
    ):
        reading = Namer(state.place, namer.year, False).read(name)
        return Reading(reading.body, "inherited", reading.seat, reading.rest)
    bare = reading.method in ("bare", "inherited") or (namer.central and tables.is_bare(name))
    if bare and _is_class(text[max(0, m.start - 8) : m.start], mark, state):
        state.classed = m.end
        return Reading(None, "bare")
    if reading.body is None and reading.method == "bare":
        state.classed = m.end
    alone = reading.method in ("bare", "name") and _UNIT.search(name) and not names_its_body(name)
    if (
        alone
        and not is_national_head(name)
        and state.standing is not None
        and not (reading.body and reading.body.known)
    ):
        return Reading(within(state.standing, name), "inner", state.standing.seat)
    return reading


def _is_class(before: str, mark: str, state: _State) -> bool:
    """Whether a bare name is one of many (``各区人社局、税务局``)."""
    return _EACH.search(before) is not None or (mark == "、" and state.classed == state.last[0])


def _from_elsewhere(m: Mention, reading: Reading, namer: Namer) -> Reading:
    """A relative name in a document of no place: seen from the last place that the text spelled out."""
    if reading.body is not None or reading.method != "relative":
        return reading
    found = namer.read(_bare(m.text))
    return Reading(found.body, "inherited" if found.body else "relative", found.seat, found.rest)


def _without_conjunction(name: str, own: Seat | None) -> str:
    """``和县委`` is 和 and 县委 everywhere but in 和县; ``会同县公安局`` likewise."""
    m = _CONJUNCTION.match(name)
    if m is None or own is None or any(s.name.startswith(m[0]) for s in own.line()):
        return name
    return name[m.end() :]


def _backward(before: str, name: str, namer: Namer, state: _State) -> Reading | None:
    """Names that say nothing alone and point back: defined ones, bare groups, bare zones."""
    if name in state.defined:
        return Reading(state.defined[name], "defined", state.defined[name].seat)
    if g := _GROUP_WORD.match(name):
        body = _group(g[1], g[2] or "", state)
        if body is None and state.sought < _SEARCHES:
            state.sought += 1
            body = _founded(before, g, namer)
        if body is None and g[1] == "委员会":
            return None
        return Reading(body, "defined" if body else "bare", body.seat if body else None)
    if z := _ZONE_WORD.match(name):
        zones = [b for b in state.zones if b.name.endswith(z[1] + "管理委员会")]
        return Reading(zones[-1], "defined", zones[-1].seat) if zones else None
    return None


def _group(word: str, office: str, state: _State) -> Body | None:
    """The one group of this word named so far, or its office."""
    found = {b.key: b for b in state.groups if b.name.endswith(word)}
    body = list(found.values())[-1] if found else None
    if body is None or not office:
        return body
    return within(body, office, "议事协调机构")


def _founded(before: str, g: re.Match[str], namer: Namer) -> Body | None:
    """The group that the text before defines or says is set up (``建立全市…联席会议制度``), or its office."""
    defined, founded, named = [], [], []
    for m in re.finditer(rf"[^，。；、：\n（）的了]{{3,30}}?{g[1]}", before):
        if _SAYS.search(m[0]):
            continue
        sentence = before[max(0, m.start() - _SENTENCE) : m.start()].rpartition("。")[2]
        if _DEFINES.match(before[m.end() : m.end() + 40]):
            defined.append(_FOUNDS.split(m[0])[-1])
        elif _FOUNDS.search(sentence + m[0]):
            founded.append(_FOUNDS.split(m[0])[-1])
        elif g[1] == "联席会议" and m[0].endswith("部际联席会议"):
            named.append(_ARTICLE.sub("", m[0]))
    names = defined or founded or named
    if not names or len(names[-1]) <= len(g[1]) + 1:
        return None
    body = namer.read(re.sub(r"^全?(?=[省市县区旗州])", "", names[-1])).body
    return within(body, g[2], "议事协调机构") if body is not None and g[2] else body


def _remember(text: str, m: Mention, reading: Reading, state: _State) -> None:
    state.last = (m.end, reading.seat)
    body = reading.body
    if body is None:
        return
    if reading.method == "explicit" and reading.seat is not None:
        state.place = reading.seat
    if body.kind == "派出机构" and body.name.endswith("管理委员会"):
        state.zones.append(body)
    if _HOUSE.search(body.name) and body.kind not in _NO_HOUSE:
        state.standing = body
    elif body.kind == "内设机构":
        state.standing = body.parent
    if d := _DEFINES.match(text[m.end : m.end + 40]):
        state.defined[_bare(d[1])] = body
    for group in (body, body.parent):
        if group is not None and group.kind == "议事协调机构" and not group.name.endswith("办公室"):
            state.groups.append(group)


def _by_the_document(found: list[tuple[Mention, Reading]]) -> list[tuple[Mention, Reading]]:
    """What the document spells out beats an abbreviation that no table knows."""
    spelled: dict[tuple[str, str], dict[str, Body]] = {}
    for m, r in found:
        if r.body is not None and r.body.seat is not None and r.body.name.endswith(_bare(m.text)):
            rest = r.body.name.replace(r.body.seat.prefix, "", 1)
            of_one_start = spelled.setdefault((r.body.seat.key, rest[:1]), {})
            if len(of_one_start) < _SPELLED:
                of_one_start[rest] = r.body
    result = []
    for m, r in found:
        body = r.body
        if body is None or body.known or body.seat is None or len(r.rest) > _SHORT or r.method == "inner":
            result.append((m, r))
            continue
        meant = _spelled_out(r.rest, body, spelled.get((body.seat.key, r.rest[:1]), {}))
        result.append((m, Reading(meant, "defined", r.seat, r.rest) if meant else r))
    return result


def _spelled_out(short: str, body: Body, rests: dict[str, Body]) -> Body | None:
    """The one body of the same place that a short name abbreviates; of several, the longest of all."""
    found = sorted((rest for rest in rests if _abbreviates(short, rest)), key=len)
    if not found or not all(_abbreviates(rest, found[-1]) for rest in found[:-1]):
        return None
    return rests[found[-1]] if rests[found[-1]].key != body.key else None


def _abbreviates(short: str, full: str) -> bool:
    """Whether a name is another's abbreviation: same first word, same last one, all its 汉字 in order."""
    if len(short) < 3 or len(full) <= len(short) or short[0] != full[0]:
        return False
    if not full.endswith(_FULL_END.get(short[-1], short[-1])):
        return False
    return tables.holds_in_order(full, short)


def entities_of(found: Iterable[tuple[Mention, Reading]]) -> tuple[InstitutionEntity, ...]:
    """The bodies found and all above them, sorted by key, with the other names seen."""
    bodies: dict[str, Body] = {}
    aliases: dict[str, set[str]] = {}
    for m, r in found:
        if r.body is None:
            continue
        aliases.setdefault(r.body.key, set()).add(_bare(m.text))
        add_bodies(bodies, r.body)
    return tuple(entity(b, aliases.get(key, set())) for key, b in sorted(bodies.items()))


def add_bodies(bodies: dict[str, Body], body: Body | None) -> None:
    """Add a body and its superiors."""
    while body is not None and body.key not in bodies:
        bodies[body.key] = body
        body = body.parent


def entity(body: Body, aliases: Iterable[str] = ()) -> InstitutionEntity:
    """The entity of a body."""
    return InstitutionEntity(
        body.key,
        body.name,
        tuple(sorted(a for a in set(aliases) if a != body.name)),
        body.kind,
        body.seat.key if body.seat and not body.seat.key.startswith("division/zone/") else None,
        body.parent.key if body.parent else None,
        body.since,
        body.until,
    )
