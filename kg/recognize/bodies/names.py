"""Names of organisations as they are read: the head that the automaton found and the whole name."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.quick import quick
from kg.recognize.bodies.left import Begin


@quick
@dataclass(frozen=True, slots=True)
class Hit:
    """A name: its span, the kind of its head, its form, where its place words end and the rule."""

    start: int
    end: int
    kind: str
    form: str
    place_end: int
    rule: str


@quick
@dataclass(frozen=True, slots=True)
class Head:
    """A match of the automaton and where its name may begin at the earliest."""

    kind: str
    start: int
    end: int
    floor: int

    def below(self, superior: Hit, rule: str, kind: str = "") -> Hit:
        """The name of a body within ``superior``."""
        return Hit(superior.start, self.end, kind or self.kind, "inner", superior.place_end, rule)

    def at(self, begin: Begin, rule: str, kind: str = "") -> Hit:
        """The name that begins with a place or a relative word."""
        return Hit(begin.start, self.end, kind or self.kind, begin.form, begin.place_end, rule)

    def bare(self, start: int, rule: str, form: str = "short") -> Hit:
        """The name without a place."""
        return Hit(start, self.end, self.kind, form, start, rule)
