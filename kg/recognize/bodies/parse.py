"""From the matches of the automaton to names: what each kind of head asks for on its left."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.recognize.bodies import left
from kg.recognize.bodies.lexicon import KNOWN, any_of, lines
from kg.recognize.bodies.left import Begin

_GOVERNING = frozenset({"gov", "party", "congress"})
_SUPERIOR = frozenset(
    {
        "gov", "party", "congress", "court", "dept", "office", KNOWN, "zone", "group", "unit", "branch", "centre",
        "company", "school", "open", "assoc", "army", "street", "groupoffice",
    }
)  # fmt: skip
_FORBIDDEN_NEXT = {
    "局": "面势限长部",
    "厅": "堂级",
    "委": "托派员屈任培",
    "办": "理法公事学案好结税件展医证成企电园",
    "部": "门分队署件位级",
    "府": "采",
    "会": "议",
    "院": "校士线落内外",
    "处": "理罚置分于级以在室所方境",
    "科": "学技研室级目普创",
    "股": "份权东票市价金指级",
    "室": "内外",
    "心": "城区村镇环小思",
    "学": "生习校",
    "行": "业为政动",
    "司": "法机令",
    "协": "调议会商作助同",
    "大": "力会",
    "队": "伍员",
    "站": "点",
    "所": "有在属需",
}  # fmt: skip
_VERBAL = frozenset(
    "组织 指导 协调 监督 管理 服务 规范 清理 检查 整治 治理 宣传 研究 审查 指挥 登记 注册 发展 改革 建设 开放 合作 采购 救助 调研 督查 督察 "
    "督导 巡察 稽查 检测 检验 执法 监管 清欠 创建 整顿 考试 接待 挂钩 结对 帮扶 攻坚 利用 统筹 运行 企业 就业 项目 平台 农村 社会 农业".split()
)
_BARE_DEPARTMENTS = any_of(word for row in lines("bare.txt") for word in row.split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A name: its span, the kind of its head, its form, where its place words end and the rule."""

    start: int
    end: int
    kind: str
    form: str
    place_end: int
    rule: str


class Parser:
    """Reads the names of one text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Hit] = []
        self._readers: dict[str, Callable[[int, int, str, int], Hit | None]] = {
            KNOWN: self._known,
            "gov": self._governing,
            "party": self._governing,
            "congress": self._governing,
            "court": self._governing,
            "dept": self._department,
            "branch": self._department,
            "station": self._station,
            "office": self._office,
            "groupoffice": self._group,
            "group": self._group,
            "inner": self._inner,
            "unit": self._unit,
            "zone": self._zone,
            "street": self._street,
            "company": self._company,
            "centre": self._open,
            "school": self._open,
            "open": self._open,
            "assoc": self._open,
            "army": self._open,
        }

    def hits(self, matches: list[tuple[str, int, int]]) -> list[Hit]:
        """The names behind the matches, in order, not overlapping."""
        text, found = self.text, self.found
        for kind, start, end in matches:
            if end < len(text) and text[end] in _FORBIDDEN_NEXT.get(text[end - 1], "") and kind != KNOWN:
                continue
            if kind == KNOWN and text[end - 1] == "办" and text.startswith("公室", end):
                kind, start, end = "office", end - 1, end + 2
            hit = self._readers[kind](start, end, kind, left.floor_of(text, start))
            if hit is None:
                continue
            while found and found[-1].end > hit.start:
                found.pop()
            found.append(hit)
        return found

    def _superior(self, at: int) -> Hit | None:
        """The name that ends at ``at`` and may hold what follows."""
        if self.found and self.found[-1].end == at and self.found[-1].kind in _SUPERIOR:
            return self.found[-1]
        return None

    def _last_end(self, floor: int) -> int:
        return max(floor, self.found[-1].end) if self.found else floor

    def _hit(self, start: int, end: int, kind: str, begin: Begin | None, rule: str) -> Hit:
        if begin is None:
            return Hit(start, end, kind, "short", start, rule)
        return Hit(begin.start, end, kind, begin.form, begin.place_end, rule)

    def _below(self, superior: Hit, end: int, kind: str, rule: str) -> Hit:
        return Hit(superior.start, end, kind, "inner", superior.place_end, rule)

    def _known(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        if self.found and self.found[-1].end > start:
            return None
        if self.text[end : end + 1] and self.text[end] in _FORBIDDEN_NEXT.get(self.text[end - 1], ""):
            return None
        if self.text[end - 1] in "局委部办厅":
            longer = self._department(end - 1, end, "dept", floor)
            if longer is not None and longer.start < start:
                return longer
        if start > floor and self.text[start - 1] in "省市区县州盟旗":
            begin = left.place_before(self.text, start, floor)
            if begin:
                return self._hit(start, end, "dept", begin, "department")
        superior = self._superior(start)
        if superior is not None and superior.kind in ("gov", "dept"):
            return self._below(superior, end, "dept", "department-of")
        return Hit(start, end, kind, "full", start, "known")

    def _governing(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        """Government, party committee, congress, court: only behind a place."""
        text = self.text
        body = text[start:end]
        if body in ("行署",):
            begin = left.place_before(text, start, floor)
            return self._hit(start, end, kind, begin, "administration")
        superior = self._superior(start)
        if superior is not None and (
            (body in ("党委", "党工委", "党组") and superior.kind in ("gov", "dept", KNOWN, "zone", "company", "school"))
            or (kind == "congress" and superior.kind == "zone")
        ):
            return self._below(superior, end, kind, "party-of")
        begin = left.place_before(text, start, floor) or left.town_before(text, start, floor)
        if begin is None:
            return None
        if body.startswith("府办"):
            return self._joint(begin, end) or self._hit(start, end, "office", begin, kind)
        return self._hit(start, end, kind, begin, kind)

    def _joint(self, begin: Begin, end: int) -> Hit | None:
        """One office of party and government: 区委区府办."""
        party = self._superior(begin.start)
        if party is not None and party.kind == "party" and party.form == begin.form:
            return self._below(party, end, "office", "joint-office")
        return None

    def _department(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        """局, 厅, 委, 办 … behind fields of work."""
        text = self.text
        floor = self._last_end(floor)
        starts = left.over_topics(text, start, floor)
        at = starts[-1] if starts else start
        superior = self._superior(at)
        if superior is not None and (starts or kind == "branch" or end - start > 1 or text[start] == "办"):
            return self._below(superior, end, kind, "department-of")
        begin = left.place_before(text, at, floor) if starts or len(text[start:end]) > 1 else None
        if begin is not None:
            vertical = self._superior(begin.start)
            if vertical is not None and (vertical.kind == KNOWN or (kind == "branch" and vertical.kind == "dept")):
                return self._below(vertical, end, kind, "vertical")
            return self._hit(start, end, kind, begin, "department")
        if starts:
            for topic in reversed(starts):
                begin = left.place_before(text, topic, floor)
                if begin is not None:
                    return self._hit(start, end, kind, begin, "department")
        superior = self._superior(floor)
        if superior is not None and 0 < start - floor <= 6 and superior.kind in ("dept", KNOWN, "company"):
            if kind != "office" and not left.inside().search(text, floor, start):
                return self._below(superior, end, kind, "branch-of")
        begin = left.scan(text, start, floor, 8, loose=False, short=True)
        if begin is not None and begin.place_end < start:
            return self._hit(start, end, kind, begin, "department-open")
        return self._bare(starts, start, end, kind)

    def _bare(self, starts: list[int], start: int, end: int, kind: str) -> Hit | None:
        """A department without a place: one that the table of bare names holds."""
        for at in reversed(starts):
            if _BARE_DEPARTMENTS.fullmatch(self.text, at, end):
                return Hit(at, end, kind, "short", at, "department-bare")
        if not starts and _BARE_DEPARTMENTS.fullmatch(self.text, start, end):
            return Hit(start, end, kind, "short", start, "department-bare")
        return None

    def _office(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        superior = self._superior(start)
        if superior is not None:
            return self._below(superior, end, kind, "office-of")
        for word in ("人大常委会", "人大", "政协", "党委", "政府", "管委会"):
            if self.text.startswith(word, start - len(word)) and word not in ("党委", "政府", "管委会"):
                return Hit(start - len(word), end, kind, "short", start - len(word), "office-bare")
        return self._department(start, end, kind, floor)

    def _group(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        """Leading groups, commands and their offices: a place and any words."""
        text = self.text
        superior = self._superior(start)
        if superior is not None and kind == "groupoffice":
            return self._below(superior, end, kind, "office-of")
        last = self._last_end(floor)
        if self.found and last == self.found[-1].end and self.found[-1].kind in ("gov", "party", KNOWN):
            if last < start <= last + 40 and not left.hard().search(text, last, start):
                return self._below(self.found[-1], end, kind, "group-of")
        begin = left.place_before(text, start, last) or left.scan(text, start, last, 40, loose=True, short=True)
        if begin is not None:
            return self._hit(start, end, kind, begin, "group")
        if kind == "groupoffice":
            at = left.edge_before(text, start, max(last, start - 20))
            return Hit(at, end, kind, "short", at, "group-office-bare")
        return None

    def _inner(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        """处, 科, 股, 室: within a body, or in quotation marks."""
        text = self.text
        floor = self._last_end(floor)
        starts = left.over_topics(text, start, floor)
        at = starts[-1] if starts else start
        superior = self._superior(at)
        if superior is not None and (starts or end - start > 1):
            return self._below(superior, end, kind, "inner")
        begin = left.place_before(text, at, floor)
        if begin is not None and text.startswith("府", start):
            return self._joint(begin, end) or self._hit(start, end, kind, begin, "inner-of-place")
        if begin is not None and end - start > 1 and (starts or end - start > 2):
            return self._hit(start, end, kind, begin, "inner-of-place")
        quote = text.rfind("“", max(0, start - 24), start)
        if quote >= 0 and text[end : end + 1] in ("”", "（", "(") and "”" not in text[quote:start] and text[end - 1] in "处科股室":
            return Hit(quote + 1, end, kind, "inner", quote + 1, "inner-quoted") if starts else None
        return None

    def _station(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        """Police stations: of a bureau, of a place or with a name of their own."""
        hit = self._unit(start, end, kind, floor)
        if hit is not None:
            return hit
        at = left.edge_before(self.text, start, max(self._last_end(floor), start - 8))
        return Hit(at, end, kind, "short", at, "station") if start - at >= 2 else None

    def _unit(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        """总队, 支队, 大队, 中队: of a body or a place."""
        text = self.text
        floor = self._last_end(floor)
        starts = left.over_topics(text, start, floor)
        at = starts[-1] if starts else start
        superior = self._superior(at) or self._superior(floor)
        if superior is not None and not left.joined().search(text, superior.end, start) and start - superior.end <= 8:
            return self._below(superior, end, kind, "unit-of")
        begin = left.place_before(text, at, floor) or left.scan(text, start, floor, 10, loose=False, short=True)
        if begin is not None:
            return self._hit(start, end, kind, begin, "unit")
        if starts and text[start:end] in ("大队", "支队", "总队"):
            return Hit(at, end, kind, "short", at, "unit-bare")
        at = left.edge_before(text, start, max(floor, start - 8))
        if self.found and floor == self.found[-1].end and self.found[-1].kind == "unit" and start - at >= 2:
            return Hit(at, end, kind, "short", at, "unit-listed")
        return None

    def _zone(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        """Committees that run zones and scenic areas."""
        text = self.text
        floor = self._last_end(floor)
        if text[start - 1] not in "区园城港":
            begin = left.place_before(text, start, floor)
            if begin is not None:
                return self._hit(start, end, kind, begin, "zone")
        begin = left.scan(text, start, floor, 20, loose=False, short=True)
        if begin is not None and begin.place_end < start:
            return self._hit(start, end, kind, begin, "zone")
        begin = left.place_before(text, start, floor)
        if begin is not None and begin.form == "full":
            return self._hit(start, end, kind, begin, "zone")
        at = left.edge_before(text, start, max(floor, start - 12))
        if text[start - 1] in "区园城港镇" and start - at >= 2:
            return Hit(at, end, kind, "short", at, "zone-open")
        return None

    def _street(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        """Offices of streets and committees of villages and neighbourhoods."""
        text = self.text
        floor = self._last_end(floor)
        begin = left.town_before(text, start, floor)
        if begin is None:
            return None
        return self._hit(start, end, kind, begin, "street")

    def _company(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        hit = self._open(start, end, kind, floor)
        if hit is not None:
            return hit
        text = self.text
        if text.endswith("有限公司", start, end) or text.endswith("有限责任公司", start, end):
            at = left.edge_before(text, start, self._last_end(floor))
            if start - at >= 2:
                return Hit(at, end, kind, "full", at, "company")
        return None

    def _open(self, start: int, end: int, kind: str, floor: int) -> Hit | None:
        """Bodies whose name may hold any words: behind a place or a superior."""
        text = self.text
        floor = self._last_end(floor)
        superior = self._superior(floor)
        if superior is not None and start - floor <= 14 and not left.inside().search(text, floor, start):
            if superior.kind not in _GOVERNING or kind == "centre":
                return self._below(superior, end, kind, "open-of")
        begin = left.place_before(text, start, floor)
        if begin is None:
            begin = left.scan(text, start, floor, 20, loose=False, short=True)
        long = end - start > 2 or kind == "assoc"
        if begin is not None and (begin.place_end < start or begin.form == "full" or long):
            return self._hit(start, end, kind, begin, kind)
        return None
