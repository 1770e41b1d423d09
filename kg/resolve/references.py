"""Reads the mentions of documents in order: titles, numbers beside them, definitions, short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.grammar.dates import find_dates
from kg.grammar.general import generality
from kg.grammar.genres import genre_of
from kg.grammar.quoted import find_quoted
from kg.grammar.titles import canonical_title, carried_title, nickname_title, title_key
from kg.model.context import Context
from kg.model.documents import CleanDoc, Field, PartKind, Structure
from kg.model.entities import DocumentEntity
from kg.model.mentions import DocumentName, DocumentNumber, Mention
from kg.model.quick import quick
from kg.resolve.works import Work, Works

_REMEMBERED = 1000
"""So many of the last documents named are looked at for what a reference means."""
_DEFINES = re.compile(r"(?:简称|统称|合称|(?:以下|下文|下)均?称)为?[：:]?\s*[新旧原]?[“‘\"]?$")
_VERSION = r"(?:\s*（[^（）]{0,12}(?:试行|暂行|稿|草案|修订|修正|版)[^（）]{0,8}）)?"
_BESIDE = re.compile(_VERSION + r"[”\s]*(?:（\s*)?")
_INSIDE = re.compile(_VERSION + r"[”\s]*（[^（）]{0,24}")
_ISSUER = (
    r"(?:中共中央办公厅|中共中央|国务院办公厅|国务院|全国人大常委会|最高人民法院|最高人民检察院"
    r"|[\u4e00-\u9fff]{2,7}(?:省|自治区|市|自治州|州|县|区|旗)人民政府(?:办公厅|办公室)?)"
)
_ISSUERS = re.compile(
    rf"(?<![\u4e00-\u9fff])({_ISSUER}(?:[、和]{_ISSUER})*)(?:联合)?(?:印发|发布|出台|制定|公布|颁布|下发)?(?:了|的)?$"
)
_SESSION = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=\d日))(?!日)([\u4e00-\u9fff]{2,12}?(?:省|自治区|市|自治州|州|县|区|旗))?第[一二三四五六七八九十]{1,4}届"
    r"((?:全国)?人民代表大会(?:常务委员会)?)第[一二三四五六七八九十]{1,5}次会议(?:审议|表决|通过|批准|了|的)*$"
)
_YEAR_OF = re.compile(r"(?<!\d)((?:19|20)\d\d)年度?的?$")
_DAY_OF = re.compile(r"(?!起|前|后|以)[^，。；：《》（）\n]{0,60}")
_CLOSED = re.compile(r"（[^（）]{0,40}）")
_AGAINST = re.compile(r"根据|依据|参照|废止|代替|替代|详见|见附")


@quick
@dataclass(frozen=True, slots=True)
class Read:
    """What one mention stands for; ``work`` is None where that stays open."""

    mention: Mention
    work: Work | None
    method: str
    score: float = 1.0


def read_references(
    doc: CleanDoc,
    structure: Structure,
    context: Context,
    own: DocumentEntity,
    mentions: tuple[Mention, ...],
) -> tuple[tuple[Read, ...], tuple[Work, ...]]:
    """One reading for each mention, in order of the text, and the works that the source carries."""
    reader = _Reader(doc, context, own, mentions)
    carried = reader.announce(structure)
    return tuple(reader.read(i) for i in range(len(mentions))), carried


class _Reader:
    def __init__(
        self, doc: CleanDoc, context: Context, own: DocumentEntity, mentions: tuple[Mention, ...]
    ) -> None:
        text = doc.text
        self._text = text
        self._mentions = mentions
        self._works = Works(context, doc.source.sha256)
        self._own = self._works.own(own.title or "", own.key, own.date)
        self._parts: list[tuple[int, int, Work]] = []
        self._defined: dict[str, Work] = {}
        self._year = int(context.date[:4]) if context.date else None
        self._seen: list[tuple[int, Work]] = []
        self._number_of = dict(_ties(text, mentions))

    def announce(self, structure: Structure) -> tuple[Work, ...]:
        """What the own title names, and the texts carried, can be referred to from the start."""
        if structure.title is not None:
            self._announce_quoted(structure.title)
        for part in structure.parts:
            if part.kind is not PartKind.CARRIED or part.title is None:
                continue
            title = canonical_title(part.title.value)
            work = self._works.titled(title)
            if work is not self._own:
                work.carrier = self._own.key()
                self._parts.append((part.start, part.end, work))
                self._seen.append((0, work))
            self._announce_quoted(part.title)
        return tuple(w for _, _, w in self._parts)

    def _announce_quoted(self, title: Field) -> None:
        for q in find_quoted(title.value):
            if q.kind == "document":
                self._seen.append((title.start, self._works.titled(q.title)))

    def read(self, i: int) -> Read:
        """What the mention stands for."""
        m = self._mentions[i]
        value = m.value
        if isinstance(value, DocumentNumber):
            work = self._works.numbered(value)
            if value.year is None and work is not self._own:
                work.date = work.date or _date_before(self._text, m.start)
            return self._exact(m, work)
        if not isinstance(value, DocumentName):
            return self._exact(m, self._works.titled(canonical_title(m.text)))
        number = self._number_of.get(i)
        if value.form == "nickname":
            return self._nickname(m, value.title, number)
        if _DEFINES.search(self._text, max(0, m.start - 12), m.start):
            return self._definition(m, value.title)
        return self._title(m, value, number)

    def _title(self, m: Mention, value: DocumentName, number: DocumentNumber | None) -> Read:
        if value.title in self._defined:
            return self._named(m, self._defined[value.title], "defined")
        if value.form == "short":
            return self._short(m, value.title)
        if value.form == "reference":
            return self._back(m, value.title)
        date = _date_before(self._text, m.start) if generality(value.title) else None
        work = self._works.titled(value.title, value.version, number, date)
        work.issuers = work.issuers or _issuers_before(self._text, m.start)
        return self._exact(m, work)

    def _back(self, m: Mention, name: str) -> Read:
        """该通知: the last work of that genre in the paragraph; 前述文件: the only one in it."""
        if m.text.startswith("本"):
            inside = (w for start, end, w in self._parts if start <= m.start < end and _fits(w, name))
            return Read(m, next(inside, self._own), "self")
        paragraph = self._text.rfind("\n", 0, m.start) + 1
        before = [w for at, w in self._seen[-_REMEMBERED:] if paragraph <= at < m.start]
        if name == "文件":
            works = list({id(w): w for w in before}.values())
            return Read(m, works[0], "back", 0.8) if len(works) == 1 else Read(m, None, "open", 0.3)
        fitting = [w for w in before if _fits(w, name)]
        return Read(m, fitting[-1], "back", 0.8) if fitting else Read(m, None, "open", 0.3)

    def _exact(self, m: Mention, work: Work) -> Read:
        self._seen.append((m.start, work))
        return Read(m, work, "exact")

    def _named(self, m: Mention, work: Work, method: str, score: float = 1.0) -> Read:
        if not (isinstance(m.value, DocumentName) and m.value.form == "reference"):
            work.aliases.add(m.text.strip("《》“”"))
        self._seen.append((m.start, work))
        return Read(m, work, method, score)

    def _nickname(self, m: Mention, name: str, number: DocumentNumber | None) -> Read:
        title = nickname_title(name, self._year)
        if title is not None:
            return self._named(m, self._works.titled(title, None, number), "nickname", 0.95)
        if number is not None:
            return self._named(m, self._works.numbered(number), "nickname", 0.9)
        return Read(m, None, "open", 0.5)

    def _definition(self, m: Mention, name: str) -> Read:
        """（以下简称《通知》）: the last title in the sentence that fits, else the last one."""
        begin = max(self._text.rfind(c, 0, m.start) for c in "。\n；") + 1
        inside = [(at, w) for at, w in self._seen[-_REMEMBERED:] if begin <= at < m.start]
        fitting = [w for _, w in inside if _fits(w, name)]
        work = fitting[-1] if fitting else inside[-1][1] if inside else None
        if work is None:
            found = self._short(m, name)
            if found.work is None:
                return found
            work = found.work
        self._defined[name] = work
        return self._named(m, work, "defined")

    def _short(self, m: Mention, name: str) -> Read:
        """《纲要》: the only work of that genre before, in the paragraph, or in its last sentence with one."""
        paragraph = self._text.rfind("\n", 0, m.start) + 1
        before = [(at, w) for at, w in self._seen[-_REMEMBERED:] if at < m.start and _fits(w, name)]
        near = [(at, w) for at, w in before if at >= paragraph]
        sentence = self._text.rfind("。", 0, near[-1][0]) if near else 0
        for group in (before, near, [(at, w) for at, w in near if at > sentence]):
            works = list({id(w): w for _, w in group}.values())
            if len(works) == 1:
                return self._named(m, works[0], "short-form", 0.9)
        return Read(m, None, "open", 0.3)


def _issuers_before(text: str, start: int) -> tuple[str, ...]:
    """The bodies whose full names stand right in front of a title: 中共中央、国务院《…》."""
    m = _ISSUERS.search(text, max(0, start - 40), start)
    if m:
        return tuple(m[1].replace("和", "、").split("、"))
    session = _SESSION.search(text, max(0, start - 60), start)
    return (f"{session[1] or ''}{session[2]}",) if session else ()


def _date_before(text: str, start: int) -> str | None:
    """The day or year that is stated in front of a title: 2016年2月6日《…》, 2018年《…》."""
    days = list(find_dates(text, max(0, start - 80), start))
    if days and _DAY_OF.fullmatch(text, days[-1].end, start):
        return days[-1].value
    year = _YEAR_OF.search(text, max(0, start - 8), start)
    return year[1] if year else None


def _fits(work: Work, name: str) -> bool:
    return work.title is not None and _title_fits(work.title, name)


@lru_cache(maxsize=1 << 12)
def _title_fits(whole: str, name: str) -> bool:
    """Whether a short form can stand for a title: it, or that of the text it carries, ends so."""
    titles = [whole, carried_title(whole)]
    for title in titles:
        if title and (_bare(title).endswith(name) or genre_of(title) == name):
            return True
        if title and len(name) > 4 and title_key(name) in title_key(title):
            return True
    return False


def _bare(title: str) -> str:
    return re.sub(r"(?:（[^（）]*）|〉|”)+$", "", title)


def _ties(text: str, mentions: tuple[Mention, ...]) -> Iterator[tuple[int, DocumentNumber]]:
    """Index of a title's mention, and the number that stands beside it."""
    taken: set[int] = set()
    titled: set[int] = set()
    for i, m in enumerate(mentions):
        if isinstance(m.value, DocumentName) and m.value.form != "reference":
            j = _number_behind(text, mentions, i)
            if j is not None:
                taken.add(j)
                titled.add(i)
                value = mentions[j].value
                if isinstance(value, DocumentNumber):
                    yield i, value
    for j, n in enumerate(mentions[:-1]):
        after = mentions[j + 1]
        beside = text[n.end : after.start] in ("", "文", "文件")
        if j in taken or j + 1 in titled or not beside:
            continue
        if isinstance(n.value, DocumentNumber) and isinstance(after.value, DocumentName):
            yield j + 1, n.value


def _number_behind(text: str, mentions: tuple[Mention, ...], i: int) -> int | None:
    """Index of the number in the parenthesis behind a title, or directly behind it."""
    end = mentions[i].end
    for j in range(i + 1, min(i + 4, len(mentions))):
        gap = _CLOSED.sub("", text[end : mentions[j].start])
        opened = "（" in gap and "）" not in gap.rsplit("（", 1)[-1]
        if not isinstance(mentions[j].value, DocumentNumber):
            if opened:
                continue
            return None
        if _BESIDE.fullmatch(gap):
            return j
        inside = gap.rsplit("（", 1)[-1]
        defined = opened and "简称" in inside and len(inside) < 40
        return j if (_INSIDE.fullmatch(gap) or defined) and not _AGAINST.search(inside) else None
    return None
