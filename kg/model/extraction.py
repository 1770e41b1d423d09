"""The result of the per-document stages, in source offsets; one JSON object a line of `kg extract`."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.documents import Declared, PartKind
from kg.model.entities import DocumentEntity, Entity
from kg.model.issues import Issue
from kg.model.quick import quick
from kg.model.statements import CitationType, EventKind, Status


@quick
@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention in source offsets; ``text`` is exactly the source text of the span."""

    start: int
    end: int
    text: str
    label: str
    entity: str | None
    rule: str
    score: float
    recognizer: str = "rules"
    sentence: tuple[int, int] | None = None
    """The sentence it stands in; of measures only, whose mentions are answers themselves."""


@quick
@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation in source offsets with the sentence it was read in."""

    cited: str
    type: CitationType
    start: int
    end: int
    score: float
    rule: str
    evidence: tuple[int, int]
    sentence: tuple[int, int]
    article: str | None = None
    citing: str | None = None
    """Key of the carried text where that is what cites; None for the document itself."""


@quick
@dataclass(frozen=True, slots=True)
class FoundEvent:
    """A legal event in source offsets."""

    document: str
    kind: EventKind
    date: str | None
    start: int
    end: int
    score: float
    rule: str
    sentence: tuple[int, int]
    by: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation in source offsets."""

    subject: str
    predicate: str
    object: str
    status: Status
    start: int
    end: int
    score: float
    rule: str
    sentence: tuple[int, int]


@quick
@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A reported figure in source offsets."""

    measure: str
    indicator: str
    value: str
    unit: str
    as_of: str | None
    start: int
    end: int
    score: float
    rule: str
    sentence: tuple[int, int]


@quick
@dataclass(frozen=True, slots=True)
class FoundPart:
    """A part of the file in source offsets and the document it is."""

    kind: PartKind
    start: int
    end: int
    document: str | None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one source says, as a pure function of it.

    Attributes:
        source: path as given, with ``/``.
        sha256: of the bytes read.
        media_type: of the file.
        document: the source document itself, also among no other entities.
        declared: metadata declared by page or sidecar, apart from what was read.
        parts: main, carried and attached texts.
        entities: sorted by key.
        mentions: in order of the text.
    """

    source: str
    sha256: str
    media_type: str
    document: DocumentEntity
    declared: Declared = field(default_factory=Declared)
    parts: tuple[FoundPart, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[FoundMention, ...] = ()
    citations: tuple[FoundCitation, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    relations: tuple[FoundRelation, ...] = ()
    figures: tuple[FoundFigure, ...] = ()
    issues: tuple[Issue, ...] = ()
