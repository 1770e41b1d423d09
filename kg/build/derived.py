"""The derived graph in partitions: entities by canonical id, statements by chunk of documents, lines by range of their text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace

from kg.build.exchange import Json
from kg.build.jsonl import from_json
from kg.build.stages import Work, moved
from kg.build.tables import Tables
from kg.graph.candidates import candidate_lines
from kg.graph.derive import entity_lines, statement_lines
from kg.graph.vocabularies import vocabulary_lines
from kg.identify import (
    Candidate,
    Identity,
    KeyFacts,
    KeyTable,
    NearFacts,
    compare,
    merged,
    near_facts,
    signatures,
    undecided,
)
from kg.model.mentions import Label

CANDIDATES = "candidates.nq"
"""The file of the candidates."""
_ATTRIBUTES = ("name", "title", "number", "date", "genre", "level", "kind", "division", "parent")
"""Columns of the table of entities that are attributes of keys, each with its best supported value."""


def describe(work: Work, part: int) -> Json:
    """What is known of the entities of a part; their titles, to the parts of their signatures; what is in doubt."""
    linked: dict[str, str] = dict(work.read("linked", part))
    table, ids, reasons = _facts(work, part)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in table.keys():  # noqa: SIM118
        groups[ids.get(key, key)].append(key)
    carried: dict[str, str] = {}
    for _, _, canonical, carrier in sorted(work.read("borne", part)):
        target: str = linked.get(carrier) or carrier
        if target != canonical:
            carried[canonical] = target
    identity = replace(
        work.decided,
        ids={**linked, **ids},
        reasons=reasons,
        groups={i: tuple(groups[i]) for i in sorted(groups)},
        carried=carried,
    )
    work.exchange.write("kept", part, {part: sorted(carried.items())})
    lines = entity_lines(table, identity, identity.groups)
    if part == 0:
        lines += vocabulary_lines()
    _write_lines(work, "entity-lines", part, lines)
    _write_works(work, part, table, identity)
    if work.tables:
        _table_entities(work, part, table, identity)
    doubtful = work.out()
    for left, right, reason, score in work.read("weighed", part):
        other = linked.get(right, right)
        doubtful.add(left, (left, other, reason, score))
    work.exchange.write("doubted", part, doubtful.rows)
    return _counts(table, identity)


def identified(work: Work, part: int) -> tuple[KeyTable, Identity]:
    """The facts of the keys of a part and their ids, with the carriers of the ids of the part."""
    table = KeyTable()
    table.add_rows(row for row in work.own("facts", part))
    keys, joined = table.keys(), moved(work, part)
    ids = {key: joined[key][0] if key in joined else key for key in keys}
    reasons = {key: reason for key, (_, reason) in joined.items()}
    return table, Identity(ids, reasons, {}, dict(work.own("kept", part)))


def _facts(work: Work, part: int) -> tuple[KeyTable, dict[str, str], dict[str, str]]:
    """The facts of all keys whose id is of a part; the ids and reasons of those whose id is not themselves."""
    gone = moved(work, part)
    table = KeyTable()
    table.add_rows(row for row in work.own("facts", part) if row[1] not in gone)
    ids, reasons = {}, {}
    for canonical, reason, *row in work.read("arrived", part):
        table.add_rows(((*row,),))
        ids[row[1]], reasons[row[1]] = canonical, reason
    return table, ids, reasons


def _write_works(work: Work, part: int, table: KeyTable, identity: Identity) -> None:
    near = work.out()
    for canonical, keys in identity.groups.items():
        found = near_facts(canonical, [table[k] for k in keys])
        if found is not None:
            for signature in signatures(found):
                near.add(signature, (signature, *astuple(found)))
    work.exchange.write("near", part, near.rows)


def _table_entities(work: Work, part: int, table: KeyTable, identity: Identity) -> None:
    """The tables ``entities`` (one row an id) and ``keys`` (one row a local key)."""
    keys = table.keys()
    columns = {
        "key": keys,
        "id": [identity(key) for key in keys],
        "reason": [identity.reasons.get(key, "self") for key in keys],
    }
    work.exchange.table("keys", part, columns)
    entities = [
        KeyFacts(i, table[group[0]].label, merged(table[k] for k in group))
        for i, group in identity.groups.items()
        if i not in identity.rejected
    ]
    described: dict[str, list[object]] = {
        "id": [e.key for e in entities],
        "label": [e.label for e in entities],
    }
    for name in _ATTRIBUTES:
        described[name] = [e.best(name) for e in entities]
    for column, decided in (("name", identity.names), ("kind", identity.kinds)):
        described[column] = [decided.get(e.key, x) for e, x in zip(entities, described[column], strict=True)]
    described["held"] = [e.attested for e in entities]
    work.exchange.table("entities", part, described)


def _counts(table: KeyTable, identity: Identity) -> Json:
    ghosts = sum(
        table[keys[0]].label == Label.DOCUMENT and not any(table[k].attested for k in keys)
        for keys in identity.groups.values()
    )
    return {
        "keys": Counter(table[key].label for key in table.keys()),  # noqa: SIM118
        "entities": Counter(table[keys[0]].label for keys in identity.groups.values()),
        "ghosts": ghosts,
    }


def near(work: Work, part: int) -> Json:
    """Near misses among things of one signature, to the parts of those in doubt."""
    blocks: dict[str, list[NearFacts]] = defaultdict(list)
    for signature, *row in work.read("near", part):
        blocks[signature].append(NearFacts(*row))
    found = work.out()
    for block in blocks.values():
        for c in compare(block):
            found.add(c.left, (c.left, c.right, c.reason, c.score))
    work.exchange.write("missed", part, found.rows)
    return {}


def settle(work: Work, part: int) -> Json:
    """The candidates of a part that nobody has decided."""
    rows = (Candidate(*row) for topic in ("doubted", "missed") for row in work.read(topic, part))
    found = undecided(rows, work.decisions)
    work.exchange.write("candidates", part, {part: [astuple(c) for c in found]})
    return {"candidates": len(found)}


def candidates(work: Work) -> Iterator[Candidate]:
    """All candidates, in no order."""
    for part in range(work.parts):
        yield from (Candidate(*row) for row in work.own("candidates", part))


def write_candidates(work: Work, number: int) -> Json:
    """The graph of all candidates as a file; they are few beside what they are about."""
    lines = candidate_lines(candidates(work))
    work.exchange.text(CANDIDATES, lines)
    return {"lines": len(lines)}


def state(work: Work, chunk: int) -> Json:
    """What the documents of a chunk state, on canonical ids."""
    identity = replace(work.decided, ids=dict(work.read("told", chunk)))
    tables = Tables(identity) if work.tables else None
    _write_lines(work, "statement-lines", chunk, _statements(work, chunk, identity, tables))
    if tables:
        for name, columns in tables.columns().items():
            work.exchange.table(name, chunk, columns)
    return {}


def _statements(work: Work, chunk: int, identity: Identity, tables: Tables | None) -> Iterator[str]:
    for o in work.documents.read(chunk):
        x = from_json(o)
        if tables:
            tables.add(x)
        yield from statement_lines(x, identity)


def _write_lines(work: Work, topic: str, task: int, lines: Iterable[str]) -> None:
    """Sort lines out by the range that they belong to."""
    ranges: dict[int, set[str]] = defaultdict(set)
    splits = work.splits
    for line in lines:
        ranges[bisect_right(splits, line)].add(line)
    work.exchange.write(topic, task, {r: [(line,) for line in sorted(ranges[r])] for r in ranges})


def write_range(work: Work, number: int) -> Json:
    """The lines of a range as a file: sorted, each once."""
    found = {line for (line,) in work.read("entity-lines", number)}
    found.update(line for (line,) in work.read_chunks("statement-lines", number))
    work.exchange.text(range_name(number), sorted(found))
    return {"lines": len(found)}


def range_name(number: int) -> str:
    """The file of a range of lines of the default graph."""
    return f"default-{number:06}.nq"
