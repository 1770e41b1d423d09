"""Near misses: two titles or names that differ by a slip of the pen, as candidates for people.

Whether two things are a near miss depends on these two alone. They are compared where they share a signature, so
that the work grows with what is alike and not with the square of the collection.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import Hamming, Levenshtein

from kg.grammar.places import head, named_in
from kg.identify.facts import KeyFacts
from kg.identify.identity import Candidate
from kg.identify.titles import core_of, issuer_of
from kg.model.mentions import Label

REASONS = frozenset(
    (
        "year-range",
        "one-character",
        "missing-character",
        "missing-word",
        "version-mark",
        "trailing-words",
        "place-prefix",
    )
)
"""Reasons of candidates that are near misses; others are doubtful ties."""
_MIN = 8
_MAX = 200
_FEW = 12
"""Blocks up to this size are compared pair by pair."""
_RANGE = re.compile(r"(\d{4})-(\d{4})")
_CHANGES = re.compile(r"(?:修改|修正|废止).+决定$")
_QUOTED = re.compile(r"〈.*?〉")
_ORDINAL = re.compile(
    r"[0-9一二三四五六七八九十百零〇两上下前后甲乙丙丁戊己庚辛壬癸首半全年月日季东西南北中省市县区州镇乡A-Za-z]"
)
_CHAIN = ("place-prefix", 0.7)
_MARK = re.compile(
    r"\((?:试行|暂行|试用|草案|征求意见稿|送审稿|审议稿|讨论稿|修订|修正)[^()]{0,6}\)|试行|暂行"
)
_WORDS = re.compile(
    r"关于|进一步|切实|认真|扎实|全面|印发|转发|工作|若干|有关|相关|贯彻落实|贯彻|落实|的|和|与|及|以及|等|、"
)
_SUFFIX = re.compile(r"(?:公告|文件|\(代章\)|（代章）|等|的)$")
_BODY = "institution/"


@dataclass(frozen=True, slots=True)
class NearFacts:
    """What is compared of a document or body.

    Attributes:
        id: canonical id.
        text: the core of the title, or the name.
        whole: the title with its issuer, or the name.
        sure: a number or a division tells which it is: two of them are two, however alike.
        held: its text is held: two texts that are there are two documents.
        weight: support; of a pair the one that is not held, not sure, or else the lighter is in doubt.
    """

    id: str
    text: str
    whole: str
    sure: bool = False
    held: bool = False
    weight: int = 0


def near_facts(canonical: str, facts: Sequence[KeyFacts]) -> NearFacts | None:
    """What is compared of the thing that some keys stand for; None where it has no title or name."""
    named = "title" if facts[0].label == Label.DOCUMENT.value else "name"
    whole = next((text for f in facts for text in f.all(named)[:1]), None)
    if whole is None or facts[0].label == Label.MEASURE.value:
        return None
    weight = sum(f.support for f in facts)
    if named == "name":
        sure = not canonical.startswith("institution/name/")
        return NearFacts(canonical, whole, whole, sure, False, weight)
    sure = any(f.key.startswith("document/number/") for f in facts)
    return NearFacts(canonical, core_of(whole).core, whole, sure, any(f.attested for f in facts), weight)


def signatures(n: NearFacts) -> Iterator[str]:
    """What two things share that may be a near miss.

    One edit leaves one half of the text whole; a year in doubt leaves all but the years; words that say little, or
    places above, leave the rest.
    """
    text, size = n.text, len(n.text)
    kind = "b" if n.id.startswith(_BODY) else "d"
    if _RANGE.search(text):
        yield f"{kind}years:{_RANGE.sub('#', text)}"
    if not _MIN <= size <= _MAX:
        return
    yield f"{kind}words:{skeleton(n)}"
    if kind == "d":
        yield f"place:{from_place(text)}"
    # Of two texts of n and n or n+1 characters, one edit apart, the first or the last n // 2 agree.
    for length in (size - 1, size):
        half = length // 2
        yield f"{kind}head:{length}:{text[:half]}"
        yield f"{kind}tail:{length}:{text[-half:]}"


@lru_cache(maxsize=1 << 14)
def from_place(text: str) -> str:
    """A title from the lowest place on that it begins with: 龙华区… of 深圳市龙华区…."""
    found = head(text, stems=False)
    return text[found.end - len(found.place.name) :] if found else text


def skeleton(n: NearFacts) -> str:
    """The text without words that are dropped or added when it is named."""
    if n.id.startswith(_BODY):
        return _SUFFIX.sub("", n.text)
    return _WORDS.sub("", _MARK.sub("", n.text))


def near_miss(a: NearFacts, b: NearFacts) -> Candidate | None:
    """The near miss that two things are, or None."""
    if (a.sure and b.sure) or (a.held and b.held) or a.id == b.id:
        return None
    reason = _reason(a, b)
    if reason is None or (reason != _CHAIN and (_elsewhere(a, b) or _changes_others(a, b, reason[0]))):
        return None
    left, right = sorted((a, b), key=lambda n: (n.held, n.sure, n.weight, n.id))
    return Candidate(left.id, right.id, *reason)


def _changes_others(a: NearFacts, b: NearFacts, reason: str) -> bool:
    """Whether these are decisions on other laws: what stands in 〈〉 differs by more than words that say little."""
    if not _CHANGES.search(a.text):
        return False
    return reason != "missing-word" and _QUOTED.findall(a.whole) != _QUOTED.findall(b.whole)


def _scope(n: NearFacts) -> str:
    return "" if n.id.startswith(_BODY) else n.id.split("/", 2)[-1].rpartition("/")[0]


def _elsewhere(a: NearFacts, b: NearFacts) -> bool:
    """Whether the titles name different issuers or places, or are general ones of different bodies or times."""
    if _scope(a) != _scope(b):
        return True
    mine, other = issuer_of(a.whole), issuer_of(b.whole)
    return bool(mine and other and mine != other) or named_in(a.whole).keys() != named_in(b.whole).keys()


def near_misses(items: Iterable[NearFacts]) -> list[Candidate]:
    """All near misses of a collection, sorted."""
    known = sorted(items, key=lambda n: n.id)
    return sorted({c for group in _blocks(known) for c in compare(group)})


def compare(block: Sequence[NearFacts]) -> Iterator[Candidate]:
    """The near misses among the things of one signature, some more than once."""
    for a, b in _pairs(block):
        found = near_miss(a, b)
        if found is not None:
            yield found


def _blocks(items: Sequence[NearFacts]) -> Iterator[list[NearFacts]]:
    """Groups that share a signature; grouped by hash, which a wrong guest does not harm: pairs are compared."""
    hashes: list[int] = []
    owners: list[int] = []
    for i, n in enumerate(items):
        for signature in signatures(n):
            hashes.append(hash(signature))
            owners.append(i)
    order = np.argsort(np.array(hashes, dtype=np.int64), kind="stable")
    values = np.array(hashes, dtype=np.int64)[order]
    edges = np.flatnonzero(np.diff(values)) + 1
    starts, ends = np.concatenate(([0], edges)), np.concatenate((edges, [len(values)]))
    for k in np.flatnonzero(ends - starts > 1):
        yield [items[owners[i]] for i in order[starts[k] : ends[k]]]


def _pairs(group: Sequence[NearFacts]) -> Iterator[tuple[NearFacts, NearFacts]]:
    """The pairs of a block worth comparing: all of a small one, else those that share the text but for one place."""
    if len(group) <= _FEW:
        yield from ((a, b) for i, a in enumerate(group) for b in group[i + 1 :])
        return
    masked: Mapping[str, list[NearFacts]] = defaultdict(list)
    for n in group:
        for form in {skeleton(n), from_place(n.text), _RANGE.sub("#", n.text), n.text, *_without_one(n.text)}:
            masked[form].append(n)
    for alike in masked.values():
        yield from ((a, b) for i, a in enumerate(alike) for b in alike[i + 1 :])


def _without_one(text: str) -> Iterator[str]:
    return (text[:i] + text[i + 1 :] for i in range(len(text)))


def _reason(x: NearFacts, y: NearFacts) -> tuple[str, float] | None:
    a, b = x.text, y.text
    if a == b or min(len(a), len(b)) < _MIN or max(len(a), len(b)) > _MAX:
        return None
    if _RANGE.search(a) and _RANGE.sub("#", a) == _RANGE.sub("#", b):
        return _years(a, b)
    if Levenshtein.distance(a, b, score_cutoff=1) == 1:
        return _one_edit(a, b)
    return _by_words(x, y)


def _by_words(x: NearFacts, y: NearFacts) -> tuple[str, float] | None:
    body = x.id.startswith(_BODY)
    if not body and from_place(x.text) == from_place(y.text):
        return _CHAIN
    if skeleton(x) != skeleton(y):
        return None
    if body:
        return "trailing-words", 0.8
    marked = _WORDS.sub("", x.text) != _WORDS.sub("", y.text)
    return ("version-mark", 0.6) if marked else ("missing-word", 0.7)


def _one_edit(a: str, b: str) -> tuple[str, float] | None:
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
