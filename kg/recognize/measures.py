"""Named initiatives: reforms, service modes, systems of rules, campaigns, programmes, supervision."""

from __future__ import annotations

from bisect import bisect_left

from kg.grammar.measures import normal_name
from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import Label, MeasureName, Mention
from kg.recognize.measure_heads import Found, find_unquoted
from kg.recognize.measure_quotes import find_quoted


def recognize_measures(
    doc: CleanDoc, structure: Structure, taken: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Mentions of measures in order of the text, outside of ``taken``."""
    text = doc.text
    found = [*find_quoted(text), *find_unquoted(text)]
    free = _Free(taken)
    chosen = _longest([f for f in found if free(f)])
    return tuple(
        Mention(
            Label.MEASURE,
            f.start,
            f.end,
            text[f.start : f.end],
            f.rule,
            f.score,
            value=MeasureName(normal_name(text[f.start : f.end]), f.kind),
        )
        for f in chosen
    )


class _Free:
    """Whether a name keeps clear of the mentions of other labels."""

    def __init__(self, taken: tuple[Mention, ...]) -> None:
        self.spans = sorted((m.start, m.end) for m in taken)

    def __call__(self, f: Found) -> bool:
        i = bisect_left(self.spans, (f.end, 0))
        return max([end for _, end in self.spans[max(0, i - 8) : i]], default=0) <= f.start


def _longest(found: list[Found]) -> list[Found]:
    """Of names that overlap the longest, the better score at equal length."""
    kept: list[Found] = []
    for f in sorted(found, key=lambda f: (f.start, f.start - f.end, -f.score)):
        if not kept or kept[-1].end <= f.start:
            kept.append(f)
        elif f.end - f.start > kept[-1].end - kept[-1].start:
            kept[-1] = f
    return kept
