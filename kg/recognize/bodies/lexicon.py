"""Lexicons of the recogniser of institutions, read once from ``kg/data/institutions/recognition``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.grammar.bodies import bare_national_names, body_forms, national_names, stem_forms
from kg.grammar.places import place_names, special_areas, town_names

DECOY = "decoy"
KNOWN = "known"


def lines(name: str) -> tuple[str, ...]:
    """The lines of a lexicon file but for comments."""
    path = files("kg.data").joinpath("institutions", "recognition", name)
    return tuple(
        row for row in path.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")
    )


class Words:
    """A set of words that is asked which of them, the longest first, ends at a place of a text."""

    def __init__(self, words: Iterable[str]) -> None:
        sizes: dict[str, set[int]] = {}
        self._words = frozenset(words)
        for word in self._words:
            sizes.setdefault(word[-2:], set()).add(len(word))
        self._sizes = {tail: tuple(sorted(s, reverse=True)) for tail, s in sizes.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def before(self, text: str, end: int, floor: int) -> int:
        """Start of the longest word of two or more characters that ends at ``end``, else -1."""
        for size in self._sizes.get(text[end - 2 : end], ()):
            if end - size >= floor and text[end - size : end] in self._words:
                return end - size
        return -1


def _pairs(name: str, kind: str) -> tuple[str, ...]:
    found: list[str] = []
    for row in lines(name):
        key, _, words = row.partition("\t")
        if key == kind:
            found += words.split()
    return tuple(found)


def words_of(name: str, kind: str) -> tuple[str, ...]:
    """The words of one kind of a two-column lexicon."""
    return _pairs(name, kind)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of some words (which may be patterns themselves), the longest first."""
    return re.compile("|".join(sorted(set(words), key=lambda w: (-len(w), w))))


@cache
def topics() -> Words:
    """Fields of work that names of departments are made of."""
    own = {word for row in lines("topics.txt") for word in row.split()}
    return Words(own | {form for form in stem_forms() if len(form) > 1})


@cache
def places() -> Words:
    """Names of divisions of all times, full and short, and of special areas."""
    names = {*place_names(), *special_areas(), *words_of("places.tsv", "place")}
    return Words(names.difference(words_of("places.tsv", "none")))


@cache
def towns() -> Words:
    """Names of towns and streets."""
    return Words(set(town_names()).difference(words_of("places.tsv", "none")))


class Automaton:
    """One pass over a text for the ends of names, complete names and words that only look like them."""

    def __init__(self, entries: dict[str, tuple[str, int]]) -> None:
        self._kinds = tuple(entries.values())
        self._automaton = AhoCorasick(list(entries), matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """Kind, start of the head and end of each match, in order."""
        kinds = self._kinds
        return [
            (kinds[i][0], start + kinds[i][1], end)
            for i, start, end in self._automaton.find_matches_as_indexes(text)
            if kinds[i][0] != DECOY
        ]


@cache
def automaton() -> Automaton:
    """The automaton over heads, complete names and decoys."""
    entries: dict[str, tuple[str, int]] = {}
    for row in lines("decoys.txt"):
        entries.update((word, (DECOY, 0)) for word in row.split())
    for row in lines("known.txt"):
        entries.update((word, (KNOWN, 0)) for word in row.split())
    entries.update((name, (KNOWN, 0)) for name in (*national_names(), *bare_national_names()))
    heads = _heads()
    for form in body_forms():
        if len(form) > 2 and not form.startswith("委") and (kind := _kind_of(form, heads)):
            entries.setdefault(form, (kind, 0))
    for surface, kind in heads.items():
        skip = max(surface.find("*"), 0)
        entries[surface.replace("*", "")] = (kind, skip)
    return Automaton(entries)


def _heads() -> dict[str, str]:
    return {row.split("\t")[0]: row.split("\t")[1] for row in lines("heads.tsv")}


def _kind_of(form: str, heads: dict[str, str]) -> str | None:
    for at in range(len(form)):
        if kind := heads.get(form[at:]):
            return kind
    return None
