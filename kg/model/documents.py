"""The text types: what a reader gives, what cleaning makes of it, and its structure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.issues import Issue
from kg.model.quick import quick
from kg.model.spans import OffsetMap, Span


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table cell or line of the source text and where it came from.

    Attributes:
        start: offset in the source text.
        end: offset behind the block.
        kind: ``paragraph``, ``heading``, ``cell``, ``note``, ``furniture``.
        page: page number from 1, where the format has pages.
        box: left, top, right, bottom in points, where the format has boxes.
        path: element path, such as ``body/p[3]`` or ``table[1]/row[2]/cell[1]``.
    """

    start: int
    end: int
    kind: str = "paragraph"
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """Metadata that a page, a file or a sidecar states of a document; never mixed with what is read."""

    title: str | None = None
    number: str | None = None
    issuers: tuple[str, ...] = ()
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SourceDoc:
    """One document as a reader gives it.

    Attributes:
        source: path as given, with ``/``; members of archives as ``archive.zip!/member``.
        sha256: hex digest of the bytes read.
        media_type: such as ``text/plain``.
        text: the source text; every published offset counts its code points.
        blocks: anchors into pages and elements, in order; empty for plain text.
        declared: metadata stated by the file or its sidecar.
    """

    source: str
    sha256: str
    media_type: str
    text: str
    blocks: tuple[Block, ...] = ()
    declared: Declared = field(default_factory=Declared)
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanDoc:
    """The text that rules read, and the way back.

    ``text`` has one paragraph a line: spaces between 汉字 and line breaks inside a paragraph are gone,
    full-width letters and digits are half-width. Offsets of all later types count ``text`` until
    :mod:`kg.build` maps them to the source text with ``map``.
    """

    source: SourceDoc
    text: str
    map: OffsetMap
    issues: tuple[Issue, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Field:
    """A value read from the text and the span it was read from (clean offsets)."""

    value: str
    start: int
    end: int


class PartKind(StrEnum):
    """What a stretch of a file is."""

    MAIN = "main"
    """The document itself: a report, or the notice that carries another text."""
    CARRIED = "carried"
    """A text that the main part issues or forwards, with a title of its own."""
    ATTACHMENT = "attachment"
    """Another text attached: a form, a table, a list."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text inside a file, in order; the parts of a file do not overlap."""

    kind: PartKind
    start: int
    end: int
    title: Field | None = None


@quick
@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what it rules: 一、（一）1.（1） or 编、章、节、条.

    Attributes:
        level: 1 for the outermost.
        label: ``一``, ``（二）``, ``第三条``.
        heading: the words of the heading without its label, possibly empty.
        start: offset of the label.
        end: offset where the section ends.
        parent: index of the enclosing section in ``Structure.sections``, or None.
    """

    level: int
    label: str
    heading: str
    start: int
    end: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """The layout of an official document (GB/T 9704—2012, 7), read from its clean text.

    Attributes:
        title: the document's own title, joined over its lines.
        number: its 发文字号 as printed.
        issuers: 发文机关 as printed (masthead, title or signature), first the first.
        signature: spans of the names that sign.
        date: 成文日期 as ``YYYY-MM-DD`` (or ``YYYY-MM``), the span of its text.
        genre: 文种: 通知, 报告, 条例 …, or None.
        addressees: 主送机关, the span of the whole line.
        copies: 抄送机关, the span of the whole line.
        parts: main, carried and attached texts.
        sections: the heading tree, in order of the text.
        skipped: spans that are no text of the document (目录, page furniture, printed twice).
        sentences: spans of the sentences of the text, in order, without line breaks.
    """

    title: Field | None = None
    number: Field | None = None
    issuers: tuple[Field, ...] = ()
    signature: tuple[Field, ...] = ()
    date: Field | None = None
    genre: str | None = None
    addressees: Field | None = None
    copies: Field | None = None
    parts: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()
    skipped: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    issues: tuple[Issue, ...] = ()
