"""How a text cites another: the clause decides (types: the table in the annotation guidelines)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.grammar.genres import genre_of
from kg.grammar.titles import title_key
from kg.model.context import Context
from kg.model.documents import CleanDoc, PartKind, Structure
from kg.model.entities import DocumentEntity, Linked, Resolution
from kg.model.mentions import DocumentName, Label
from kg.model.spans import Span, covered
from kg.model.statements import Citation, CitationType, Evidence
from kg.state.blanks import Group, Skeleton, skeleton
from kg.state.clauses import Reading, read_clause
from kg.state.lexicon import TITLE, cue_of
from kg.state.lists import catalogue, introduction, part_at
from kg.state.speaker import Speaker

_MAX_TYPES = 2
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_ASKING = frozenset(("意见", "通知", "方案", "规划", "计划", "纲要", "要点", "措施", "函"))
_ASKED = re.compile(
    r"(?:^|[，。；：、）])(?:研究|抓紧|加快|尽快|适时|及时|指导|督促|推动|要|应当?|需|须)*"
    rf"(?:制定|制订|出台|研究制定|研究制订|研究出台){TITLE}"
)
_PLANS = frozenset(("方案", "规划", "计划", "纲要", "要点"))
_PLANNED = re.compile(
    r"(?:^|[，。；：、）])(?:研究|抓紧|加快|尽快|适时|及时|定期|滚动|组织|指导|推动|要|应当?)*"
    rf"(?:制定|制订|出台|研究制定|研究制订|发布|印发|编制发布|制定发布){TITLE}"
)
_ISSUED = re.compile(r"\s*现(?:将其|予以?|一并)?(?:印发|公布|发布|公告)")
_DENIED = frozenset(
    ("right-negated", "left-negated", "conflict", "other-rule", "not-basis", "received", "table")
)
_TABLE = 1200
_CARRIES = re.compile(r"印发|公布|发布|颁布|下发|转发|批转|报送|呈报")
_WEIGHT = {CitationType.MENTIONS: 0.05}


def part_keys(structure: Structure, source: DocumentEntity, resolution: Resolution) -> tuple[str | None, ...]:
    """Keys of the documents that the parts are: the source, carried texts as resolved, else None."""
    if all(part.kind is PartKind.MAIN for part in structure.parts):
        return (source.key,) * len(structure.parts)
    by_title = {
        title_key(e.title): e.key
        for e in resolution.entities
        if isinstance(e, DocumentEntity) and e.title and e.key != source.key
    }
    keys: list[str | None] = []
    for part in structure.parts:
        if part.kind is PartKind.MAIN:
            keys.append(source.key)
        elif part.title is None:
            keys.append(None)
        elif structure.title is not None and part.title.value == structure.title.value:
            keys.append(source.key)
        else:
            keys.append(by_title.get(title_key(part.title.value)))
    return tuple(keys)


def state_citations(
    doc: CleanDoc, structure: Structure, context: Context, source: DocumentEntity, resolution: Resolution
) -> tuple[Citation, ...]:
    """Citations of other documents, each with its type and the clause that shows it.

    One document is cited by a file in at most two ways: the surest two stay, and a bare ``mentions``
    gives way to any other. The source's own title is no citation, nor is that of a carried text in
    its own part; a text printed twice is read once.
    """
    reader = _Reader(doc, structure, context, source, resolution)
    found = [c for s in reader.sentences() for c in reader.read(s)]
    return _best(found)


class _Reader:
    """What all sentences of one document share."""

    def __init__(
        self,
        doc: CleanDoc,
        structure: Structure,
        context: Context,
        source: DocumentEntity,
        resolution: Resolution,
    ) -> None:
        self.text = doc.text
        self.structure = structure
        self.source = source
        self.speaker = Speaker(context, resolution)
        self.keys = part_keys(structure, source, resolution)
        self.links = [x for x in resolution.linked if x.mention.label is Label.DOCUMENT]
        self.starts = [x.mention.start for x in self.links]
        self.part_starts = [p.start for p in structure.parts]
        self.titles = sorted(
            Span(f.start, f.end)
            for f in (structure.title, structure.number, *(p.title for p in structure.parts))
            if f is not None
        )
        self.named = _title_cues(structure, self.keys, resolution)

    def sentences(self) -> Iterator[Span]:
        """Sentences with a mention of a document in them, those of copies left out."""
        last = None
        begins = [s.start for s in self.structure.sentences]
        for at in self.starts:
            i = bisect_right(begins, at) - 1
            if i < 0 or i == last:
                continue
            last = i
            sentence = self.structure.sentences[i]
            if not covered(self.structure.skipped, sentence.start, sentence.end):
                yield sentence

    def read(self, sentence: Span) -> Iterator[Citation]:
        """The citations of one sentence."""
        low, high = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
        links = self.links[low:high]
        if all(self._own_title(x) for x in links):
            return
        bones = skeleton(self.text, sentence.start, sentence.end, links)
        for group in bones.groups:
            reading = self.reading(bones, group, sentence)
            for link in group.links:
                yield from self.citations(link, reading, bones, group, sentence)

    def reading(self, bones: Skeleton, group: Group, sentence: Span) -> Reading:
        """How the sentence, else the list it stands in, else the document's title says it is cited."""
        line, low = bones.around(group)
        return self._local(bones, group, sentence, line, low).moved(low)

    def _local(self, bones: Skeleton, group: Group, sentence: Span, line: str, low: int) -> Reading:
        at = group.start - low
        if len(bones.text) > _TABLE:
            return Reading((CitationType.MENTIONS,), "table", 0.5, *_clause(line, at))

        shift = group.end - group.start - 1

        def own(first: int, last: int) -> bool:
            ends = [bones.clean(low + (x if x <= at else x + shift)) for x in (first, last)]
            return self.speaker.acts(self.text, min(ends), max(ends), topic=first < at)

        attached = catalogue(self.structure, sentence.start)
        if attached and "。" not in line and (kind := cue_of(attached)):
            return Reading((kind,), "list", 0.85, 0, len(line))
        found = self._adjusted(read_clause(line, own), line, sentence)
        if found is not None and CitationType.MENTIONS not in found.types:
            return found
        if (found is None or found.rule == "right-temporal") and (
            listed := self._list_cue(sentence, group, bones)
        ):
            return Reading((listed,), "list", 0.8, 0, len(line))
        return found or Reading((CitationType.MENTIONS,), "plain", 0.5, *_clause(line, at))

    def _adjusted(self, found: Reading | None, line: str, sentence: Span) -> Reading | None:
        """A draft that the next sentence issues is issued; a text that a plan asks for is drafted."""
        if found is None or len(found.types) > 1:
            return found
        if found.types[0] is CitationType.DRAFTS and _ISSUED.match(self.text, sentence.end):
            return replace(found, types=(CitationType.ISSUES,), rule="issued-next")
        if found.types[0] is CitationType.ISSUES and self._asked_for(line, sentence):
            return replace(found, types=(CitationType.DRAFTS,), rule="asked-for")
        return found

    def _asked_for(self, line: str, sentence: Span) -> bool:
        """Whether a plan or a notice asks that the text be made, without saying that it has been."""
        part = self.structure.parts[part_at(self.structure, sentence.start)]
        genre = genre_of(part.title.value) if part.title else self.structure.genre
        asked = _PLANNED if genre in _PLANS else _ASKED
        return genre in _ASKING and asked.search(line) is not None

    def citations(
        self, link: Linked, reading: Reading, bones: Skeleton, group: Group, sentence: Span
    ) -> Iterator[Citation]:
        """One citation for each type that was read."""
        part = max(0, bisect_right(self.part_starts, link.mention.start) - 1)
        if link.entity is None or link.entity in (self.source.key, self.keys[part]) or self._own_title(link):
            return
        bare = reading.types == (CitationType.MENTIONS,) and reading.rule not in _DENIED
        if link.entity in self.named and bare and part == 0:
            reading = replace(reading, types=(self.named[link.entity],), rule="source-title", score=0.75)
        shift = group.end - group.start - 1
        ends = [x if x <= group.start else x + shift for x in (reading.start, reading.end)]
        start, end = bones.clean(ends[0]), min(bones.clean(max(ends[1], 1) - 1) + 1, sentence.end)
        start, end = min(start, link.mention.start), max(end, link.mention.end)
        value = link.mention.value
        article = value.article if isinstance(value, DocumentName) else None
        for kind in reading.types:
            evidence = Evidence(start, end, reading.rule, reading.score)
            yield Citation(link.entity, kind, link.mention.start, link.mention.end, evidence, article, part)

    def _own_title(self, link: Linked) -> bool:
        return covered(self.titles, link.mention.start, link.mention.end) or link.entity == self.source.key

    def _list_cue(self, sentence: Span, group: Group, bones: Skeleton) -> CitationType | None:
        """What the line above a list says of a title that opens a line of it."""
        line = self.text.rfind("\n", 0, sentence.start) + 1
        lead = self.text[line : sentence.start] + bones.text[: group.start]
        above = introduction(self.text, line, lead)
        return cue_of(above) if above else None


def _title_cues(
    structure: Structure, keys: Sequence[str | None], resolution: Resolution
) -> dict[str, CitationType]:
    """How the document's own title says it treats the texts that it names or carries."""
    if structure.title is None:
        return {}
    title = structure.title.value
    by_title = {
        title_key(e.title): e.key for e in resolution.entities if isinstance(e, DocumentEntity) and e.title
    }
    found: dict[str, CitationType] = {}
    for m in _QUOTED.finditer(title):
        reading = read_clause(title[: m.start()] + TITLE + title[m.end() :], lambda _low, _high: True)
        key = by_title.get(title_key(m[1]))
        if key and reading and reading.types != (CitationType.MENTIONS,):
            found[key] = reading.types[0]
    carried = _CARRIES.search(title)
    for key, part in zip(keys, structure.parts, strict=True):
        if key and carried and part.kind is PartKind.CARRIED and key not in found:
            issued = carried[0] not in ("转发", "批转", "报送", "呈报")
            found[key] = CitationType.ISSUES if issued else CitationType.FORWARDS
    return found


def _clause(line: str, at: int) -> tuple[int, int]:
    start = max(line.rfind(c, 0, at) for c in "，；：。") + 1
    ends = [i for c in "，；。" if (i := line.find(c, at)) >= 0]
    return start, min(ends, default=len(line))


def _best(found: Sequence[Citation]) -> tuple[Citation, ...]:
    """Leave each cited document its surest types; of one mention and type only one citation."""
    weight: dict[tuple[str, CitationType], float] = defaultdict(float)
    for c in found:
        weight[c.cited, c.type] += c.evidence.score * _WEIGHT.get(c.type, 1.0)
    kinds: dict[str, list[CitationType]] = defaultdict(list)
    for cited, kind in sorted(weight, key=lambda k: (-weight[k], k)):
        special = any(k is not CitationType.MENTIONS for k in kinds[cited])
        if len(kinds[cited]) < _MAX_TYPES and not (kind is CitationType.MENTIONS and special):
            kinds[cited].append(kind)
    kept = dict.fromkeys(c for c in found if c.type in kinds[c.cited])
    return tuple(sorted(kept, key=lambda c: (c.start, c.end, kinds[c.cited].index(c.type))))
