"""Entities as one document alone allows to know them, and the links from mentions to them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.issues import Issue
from kg.model.mentions import Label, Mention
from kg.model.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class InstitutionEntity:
    """A body, by its full official name at the date of the document.

    Attributes:
        key: local identity, a pure function of the document: ``institution/441802-1988/人民政府``.
        name: full official name (``清远市清城区人民政府``).
        aliases: other names seen in the text, sorted.
        kind: what it is: ``人民政府``, ``党委``, ``部门``, ``领导小组``, ``高校`` …
        division: key of its division (``division/441802-1988``) or None.
        parent: key of the superior body or None; it stands among the entities too.
        since: ``YYYY`` or ``YYYY-MM-DD`` from which the body bears this name, where a table says so.
        until: likewise.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    division: str | None = None
    parent: str | None = None
    since: str | None = None
    until: str | None = None

    label = Label.INSTITUTION


@quick
@dataclass(frozen=True, slots=True)
class DocumentEntity:
    """An official document.

    Attributes:
        key: local identity: ``document/number/国办发〔2016〕36号``, ``document/title/…``.
        title: full title, canonical; None where only a number is known.
        number: canonical number, or None.
        aliases: short forms and nicknames seen in the text, sorted.
        version: ``试行``, ``2017年修订`` … where the text states one.
        issuers: full names of the issuing bodies where text, code or title give them.
        date: 成文日期 where the text gives it.
        genre: 文种, or None.
        level: ``national``, ``province``, ``prefecture``, ``county``, ``township`` or None.
        carrier: key of the notice that carries it, where the text says so.
        part: name of the book or part (``物权编``) where the source holds no more of it.
    """

    key: str
    title: str | None = None
    number: str | None = None
    aliases: tuple[str, ...] = ()
    version: str | None = None
    issuers: tuple[str, ...] = ()
    date: str | None = None
    genre: str | None = None
    level: str | None = None
    carrier: str | None = None
    part: str | None = None

    label = Label.DOCUMENT


@quick
@dataclass(frozen=True, slots=True)
class MeasureEntity:
    """A named initiative.

    Attributes:
        key: ``measure/双随机一公开监管``.
        name: as people write it.
        aliases: other spellings seen in the text, sorted.
        kind: reform, service-mode, system, campaign, programme, pilot, supervision, platform, slogan.
        broader: key of the measure it is part of where the text says so.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    broader: str | None = None

    label = Label.MEASURE


Entity = InstitutionEntity | DocumentEntity | MeasureEntity


@quick
@dataclass(frozen=True, slots=True)
class Linked:
    """A mention and the entity it stands for.

    Attributes:
        mention: the mention.
        entity: key of the entity, or None where the reference was left open (an Issue says so).
        method: how it was resolved: ``exact``, ``relative``, ``defined``, ``short-form``, ``nickname`` …
        score: 0 to 1.
    """

    mention: Mention
    entity: str | None
    method: str = "exact"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Resolution:
    """What `resolve` gives: links in order of the text, entities sorted by key."""

    linked: tuple[Linked, ...] = ()
    entities: tuple[Entity, ...] = ()
    issues: tuple[Issue, ...] = ()
