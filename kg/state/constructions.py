"""Relations told by a construction: 由…牵头, 责任单位：…, 根据…建立, 成员单位：…, 以…取代."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.grammar.triggers import Triggers
from kg.model.entities import Linked
from kg.model.mentions import Label
from kg.model.quick import quick
from kg.model.statements import Status
from kg.state.skeleton import SIGNS, Skeleton, expand, rows
from kg.state.status import told

_CLAUSE = re.compile(r"[^，。；]*")
_FINISHED = re.compile(r"已|完成")
_MEANT = re.compile(r"提出|要求|拟|草案|征求意见稿")
_PERFECT = re.compile(r"了[ⒹⓂ]")
_TOPIC_MEASURES = 6
_REACH = 400
_ITEM_REACH = 3000
_ITEM = re.compile(
    r"（[^（）]*(?:牵头|责任单位|责任部门|负责|配合|参与)[^（）]*）|（[一二三四五六七八九十]{1,3}）|(?<=[。；）])(?:[一二三四五六七八九十]{1,3}、|\d{1,2}\.)"
)
_KINDS = {
    "leads": ("Ⓘ", "Ⓜ"),
    "takesPartIn": ("Ⓘ", "Ⓜ"),
    "carriesOut": ("Ⓘ", "Ⓜ"),
    "providesFor": ("Ⓓ", "Ⓜ"),
    "restsOn": ("Ⓜ", "Ⓓ"),
    "issuesDocument": ("Ⓘ", "Ⓓ"),
    "draftsDocument": ("Ⓘ", "Ⓓ"),
    "forwardsDocument": ("Ⓘ", "Ⓓ"),
    "memberOf": ("Ⓘ", "Ⓘ"),
    "setsUp": ("Ⓘ", "Ⓘ"),
    "replaces": ("ⒹⓂ", "Ⓜ"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the rule table.

    Attributes:
        id: name of the rule.
        predicate: what it tells.
        status: as in the table.
        template: the pattern before :func:`kg.state.skeleton.expand`.
        signs: the signs without which it cannot stand.
    """

    id: str
    predicate: str
    status: str
    template: str
    signs: frozenset[str]


@quick
@dataclass(frozen=True, slots=True)
class Told:
    """A relation as signs: who, what, to what, and where it was read (indices into the skeleton)."""

    subject: Linked | None
    predicate: str
    object: Linked
    status: Status
    rule: str
    start: int
    end: int
    score: float = 0.9


@cache
def _table() -> Triggers[Rule]:
    """The constructions in order, by their triggers."""
    return Triggers(
        (Rule(r["id"], r["predicate"], r["status"], r["pattern"], _signs(r)), r["triggers"].split("‖"))
        for r in rows("rules.tsv")
    )


def _signs(row: dict[str, str]) -> frozenset[str]:
    """The signs without which a construction cannot stand."""
    groups = re.findall(r"\(\?P<[so]>\{?([IDMⒾⒹⓂ])\}?", row["pattern"])
    needed = {"I": "Ⓘ", "D": "Ⓓ", "M": "Ⓜ"}
    topic = set() if "(?P<o>" in row["pattern"] or row["predicate"] == "memberOf" else {"Ⓜ"}
    return frozenset({needed.get(g, g) for g in groups} | topic)


def constructions(skeleton: Skeleton, base: Status | None) -> Iterator[Told]:
    """Relations of one paragraph told by a construction.

    Args:
        skeleton: the paragraph.
        base: what its section or the kind of document says of plain statements.
    """
    text = skeleton.text
    if not (rules := _table().rules(text)):
        return
    signs = frozenset(text[i] for i in skeleton.at)
    for rule in rules:
        if rule.signs <= signs:
            for m in expand(rule.template).finditer(text):
                yield from _told(skeleton, rule, m, base)


def _told(skeleton: Skeleton, rule: Rule, m: re.Match[str], base: Status | None) -> Iterator[Told]:
    groups = m.re.groupindex
    subjects = skeleton.between(*m.span("s")) if "s" in groups else (None,)
    objects = skeleton.between(*m.span("o")) if "o" in groups else _topic(skeleton, m.start())
    far = max(0, m.start() - _REACH)
    begin = max(max(skeleton.text.rfind(c, far, m.start()) for c in "。；！？") + 1, far)
    behind = _CLAUSE.match(skeleton.text, m.end())
    words = skeleton.text[begin : m.end()]
    status = _status(rule.status, words, behind[0] if behind else "", base)
    seen = set()
    for s in subjects:
        for o in objects:
            key = (s.entity if s else None, o.entity)
            if key not in seen and key[0] != key[1] and _fits(rule.predicate, s, o):
                seen.add(key)
                yield Told(s, rule.predicate, o, status, rule.id, m.start(), m.end())


def _fits(predicate: str, s: Linked | None, o: Linked) -> bool:
    """Whether the things related are of the kinds that the predicate takes."""
    subject, thing = _KINDS[predicate]
    return (s is None or SIGNS[s.mention.label] in subject) and SIGNS[o.mention.label] in thing


def _topic(skeleton: Skeleton, index: int) -> tuple[Linked, ...]:
    """The measures told of before a label such as 责任单位：, back to the label or the heading before it."""
    low = max(0, index - _ITEM_REACH)
    for m in _ITEM.finditer(skeleton.text, low, index):
        low = m.end()
    first, last = bisect_left(skeleton.at, low), bisect_left(skeleton.at, index)
    found = {
        skeleton.linked[k].entity: skeleton.linked[k]
        for k in range(first, last)
        if skeleton.linked[k].mention.label is Label.MEASURE
        and skeleton.text[skeleton.at[k] - 1 : skeleton.at[k]] != "以"
    }
    return tuple(found.values())[:_TOPIC_MEASURES]


def _status(given: str, words: str, behind: str, base: Status | None) -> Status:
    """The status of a relation.

    Args:
        given: of the rule: a status, ``auto`` (from the words), ``plan`` (planned unless done), ``of`` (an
            attribute: from the words behind it), ``norm`` (what a text lays down), ``fact`` (done in any case).
        words: the sentence up to the end of the construction.
        behind: the rest of its clause.
        base: what the section says.
    """
    heard = told(words)
    if given == "fact":
        return Status.DONE
    if given != "of" and heard in {Status.NEGATED, Status.HYPOTHETICAL}:
        return heard
    plan, done = heard is Status.PLANNED, heard is Status.DONE
    usual = base or Status.UNDERWAY
    found = {
        "of": Status.DONE if _FINISHED.search(behind) else usual,
        "norm": Status.PLANNED if plan or _MEANT.search(words) else Status.DONE,
        "auto": heard or (Status.DONE if _PERFECT.search(words) else usual),
        "plan": Status.DONE if done else Status.PLANNED,
        "done": Status.PLANNED if plan else Status.DONE,
    }
    return found[given] if given in found else Status(given)
