"""Counts and the ratios made of them, rounded to four places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, tp: int, fp: int, fn: int) -> None:
        """Count one document."""
        self.tp, self.fp, self.fn = self.tp + tp, self.fp + fp, self.fn + fn

    def row(self) -> dict[str, float]:
        """Precision, recall, F1 and the counts."""
        p = self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0
        r = self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        return {
            "precision": round(p, 4), "recall": round(r, 4), "f1": round(f, 4),
            "tp": self.tp, "fp": self.fp, "fn": self.fn,
        }  # fmt: skip


@dataclass(slots=True)
class Share:
    """How many of how many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        """Count one case."""
        self.right, self.of = self.right + right, self.of + 1

    def row(self) -> dict[str, float]:
        """Counts and their ratio."""
        return {
            "right": self.right,
            "of": self.of,
            "accuracy": round(self.right / self.of, 4) if self.of else 0.0,
        }


@dataclass(slots=True)
class BCubed:
    """B3 over mentions found exactly: do they cluster as the gold clusters them?"""

    precision: float = 0.0
    recall: float = 0.0
    n: int = 0

    def add(self, pairs: Sequence[tuple[str, str | None]]) -> None:
        """Count one document's (gold entity, found entity) pairs."""
        both, gold, found = Counter(pairs), Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
        for g, f in pairs:
            self.precision += both[g, f] / found[f]
            self.recall += both[g, f] / gold[g]
            self.n += 1

    def f1(self) -> float:
        """F1 of the averages."""
        if not self.n:
            return 0.0
        p, r = self.precision / self.n, self.recall / self.n
        return round(2 * p * r / (p + r), 4) if p + r else 0.0
