"""How the rules and another engine are put together.

Policy: the rules win inside titles and numbers, and measures are theirs. Institutions come from the engine,
outside of documents; where both are asked (``rules+lac``), the rules win wherever the two overlap and the
engine fills the gaps.
"""

from __future__ import annotations

from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import Label, Mention
from kg.model.protocols import Recognizer
from kg.recognize.rules import RulesRecognizer


class MixedRecognizer:
    """Documents and measures by rules, institutions by an engine.

    Args:
        engine: the engine asked for institutions.
        fill: whether the rules read institutions too, and the engine only fills the gaps.
    """

    def __init__(self, engine: Recognizer, *, fill: bool = False) -> None:
        self.name = f"rules+{engine.name}" if fill else engine.name
        self._engine = engine
        self._fill = fill
        self._rules = RulesRecognizer()

    def recognize(self, doc: CleanDoc, structure: Structure) -> tuple[Mention, ...]:
        """Mentions in order of the text."""
        kept = [
            m for m in self._rules.recognize(doc, structure) if self._fill or m.label is not Label.INSTITUTION
        ]
        shields = sorted((m.start, m.end) for m in kept if self._fill or m.label is Label.DOCUMENT)
        found = [m for m in self._engine.recognize(doc, structure) if m.label is Label.INSTITUTION]
        kept += outside(found, shields)
        return tuple(sorted(kept, key=lambda m: (m.start, m.end, m.label)))


def outside(mentions: list[Mention], shields: list[tuple[int, int]]) -> list[Mention]:
    """The mentions that touch none of the spans; both are sorted."""
    kept, i = [], 0
    for mention in mentions:
        while i < len(shields) and shields[i][1] <= mention.start:
            i += 1
        if i == len(shields) or mention.end <= shields[i][0]:
            kept.append(mention)
    return kept
