"""The derived default graph: entities on canonical ids, statements between them, N-Quads lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kg.grammar.numbers import parse_number
from kg.graph import iris
from kg.graph import terms as t
from kg.graph.assemble import (
    RELATIONS,
    citation_reading,
    event_reading,
    figure_reading,
    relation_reading,
)
from kg.graph.versions import version_lines
from kg.identify import OWN, Identity, KeyFacts, KeyTable, merged
from kg.identify.titles import core_of
from kg.model.extraction import Extraction
from kg.model.ids import digest
from kg.model.mentions import Label

FACTUAL: Final = ("done", "underway")
"""Statuses of which an edge is drawn; a plan or a denial stays a statement."""
_LEGAL_GENRES: Final = frozenset(("法", "法典", "条例", "规定", "办法", "细则", "规则"))


def entity_lines(table: KeyTable, identity: Identity, ids: Iterable[str]) -> list[str]:
    """What is known of the entities themselves: types, labels, numbers, dates, bodies, carriers."""
    out: list[str] = []
    for canonical in ids:
        if canonical in identity.rejected:
            continue
        facts = [table[k] for k in identity.groups[canonical]]
        _Entity(canonical, facts, identity, out).write()
    return out


class _Entity:
    """Writes one entity."""

    def __init__(self, canonical: str, facts: list[KeyFacts], identity: Identity, out: list[str]) -> None:
        self.id = canonical
        self.node = iris.entity(canonical)
        self.identity = identity
        self.out = out
        self.keys = facts
        values = merged(facts)
        self.facts = KeyFacts(canonical, facts[0].label, values)

    def add(self, predicate: str, value: str) -> None:
        self.out.append(f"{self.node} <{predicate}> {value} .\n")

    def link(self, predicate: str, key: str) -> None:
        target = self.identity(key)
        if target != self.id and target not in self.identity.rejected:
            self.add(predicate, iris.entity(target))

    def write(self) -> None:
        {
            Label.DOCUMENT.value: self.document,
            Label.INSTITUTION.value: self.institution,
            Label.MEASURE.value: self.measure,
        }[self.facts.label]()
        for f in self.keys:
            self.out.append(f"{iris.local(f.key)} <{t.IDENTIFIED_AS}> {self.node} .\n")
            if reason := self.identity.reasons.get(f.key):
                self.out.append(f"{iris.local(f.key)} <{t.DECIDED_BECAUSE}> {iris.text(reason)} .\n")

    def label(self, *names: str | None) -> str:
        label = self.identity.names.get(self.id) or next((n for n in names if n), self.id)
        self.add(t.RDFS_LABEL, iris.text(label))
        return label

    def concept(self, predicate: str, vocabulary: Mapping[str, str], code: str | None) -> None:
        if code is not None and code in vocabulary:
            self.add(predicate, f"<{vocabulary[code]}>")

    def document(self) -> None:
        f = self.facts
        self.add(t.RDF_TYPE, f"<{t.C_DOCUMENT}>")
        genre = self.identity.kinds.get(self.id) or f.best("genre")
        if genre in _LEGAL_GENRES:
            self.add(t.RDF_TYPE, f"<{t.C_LEGAL_TEXT}>")
        if not f.attested:
            self.add(t.RDF_TYPE, f"<{t.C_GHOST}>")
        title, number = f.best("title"), f.best("number")
        label = self.label(title, number, f.best("file"))
        if title:
            self.add(t.DCTERMS_TITLE, iris.text(title))
        for core in sorted({core_of(title).core for title in f.all("title")}):
            self.add(t.TITLE_KEY, iris.text(core))
        if number:
            self.add(t.NUMBER, iris.text(number))
            if code := _code(self.id, number):
                self.add(t.CODE, iris.text(code))
        if date := f.best("date"):
            self.add(t.DCTERMS_ISSUED, iris.date(date))
            if date[:4].isdecimal() and len(date) >= 4:
                self.add(t.YEAR, iris.integer(int(date[:4])))
        self.concept(t.GENRE, t.V_GENRE, genre)
        self.concept(t.LEVEL, t.V_LEVEL, f.best("level"))
        for other in (*f.all("title"), *f.all("alias"), *f.all("number")[1:]):
            if other != label:
                self.add(t.SKOS_ALT_LABEL, iris.text(other))
        self.origin()
        self.out.extend(version_lines(self.id, label, genre, self.keys))

    def origin(self) -> None:
        f = self.facts
        for key in self.issuers():
            self.link(t.ISSUED_BY, key)
        for sha in f.all("source"):
            self.add(t.ATTESTED_BY, iris.source(sha))
        for carrier in f.all("carrier"):
            self.link(t.CARRIED_BY, carrier)
        if self.id in self.identity.carried:
            self.link(t.CARRIED_BY, self.identity.carried[self.id])

    def issuers(self) -> tuple[str, ...]:
        """The issuers that the document itself states, or else those that others give it."""
        weights = self.facts.values.get("issuer", {})
        own = [v for v in self.facts.all("issuer") if weights[v] >= OWN]
        return tuple(own) or self.facts.all("issuer")

    def institution(self) -> None:
        f = self.facts
        self.add(t.RDF_TYPE, f"<{t.C_INSTITUTION}>")
        label = self.label(f.best("name"))
        kind = self.identity.kinds.get(self.id) or f.best("kind")
        self.add(t.INSTITUTION_KIND, iris.text(kind or "机构"))
        for other in (*f.all("name"), *f.all("alias")):
            if other != label:
                self.add(t.SKOS_ALT_LABEL, iris.text(other))
        if parent := f.best("parent"):
            self.link(t.ORG_SUB_ORGANIZATION_OF, parent)
        if division := f.best("division"):
            self.add(t.DIVISION, iris.entity(division))
            self.out.append(f"{iris.entity(division)} <{t.RDF_TYPE}> <{t.C_DIVISION}> .\n")
        for attribute, predicate in (("since", t.SINCE), ("until", t.UNTIL)):
            if value := f.best(attribute):
                self.add(predicate, iris.date(value))

    def measure(self) -> None:
        f = self.facts
        self.add(t.RDF_TYPE, f"<{t.C_MEASURE}>")
        label = self.label(f.best("name"))
        self.concept(t.KIND, t.V_MEASURE_KIND, self.identity.kinds.get(self.id) or f.best("kind"))
        for other in (*f.all("name"), *f.all("alias")):
            if other != label:
                self.add(t.SKOS_ALT_LABEL, iris.text(other))
        for broader in f.all("broader"):
            self.link(t.PART_OF_MEASURE, broader)


def statement_lines(x: Extraction, identity: Identity) -> list[str]:
    """What one source states, on canonical ids; a statement of many sources has many readings."""
    out: list[str] = []
    own = identity(x.document.key)
    if own in identity.rejected:
        return out
    _citations(x, identity, own, out)
    _events(x, identity, own, out)
    _relations(x, identity, own, out)
    _figures(x, identity, own, out)
    named = {m.entity for m in x.mentions if m.entity and m.label != Label.DOCUMENT.value}
    targets = {identity(key) for key in named} - identity.rejected
    subject = iris.entity(own)
    out.extend(f"{subject} <{t.MENTIONS}> {iris.entity(target)} .\n" for target in sorted(targets))
    return out


def _statement(out: list[str], node: str, kind: str, reading: str, pairs: Iterable[tuple[str, str]]) -> None:
    out.append(f"{node} <{t.RDF_TYPE}> <{kind}> .\n")
    out.append(f"{node} <{t.HAS_READING}> {reading} .\n")
    out.extend([f"{node} <{p}> {o} .\n" for p, o in pairs])


def _citations(x: Extraction, identity: Identity, own: str, out: list[str]) -> None:
    for c in x.citations:
        citing, cited = identity(c.citing) if c.citing else own, identity(c.cited)
        if citing == cited or citing in identity.rejected or cited in identity.rejected:
            continue
        node = iris.node("citation", digest((citing, cited, c.type, c.article)))
        pairs = [
            (t.CITO_HAS_CITING_ENTITY, iris.entity(citing)),
            (t.CITO_HAS_CITED_ENTITY, iris.entity(cited)),
            (t.FUNCTION, f"<{t.V_FUNCTION[c.type]}>"),
        ]
        if c.article:
            pairs.append((t.ARTICLE_CITED, iris.text(c.article)))
        reading = citation_reading(x.sha256, c.start, c.end, c.cited, c.type)
        _statement(out, node, t.C_CITATION, reading, pairs)
        out.append(f"{iris.entity(citing)} <{t.CITES}> {iris.entity(cited)} .\n")


def _events(x: Extraction, identity: Identity, own: str, out: list[str]) -> None:
    for v in x.events:
        document, by = identity(v.document), identity(v.by) if v.by else own
        if {document, by} & identity.rejected:
            continue
        node = iris.node("event", digest((document, v.kind, v.date, by)))
        pairs = [
            (t.AFFECTS, iris.entity(document)),
            (t.EVENT_KIND, f"<{t.V_EVENT[v.kind]}>"),
            (t.MADE_BY, iris.entity(by)),
        ]
        if v.date:
            pairs.append((t.EVENT_DATE, iris.date(v.date)))
        reading = event_reading(x.sha256, v.start, v.end, v.document, v.kind)
        _statement(out, node, t.C_LEGAL_EVENT, reading, pairs)


def _relations(x: Extraction, identity: Identity, own: str, out: list[str]) -> None:
    for r in x.relations:
        key = x.document.key if r.subject == "self" else r.subject
        subject, obj = identity(key), identity(r.object)
        if subject == obj or {subject, obj} & identity.rejected:
            continue
        predicate, reverse = RELATIONS[r.predicate]
        node = relation_node(subject, r.predicate, obj, r.status)
        pairs = (
            (t.SUBJECT, iris.entity(subject)),
            (t.RELATION, f"<{predicate}>"),
            (t.OBJECT, iris.entity(obj)),
            (t.STATUS, f"<{t.V_STATUS[r.status]}>"),
        )
        reading = relation_reading(x.sha256, r.start, r.end, key, r.predicate, r.object)
        _statement(out, node, t.C_STATEMENT, reading, pairs)
        if r.status in FACTUAL:
            a, b = (obj, subject) if reverse else (subject, obj)
            out.append(f"{iris.entity(a)} <{predicate}> {iris.entity(b)} .\n")


def relation_node(subject: str, predicate: str, obj: str, status: str) -> str:
    """The node of a relation between two canonical ids."""
    return iris.node("statement", digest((subject, predicate, obj, status)))


def _figures(x: Extraction, identity: Identity, own: str, out: list[str]) -> None:
    for f in x.figures:
        measure = identity(f.measure)
        if measure in identity.rejected:
            continue
        node = iris.node("figure", digest((own, measure, f.indicator, f.value, f.unit, f.as_of)))
        pairs = [
            (t.REPORTED_BY, iris.entity(own)),
            (t.OF_MEASURE, iris.entity(measure)),
            (t.INDICATOR, iris.text(f.indicator)),
            (t.VALUE, iris.text(f.value)),
        ]
        if f.unit:
            pairs.append((t.UNIT, iris.text(f.unit)))
        if f.as_of:
            pairs.append((t.AS_OF, iris.text(f.as_of)))
        reading = figure_reading(x.sha256, f.start, f.end, f.measure, f.indicator)
        _statement(out, node, t.C_FIGURE, reading, pairs)


def _code(canonical: str, number: str) -> str | None:
    """The code of a number that means one body everywhere; None for 区府办发 and for what has none."""
    kind, _, name = canonical.removeprefix("document/").partition("/")
    found = None if kind == "number" and "/" in name else parse_number(number)
    return found.code or None if found else None
