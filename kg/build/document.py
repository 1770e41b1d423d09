"""All stages of one document: a pure function from a source to its extraction."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from kg.build.declared import contradictions
from kg.clean import clean
from kg.model.documents import CleanDoc, PartKind, SourceDoc, Structure
from kg.model.entities import DocumentEntity, Resolution
from kg.model.extraction import (
    Extraction,
    FoundCitation,
    FoundEvent,
    FoundFigure,
    FoundMention,
    FoundPart,
    FoundRelation,
)
from kg.model.issues import Issue
from kg.model.mentions import DocumentName, Label
from kg.model.protocols import Recognizer
from kg.model.statements import Citation, Evidence, Statements
from kg.recognize import RulesRecognizer
from kg.resolve import resolve
from kg.state import part_keys, state
from kg.structure import structure

_LONGEST_SENTENCE = 1000
_CONTEXT = 200


def extract_document(source: SourceDoc, recognizer: Recognizer | None = None) -> Extraction:
    """Run clean, structure, recognize, resolve and state over one source."""
    doc = clean(source)
    layout = structure(doc)
    mentions = (recognizer or RulesRecognizer()).recognize(doc, layout)
    context, own, resolution = resolve(doc, layout, mentions)
    statements = state(doc, layout, context, own, resolution)
    return _Publisher(doc, layout).extraction(own, resolution, statements)


class _Publisher:
    """Maps clean offsets to source offsets."""

    def __init__(self, doc: CleanDoc, layout: Structure) -> None:
        self.doc = doc
        self.layout = layout
        self._sentences = [s.start for s in layout.sentences]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.doc.map.span(start, end)

    def sentence(self, start: int, end: int, around: tuple[int, int] | None = None) -> tuple[int, int]:
        """The sentence around a mention; of a list without stops no more than its neighbourhood.

        Where what is told ``around`` it stands in sentences before, all of them, as long as they can be read.
        """
        first = bisect_right(self._sentences, around[0] if around else start) - 1
        last = bisect_right(self._sentences, max(start, around[1] - 1) if around else start) - 1
        if first < 0:
            return self.span(start, end)
        low, high = self.layout.sentences[first].start, self.layout.sentences[last].end
        if high - low <= _LONGEST_SENTENCE:
            return self.span(low, high)
        if around:
            return self.sentence(start, end)
        return self.span(max(low, start - _CONTEXT), min(high, end + _CONTEXT))

    def place(
        self, e: Evidence, around: tuple[int, int] | None = None
    ) -> tuple[int, int, float, str, tuple[int, int]]:
        """Span, score, rule and sentence of a statement."""
        return *self.span(e.start, e.end), e.score, e.rule, self.sentence(e.start, e.end, around)

    def issue(self, issue: Issue) -> Issue:
        source = self.doc.source.source
        if issue.start is None or issue.end is None:
            return replace(issue, source=source)
        start, end = self.span(issue.start, issue.end)
        return replace(issue, source=source, start=start, end=end)

    def mentions(self, resolution: Resolution) -> tuple[FoundMention, ...]:
        text = self.doc.source.text
        found = []
        for link in resolution.linked:
            m = link.mention
            if isinstance(m.value, DocumentName) and m.value.form == "reference":
                continue  # 本办法 and 该通知 link sentences to a document; they do not name one
            start, end = self.span(m.start, m.end)
            found.append(
                FoundMention(
                    start,
                    end,
                    text[start:end],
                    str(m.label),
                    link.entity,
                    m.rule,
                    min(m.score, link.score),
                    m.recognizer,
                    self.sentence(m.start, m.end) if m.label is Label.MEASURE else None,
                )
            )
        return tuple(found)

    def citation(self, c: Citation, parts: tuple[FoundPart, ...]) -> FoundCitation:
        start, end = self.span(c.start, c.end)
        e = c.evidence
        part = parts[c.part]
        citing = None if part.kind is PartKind.MAIN else part.document
        return FoundCitation(
            c.cited,
            c.type,
            start,
            end,
            e.score,
            e.rule,
            self.span(e.start, e.end),
            self.sentence(c.start, c.end),
            c.article,
            citing,
        )

    def parts(self, own: DocumentEntity, resolution: Resolution) -> tuple[FoundPart, ...]:
        keys = part_keys(self.layout, own, resolution)
        return tuple(
            FoundPart(p.kind, *self.span(p.start, p.end), key)
            for p, key in zip(self.layout.parts, keys, strict=True)
        )

    def extraction(self, own: DocumentEntity, resolution: Resolution, statements: Statements) -> Extraction:
        source = self.doc.source
        parts = self.parts(own, resolution)
        issues = (
            *self.doc.issues,
            *self.layout.issues,
            *resolution.issues,
            *statements.issues,
            *contradictions(source.declared, own),
        )
        return Extraction(
            source=source.source,
            sha256=source.sha256,
            media_type=source.media_type,
            document=own,
            declared=source.declared,
            parts=parts,
            entities=resolution.entities,
            mentions=self.mentions(resolution),
            citations=tuple(self.citation(c, parts) for c in statements.citations),
            events=tuple(
                FoundEvent(
                    v.document,
                    v.kind,
                    v.date,
                    *self.place(v.evidence),
                    v.by,
                )
                for v in statements.events
            ),
            relations=tuple(
                FoundRelation(
                    r.subject,
                    r.predicate,
                    r.object,
                    r.status,
                    *self.place(r.evidence, r.around),
                )
                for r in statements.relations
            ),
            figures=tuple(
                FoundFigure(
                    f.measure,
                    f.indicator,
                    f.value,
                    f.unit,
                    f.as_of,
                    *self.place(f.evidence),
                )
                for f in statements.figures
            ),
            issues=(
                *(replace(i, source=source.source) for i in source.issues),
                *(self.issue(i) for i in issues),
            ),
        )
