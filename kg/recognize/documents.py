"""Cited documents: titles in 《》, numbers, laws without brackets, nicknames, short forms."""

from __future__ import annotations

import re

from kg.grammar.articles import article_behind
from kg.grammar.numbers import find_numbers, parse_number
from kg.grammar.quoted import Quoted, find_quoted
from kg.grammar.titles import split_version
from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import DocumentName, DocumentNumber, Label, Mention
from kg.recognize.named_documents import recognize_named

_VERSION_BEHIND = re.compile(
    r"（([^（）]{0,8}(?:试行|暂行|修订|修正|征求意见|草案|送审|审议|讨论|年版)[^（）]{0,8})）"
)
_FILE = re.compile(r"[）》]?\.(?:pdf|docx?|ofd|ceb|xlsx?|wps|zip|rar)", re.I)
_LABELLED = re.compile(r"(?:文\s?号|字\s?号)[：:]\s*$")


def recognize_documents(doc: CleanDoc, structure: Structure) -> tuple[Mention, ...]:
    """Mentions of documents in order of the text."""
    text = doc.text
    found = [_titled(text, q) for q in find_quoted(text) if q.kind in ("document", "short")]
    own_number = parse_number(structure.number.value) if structure.number else None
    found += [
        _numbered(doc, start, end, number)
        for start, end, number in find_numbers(text)
        if not (own_number and number.canonical == own_number.canonical) and not _alone(text, start, end)
    ]
    found += recognize_named(text)
    own = [f for f in (structure.title, structure.number) if f is not None]
    kept: list[Mention] = []
    for m in sorted(found, key=lambda m: (m.start, -m.end)):
        if kept and m.start < kept[-1].end:
            continue
        if any(f.start < m.end and m.start < f.end for f in own):
            continue
        kept.append(m)
    return tuple(kept)


def _titled(text: str, q: Quoted) -> Mention:
    version = split_version(q.title)[1]
    if version is None and (m := _VERSION_BEHIND.match(text, q.end)):
        version = m[1]
    form = "short" if q.kind == "short" else "title"
    value = DocumentName(q.title, form, version, article_behind(text, q.end))
    return Mention(Label.DOCUMENT, q.start, q.end, text[q.start : q.end], q.rule, value=value)


def _alone(text: str, start: int, end: int) -> bool:
    """A number on a line of its own, or behind 发文字号：, is a masthead; before .pdf it names a file."""
    before, after = text[max(0, start - 6) : start], text[end : end + 8]
    return (
        bool(_FILE.match(after))
        or bool(_LABELLED.search(before))
        or (before[-1:] in ("", "\n") and after[:1] in ("", "\n"))
    )


def _numbered(doc: CleanDoc, start: int, end: int, number: DocumentNumber) -> Mention:
    a, b = doc.map.span(start, end)
    text, source = doc.text[start:end], doc.source.text[a:b]
    printed = parse_number(source) if source != text else None
    if printed is not None and printed.canonical == number.canonical:
        number = printed
    return Mention(Label.DOCUMENT, start, end, text, "number", value=number)
