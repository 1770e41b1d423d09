"""Near misses: two titles or names that differ by a slip of the pen, as candidates for people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from rapidfuzz.distance import Hamming, Levenshtein

from kg.grammar.places import named_in
from kg.identify.identity import Candidate

_MIN = 8
_BLOCK = 64
"""Pairs are compared inside of blocks; one larger than this says nothing and is passed over."""
_RANGE = re.compile(r"(\d{4})-(\d{4})")
_CHANGES = re.compile(r"(?:修改|修正|废止).+决定$")
_ORDINAL = re.compile(r"[0-9一二三四五六七八九十百零〇两上下前后甲乙丙丁首半全年月日季东西南北中省市县区州]")


def near_misses(
    cores: Mapping[str, str],
    weight: Mapping[str, int],
    numbered: Collection[str] = (),
    attested: Collection[str] = (),
    titles: Mapping[str, str] | None = None,
) -> list[Candidate]:
    """Pairs of one edit, and year ranges with one end in common.

    Args:
        cores: canonical id → text to compare.
        weight: canonical id → support; of a pair the one not held, without number, or else the lighter, is in doubt.
        numbered: ids of documents with a number; two numbers are two documents, however alike their titles.
        attested: ids of documents that are held; two texts that are both there are two documents.
        titles: canonical id → the whole title with its issuer, where ``cores`` leaves it out.

    Titles that name different places are different titles; decisions on other laws are other decisions.
    """
    whole = titles or cores

    def elsewhere(a: str, b: str) -> bool:
        return named_in(whole[a]).keys() != named_in(whole[b]).keys()

    surely, held = frozenset(numbered), frozenset(attested)
    found: dict[tuple[str, str], Candidate] = {}
    for ids in _blocks(cores):
        for i, a in enumerate(ids):
            for b in ids[i + 1 :]:
                if {a, b} <= surely or {a, b} <= held:
                    continue
                reason = _reason(cores[a], cores[b])
                if reason is None or _CHANGES.search(cores[a]) or elsewhere(a, b):
                    continue
                left, right = sorted((a, b), key=lambda k: (k in held, k in surely, weight.get(k, 0), k))
                found[left, right] = Candidate(left, right, *reason)
    return [found[pair] for pair in sorted(found)]


def _blocks(cores: Mapping[str, str]) -> Iterator[list[str]]:
    """Groups that share one half of the text (one edit leaves a half whole), or all but the years."""
    blocks: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for key in sorted(cores):
        for signature in _signatures(cores[key]):
            blocks[signature].append(key)
    for signature in sorted(blocks):
        if 2 <= len(blocks[signature]) <= _BLOCK:
            yield blocks[signature]


def _signatures(text: str) -> Iterable[tuple[str, int, str]]:
    if _RANGE.search(text):
        yield "years", 0, _RANGE.sub("#", text)
    size = len(text)
    if size < _MIN:
        return
    # Of two texts of n and n or n+1 characters, one edit apart, the first or the last n // 2 agree.
    for length in (size - 1, size):
        half = length // 2
        yield "head", length, text[:half]
        yield "tail", length, text[-half:]


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
