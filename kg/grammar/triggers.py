"""Rules that a text can meet at all: those one of whose trigger words stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

_Rule = TypeVar("_Rule")


class Triggers(Generic[_Rule]):
    """One automaton over the trigger words of all rules of a table."""

    def __init__(self, rules: Iterable[tuple[_Rule, Iterable[str]]]) -> None:
        """Compile the automaton.

        Args:
            rules: in order, each with the words of which one must stand in a text that it matches.
        """
        given = tuple((rule, frozenset(words)) for rule, words in rules)
        self._machine = AhoCorasick(sorted({w for _, words in given for w in words}))

        @lru_cache(maxsize=1 << 12)
        def chosen(present: frozenset[str]) -> tuple[_Rule, ...]:
            return tuple(rule for rule, words in given if not words.isdisjoint(present))

        self._chosen = chosen

    def rules(self, text: str) -> tuple[_Rule, ...]:
        """The rules that the text can meet, in order."""
        present = self._machine.find_matches_as_strings(text, overlapping=True)
        return self._chosen(frozenset(present)) if present else ()


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a table, compiled when it is first needed."""
    return re.compile(pattern)
