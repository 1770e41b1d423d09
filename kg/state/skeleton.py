"""A paragraph in which named things are single signs, so that constructions can be told by pattern."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.model.documents import CleanDoc
from kg.model.entities import Linked, Resolution
from kg.model.mentions import Label
from kg.model.quick import quick

SIGNS = {Label.INSTITUTION: "Ⓘ", Label.DOCUMENT: "Ⓓ", Label.MEASURE: "Ⓜ"}
_JOINT = "(?:、|，|和|与|及|以及|并|同)?"
MACROS = {
    "{I}": rf"Ⓘ(?:{_JOINT}Ⓘ){{0,30}}(?:(?:、|和|及|以及)?(?:各|有关|相关|等)[^，。；、Ⓘ）]{{0,10}})?",
    "{D}": rf"Ⓓ(?:（Ⓓ）)?(?:{_JOINT}Ⓓ(?:（Ⓓ）)?){{0,12}}",
    "{M}": rf"Ⓜ(?:{_JOINT}Ⓜ){{0,12}}",
}
_QUOTES = frozenset("“”")


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a table of ``kg/data/relations``."""
    text = files("kg.data").joinpath("relations", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


@cache
def verbs() -> str:
    """The verbs of doing as an alternation, longest first."""
    found = {r["verb"] for r in rows("verbs.tsv") if r["predicate"] == "carriesOut"}
    return f"(?:{'|'.join(sorted(found, key=lambda v: (-len(v), v)))})"


@cache
def _context() -> dict[str, str]:
    return {r["id"]: r["pattern"] for r in rows("context.tsv")}


@cache
def context(name: str) -> re.Pattern[str]:
    """A pattern of ``context.tsv``."""
    return re.compile(_context()[name])


@cache
def expand(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of the rule table."""
    for name, macro in MACROS.items():
        pattern = pattern.replace(name, macro)
    return re.compile(pattern.replace("{V}", verbs()))


@quick
@dataclass(frozen=True, slots=True)
class Skeleton:
    """One paragraph.

    Attributes:
        text: the paragraph, each linked mention one sign (:data:`SIGNS`).
        at: index of each sign in ``text``, in order.
        linked: what each sign stands for.
        made: where each piece of ``text``, a sign or what was copied, begins.
        origin: the clean offsets of these pieces.
    """

    text: str
    at: tuple[int, ...]
    linked: tuple[Linked, ...]
    made: tuple[int, ...]
    origin: tuple[int, ...]

    def between(self, start: int, end: int) -> tuple[Linked, ...]:
        """What the signs in ``text[start:end]`` stand for."""
        return self.linked[bisect_left(self.at, start) : bisect_left(self.at, end)]

    def clean(self, index: int) -> int:
        """Clean offset of a position in ``text``."""
        index = min(index, len(self.text))
        i = bisect_right(self.made, index) - 1
        return self.origin[i] + index - self.made[i]

    def clean_end(self, index: int) -> int:
        """Clean offset behind the character before ``index``."""
        i = bisect_left(self.at, index) - 1
        if i >= 0 and self.at[i] == index - 1:
            return self.linked[i].mention.end
        return self.clean(index - 1) + 1


def skeletons(doc: CleanDoc, resolution: Resolution) -> tuple[Skeleton, ...]:
    """The paragraphs that hold at least one mention, in order; what is not resolved keeps its place."""
    text = doc.text
    linked = _outermost(resolution.linked)
    found: list[Skeleton] = []
    i = 0
    while i < len(linked):
        start = text.rfind("\n", 0, linked[i].mention.start) + 1
        end = text.find("\n", linked[i].mention.end)
        end = len(text) if end < 0 else end
        j = i
        while j < len(linked) and linked[j].mention.start < end:
            j += 1
        found.append(_skeleton(text, start, end, tuple(linked[i:j])))
        i = j
    return tuple(found)


def _outermost(linked: Iterable[Linked]) -> list[Linked]:
    kept: list[Linked] = []
    for x in sorted(linked, key=lambda x: (x.mention.start, -x.mention.end)):
        if not kept or x.mention.start >= kept[-1].mention.end:
            kept.append(x)
    return kept


def _skeleton(text: str, start: int, end: int, linked: tuple[Linked, ...]) -> Skeleton:
    pieces: list[str] = []
    made: list[int] = []
    origin: list[int] = []
    at: list[int] = []
    low, size = start, 0
    for x in linked:
        stop = x.mention.start
        if stop > low and text[stop - 1] in _QUOTES:
            stop -= 1
        if stop > low:
            pieces.append(text[low:stop])
            made.append(size)
            origin.append(low)
            size += stop - low
        at.append(size)
        pieces.append(SIGNS[x.mention.label])
        made.append(size)
        origin.append(x.mention.start)
        size += 1
        low = x.mention.end + (x.mention.end < end and text[x.mention.end] in _QUOTES)
    pieces.append(text[low:end])
    if low < end:
        made.append(size)
        origin.append(low)
    return Skeleton("".join(pieces), tuple(at), linked, tuple(made), tuple(origin))
