"""The words and constructions that tell how a text cites another, read from tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.grammar.triggers import Triggers, compiled
from kg.model.statements import CitationType

TITLE = "\ue000"
"""Stands for the cited title (or titles in a row) whose type is asked for."""
OTHER = "\ue001"
"""Stands for any other title."""
LIGHT = "light"
TALK = "talk"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the table.

    Attributes:
        text: the verb.
        type: a citation type, :data:`LIGHT` or :data:`TALK`.
        side: ``l`` before the title, ``r`` behind it, ``b`` both.
        near: whether it must touch the title or the name of its issuer.
    """

    text: str
    type: str
    side: str
    near: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A construction around a title.

    Attributes:
        id: name of the rule.
        type: the citation type it shows.
        behind: whether it counts only where no verb before the title governs it.
        score: how sure it is, 0 to 1.
        triggers: literals of which one must stand in the sentence for the pattern to match.
        template: pattern over a sentence with :data:`TITLE` and :data:`OTHER`.
        matches: examples, with ``▢`` for the title.
        rejects: counter-examples.
    """

    id: str
    type: CitationType
    behind: bool
    score: float
    triggers: frozenset[str]
    template: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return compiled(self.template)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a heading or a title says about the texts below it."""

    type: CitationType
    pattern: re.Pattern[str]
    matches: tuple[str, ...]
    rejects: tuple[str, ...]


def _rows(name: str) -> list[list[str]]:
    table = files("kg.data").joinpath(f"citations/{name}").read_text(encoding="utf-8")
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def marked(text: str) -> str:
    """An example of a table in the form that patterns read."""
    return text.replace("▢", TITLE).replace("▣", OTHER)


@cache
def verbs() -> dict[str, Verb]:
    """All verbs, by their text."""
    return {row[0]: Verb(row[0], row[1], row[2], row[3] == "1") for row in _rows("verbs.tsv")}


@cache
def verb_pattern(side: str) -> re.Pattern[str]:
    """The verbs that may stand on a side (``l`` or ``r``), longest first."""
    names = [v.text for v in verbs().values() if v.side in (side, "b")]
    return re.compile("|".join(sorted(names, key=lambda n: (-len(n), n))))


@cache
def frames() -> tuple[Frame, ...]:
    """The constructions, in the order in which they are tried."""
    return tuple(
        Frame(
            row[0],
            CitationType(row[1]),
            row[2] == "behind",
            float(row[3]),
            frozenset(marked(row[4]).split("‖")),
            marked(row[5]),
            tuple(row[6].split("‖")),
            tuple(row[7].split("‖")),
        )
        for row in _rows("frames.tsv")
    )


@cache
def _triggers() -> Triggers[Frame]:
    return Triggers((f, f.triggers) for f in frames())


def frames_for(sentence: str) -> tuple[Frame, ...]:
    """The constructions one of whose triggers stands in the sentence, in order."""
    return _triggers().rules(sentence)


@cache
def cues() -> tuple[Cue, ...]:
    """The cues of headings, lists and titles, in the order in which they are tried."""
    return tuple(
        Cue(CitationType(row[0]), re.compile(row[1]), (row[2],), (row[3],)) for row in _rows("cues.tsv")
    )


def cue_of(text: str) -> CitationType | None:
    """What the words of a heading, a list's introduction or a title say of the texts they rule."""
    for cue in cues():
        if cue.pattern.search(text):
            return cue.type
    return None
