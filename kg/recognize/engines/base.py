"""What all statistical engines share: short pieces in, spans of organisations out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import Label, Mention

Finder = Callable[[str], Iterable[tuple[int, int]]]

ORGANISATION_TAGS = frozenset({"ORG", "ORGANIZATION", "ORGANISATION", "INSTITUTION", "NT", "nt"})
"""Tags that tag sets use for organisations: OntoNotes, MSRA, LAC, PKU."""

SCORE = 0.8
_SENTENCE = re.compile(r"[^\n。；！？]+[。；！？]?")
_EDGE = " \t\n“”\"'《》〈〉「」（）()【】，、。；："


def pieces(text: str, limit: int) -> Iterator[tuple[int, str]]:
    """Sentences of a text with their offsets, none longer than ``limit`` characters.

    A sentence that is longer is cut behind a comma where it has one, else at the limit.
    """
    for m in _SENTENCE.finditer(text):
        start, end = m.span()
        while end - start > limit:
            cut = max(text.rfind(mark, start, start + limit) for mark in "，、,")
            stop = cut + 1 if cut > start else start + limit
            yield start, text[start:stop]
            start = stop
        yield start, text[start:end]


class SpanRecognizer:
    """A recogniser of institutions made of a function that finds spans in a sentence.

    Args:
        name: name of the engine as users give it (``lac``, ``spacy:MODEL``).
        find: the function; offsets count code points of the sentence. It is called with one sentence at a
            time, so no sentence changes the result of another.
        limit: the longest sentence that the engine reads, in characters.
    """

    def __init__(self, name: str, find: Finder, limit: int) -> None:
        self.name = name
        self._find = find
        self._limit = limit
        self._rule = f"engine.{name.partition(':')[0]}"

    def recognize(self, doc: CleanDoc, structure: Structure) -> tuple[Mention, ...]:
        """Mentions of institutions in order of the text, not overlapping."""
        found: list[Mention] = []
        for offset, piece in pieces(doc.text, self._limit):
            for start, end in sorted(self._find(piece)):
                mention = self._mention(doc.text, offset + start, offset + end)
                if mention is not None and (not found or found[-1].end <= mention.start):
                    found.append(mention)
        return tuple(found)

    def _mention(self, text: str, start: int, end: int) -> Mention | None:
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if end - start < 2:
            return None
        surface = text[start:end]
        return Mention(Label.INSTITUTION, start, end, surface, self._rule, SCORE, self.name)
