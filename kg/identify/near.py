"""Near misses: two titles or names that differ by a slip of the pen, as candidates for people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Hamming, Levenshtein

from kg.grammar.places import named_in
from kg.identify.facts import KeyFacts
from kg.identify.identity import Candidate
from kg.identify.titles import core_of

_MIN = 8
_BLOCK = 64
"""Pairs are compared inside of blocks; one larger than this says nothing and is passed over."""
_RANGE = re.compile(r"(\d{4})-(\d{4})")
_CHANGES = re.compile(r"(?:修改|修正|废止).+决定$")
_ORDINAL = re.compile(r"[0-9一二三四五六七八九十百零〇两上下前后甲乙丙丁首半全年月日季东西南北中省市县区州]")


@dataclass(frozen=True, slots=True, order=True)
class Titled:
    """A work as it is compared with others.

    Attributes:
        id: canonical id.
        core: the core of its title, which is compared.
        title: the whole title with its issuer.
        weight: its support.
        held: whether a source holds the text; two texts that are both there are two documents.
    """

    id: str
    core: str
    title: str
    weight: int
    held: bool

    @property
    def numbered(self) -> bool:
        """Whether it bears a number; two numbers are two documents, however alike their titles."""
        return self.id.startswith("document/number/")


def titled(canonical: str, facts: Sequence[KeyFacts]) -> Titled | None:
    """The work of an id, by the first of its keys that has a title; None where none has one."""
    title = next((t for f in facts for t in f.all("title")[:1]), None)
    if title is None:
        return None
    weight = sum(f.support for f in facts)
    return Titled(canonical, core_of(title).core, title, weight, any(f.attested for f in facts))


def signatures(core: str) -> Iterator[str]:
    """What two cores one edit apart share: one half of the text, which an edit leaves whole, or all but the years."""
    if _RANGE.search(core):
        yield f"years:{_RANGE.sub('#', core)}"
    size = len(core)
    if size < _MIN:
        return
    # Of two texts of n and n or n+1 characters, one edit apart, the first or the last n // 2 agree.
    for length in (size - 1, size):
        half = length // 2
        yield f"head:{length}:{core[:half]}"
        yield f"tail:{length}:{core[-half:]}"


def compare(block: Iterable[Titled]) -> Iterator[Candidate]:
    """Pairs of one edit, and year ranges with one end in common, among the works of one signature.

    Of a pair the one not held, without number, or else the lighter, is in doubt. Titles that name different
    places are different titles; decisions on other laws are other decisions.
    """
    works = sorted(block)
    if len(works) > _BLOCK:
        return
    for i, a in enumerate(works):
        for b in works[i + 1 :]:
            if (a.numbered and b.numbered) or (a.held and b.held):
                continue
            reason = _reason(a.core, b.core)
            if reason is None or _CHANGES.search(a.core):
                continue
            if named_in(a.title).keys() != named_in(b.title).keys():
                continue
            left, right = sorted((a, b), key=lambda w: (w.held, w.numbered, w.weight, w.id))
            yield Candidate(left.id, right.id, *reason)


def near_misses(works: Iterable[Titled]) -> list[Candidate]:
    """All near misses among works, sorted, each once."""
    blocks: dict[str, list[Titled]] = defaultdict(list)
    for work in works:
        for signature in signatures(work.core):
            blocks[signature].append(work)
    return sorted({c for block in blocks.values() for c in compare(block)})


def _reason(a: str, b: str) -> tuple[str, float] | None:
    if a == b:
        return None
    if _RANGE.sub("#", a) == _RANGE.sub("#", b):
        return _years(a, b)
    if Levenshtein.distance(a, b, score_cutoff=1) != 1:
        return None
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        ordinal = _ORDINAL.fullmatch(a[i]) or _ORDINAL.fullmatch(b[i])
        return None if ordinal else ("one-character", 0.8)
    return None if _ORDINAL.fullmatch(max(a, b, key=len)[i]) else ("missing-character", 0.75)


def _years(a: str, b: str) -> tuple[str, float] | None:
    """2005-2020 against 2015-2020: one end agrees and one digit of the other differs."""
    x, y = _RANGE.findall(a), _RANGE.findall(b)
    differing = [(p, q) for p, q in zip(x, y, strict=True) if p != q]
    if len(differing) != 1:
        return None
    (p, q) = differing[0]
    ends = [i for i in (0, 1) if p[i] != q[i]]
    if len(ends) == 1 and Hamming.distance(p[ends[0]], q[ends[0]]) == 1:
        return "year-range", 0.9
    return None
