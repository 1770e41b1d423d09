"""The layout of an official document, read from its clean text (GB/T 9704—2012)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

from kg.grammar.genres import genre_of
from kg.model.documents import CleanDoc, Field, Part, PartKind, Structure
from kg.model.issues import Issue, Stage
from kg.model.spans import Span, covered
from kg.structure.head import Head, read_head, title_issuers
from kg.structure.lines import Line, is_copies, is_furniture, split_lines
from kg.structure.parts import split_parts, split_run_in
from kg.structure.sections import contents, read_sections, read_sentences, repeated
from kg.structure.tail import Tail, read_tail

__all__ = ["structure"]

_FOOT = 12
_BARE = re.compile(
    r"(?P<word>公告|通告|令)?\s?（?(?:(?:19|20)\d\d年)?\s?第\s?[\d一二三四五六七八九十百零〇]+\s?号）?"
)
_FILE_NAME = re.compile(
    r"(?P<number>[\u4e00-\u9fff]{1,12}〔(?:19|20)\d\d〕\d+号)\s?(?P<title>[^。；]{6,120}?)\.(?:docx?|pdf|wps|ofd)"
)


def structure(doc: CleanDoc) -> Structure:
    """Read head, tail, parts, headings and sentences.

    Nothing is invented: a field that does not stand in the text is None. A text printed twice is read
    once; the copy is among ``skipped``, its sentences are listed all the same.
    """
    text = doc.text
    lines = split_lines(text)
    skipped = sorted((*repeated(lines), *contents(lines)))
    lines = [x for x in lines if not covered(skipped, x.start, x.end)]
    head = read_head(lines)
    skipped += [Span(x.start, x.end) for x in head.skipped]
    named = title_issuers(head.title) if head.title else ()
    head = _named_by_file(head, lines)
    tail = read_tail(text, lines, head.body, tuple(n.value for n in named))
    parts = _parts(text, lines, head, tail)
    if head.decree and head.title is None:
        head = replace(head, title=next((p.title for p in parts if p.kind is PartKind.CARRIED), None))
    foot = max(head.body, len(lines) - _FOOT)
    skipped += [Span(x.start, x.end) for x in lines[foot:] if is_furniture(x.text)]
    skipped.sort()
    signature = tail.signature if tail else ()
    issuers = _issuers(head, tail)
    number, issues = _number(head, issuers)
    return Structure(
        title=head.title,
        number=number,
        issuers=issuers,
        signature=signature,
        date=tail.date if tail and tail.date else head.date,
        genre=genre_of(head.title.value) if head.title else None,
        addressees=head.addressees,
        copies=_copies(lines),
        parts=parts,
        sections=read_sections(text, parts, skipped),
        skipped=tuple(skipped),
        issues=issues,
        sentences=read_sentences(text, chain(head.cuts, [tail.first] if tail and tail.run_in else [])),
    )


def _number(head: Head, issuers: tuple[Field, ...]) -> tuple[Field | None, tuple[Issue, ...]]:
    """The number; one without a code (2020年第9号 below an announcement) takes it from issuer and genre."""
    found = head.number
    bare = _BARE.fullmatch(found.value) if found else None
    if found is None or bare is None:
        return found, ()
    genre = bare["word"] or (genre_of(head.title.value) if head.title else None)
    if genre in ("公告", "通告", "令") and len(issuers) == 1:
        return replace(
            found, value=f"{issuers[0].value}{genre}{found.value.removeprefix(genre).strip(' （）')}"
        ), ()
    message = f"“{found.value}”没有机关代字，不作为发文字号"
    return None, (Issue(Stage.STRUCTURE, "bare-number", message, start=found.start, end=found.end),)


def _named_by_file(head: Head, lines: list[Line]) -> Head:
    """Number and title of a text without either from the name of its own file, printed below it."""
    if head.title is not None or head.number is not None:
        return head
    for line in lines[-_FOOT:]:
        if m := _FILE_NAME.fullmatch(line.text):
            number = Field(m["number"], line.start + m.start("number"), line.start + m.end("number"))
            title = Field(m["title"], line.start + m.start("title"), line.start + m.end("title"))
            return replace(head, title=title, number=number)
    return head


def _parts(text: str, lines: list[Line], head: Head, tail: Tail | None) -> tuple[Part, ...]:
    if tail is not None and tail.run_in:
        return split_run_in(text, head.title, tail.end)
    if tail is None:
        return split_parts(text, lines, head.title, len(lines), len(text), head.body)
    return split_parts(text, lines, head.title, tail.last, tail.end, head.body)


def _issuers(head: Head, tail: Tail | None) -> tuple[Field, ...]:
    """Who issues: the signature, else the masthead, else the head of the title."""
    if tail and tail.signature:
        return tail.signature
    if head.decree and head.masthead:
        return head.masthead
    named = title_issuers(head.title) if head.title else ()
    if tail and tail.organ and not named:
        return tail.organ
    if head.speaker and head.title and head.title.value.endswith("政府工作报告"):
        named = named or (head.speaker,)
    declared = (head.declared_issuer,) if head.declared_issuer else ()
    return named or head.masthead or declared or ((head.adopter,) if head.adopter else ())


def _copies(lines: list[Line]) -> Field | None:
    for line in reversed(lines):
        if is_copies(line.text) and not line.text.startswith("主送"):
            return Field(line.text, line.start, line.end)
    return None
