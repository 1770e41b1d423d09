"""Mentions: what a recogniser found, and what it read in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.quick import quick


class Label(StrEnum):
    """The three kinds of things of the graph."""

    INSTITUTION = "INSTITUTION"
    DOCUMENT = "DOCUMENT"
    MEASURE = "MEASURE"


@quick
@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A 发文字号 taken apart (GB/T 9704—2012, 7.2.5).

    Attributes:
        raw: as printed, without line breaks cleaned away.
        code: 机关代字 with the document word: ``国办发``, ``国务院令``; for a joint number the organs joined.
        year: four digits, or None where the number has none.
        serial: ``13``, ``13-1``; no leading zeros; Chinese numerals in Arabic digits.
        series: 发, 函, 规, 令, 公告, 通告, 电, 明电, 纪要, 字, 释, 批复 or 其他.
        canonical: ``国办发〔2016〕36号``, ``国务院令第711号``, ``国家税务总局公告2020年第12号``.
        defects: sorted names of what departs from the standard: ``bracket``, ``mismatched``, ``space``,
            ``newline``, ``fullwidth``, ``year-suffix``, ``ordinal``, ``leading-zero``, ``no-hao``,
            ``two-digit-year``, ``elided``.
    """

    raw: str
    code: str
    year: int | None
    serial: str
    series: str
    canonical: str
    defects: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class DocumentName:
    """A title, a short form or a nickname.

    Attributes:
        title: canonical form of what is printed, without the outer 《》 (spaces gone, dashes unified).
        form: ``title``, ``short`` (《纲要》), ``nickname`` (“水十条”), ``law`` (without 《》) or
            ``reference`` (本办法).
        version: ``试行``, ``2017年修订``, ``征求意见稿`` where the title carries it, else None.
        article: ``第三条第二款第（一）项`` cited with it, else None.
    """

    title: str
    form: str = "title"
    version: str | None = None
    article: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class InstitutionName:
    """An organisation's name taken apart.

    Attributes:
        form: ``full``, ``short``, ``relative`` (区政府), ``defined`` (以下简称) or ``inner``
            (an office within a body).
        place: the place words at its head (``清远市清城区``, ``市``, ``省``) or empty.
        body: the rest (``人民政府``, ``法制局``).
    """

    form: str
    place: str
    body: str


@quick
@dataclass(frozen=True, slots=True)
class MeasureName:
    """A named initiative.

    Attributes:
        name: normalised: no quotation marks, no inner punctuation (``双随机一公开监管``).
        kind: reform, service-mode, system, campaign, programme, pilot, supervision, platform, slogan.
    """

    name: str
    kind: str


@quick
@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing in the text.

    Attributes:
        label: its kind.
        start: offset in the clean text.
        end: offset behind it.
        text: the clean text it covers.
        rule: id of the rule that found it.
        score: 0 to 1.
        recognizer: name of the engine.
        value: what was read in it; None where the engine gives a span only.
    """

    label: Label
    start: int
    end: int
    text: str
    rule: str
    score: float = 1.0
    recognizer: str = "rules"
    value: DocumentNumber | DocumentName | InstitutionName | MeasureName | None = None
