"""One source as a named graph: N-Quads lines on local keys, sorted."""

from __future__ import annotations

from typing import Final

from kg.graph import iris
from kg.graph import terms as t
from kg.model.entities import DocumentEntity, InstitutionEntity
from kg.model.extraction import Extraction, FoundCitation, FoundEvent, FoundFigure, FoundRelation
from kg.model.ids import digest


def _p(iri: str) -> str:
    return f" <{iri}> "


_TYPE: Final = _p(t.RDF_TYPE)
_START, _END, _EXACT = _p(t.OA_START), _p(t.OA_END), _p(t.OA_EXACT)
_SELECTOR: Final = _p(t.OA_HAS_SELECTOR)
_REFERS, _RULE, _SCORE = _p(t.REFERS_TO), _p(t.RULE), _p(t.SCORE)
_IN_SOURCE: Final = _p(t.IN_SOURCE)
_SENTENCE, _CLAUSE = _p(t.SENTENCE), _p(t.CLAUSE)
_FUNCTIONS = {k: f"<{v}>" for k, v in t.V_FUNCTION.items()}
_STATUS = {k: f"<{v}>" for k, v in t.V_STATUS.items()}
_EVENTS = {k: f"<{v}>" for k, v in t.V_EVENT.items()}
RELATIONS: Final = {
    "carriesOut": (t.CARRIES_OUT, False),
    "leads": (t.LEADS, False),
    "takesPartIn": (t.TAKES_PART_IN, False),
    "providesFor": (t.PROVIDES_FOR, False),
    "restsOn": (t.RESTS_ON, False),
    "issuesDocument": (t.ISSUED_BY, True),
    "draftsDocument": (t.DRAFTED_BY, True),
    "forwardsDocument": (t.FORWARDED_BY, True),
    "memberOf": (t.ORG_MEMBER_OF, False),
    "setsUp": (t.SETS_UP, False),
    "replaces": (t.REPLACES, False),
    "subOrganizationOf": (t.ORG_SUB_ORGANIZATION_OF, False),
}
"""Predicate of a relation → the property of its edge, and whether the edge runs from object to subject."""


def source_graph(x: Extraction, text: str, version: str, configuration: str = "") -> list[str]:
    """The named graph of one source as N-Quads lines (with line ends), sorted, each once.

    Args:
        x: what was extracted.
        text: the source text that the offsets count.
        version: version of the package.
        configuration: digest of rules and configuration; ``""`` for the default.
    """
    lines = _Lines(x, text)
    lines.source(version, configuration)
    lines.entities()
    lines.mentions()
    lines.citations()
    lines.events()
    lines.relations()
    lines.figures()
    return sorted(set(lines.out))


class _Lines:
    """Collects the lines of one source."""

    def __init__(self, x: Extraction, text: str) -> None:
        self.x = x
        self.text = text
        self.sha = x.sha256
        self.source_node = iris.source(x.sha256)
        self.end = f" {self.source_node} .\n"
        self.out: list[str] = []
        self.spans: dict[tuple[int, int], str] = {}

    def add(self, subject: str, *pairs: tuple[str, str]) -> None:
        end = self.end
        self.out.extend([subject + p + o + end for p, o in pairs])

    def span(self, start: int, end: int) -> str:
        """The selector of a span; its lines are written once."""
        found = self.spans.get((start, end))
        if found is None:
            found = self.spans[start, end] = iris.span(self.sha, start, end)
            self.add(
                found,
                (_TYPE, f"<{t.OA_TEXT_POSITION_SELECTOR}>"),
                (_START, iris.integer(start)),
                (_END, iris.integer(end)),
                (_EXACT, iris.text(self.text[start:end])),
            )
        return found

    def source(self, version: str, configuration: str) -> None:
        x = self.x
        agent = iris.entity(f"software/wenmai-{version}")
        activity = iris.entity(f"activity/{digest((version, configuration), 8)}")
        self.add(
            self.source_node,
            (_TYPE, f"<{t.C_SOURCE}>"),
            (_p(t.PATH), iris.text(x.source)),
            (_p(t.SHA256), iris.text(x.sha256)),
            (_p(t.DCTERMS_FORMAT), iris.text(x.media_type)),
            (_p(t.LENGTH), iris.integer(len(self.text))),
            (_p(t.ATTESTS), iris.local(x.document.key)),
            (_p(t.PROV_WAS_GENERATED_BY), activity),
        )
        self.add(activity, (_TYPE, f"<{t.PROV_ACTIVITY}>"), (_p(t.PROV_WAS_ASSOCIATED_WITH), agent))
        self.add(
            agent,
            (_TYPE, f"<{t.PROV_SOFTWARE_AGENT}>"),
            (_p(t.VERSION), iris.text(version)),
        )
        if configuration:
            self.add(activity, (_p(t.RULE), iris.text(configuration)))
        if x.declared.url:
            self.add(self.source_node, (_p(t.DCTERMS_SOURCE), iris.text(x.declared.url)))

    def entities(self) -> None:
        for e in (self.x.document, *self.x.entities):
            node = iris.local(e.key)
            if isinstance(e, DocumentEntity):
                self.document(node, e)
            elif isinstance(e, InstitutionEntity):
                self.add(
                    node, (_TYPE, f"<{t.C_INSTITUTION_KEY}>"), (_p(t.SKOS_PREF_LABEL), iris.text(e.name))
                )
                self.aliases(node, e.aliases)
                if e.parent:
                    self.add(node, (_p(t.ORG_SUB_ORGANIZATION_OF), iris.local(e.parent)))
            else:
                self.add(node, (_TYPE, f"<{t.C_MEASURE_KEY}>"), (_p(t.SKOS_PREF_LABEL), iris.text(e.name)))
                self.aliases(node, e.aliases)

    def document(self, node: str, e: DocumentEntity) -> None:
        self.add(node, (_TYPE, f"<{t.C_DOCUMENT_KEY}>"))
        self.aliases(node, e.aliases)
        if e.title:
            self.add(node, (_p(t.DCTERMS_TITLE), iris.text(e.title)))
        if e.number:
            self.add(node, (_p(t.NUMBER), iris.text(e.number)))
        if e.date:
            self.add(node, (_p(t.DCTERMS_ISSUED), iris.date(e.date)))
        if e.version:
            self.add(node, (_p(t.VERSION), iris.text(e.version)))
        if e.carrier:
            self.add(node, (_p(t.CARRIED_BY), iris.local(e.carrier)))

    def aliases(self, node: str, aliases: tuple[str, ...]) -> None:
        self.add(node, *((_p(t.SKOS_ALT_LABEL), iris.text(alias)) for alias in aliases))

    def mentions(self) -> None:
        for m in self.x.mentions:
            node = iris.part(self.sha, "mention", f"{m.label.lower()}-{m.start}-{m.end}")
            self.add(
                node,
                (_TYPE, f"<{t.C_MENTION}>"),
                (_SELECTOR, self.span(m.start, m.end)),
                (_RULE, iris.text(m.rule)),
                (_SCORE, iris.decimal(m.score)),
                (_IN_SOURCE, self.source_node),
            )
            if m.entity is not None:
                self.add(node, (_REFERS, iris.local(m.entity)))
            if m.sentence is not None:
                self.add(node, (_SENTENCE, self.span(*m.sentence)))

    def reading(
        self, node: str, kind: str, x: FoundCitation | FoundEvent | FoundRelation | FoundFigure
    ) -> None:
        self.add(
            node,
            (_TYPE, f"<{kind}>"),
            (_SELECTOR, self.span(x.start, x.end)),
            (_SENTENCE, self.span(*x.sentence)),
            (_RULE, iris.text(x.rule)),
            (_SCORE, iris.decimal(x.score)),
            (_IN_SOURCE, self.source_node),
        )

    def citations(self) -> None:
        for c in self.x.citations:
            node = citation_reading(self.sha, c.start, c.end, c.cited, c.type)
            self.reading(node, t.C_CITATION_READING, c)
            self.add(
                node,
                (_p(t.CITO_HAS_CITING_ENTITY), iris.local(c.citing or self.x.document.key)),
                (_p(t.CITO_HAS_CITED_ENTITY), iris.local(c.cited)),
                (_p(t.FUNCTION), _FUNCTIONS[c.type]),
                (_CLAUSE, self.span(*c.evidence)),
            )
            if c.article:
                self.add(node, (_p(t.ARTICLE_CITED), iris.text(c.article)))

    def events(self) -> None:
        for v in self.x.events:
            node = event_reading(self.sha, v.start, v.end, v.document, v.kind)
            self.reading(node, t.C_EVENT_READING, v)
            self.add(node, (_p(t.AFFECTS), iris.local(v.document)), (_p(t.EVENT_KIND), _EVENTS[v.kind]))
            self.add(node, (_p(t.MADE_BY), iris.local(v.by or self.x.document.key)))
            if v.date:
                self.add(node, (_p(t.EVENT_DATE), iris.date(v.date)))

    def relations(self) -> None:
        for r in self.x.relations:
            subject = self.x.document.key if r.subject == "self" else r.subject
            node = relation_reading(self.sha, r.start, r.end, subject, r.predicate, r.object)
            self.reading(node, t.C_RELATION_READING, r)
            self.add(
                node,
                (_p(t.SUBJECT), iris.local(subject)),
                (_p(t.RELATION), f"<{RELATIONS[r.predicate][0]}>"),
                (_p(t.OBJECT), iris.local(r.object)),
                (_p(t.STATUS), _STATUS[r.status]),
            )

    def figures(self) -> None:
        for f in self.x.figures:
            node = figure_reading(self.sha, f.start, f.end, f.measure, f.indicator)
            self.reading(node, t.C_FIGURE_READING, f)
            self.add(
                node,
                (_p(t.OF_MEASURE), iris.local(f.measure)),
                (_p(t.INDICATOR), iris.text(f.indicator)),
                (_p(t.VALUE), iris.text(f.value)),
            )
            if f.unit:
                self.add(node, (_p(t.UNIT), iris.text(f.unit)))
            if f.as_of:
                self.add(node, (_p(t.AS_OF), iris.text(f.as_of)))


def citation_reading(sha: str, start: int, end: int, cited: str, function: str) -> str:
    """The node of a citation at one place."""
    return iris.part(sha, "citation", f"{start}-{end}-{digest((cited, function), 4)}")


def event_reading(sha: str, start: int, end: int, document: str, kind: str) -> str:
    """The node of a legal event at one place."""
    return iris.part(sha, "event", f"{start}-{end}-{digest((document, kind), 4)}")


def relation_reading(sha: str, start: int, end: int, subject: str, predicate: str, obj: str) -> str:
    """The node of a relation at one place."""
    return iris.part(sha, "relation", f"{start}-{end}-{digest((subject, predicate, obj), 4)}")


def figure_reading(sha: str, start: int, end: int, measure: str, indicator: str) -> str:
    """The node of a figure at one place."""
    return iris.part(sha, "figure", f"{start}-{end}-{digest((measure, indicator), 4)}")
