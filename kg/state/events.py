"""What the source does in law: repeals, expiry, amendment, entry into force.

A fact is stated only where the source itself is the instrument; a report that tells of a repeal, or a
plan to amend, changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model.documents import CleanDoc, PartKind, Structure
from kg.model.entities import DocumentEntity, Resolution
from kg.model.mentions import Label
from kg.model.statements import Citation, CitationType, EventKind, Evidence, LegalEvent
from kg.state.citations import part_keys
from kg.state.force import INSIDE, Clause, adoption_notes, effect_clauses, first_issue, is_instrument
from kg.state.lists import catalogue, introduction, part_at

_PERFORMED = {
    "repeal-clause",
    "repeal-date",
    "repeal-list",
    "replaced",
    "to-be-amended",
    "adjusted",
    "partial",
    "amend-list",
    "list",
}
_DECIDED = re.compile(r"决定|现|予以|宣布|[，。：；\n]\s*废止|^废止|修改为|同时")
_TOLD = re.compile(
    r"拟|计划|建议|研究|推动|及时|抓紧|尽快|适时|组织|开展|应当|可以|已经?(?:废止|失效|修改|修订)|要求"
)
_FAR = 3000
_DECISION = re.compile(r"决定》?$|修正案|令第|〔")
_EXPIRES = re.compile(r"失效")
_SUPERSEDES = re.compile(r"取代|替代|代替")
_SELF_NAMED = re.compile(
    r"本(?:[\u4e00-\u9fff]{0,4})(?:办法|规定|条例|细则|意见|通知|决定|公告|通告|方案|解释|规则|令|措施)"
)
_FROM_ISSUE = re.compile(r"自(?:本[\u4e00-\u9fff]{1,4})?(?:印发|公布|发布|下发)之日起|即日起")
_NOW = re.compile(r"现(?:予以?|将)?[^。；]{0,60}?(?:公布|印发|发布|颁布)")
_PROLONGED = re.compile(r"延长有效期|有效期延长|有效期延续")

_AMENDED_BY_IT = re.compile(r"》?(?:第[一二三四五六七八九十]{1,2}次)?(?:修正|修订|修改)[的、，和]")


def state_events(
    doc: CleanDoc,
    structure: Structure,
    source: DocumentEntity,
    resolution: Resolution,
    citations: tuple[Citation, ...],
) -> tuple[LegalEvent, ...]:
    """Dated facts about documents that the source itself brings about, in order of the text."""
    reader = _Reader(doc, structure, source, resolution, citations)
    found = [*reader.effects(), *reader.changes(citations), *reader.notes()]
    unique = {(e.document, e.kind, e.date, e.by): e for e in reversed(found)}
    return tuple(
        sorted(unique.values(), key=lambda e: (e.evidence.start, e.evidence.end, e.kind, e.document))
    )


@dataclass(frozen=True, slots=True)
class _Part:
    key: str
    start: int
    end: int
    instrument: bool
    titled: bool
    clauses: tuple[Clause, ...]


class _Reader:
    def __init__(
        self,
        doc: CleanDoc,
        structure: Structure,
        source: DocumentEntity,
        resolution: Resolution,
        citations: tuple[Citation, ...],
    ) -> None:
        self.text = doc.text
        self.structure = structure
        self.source = source
        self.issued = {c.cited for c in citations if c.type is CitationType.ISSUES}
        self.links = [x for x in resolution.linked if x.mention.label is Label.DOCUMENT and x.entity]
        keys = part_keys(structure, source, resolution)
        self.parts = [self._part(i, key) for i, key in enumerate(keys)]

    def _part(self, i: int, key: str | None) -> _Part:
        part = self.structure.parts[i]
        if part.kind is PartKind.ATTACHMENT:
            main = self.structure.title.value if self.structure.title else None
            return _Part(self.source.key, part.start, part.end, is_instrument(main), main is not None, ())
        title = part.title.value if part.title else None
        clauses = tuple(effect_clauses(self.text, part.start, part.end))
        return _Part(
            key or self.source.key, part.start, part.end, is_instrument(title), title is not None, clauses
        )

    def effects(self) -> Iterator[LegalEvent]:
        """Entry into force and expiry of the parts themselves, or of the text that the main part issues."""
        for part in self.parts:
            for c in part.clauses:
                if not self._speaks(part, c.start):
                    continue
                date = self._issue_date(part) if c.issued else c.date
                rule = "in-force" if c.kind is EventKind.IN_FORCE else "valid-until"
                evidence = Evidence(*self._clause(c.start, c.end), rule, 0.9)
                for key in (part.key,) if c.own else self._subjects(c):
                    yield LegalEvent(key, c.kind, date, evidence)

    def _subjects(self, clause: Clause) -> tuple[str, ...]:
        """The texts that a clause without 本… speaks of: those named before it in its sentence."""
        begin, _ = self._clause(clause.start, clause.end, "。\n")
        inside = [x for x in self.links if begin <= x.mention.start < clause.start]
        if not inside:
            return ()
        last = inside[-1]
        key = last.entity or ""
        if clause.kind is EventKind.EXPIRED and _PROLONGED.search(self.text, begin, clause.end):
            return (key,)
        issued = [x.entity for x in inside if x.entity in self.issued or x.entity == self.source.key]
        if clause.kind is EventKind.IN_FORCE and issued and _NOW.search(self.text, begin, clause.start):
            return tuple(dict.fromkeys(k for k in issued if k))
        direct = not INSIDE.search(self.text, last.mention.end, clause.start)
        return (key,) if key == self.source.key and direct else ()

    def changes(self, citations: tuple[Citation, ...]) -> Iterator[LegalEvent]:
        """Repeals and amendments that the citations of an instrument perform."""
        for c in citations:
            part = self.parts[part_at(self.structure, c.start)]
            if c.type not in (CitationType.REPEALS, CitationType.AMENDS) or not self._speaks(part, c.start):
                continue
            words = self.text[c.evidence.start : c.evidence.end]
            if not self._performed(c, words) or _AMENDED_BY_IT.match(self.text, c.end):
                continue
            if c.evidence.rule != "list" and _TOLD.search(self._before(c)):
                continue
            yield LegalEvent(c.cited, self._kind(c, words), self._when(c, part, words), c.evidence)

    def _performed(self, c: Citation, words: str) -> bool:
        """Whether the words do what they say."""
        if c.evidence.rule == "right-verb":
            return c.type is CitationType.REPEALS
        return c.evidence.rule in _PERFORMED or (
            c.evidence.rule == "left-verb" and bool(_DECIDED.search(words))
        )

    def _before(self, c: Citation) -> str:
        return self.text[max(c.evidence.start, c.start - 16) : c.start]

    def _kind(self, c: Citation, words: str) -> EventKind:
        if c.type is CitationType.AMENDS or c.evidence.rule == "partial":
            return EventKind.AMENDED
        if c.evidence.rule == "list":
            words = self._ruling(c)
        if _SUPERSEDES.search(words):
            return EventKind.SUPERSEDED
        return EventKind.EXPIRED if _EXPIRES.search(words) and "废止" not in words else EventKind.REPEALED

    def _ruling(self, c: Citation) -> str:
        line = self.text.rfind("\n", 0, c.start) + 1
        return catalogue(self.structure, c.start) or introduction(self.text, line, "") or ""

    def _when(self, c: Citation, part: _Part, words: str) -> str | None:
        """The day in the clause, else that on which the instrument takes effect."""
        begin, end = self._clause(c.evidence.start, c.evidence.end, "。\n")
        sentence = self.text[begin:end]
        if _FROM_ISSUE.search(sentence):
            return self._issue_date(part)
        own = [x for x in effect_clauses(sentence, 0, len(sentence)) if x.kind is EventKind.IN_FORCE]
        for x in (*own, *(x for x in part.clauses if x.kind is EventKind.IN_FORCE and x.own)):
            return self._issue_date(part) if x.issued else x.date
        found = re.search(r"自((?:19|20)\d\d年\d{1,2}月\d{1,2}日)起", words)
        if found:
            return next((k.date for k in effect_clauses(found[0] + "施行", 0, 40)), None)
        return None

    def notes(self) -> Iterator[LegalEvent]:
        """Amendments that the 题注 below a law's title records."""
        for i, part in enumerate(self.parts):
            if not part.instrument:
                continue
            for date, start, end, amended in self._notes_of(i):
                inside = (x for x in self.links if start <= x.mention.start < end)
                by = next((x.entity for x in inside if _DECISION.search(x.mention.text)), None)
                if amended:
                    evidence = Evidence(start, end, "adoption-note", 0.95)
                    yield LegalEvent(part.key, EventKind.AMENDED, date, evidence, by)

    def _notes_of(self, i: int) -> list[tuple[str, int, int, bool]]:
        part = self.structure.parts[i]
        title = part.title or (self.structure.title if i == 0 else None)
        if title is None:
            return []
        return list(adoption_notes(self.text, title.end, min(part.end, title.end + 3000)))

    def _speaks(self, part: _Part, offset: int) -> bool:
        """Whether the part is an instrument: by its genre, or by what it calls itself if untitled."""
        if part.titled:
            return part.instrument
        begin, end = self._clause(offset, offset + 1, "\n")
        return bool(_SELF_NAMED.search(self.text, begin, end)) or bool(_NOW.search(self.text, begin, end))

    def _issue_date(self, part: _Part) -> str | None:
        """The day of issue: for a law that was amended the first one, by its 题注, else that of the document."""
        notes = self._notes_of(self.parts.index(part))
        if any(amended for *_, amended in notes):
            return first_issue(notes, self.text)
        date = self.structure.date
        return date.value if date is not None and len(date.value) == 10 else None

    def _clause(self, start: int, end: int, stops: str = "。；\n") -> tuple[int, int]:
        low, high = max(0, start - _FAR), min(len(self.text), end + _FAR)
        begin = max(low, *(self.text.rfind(c, low, start) + 1 for c in stops))
        ends = [i for c in stops if (i := self.text.find(c, end, high)) >= 0]
        return begin, min(ends, default=high)
