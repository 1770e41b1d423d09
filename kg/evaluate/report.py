"""The figures as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from kg.evaluate.score import LABELS, Scores
from kg.evaluate.tally import Tally


def report(scores: Scores) -> Iterator[str]:
    """One line a figure, in the order and layout of the guidelines' scorer."""
    parts = (("mentions", scores.mentions), ("overlap", scores.overlap), ("entities", scores.entities))
    for part, tallies in parts:
        for label in LABELS:
            yield _line(f"{part} {label}", tallies[label])
    for what, tally in (
        ("numbers", scores.numbers),
        ("citations", scores.citations),
        ("issuer", scores.issuer),
    ):
        yield _line(what, tally)
    linking = "  ".join(f"{lb} {s.row()['accuracy']:.3f} of {s.of}" for lb, s in scores.linking.items())
    parents = scores.parents
    yield f"linking   {linking}   parents {parents.row()['accuracy']:.3f} of {parents.of}"
    yield "B3        " + "  ".join(f"{lb} {b.f1():.3f}" for lb, b in scores.b3.items())
    yield "metadata  " + "  ".join(f"{k} {s.right}/{s.of}" for k, s in scores.metadata.items())


def _line(what: str, tally: Tally) -> str:
    r = tally.row()
    counts = f"({tally.tp} right, {tally.fp} wrong, {tally.fn} missed)"
    return f"{what:24} P {r['precision']:.3f}  R {r['recall']:.3f}  F1 {r['f1']:.3f}   {counts}"
