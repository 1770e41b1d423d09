"""Cited documents: titles in 《》, numbers, laws without brackets, nicknames, short forms."""

from __future__ import annotations

import re
from functools import cache

from kg.grammar.articles import article_behind
from kg.grammar.numbers import find_numbers, parse_number
from kg.grammar.quoted import Quoted, find_quoted
from kg.grammar.titles import laws, nicknames, split_version
from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import DocumentName, DocumentNumber, Label, Mention

_VERSION_BEHIND = re.compile(
    r"（([^（）]{0,8}(?:试行|暂行|修订|修正|征求意见|草案|送审|审议|讨论|年版)[^（）]{0,8})）"
)
_FILE = re.compile(r"[）》]?\.(?:pdf|docx?|ofd|ceb|xlsx?|wps|zip|rar)", re.I)
_LABELLED = re.compile(r"(?:文\s?号|字\s?号)[：:]\s*$")
_STATE = "中华人民共和国"
_NICKNAME_END = (
    re.compile(r"条(?<=[十九八五六\d]条)(?<!第.条)(?<!第..条)(?<!第...条)(?![例件款])"),
    re.compile(r"新规(?!定|范|划)"),
)
_LOCAL = re.compile(r"“[^“”\n]{1,10}[一二三四五六七八九十\d]条”")
_LOCAL_BEFORE = re.compile(r"(?:出台|发布|印发|推出|兑现|落实|实施|制定|执行|贯彻|政策|省|市|区|县)了?$")
_DEFINED = re.compile(r"(?:简称|以下均?称|下称)为?[：:]?(“?)([^“”《》，。（）\n]{1,12})(”?)(?=[）；，])")
_NAMES_DOCUMENT = re.compile(
    r"(?:\d号(?:公告|文件?|令|通知)|意见|通知|公告|办法|条例|规定|方案|规划|纲要|决定|细则|目录|指南|计划|(?<!办|方|做|用|执)法|法典)$"
)
_REFERENCE = re.compile(
    r"(?:本|该|上述|前述)(通知|办法|规定|条例|意见|方案|决定|细则|规则|文件|规划|纲要|计划|公告|通告|预案|指南|法(?![院律治规制官定学人]))"
)


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
    found += _laws_without_brackets(text)
    found += _known_nicknames(text)
    found += _local_nicknames(text)
    found += _references(text)
    found += _defined(text)
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
    printed = parse_number(doc.source.text[a:b])
    if printed is not None and printed.canonical == number.canonical:
        number = printed
    return Mention(Label.DOCUMENT, start, end, doc.text[start:end], "number", value=number)


@cache
def _law_lengths() -> tuple[frozenset[str], tuple[int, ...]]:
    """Full titles of laws and regulations of the state, and their lengths, longest first."""
    titles = frozenset(full for full in laws().values() if full.endswith(("法", "法典", "条例")))
    return titles, tuple(sorted({len(t) for t in titles}, reverse=True))


def _laws_without_brackets(text: str) -> list[Mention]:
    titles, lengths = _law_lengths()
    found = []
    at = text.find(_STATE)
    while at >= 0:
        title = next((text[at : at + n] for n in lengths if text[at : at + n] in titles), None)
        if title:
            end = at + len(title)
            value = DocumentName(title, "law", None, article_behind(text, end))
            found.append(Mention(Label.DOCUMENT, at, end, title, "law-without-brackets", value=value))
        at = text.find(_STATE, at + len(title or _STATE))
    return found


def _known_nicknames(text: str) -> list[Mention]:
    found = []
    for end in sorted(m.end() for pattern in _NICKNAME_END for m in pattern.finditer(text)):
        window = text[max(0, end - 8) : end]
        name = next((window[i:] for i in range(len(window) - 2) if window[i:] in nicknames()), None)
        if name is None:
            continue
        quoted = text[end - len(name) - 1 : end - len(name)] == "“" and text[end : end + 1] == "”"
        start, stop = end - len(name) - quoted, end + quoted
        value = DocumentName(name, "nickname")
        found.append(Mention(Label.DOCUMENT, start, stop, text[start:stop], "nickname", value=value))
    return found


def _local_nicknames(text: str) -> list[Mention]:
    """“民营经济十条”（粤府〔2018〕77号）: what it stands for is known by its number, or not at all."""
    return [
        Mention(
            Label.DOCUMENT,
            *m.span(),
            m.group(),
            "local-nickname",
            0.7,
            value=DocumentName(m.group()[1:-1], "nickname"),
        )
        for m in _LOCAL.finditer(text)
        if m.group()[1:-1] not in nicknames()
        and (
            _LOCAL_BEFORE.search(text, max(0, m.start() - 4), m.start())
            or text[m.end() : m.end() + 1] == "（"
        )
    ]


def _references(text: str) -> list[Mention]:
    """本办法, 该通知, 前述文件."""
    return [
        Mention(Label.DOCUMENT, *m.span(), m.group(), "reference", 0.8, value=DocumentName(m[1], "reference"))
        for m in _REFERENCE.finditer(text)
    ]


def _defined(text: str) -> list[Mention]:
    """《甲公告》（2020年第8号，以下简称“8号公告”）: the short form where it is defined, and from there on.

    Later uses count in quotation marks, or where the form cannot mean anything else (8号公告, 契税法).
    """
    found: list[Mention] = []
    for m in _DEFINED.finditer(text):
        begin = text.rfind("（", max(0, m.start() - 60), m.start())
        if not _NAMES_DOCUMENT.search(m[2]) or begin < 1 or text[begin - 1] != "》":
            continue
        words = m[2]
        quoted = f"“{words}”"
        plain = words[:1].isdigit() or (words.endswith("法") and len(words) > 2)
        spans = [(m.start(2), m.end(2))]
        at = m.end()
        while (at := text.find(words if plain else quoted, at)) >= 0:
            stop = at + len(words if plain else quoted)
            spans.append((at, stop))
            at = stop
        found += [
            Mention(Label.DOCUMENT, a, b, text[a:b], "defined-form", 0.9, value=DocumentName(words, "short"))
            for a, b in spans
        ]
    return found
