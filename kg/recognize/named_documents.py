"""Documents named without 《》: laws, nicknames, defined short forms, references back."""

from __future__ import annotations

import re
from functools import cache

from kg.grammar.articles import article_behind
from kg.grammar.titles import full_law_title, laws, nicknames
from kg.model.mentions import DocumentName, Label, Mention

_STATE = "中华人民共和国"
_NICKNAME_END = (
    re.compile(r"条(?<=[十九八五六\d]条)(?<!第.条)(?<!第..条)(?<!第...条)(?![例件款])"),
    re.compile(r"新规(?!定|范|划)"),
)
_LOCAL = re.compile(r"“[^“”\n\d]{2,10}[一二三四五六七八九十\d]条”")
_LOCAL_BEFORE = re.compile(r"(?:出台|发布|印发|推出|兑现|落实|实施|制定|执行|贯彻|政策|省|市|区|县)了?$")
_REFERENCE = re.compile(
    r"(?:本|该|上述|前述)(通知|办法|规定|条例|意见|方案|决定|细则|规则|文件|规划|纲要|计划|公告|通告|预案|指南|法(?![院律治规制官定学人]))"
)
_MAX_DEFINED = 200
"""So many different short forms are followed through a text."""
_DEFINED = re.compile(r"(?:简称|以下均?称|下称)为?[：:]?(“?)([^“”《》，。（）\n]{1,12})(”?)(?=[）；，])")
_NAMES_DOCUMENT = re.compile(
    r"(?:\d号(?:公告|文件?|令|通知)|意见|通知|公告|办法|条例|规定|方案|规划|纲要|决定|细则|目录|指南|计划|禁令|准则|规则|规程|导则|大纲|清单|要点|[一二三四五六七八九十]条|(?<!办|方|做|用|执)法|法典)$"
)
_COUNTED = re.compile(r"\d|[一二三四五六七八九十]+[条项个]")
_BARE_LAW = re.compile(
    r"(?:根据|依据|依照|按照|违反|适用|贯彻|执行|落实)(?:了|实施)?([\u4e00-\u9fff]{2,20}?法典?)(?=规定|[第的等，、。之])"
)
_HAN_END = re.compile(r"[\u4e00-\u9fff]+$")
_LAW_ARTICLE = re.compile(r"法典?(?=第[一二三四五六七八九十百零\d]{1,7}条)")


def recognize_named(text: str) -> list[Mention]:
    """All of them, in no particular order; where two overlap, the caller keeps the first and longest."""
    return [
        *_laws_without_brackets(text),
        *_short_laws(text),
        *_known_nicknames(text),
        *_local_nicknames(text),
        *_references(text),
        *_defined(text),
    ]


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
        Mention(
            Label.DOCUMENT,
            *m.span(),
            m.group(),
            "reference",
            0.8,
            value=DocumentName(m[1], "reference", None, article_behind(text, m.end())),
        )
        for m in _REFERENCE.finditer(text)
    ]


def _defined(text: str) -> list[Mention]:
    """《甲公告》（2020年第8号，以下简称“8号公告”）: the short form where it is defined, and from there on.

    Later uses count in quotation marks, or where the form cannot mean anything else (8号公告, 八条禁令, 契税法).
    """
    found: list[Mention] = []
    known: set[str] = set()
    for m in _DEFINED.finditer(text):
        begin = text.rfind("（", max(0, m.start() - 60), m.start())
        if not _NAMES_DOCUMENT.search(m[2]) or begin < 1 or text[begin - 1] != "》":
            continue
        words = m[2]
        quoted = f"“{words}”"
        plain = bool(_COUNTED.match(words)) or (words.endswith("法") and len(words) > 2)
        spans = [(m.start(2), m.end(2))]
        at = m.end() if words not in known and len(known) < _MAX_DEFINED else len(text)
        known.add(words)
        while (at := text.find(words if plain else quoted, at)) >= 0:
            stop = at + len(words if plain else quoted)
            spans.append((at, stop))
            at = stop
        found += [
            Mention(Label.DOCUMENT, a, b, text[a:b], "defined-form", 0.9, value=DocumentName(words, "short"))
            for a, b in spans
        ]
    return found


def _short_laws(text: str) -> list[Mention]:
    """根据行政处罚法, 安全生产法第二十一条: laws of the state by their short title, where they are cited."""
    spans = {m.span(1) for m in _BARE_LAW.finditer(text) if full_law_title(m[1])}
    for m in _LAW_ARTICLE.finditer(text):
        run = _HAN_END.search(text[max(0, m.end() - 22) : m.end()])
        window = run.group() if run else ""
        name = next((window[i:] for i in range(len(window) - 2) if full_law_title(window[i:])), None)
        if name:
            spans.add((m.end() - len(name), m.end()))
    return [
        Mention(
            Label.DOCUMENT,
            start,
            end,
            text[start:end],
            "short-law",
            0.9,
            value=DocumentName(text[start:end], "law", None, article_behind(text, end)),
        )
        for start, end in sorted(spans)
    ]
