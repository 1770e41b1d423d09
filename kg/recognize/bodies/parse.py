"""From the matches of the automaton to names: what each kind of head asks for on its left."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.recognize.bodies import left
from kg.recognize.bodies.cells import in_brackets, whole_line
from kg.recognize.bodies.facility import is_facility
from kg.recognize.bodies.firms import alliance, firm
from kg.recognize.bodies.left import Begin
from kg.recognize.bodies.lexicon import KNOWN, any_of, lines, words_of
from kg.recognize.bodies.names import Head, Hit

_GOVERNING = frozenset({"gov", "party", "congress"})
_NOT_NEXT = dict(row.split("\t") for row in lines("next.tsv"))
_BARE = any_of(word for row in lines("bare.txt") for word in row.split())
_ANCHORS = frozenset(words_of("left.tsv", "anchor"))
_ENDS = left.TOWNSHIP + "道团木港澳区"
_WIDE = frozenset(words_of("left.tsv", "wide"))
_COUNTRY = ("中国", "国家", "全国", "中央")
_INDEPENDENT = re.compile(
    r"国家|中国|中央|全国|最高|国务院|中华|海关总署|审计署|中国人民银行|人民银行|.+部\Z|.+总局\Z"
)
_WITHIN_MINISTRIES = frozenset(words_of("left.tsv", "within"))
_SHORTEST_GROUP = 3
_CLOSED = ("department", "department-of", "vertical")
_DEFINED = re.compile(r"[（(](?:以下|下)(?:简|统)?称")
_FOUNDED = re.compile(r"(?:已经?|专门|分别)?(?:成立|设立|组建)了?")


class Parser:
    """Reads the names of one text from left to right."""

    def __init__(self, text: str, *, township: bool = False) -> None:
        """Take a clean text, and whether a town issued it, so that 镇 and 乡 are relative words in it."""
        self.text = text
        self._own = left.TOWNSHIP if township else left.RELATIVE
        self.found: list[Hit] = []
        self._readers: dict[str, Callable[[Head], Hit | None]] = {
            KNOWN: self._known,
            "gov": self._governing,
            "party": self._governing,
            "congress": self._governing,
            "court": self._governing,
            "dept": self._department,
            "branch": self._department,
            "office": self._office,
            "groupoffice": self._group,
            "group": self._group,
            "inner": self._inner,
            "unit": self._unit,
            "station": self._station,
            "village": self._village,
            "plant": self._plant,
            "zone": self._zone,
            "street": self._street,
            "company": self._company,
            "centre": self._open,
            "school": self._open,
            "open": self._open,
            "lab": self._laboratory,
            "assoc": self._open,
            "army": self._open,
            "alliance": lambda head: alliance(self.text, head, self._scan(head, 20)),
        }

    def hits(self, matches: list[tuple[str, int, int]]) -> list[Hit]:
        """The names behind the matches, in order, not overlapping."""
        text, found = self.text, self.found
        for match in matches:
            kind, start, end = self._widened(*match)
            if text[end : end + 1] in _NOT_NEXT.get(text[end - 1], "") and end < len(text):
                continue
            head = Head(kind, start, end, self._floor(start))
            hit = whole_line(text, head, self._readers[kind](head))
            hit = in_brackets(text, head, hit, found[-1] if found else None)
            if hit is None:
                continue
            while found and found[-1].end > hit.start:
                found.pop()
            found.append(hit)
        return found

    def _widened(self, kind: str, start: int, end: int) -> tuple[str, int, int]:
        """The match; what it is in truth where a name ends in 办 or 管委 and goes on as 办公室, 管委会."""
        text = self.text
        if text[end - 1] == "办" and text.startswith("公室", end):
            return "office", end - 1, end + 2
        if text.startswith("管委会", end - 2):
            return "zone", end - 2, end + 1
        if text.startswith("委员会", end - 1):
            return ("dept" if kind == KNOWN else kind), (end - 1 if kind == KNOWN else start), end + 2
        return kind, start, end

    def _floor(self, at: int) -> int:
        """Behind the last punctuation and the last name before ``at``."""
        floor = left.floor_of(self.text, at)
        return max(floor, min(self.found[-1].end, at)) if self.found else floor

    def _superior(self, at: int) -> Hit | None:
        """The name that ends at ``at``."""
        return self.found[-1] if self.found and self.found[-1].end == at else None

    def _place(self, head: Head, at: int) -> Begin | None:
        return left.place_before(self.text, at, head.floor, self._own)

    def _scan(self, head: Head, limit: int, *, loose: bool = False) -> Begin | None:
        return left.scan(self.text, head.start, head.floor, limit, loose=loose, own=self._own)

    def _topics(self, head: Head) -> list[int]:
        return left.over_topics(self.text, head.start, head.floor)

    def _known(self, head: Head) -> Hit | None:
        if self.found and self.found[-1].end > head.start:
            return None
        independent = self._stands_alone(head)
        longer = None if independent else self._longer(head)
        if longer is not None:
            return longer
        begin = self._place(head, head.start)
        if begin is not None and self.text[head.start - 1] in left.RELATIVE:
            return head.at(begin, "department", "dept")
        superior = self._superior(head.start)
        if superior is not None and superior.kind in ("gov", "dept") and not independent:
            return head.below(superior, "department-of", "dept")
        return head.bare(left.with_country(self.text, head.start, head.floor), "known", "full")

    def _longer(self, head: Head) -> Hit | None:
        """A name that ends like a complete one and begins earlier: 区食药监局, 国家工业信息安全发展研究中心."""
        longer = None
        if self.text.endswith("中心", head.start, head.end):
            longer = self._open(Head("centre", head.end - 2, head.end, head.floor))
        elif self.text[head.end - 1] in "局委部办厅":
            short = Head("dept", head.end - 1, head.end, head.floor)
            found = self._department(short)
            longer = found if found is not None and found.rule in _CLOSED else None
            starts = self._topics(short)
            if longer is None and starts and starts[-1] < head.start:
                return short.bare(starts[-1], "department-bare")
        return longer if longer is not None and longer.start < head.start else None

    def _stands_alone(self, head: Head) -> bool:
        """Whether a complete name belongs to no body before it: signatures of several ministries run on."""
        name = self.text[head.start : head.end]
        if _INDEPENDENT.match(name):
            return True
        before = self._superior(head.start)
        if before is None or before.kind not in (KNOWN, "office"):
            return False
        return name not in _WITHIN_MINISTRIES and not self.text.endswith("兵团", before.start, before.end)

    def _governing(self, head: Head) -> Hit | None:
        """Government, party committee, congress, court: only behind a place."""
        body = self.text[head.start : head.end]
        superior = self._superior(head.start)
        if superior is not None and (
            (body in ("党委", "党工委", "党组") and superior.kind != "party")
            or (head.kind == "congress" and superior.kind == "zone")
            or (head.kind == "court" and self.text.endswith("兵团", superior.start, superior.end))
        ):
            return head.below(superior, "party-of")
        begin = self._place(head, head.start) or left.town_before(self.text, head.start, head.floor)
        starts = self._topics(head) if begin is None and head.kind == "court" else []
        if starts:
            begin = self._place(head, starts[-1])
        if begin is None:
            return head.bare(head.start, "administration") if body == "行署" else None
        place = self.text[begin.start : begin.place_end]
        if place in _ANCHORS or (body == "政府" and begin.form == "full" and place[-1] not in _ENDS):
            return None
        if body.startswith("府办"):
            return self._joint(head, begin) or head.at(begin, head.kind, "office")
        return head.at(begin, head.kind)

    def _joint(self, head: Head, begin: Begin) -> Hit | None:
        """One office of party and government: 区委区府办."""
        party = self._superior(begin.start)
        if party is not None and party.kind == "party" and party.form == begin.form:
            return head.below(party, "joint-office", "office")
        return None

    def _department(self, head: Head) -> Hit | None:
        """局, 厅, 委, 办 … behind fields of work."""
        starts = self._topics(head)
        at = starts[-1] if starts else head.start
        long = head.end - head.start > 1
        superior = self._superior(at)
        if superior is not None and (starts or long or self.text[head.start] == "办"):
            return head.below(superior, "department-of")
        for start in [*reversed(starts), head.start]:
            begin = self._place(head, start) if start < head.start or long else None
            if begin is not None:
                return self._vertical(head, begin) or head.at(begin, "department")
        zone = left.zone_before(self.text, at, head.floor)
        if zone is not None and starts:
            return head.at(zone, "department")
        return self._department_open(head) or self._bare_department(head, starts)

    def _vertical(self, head: Head, begin: Begin) -> Hit | None:
        """A body of a ministry in a place: 国家税务总局清远市税务局, 市生态环境局清城分局."""
        superior = self._superior(begin.start)
        if superior is None or self.text[begin.start : begin.place_end] in _WIDE:
            return None
        if superior.kind == KNOWN or (head.kind == "branch" and superior.kind == "dept"):
            return head.below(superior, "vertical")
        return None

    def _department_open(self, head: Head) -> Hit | None:
        """A department with words in its name that no lexicon holds: 市推进办."""
        superior = self._superior(head.floor)
        gap = head.start - head.floor
        if superior is not None and 0 < gap <= 8 and superior.kind in ("dept", KNOWN, "company", "court"):
            parted = head.kind == "office" or left.joined().search(self.text, head.floor, head.start)
            if not parted:
                return head.below(superior, "branch-of")
            if gap <= 6:
                return None
        begin = self._scan(head, 8)
        if begin is None or begin.place_end == head.start:
            return None
        if self.text[head.start] == "厅" and self.text[begin.place_end - 1] not in "省区团":
            return None
        return head.at(begin, "department-open")

    def _bare_department(self, head: Head, starts: list[int]) -> Hit | None:
        """A department without a place: one that the table of bare names holds."""
        for at in reversed([head.start, *starts]):
            if _BARE.fullmatch(self.text, at, head.end):
                return head.bare(at, "department-bare")
        return None

    def _office(self, head: Head) -> Hit | None:
        superior = self._superior(head.start)
        if superior is not None:
            return head.below(superior, "office-of")
        return self._department(head)

    def _group(self, head: Head) -> Hit | None:
        """Leading groups, commands and their offices: a place and any words."""
        superior = self._superior(head.floor)
        if superior is not None and head.floor == head.start and head.kind == "groupoffice":
            return head.below(superior, "office-of")
        high = superior is not None and superior.kind in ("gov", "party", KNOWN)
        high = high and self.text[head.floor] not in "和与及"
        if superior is not None and high and not left.hard().search(self.text, head.floor, head.start):
            return head.below(superior, "group-of")
        begin = self._place(head, head.start) or self._scan(head, 40, loose=True)
        if begin is not None:
            return head.at(begin, "group")
        founded = _FOUNDED.match(self.text, head.floor, head.start) if high else None
        if founded is not None and head.start - founded.end() >= _SHORTEST_GROUP:
            return head.bare(founded.end(), "group-founded")
        return self._bare_group(head)

    def _bare_group(self, head: Head) -> Hit | None:
        """A group without a place: one that is defined in brackets, or the office of one."""
        if _DEFINED.match(self.text, head.end):
            at = left.edge_before(self.text, head.start, head.floor)
            return head.bare(at, "group-defined") if head.start - at >= 2 else None
        if head.kind == "groupoffice":
            starts = self._topics(head)
            at = left.edge_before(self.text, head.start, max(head.floor, head.start - 20))
            return head.bare(min([at, *starts]), "group-office-bare")
        return None

    def _inner(self, head: Head) -> Hit | None:
        """处, 科, 股, 室: within a body, or in quotation marks."""
        text, long = self.text, head.end - head.start
        starts = self._topics(head)
        at = starts[-1] if starts else head.start
        superior = self._superior(at)
        if superior is not None and (starts or long > 1):
            return head.below(superior, "inner")
        bureau = self._superior(head.floor)
        near = bureau is not None and bureau.kind == KNOWN and head.start - head.floor <= 12
        of_ministry = near and text[head.start : head.end] == "司"
        if bureau is not None and of_ministry and not left.inside().search(text, head.floor, head.start):
            return head.below(bureau, "inner")
        begin = self._place(head, at)
        if begin is not None and text.startswith("府", head.start):
            return self._joint(head, begin) or head.at(begin, "inner-of-place")
        if begin is not None and (long > 2 or (starts and long > 1)):
            return head.at(begin, "inner-of-place")
        quote = text.rfind("“", max(0, head.start - 24), head.start)
        closed = text[head.end : head.end + 1] in ("”", "（", "(") and "”" not in text[quote : head.start]
        if quote >= 0 and starts and closed and text[head.end - 1] in "处科股":
            return head.bare(quote + 1, "inner-quoted", "inner")
        return None

    def _unit(self, head: Head) -> Hit | None:
        """总队, 支队, 大队, 中队: of a body or a place."""
        starts = self._topics(head)
        at = starts[-1] if starts else head.start
        superior = self._superior(head.floor)
        near = head.start - head.floor <= 8
        if superior is not None and near and not left.joined().search(self.text, head.floor, head.start):
            return head.below(superior, "unit-of")
        begin = self._place(head, at) or self._scan(head, 10)
        if begin is not None and "副" not in self.text[begin.place_end : head.start]:
            return head.at(begin, "unit")
        if starts and self.text[head.start : head.end] in ("大队", "支队", "总队"):
            return head.bare(at, "unit-bare")
        at = left.edge_before(self.text, head.start, max(head.floor, head.start - 8))
        if superior is not None and superior.kind == "unit" and head.start - at >= 2:
            return head.bare(at, "unit-listed")
        return None

    def _station(self, head: Head) -> Hit | None:
        """Police stations: of a bureau, of a place or with a name of their own."""
        hit = self._unit(head)
        if hit is not None:
            return hit
        at = left.edge_before(self.text, head.start, max(head.floor, head.start - 8))
        if head.start - at < 2 or left.is_class(self.text, at, head.start):
            return None
        return head.bare(at, "station")

    def _village(self, head: Head) -> Hit | None:
        """Committees of villages and neighbourhoods with a name: 浮石园社区居委会."""
        at = left.edge_before(self.text, head.start, max(head.floor, head.start - 12))
        least = 3 if self.text[head.start - 1] in "村区" else 2
        if head.start - at < least or left.is_class(self.text, at, head.start):
            return None
        return head.bare(at, "village", "full")

    def _plant(self, head: Head) -> Hit | None:
        """Plants, right behind a place."""
        begin = self._scan(head, 8)
        return head.at(begin, "plant") if begin is not None and begin.form == "full" else None

    def _zone(self, head: Head) -> Hit | None:
        """Committees that run zones and scenic areas."""
        last = self.text[head.start - 1 : head.start]
        begin = None if last in "区园城港" else self._place(head, head.start)
        if begin is None:
            scanned = self._scan(head, 20)
            begin = scanned if scanned is not None and scanned.place_end < head.start else None
        if begin is None:
            placed = self._place(head, head.start)
            begin = placed if placed is not None and placed.form == "full" else None
        if begin is not None and self.text[begin.start : begin.place_end] not in _WIDE:
            at = left.edge_before(self.text, begin.start, head.floor)
            cut = begin.place_end == head.start and 0 < begin.start - at <= 2
            return head.bare(at, "zone-open") if cut else head.at(begin, "zone")
        at = left.edge_before(self.text, head.start, max(head.floor, head.start - 12))
        named = (
            not left.is_class(self.text, at, head.start)
            and last in "区园城港镇"
            and head.start - at >= 2
            and self.text[at : head.start] != "园区"
        )
        return head.bare(at, "zone-open") if named else None

    def _street(self, head: Head) -> Hit | None:
        """Offices of streets and committees of villages and neighbourhoods."""
        begin = left.town_before(self.text, head.start, head.floor)
        return head.at(begin, "street") if begin is not None else None

    def _company(self, head: Head) -> Hit | None:
        return firm(self.text, head, self._open(head), self.found[-1] if self.found else None)

    def _open(self, head: Head) -> Hit | None:
        """Bodies whose name may hold any words: behind a place or a superior."""
        superior = self._superior(head.floor)
        if (
            superior is not None
            and not self.text.startswith(_COUNTRY, head.floor)
            and head.start - head.floor <= 14
            and (superior.kind not in _GOVERNING or head.kind == "centre")
            and (head.start > head.floor or head.kind != "school")
            and not self._parted(superior, head)
        ):
            return head.below(superior, "open-of")
        begin = self._place(head, head.start)
        if begin is None or self.text[begin.place_end - 1] not in _ENDS:
            scanned = self._scan(head, 20)
            begin = scanned if begin is None or (scanned and scanned.start < begin.start) else begin
        if begin is None or is_facility(self.text, head, begin):
            return None
        long = head.end - head.start > 2 or head.kind == "assoc" or self.text.startswith("医院", head.start)
        return (
            head.at(begin, head.kind)
            if begin.place_end < head.start or begin.form == "full" or long
            else None
        )

    def _laboratory(self, head: Head) -> Hit | None:
        """A laboratory of a university, an institute or a company."""
        superior = self._superior(head.floor)
        if superior is None or superior.kind not in ("school", "open", "company", KNOWN):
            return None
        named = 2 <= head.start - head.floor <= 24 and not self._parted(superior, head)
        return head.below(superior, "laboratory") if named else None

    def _parted(self, superior: Hit, head: Head) -> bool:
        """Whether words between a superior and a head belong to no name; institutes of universities have 与."""
        barrier = left.hard() if superior.kind == "school" else left.joined()
        return barrier.search(self.text, head.floor, head.start) is not None
