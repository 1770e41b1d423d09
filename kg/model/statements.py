"""Statements that a document makes, each with its evidence (clean offsets)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.issues import Issue
from kg.model.quick import quick


class CitationType(StrEnum):
    """How a text cites another; a SKOS concept each."""

    BASED_ON = "basedOn"
    IMPLEMENTS = "implements"
    ISSUES = "issues"
    DRAFTS = "drafts"
    AMENDS = "amends"
    REPEALS = "repeals"
    FORWARDS = "forwards"
    STUDIES = "studies"
    MENTIONS = "mentions"


class EventKind(StrEnum):
    """What happened to a document in law."""

    REPEALED = "repealed"
    AMENDED = "amended"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    IN_FORCE = "inForce"


class Status(StrEnum):
    """Whether a statement tells a fact, something under way, a plan, or none of these."""

    DONE = "done"
    UNDERWAY = "underway"
    PLANNED = "planned"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"


@quick
@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement was read: the clause and the rule that read it."""

    start: int
    end: int
    rule: str
    score: float = 1.0


@quick
@dataclass(frozen=True, slots=True)
class Citation:
    """One citation of a document by a part of the source.

    Attributes:
        cited: key of the cited document.
        type: how it is cited.
        start: span of the mention that cites.
        end: offset behind it.
        evidence: the clause that shows the type.
        article: what of the cited text is cited, or None.
        part: index of the citing part in ``Structure.parts``.
    """

    cited: str
    type: CitationType
    start: int
    end: int
    evidence: Evidence
    article: str | None = None
    part: int = 0


@dataclass(frozen=True, slots=True)
class LegalEvent:
    """A change in law that the source itself makes (never one that it merely reports).

    Attributes:
        document: key of the document that it happens to.
        kind: what happens.
        date: ``YYYY-MM-DD`` from which it holds, or None where the text does not say.
        evidence: the clause.
        by: key of the document that supersedes or amends, where it is not the source.
    """

    document: str
    kind: EventKind
    date: str | None
    evidence: Evidence
    by: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two things of the graph.

    Attributes:
        subject: entity key, or ``self`` for the source document.
        predicate: carriesOut, leads, takesPartIn, providesFor, restsOn, issuesDocument, draftsDocument,
            forwardsDocument, memberOf, setsUp, replaces, subOrganizationOf.
        object: entity key.
        status: fact, plan, negated …
        evidence: the clause.
        around: clean offsets that hold what is related as well, where that stands before the clause.
    """

    subject: str
    predicate: str
    object: str
    status: Status
    evidence: Evidence
    around: tuple[int, int] | None = None


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the document reports on a measure.

    Attributes:
        measure: key of the measure.
        indicator: what is counted (``网上全流程办理率``).
        value: the number as printed (``75.9``).
        unit: ``%``, ``户``, ``件`` … or empty.
        as_of: ``YYYY`` … ``YYYY-MM-DD`` where the text says so.
    """

    measure: str
    indicator: str
    value: str
    unit: str
    as_of: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Statements:
    """What `state` gives, each tuple in order of the text."""

    citations: tuple[Citation, ...] = ()
    events: tuple[LegalEvent, ...] = ()
    relations: tuple[Relation, ...] = ()
    figures: tuple[Figure, ...] = ()
    issues: tuple[Issue, ...] = ()
