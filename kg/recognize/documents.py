"""Cited documents: titles in 《》, numbers, laws without brackets, nicknames, short forms."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.grammar.articles import article_behind
from kg.grammar.numbers import find_numbers, parse_number
from kg.grammar.quoted import Quoted, find_quoted
from kg.grammar.titles import laws, nicknames, split_version
from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import DocumentName, DocumentNumber, Label, Mention

_VERSION_BEHIND = re.compile(r"（([^（）]{0,8}(?:试行|暂行|修订|修正|征求意见|草案|送审|审议|讨论|年版)[^（）]{0,8})）")
_STATE = "中华人民共和国"


def recognize_documents(doc: CleanDoc, structure: Structure) -> tuple[Mention, ...]:
    """Mentions of documents in order of the text."""
    text = doc.text
    found = [_titled(text, q) for q in find_quoted(text) if q.kind in ("document", "short")]
    found += [_numbered(doc, *n) for n in find_numbers(text)]
    found += _named(text)
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


def _numbered(doc: CleanDoc, start: int, end: int, number: DocumentNumber) -> Mention:
    a, b = doc.map.span(start, end)
    printed = parse_number(doc.source.text[a:b])
    if printed is not None and printed.canonical == number.canonical:
        number = printed
    return Mention(Label.DOCUMENT, start, end, doc.text[start:end], "number", value=number)


@cache
def _names() -> tuple[tuple[str, ...], AhoCorasick]:
    """Laws by their full title, and nicknames."""
    titles = {full for full in laws().values() if full.endswith(("法", "法典", "条例"))}
    words = tuple(sorted(titles | set(nicknames())))
    return words, AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)


def _named(text: str) -> list[Mention]:
    words, automaton = _names()
    found = []
    for i, start, end in automaton.find_matches_as_indexes(text):
        word = words[i]
        if word in nicknames():
            if start and end < len(text) and text[start - 1] == "“" and text[end] == "”":
                start, end = start - 1, end + 1
            value = DocumentName(word, "nickname")
            rule = "nickname"
        else:
            value = DocumentName(word, "law", None, article_behind(text, end))
            rule = "law-without-brackets"
        found.append(Mention(Label.DOCUMENT, start, end, text[start:end], rule, value=value))
    return found
