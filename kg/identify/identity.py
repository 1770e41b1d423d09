"""The id map: which entity each local key stands for, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Two keys that may be one thing, for people to decide; never merged in silence.

    Attributes:
        left: the key in doubt (the rarer).
        right: the key that it may stand for.
        reason: rule id, such as ``one-character``, ``year-range``, ``number-conflict``.
        score: 0 to 1.
    """

    left: str
    right: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Ties:
    """What was found among keys that share a title or a name.

    Attributes:
        joined: key → (key it is the same as, reason).
        carried: key of a carried text → key of the numbered document that carries it.
        candidates: doubtful pairs.
    """

    joined: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """The result of `identify`.

    Attributes:
        ids: key → canonical id, for every key that was seen.
        reasons: key → rule id, for keys whose id is not themselves.
        groups: canonical id → its keys, sorted.
        carried: canonical id of a carried text → that of the document whose number covers it.
        candidates: near misses, sorted.
        rejected: canonical ids that people rejected.
        names: canonical id → name that people gave.
        kinds: canonical id → kind that people gave.
    """

    ids: Mapping[str, str]
    reasons: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    carried: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    rejected: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, key: str) -> str:
        """The canonical id of a key; an unknown key stands for itself."""
        return self.ids.get(key, key)

    def rows(self) -> list[tuple[str, str, str]]:
        """Key, canonical id and reason of every key, sorted: the table kept beside the graph."""
        return [(k, self.ids[k], self.reasons.get(k, "self")) for k in sorted(self.ids)]


def rank(key: str) -> tuple[int, str]:
    """The order in which keys of a group give the canonical id: number before title, then by text."""
    return (0 if key.startswith("document/number/") else 1, key)
