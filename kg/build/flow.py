"""The stages behind the documents in their order; where their tasks are done is a runner's affair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from kg.build import derived, runners, stages
from kg.build.exchange import Json
from kg.build.parallel import collecting_rarely
from kg.build.stages import COUNTED, Work
from kg.identify import Decision, Identity, identify
from kg.identify.facts import KeyTable

Task = Callable[[Work, int], Json]
_CHUNKS_A_PART = 8
_RANGE = 250_000
"""Lines a range of the default graph, more or less."""
_STEPS = 64


@dataclass(frozen=True, slots=True)
class Derived:
    """What the stages gave.

    Attributes:
        work: what the tasks knew at the end.
        ranges: how many files the default graph lies in.
        lines: how many lines these have.
        doubts: how many lines the graph of candidates has.
        figures: counts for ``summary.json``, without failures.
    """

    work: Work
    ranges: int
    lines: int
    doubts: int
    figures: dict[str, Any]


def parts_for(chunks: int) -> int:
    """How many parts keys are cut into, so that one fits in memory whatever the size of the collection."""
    return 1 + chunks // _CHUNKS_A_PART


def perform(task: Task, work: Work, number: int) -> Json:
    """Do one task, unless its result is there."""
    mark = f"{task.__name__}-{work.step}"
    result = work.exchange.finished(mark, number)
    if result is None:
        with collecting_rarely():
            result = task(work, number)
        work.exchange.finish(mark, number, result)
    return result


def stage(each: runners.Each, task: Task, work: Work, count: int) -> list[Json]:
    """Do the tasks of one stage, wherever ``each`` makes its calls; their results in order."""
    return runners.in_order(each, perform, [(task, work, number) for number in range(count)])


def derive(work: Work, each: runners.Each) -> Derived:
    """From documents to the files of the default graph: the result of `identify`, described and stated.

    Args:
        work: documents, exchange, partitions and decisions.
        each: makes the calls somewhere.
    """
    run = partial(stage, each)
    chunks, parts = work.documents.chunks, work.parts
    work = replace(work, decided=_decided(work.decisions, {}))
    read = run(stages.observe, work, chunks)
    facts = run(stages.gather, work, parts)
    run(stages.tied, work, parts)
    run(stages.point, work, parts)
    while sum(r["hops"] for r in run(stages.hop, work, parts)):
        run(stages.advance, work, parts)
        work = replace(work, step=work.step + 1)
        if work.step > _STEPS:
            raise RuntimeError("ties go round in a circle")
    run(stages.move, work, parts)
    ids = {k: i for r in run(stages.answer, work, parts) for k, i in r["decided"].items()}
    sample = sorted(line for r in (*read, *facts) for line in r["sample"])
    work = replace(work, decided=_decided(work.decisions, ids), splits=_splits(sample))
    described = run(derived.describe, work, parts)
    run(derived.near, work, parts)
    settled = run(derived.settle, work, parts)
    doubts = run(derived.write_candidates, work, 1)[0]["lines"]
    run(derived.state, work, chunks)
    ranges = len(work.splits) + 1
    written = run(derived.write_range, work, ranges)
    lines = sum(r["lines"] for r in written)
    return Derived(work, ranges, lines, doubts, _figures(read, described, settled))


def _decided(decisions: Sequence[Decision], ids: dict[str, str]) -> Identity:
    """What people decided of canonical ids, where some keys stand for others."""
    found = identify(KeyTable(), decisions)
    return replace(
        found,
        rejected=frozenset(ids.get(k, k) for k in found.rejected),
        names={ids.get(k, k): v for k, v in found.names.items()},
        kinds={ids.get(k, k): v for k, v in found.kinds.items()},
    )


def _splits(sample: Sequence[str]) -> tuple[str, ...]:
    """Where ranges begin, by a sample of the lines, so that each holds about as many."""
    each = max(1, _RANGE // (stages.SAMPLE * stages.THIN))
    return tuple(sorted(set(sample[each::each])))


def _figures(read: Sequence[Json], described: Sequence[Json], settled: Sequence[Json]) -> dict[str, Any]:
    def total(results: Sequence[Json], name: str) -> Counter[str]:
        return sum((Counter(r[name]) for r in results), Counter())

    count, functions, issues = (total(read, name) for name in ("count", "functions", "issues"))
    keys, entities = (total(described, name) for name in ("keys", "entities"))
    return {
        **{name: count[name] for name in ("sources", *COUNTED)},
        "keys": {label: keys[label] for label in sorted(keys)},
        "entities": {label: entities[label] for label in sorted(entities)},
        "ghosts": sum(r["ghosts"] for r in described),
        "candidates": sum(r["candidates"] for r in settled),
        "citation_functions": dict(sorted(functions.items())),
        "issues": issues,
    }
