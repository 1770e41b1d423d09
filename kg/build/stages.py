"""Identity in partitions: what `kg.identify.identify` does in memory, as tasks that hold one part each.

Documents say things of keys (:func:`observe`); each key's facts are added up (:func:`gather`); keys that share a title or
a name are tied (:func:`tied`); ties are followed to their roots, each key having one at most, by doubling steps until
none is left (:func:`point`, :func:`hop`, :func:`advance`); facts go to the part of their canonical id (:func:`move`) and
what others need to know of ids to those that ask (:func:`answer`). A task reads what earlier stages wrote, writes what
later ones read, and gives back a few figures; it can be done anywhere, and again.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.build.chunks import Documents
from kg.build.exchange import Exchange, Json, Parts, Row, part_of
from kg.build.jsonl import from_json
from kg.graph.derive import entity_lines, statement_lines
from kg.identify import (
    Candidate,
    Decision,
    Identity,
    Joined,
    KeyTable,
    block_rank,
    blocks_of,
    decide,
    doubtful,
    observations,
    tie,
)
from kg.model.extraction import Extraction
from kg.model.mentions import Label

_TIED = {
    Label.DOCUMENT.value: frozenset(("key", "title", "number", "version", "date", "source")),
    Label.INSTITUTION.value: frozenset(("name",)),
}
"""Attributes that ties are judged by."""
LINKS = frozenset(("issuer", "parent", "carrier", "broader"))
"""Attributes whose values are keys."""
SAMPLE = 64
"""One document and one key in so many is drawn to see how lines are spread."""
THIN = 32
"""One line in so many of those is kept."""
COUNTED = ("mentions", "citations", "events", "relations", "figures")


@dataclass(frozen=True, slots=True)
class Work:
    """What every task knows.

    Attributes:
        documents: the sources.
        exchange: where rows are kept.
        parts: how many partitions keys, blocks and ids have.
        decisions: what people decided.
        decided: what they decided on canonical ids, once these are known.
        step: how many steps along the ties have been taken.
        splits: where the ranges of sorted lines begin, without the first.
        tables: whether tables are written beside the graph.
    """

    documents: Documents
    exchange: Exchange
    parts: int
    decisions: tuple[Decision, ...] = ()
    decided: Identity = field(default_factory=lambda: Identity({}, {}, {}))
    step: int = 0
    splits: tuple[str, ...] = ()
    tables: bool = False

    def read(self, topic: str, part: int) -> Iterator[Row]:
        """The rows for a part from all partitions."""
        return self.exchange.read(topic, part, range(self.parts))

    def read_chunks(self, topic: str, part: int) -> Iterator[Row]:
        """The rows for a part from all chunks."""
        return self.exchange.read(topic, part, range(self.documents.chunks))

    def own(self, topic: str, part: int) -> Iterator[Row]:
        """The rows that the task of this number gave to itself."""
        return self.exchange.read(topic, part, (part,))

    def out(self) -> Parts:
        """A new set of parts to write."""
        return Parts(self.parts)


def observe(work: Work, chunk: int) -> Json:
    """What the documents of a chunk say of keys, to the keys' parts; which keys they ask for; how many of what."""
    said: Counter[tuple[str, str, str, str]] = Counter()
    asked: set[str] = set()
    count: Counter[str] = Counter()
    functions: Counter[str] = Counter()
    issues: Counter[str] = Counter()
    sample: list[str] = []
    for o in work.documents.read(chunk):
        x = from_json(o)
        for label, key, attribute, value, weight in observations(x):
            said[key, label, attribute, value] += weight
        asked.update(_named(x))
        count.update(sources=1, **{name: len(o[name]) for name in COUNTED})
        functions.update(c.type.value for c in x.citations)
        issues.update(i.code for i in x.issues)
        if int(x.sha256[:8], 16) % SAMPLE == 0:
            sample += statement_lines(x, work.decided)[::THIN]
    observed, wanted = work.out(), work.out()
    for fact, weight in said.items():
        observed.add(fact[0], (*fact, weight))
    for key in sorted(asked):
        wanted.add(key, (key, chunk))
    work.exchange.write("observed", chunk, observed.rows)
    work.exchange.write("asked", chunk, wanted.rows)
    return {"count": count, "functions": functions, "issues": issues, "sample": sample}


def _named(x: Extraction) -> Iterator[str]:
    """The keys that the statements of a source are about."""
    yield x.document.key
    for c in x.citations:
        yield c.cited
        if c.citing:
            yield c.citing
    for v in x.events:
        yield v.document
        if v.by:
            yield v.by
    for r in x.relations:
        yield r.subject
        yield r.object
    yield from (f.measure for f in x.figures)
    yield from (m.entity for m in x.mentions if m.entity)


def gather(work: Work, part: int) -> Json:
    """The facts of the keys of a part; what ties are judged by, to the parts of their blocks."""
    table = KeyTable()
    table.add_rows((row[1], row[0], *row[2:]) for row in work.read_chunks("observed", part))
    blocked = work.out()
    sample: list[str] = []
    for key in table.keys():  # noqa: SIM118
        facts = table[key]
        if zlib.crc32(key.encode("utf-8", "surrogatepass")) // work.parts % SAMPLE == 0:
            alone = Identity({key: key}, {}, {key: (key,)})
            sample += entity_lines(table, alone, (key,))[:: THIN // 8]
        for block in blocks_of(facts):
            for row in rows_of(table, (key,)):
                if row[2] in _TIED[facts.label]:
                    blocked.add(block, (block, *row))
    work.exchange.write("facts", part, {part: list(rows_of(table, table.keys()))})
    work.exchange.write("blocked", part, blocked.rows)
    return {"sample": sample}


def rows_of(table: KeyTable, keys: Sequence[str]) -> Iterator[Row]:
    """The observations that make up the facts of keys."""
    for key in keys:
        facts = table[key]
        for attribute, values in facts.values.items():
            for value, weight in values.items():
                yield facts.label, key, attribute, value, weight


def tied(work: Work, part: int) -> Json:
    """Ties, carriers and doubtful pairs of the blocks of a part, to the parts of their keys."""
    blocks: dict[str, KeyTable] = defaultdict(KeyTable)
    for block, *row in work.read("blocked", part):
        blocks[block].add_rows(((*row,),))
    ties, carried, doubts = work.out(), work.out(), work.out()
    for block in sorted(blocks):
        table = blocks[block]
        found = tie(block, [table[key] for key in table.keys()])  # noqa: SIM118
        for key, (target, reason) in found.joined.items():
            ties.add(key, (block, key, target, reason))
        for key, carrier in found.carried.items():
            carried.add(key, (block, key, carrier))
        for c in found.candidates:
            doubts.add(c.left, (c.left, c.right, c.reason, c.score))
    work.exchange.write("ties", part, ties.rows)
    work.exchange.write("carried", part, carried.rows)
    work.exchange.write("doubtful", part, doubts.rows)
    return {}


def point(work: Work, part: int) -> Json:
    """The tie of each key of a part that has one, decisions included; of doubtful pairs those that are left open."""
    ties = sorted(work.read("ties", part), key=lambda row: block_rank(row[0]))
    joined: Joined = {key: (target, reason) for _, key, target, reason in ties}
    doubts = (Candidate(*row) for row in work.read("doubtful", part))
    rows = [(c.left, c.right, c.reason, c.score) for c in doubts if doubtful(c, joined)]
    work.exchange.write("doubts", part, {part: rows})
    decided = decide(joined, work.decisions)
    mine = {k: step for k, step in decided.items() if part_of(k, work.parts) == part}
    _point(work, part, 0, mine)
    return {"ties": len(mine)}


def _point(work: Work, part: int, step: int, joined: Joined) -> None:
    jumps = work.out()
    for key, (target, _) in joined.items():
        jumps.add(target, (target, key))
    work.exchange.write(f"pointers-{step}", part, {part: [(k, *joined[k]) for k in sorted(joined)]})
    work.exchange.write(f"jumps-{step}", part, jumps.rows)


def pointers(work: Work, part: int) -> Joined:
    """The keys of a part that point to another after the steps taken so far."""
    return {key: (target, reason) for key, target, reason in work.own(f"pointers-{work.step}", part)}


def hop(work: Work, part: int) -> Json:
    """Where those that point to keys of a part point next, where those keys point elsewhere themselves."""
    joined = pointers(work, part)
    hops = work.out()
    count = 0
    for target, key in work.read(f"jumps-{work.step}", part):
        if target in joined:
            hops.add(key, (key, joined[target][0]))
            count += 1
    work.exchange.write(f"hops-{work.step}", part, hops.rows)
    return {"hops": count}


def advance(work: Work, part: int) -> Json:
    """Points the keys of a part to where they have been told."""
    joined = pointers(work, part)
    for key, target in work.read(f"hops-{work.step}", part):
        joined[key] = (target, joined[key][1])
    _point(work, part, work.step + 1, joined)
    return {}


def move(work: Work, part: int) -> Json:
    """Facts, carriers and doubtful pairs to the part of their canonical id; what they ask of other keys, to those."""
    facts = list(work.own("facts", part))
    known = {row[1] for row in facts}
    joined = {key: step for key, step in pointers(work, part).items() if key in known}
    arrived, borne, weighed = work.out(), work.out(), work.out()
    links: dict[int, set[Row]] = defaultdict(set)

    def id_of(key: str) -> str:
        return joined[key][0] if key in joined else key

    def ask(key: str, asker: str) -> None:
        links[part_of(key, work.parts)].add((key, part_of(asker, work.parts)))

    for row in facts:
        _, key, attribute, value, _ = row
        if key in joined:
            arrived.add(joined[key][0], (*joined[key], *row))
        if attribute in LINKS:
            ask(value, id_of(key))
    for block, key, carrier in work.read("carried", part):
        borne.add(id_of(key), (block, key, id_of(key), carrier))
        ask(carrier, id_of(key))
    for left, right, reason, score in work.own("doubts", part):
        weighed.add(id_of(left), (id_of(left), right, reason, score))
        ask(right, id_of(left))
    work.exchange.write("moved", part, {part: [(key, *joined[key]) for key in sorted(joined)]})
    work.exchange.write("arrived", part, arrived.rows)
    work.exchange.write("borne", part, borne.rows)
    work.exchange.write("weighed", part, weighed.rows)
    work.exchange.write("links", part, {p: sorted(rows) for p, rows in links.items()})
    return {"moved": len(joined)}


def moved(work: Work, part: int) -> Joined:
    """The keys of a part that a source names and that stand for another: their ids and reasons."""
    return {key: (canonical, reason) for key, canonical, reason in work.own("moved", part)}


def answer(work: Work, part: int) -> Json:
    """The ids of keys of a part that stand for others, to the chunks and parts that ask, and to people's decisions."""
    joined = moved(work, part)
    for topic, asked in (("told", work.read_chunks("asked", part)), ("linked", work.read("links", part))):
        answers: dict[int, list[Row]] = defaultdict(list)
        for key, asker in asked:
            if key in joined:
                answers[asker].append((key, joined[key][0]))
        work.exchange.write(topic, part, answers)
    return {"decided": {d.key: joined[d.key][0] for d in work.decisions if d.key in joined}}
