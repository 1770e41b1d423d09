"""Sources come and go one by one: what changed is read, named and put in its place, nothing else.

One SQLite transaction holds the shards, the ledger and the update of the store; the update is then made and
struck off. Killed before the commit, nothing happened; killed after it, the next command makes the update.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.fingerprint import rules_fingerprint
from kg.build.graph import Layout, decisions_of, graph_in, settle, write_graph
from kg.build.jsonl import loads
from kg.build.lines import failure_issue, files_of
from kg.build.run import changes, tasks_of
from kg.build.shards import FileResult, Shards, unpack
from kg.build.work import run
from kg.graph.growth import attesting, delta, held_by
from kg.graph.iris import canonical
from kg.identify.ledger import Ledger
from kg.model.extraction import Extraction
from kg.model.ids import digest
from kg.model.issues import Issue
from kg.query import AmbiguousError, NotFoundError, find_documents
from kg.store import OxigraphStore

STALE = "STALE"
"""Name of the file that says that the flat files beside the store are older than the store."""
_LOT = 200


@dataclass(frozen=True, slots=True)
class Growth:
    """What a change did.

    Attributes:
        added: sources that came, or came anew.
        removed: sources that went, or were replaced.
        kept: files that had not changed.
        entities: entities described anew.
        restated: other sources whose statements were made anew.
        issues: files that could not be used.
    """

    added: int = 0
    removed: int = 0
    kept: int = 0
    entities: int = 0
    restated: int = 0
    issues: tuple[Issue, ...] = ()


def add(out: Path, paths: Sequence[Path], *, jobs: int = 1, recognizer: str = "rules") -> Growth:
    """Add files and folders to a graph, or replace what it holds of them.

    Args:
        out: folder of a graph that `kg build` wrote.
        paths: files and folders.
        jobs: processes.
        recognizer: name of the engine.

    Raises:
        WenmaiError: there is no graph in the folder.
    """
    total = Growth()
    with _opened(out) as (layout, shards):
        tasks = tasks_of(files_of(paths), recognizer)
        todo = changes(shards.stamps(task.stamp.path for task in tasks), tasks)
        lot: list[FileResult] = []
        for results in run(todo.todo, recognizer, jobs):
            lot += results
            if len(lot) >= _LOT:
                total = _sum(total, _apply(layout, shards, lot, ()))
                lot = []
        if lot:
            total = _sum(total, _apply(layout, shards, lot, ()))
    return _sum(total, Growth(kept=todo.kept))


def remove(out: Path, document: str) -> Growth:
    """Take a document out of a graph.

    Args:
        out: folder of the graph.
        document: path of a file, or a number, title or IRI of a document, all of whose files go.

    Raises:
        WenmaiError: no such file or document, or several documents fit.
    """
    with _opened(out) as (layout, shards):
        paths = _paths_of(layout, shards, document)
        return _apply(layout, shards, (), paths)


class _opened:  # noqa: N801 - reads as a verb where it is used
    """The shards of a graph whose store and ledger agree with them."""

    def __init__(self, out: Path) -> None:
        self.layout = graph_in(out)

    def __enter__(self) -> tuple[Layout, Shards]:
        self.shards = Shards(self.layout.shards).__enter__()
        _agree(self.layout, self.shards)
        return self.layout, self.shards

    def __exit__(self, *details: object) -> None:
        self.shards.__exit__(None, None, None)


def _state(layout: Layout) -> str:
    return digest((rules_fingerprint(), *map(repr, decisions_of(layout))))


def _agree(layout: Layout, shards: Shards) -> None:
    """Make an update that was left open; without a ledger of this state, make graph and ledger anew."""
    state = _state(layout)
    if shards.marker("ledger") == state and layout.store.exists():
        if shards.marker("pending") is not None:
            with OxigraphStore.create(layout.store) as store:
                _finish(layout, shards, store)
        return
    decisions = decisions_of(layout)
    if shards.marker("graph") != state or not layout.store.exists():
        write_graph(shards, layout, decisions)
        layout.file(STALE).touch()
    settle(shards, layout, decisions, state)


def _finish(layout: Layout, shards: Shards, store: OxigraphStore) -> None:
    """Make the update that is noted, if any, and strike it off."""
    pending = shards.marker("pending")
    if pending is not None:
        layout.file(STALE).touch()
        store.raw.update(pending)
        store.raw.flush()
        shards.unmark("pending")


def _apply(layout: Layout, shards: Shards, results: Sequence[FileResult], gone: Sequence[str]) -> Growth:
    decisions, state = decisions_of(layout), _state(layout)
    with OxigraphStore.create(layout.store) as store:
        with shards.transaction() as db:
            paths = [*(r.stamp.path for r in results), *gone]
            hashes = _hashes(db, paths) | {s.sha256 for r in results for s in r.shards}
            before = {h: _held(db, h) for h in hashes}
            shards.put(results)
            shards.remove(gone)
            after = {h: _held(db, h) for h in hashes}
            changed = sorted(h for h in hashes if before[h] != after[h])
            removed = [loads(held[0]) for h in changed if (held := before[h])]
            added = [
                (loads(held[0]), held[1].splitlines(keepends=True)) for h in changed if (held := after[h])
            ]
            growth = _change(store, Ledger(db, decisions), db, shards, removed, added)
            shards.mark("ledger", state)
        _finish(layout, shards, store)
    issues = tuple(failure_issue(r.stamp.path, *r.failure) for r in results if r.failure)
    return _sum(growth, Growth(issues=issues))


def _change(
    store: OxigraphStore,
    ledger: Ledger,
    db: sqlite3.Connection,
    shards: Shards,
    removed: Sequence[Extraction],
    added: Sequence[tuple[Extraction, list[str]]],
) -> Growth:
    """Bring the ledger forward and note the update that the store needs."""
    if not removed and not added:
        return Growth()
    held = {i for x in removed if (i := ledger.id_of(x.document.key))}
    change = ledger.change(removed, [x for x, _ in added])
    own = {x.sha256 for x in removed} | {x.sha256 for x, _ in added}
    others: dict[str, Extraction] = {}
    waiting = sorted(change.sources)
    documents = held | {ledger.id_of(x.document.key) or "" for x, _ in added}
    while waiting or documents:
        for sha in waiting:
            if sha not in others and sha not in own and (found := _held(db, sha)):
                others[sha] = loads(found[0])
                documents |= set(held_by(store.raw, sha))
        waiting = sorted({s for d in documents for s in attesting(store.raw, d)} - own - set(others))
        documents = set()
    made = delta(
        store.raw,
        change,
        removed,
        added,
        [others[s] for s in sorted(others)],
        ledger.identity(),
        ledger.table,
    )
    shards.mark("pending", made.update())
    return Growth(len(added), len(removed), 0, len(change.ids), len(others))


def _hashes(db: sqlite3.Connection, paths: Iterable[str]) -> set[str]:
    sql = "SELECT sha256 FROM shard WHERE path = ?"
    return {row[0] for path in paths for row in db.execute(sql, (path,))}


def _held(db: sqlite3.Connection, sha: str) -> tuple[str, str] | None:
    """Line and named graph of a source, as a build takes them where several paths hold the same bytes."""
    sql = "SELECT line, quads FROM shard WHERE sha256 = ? ORDER BY source"
    row = db.execute(sql, (sha,)).fetchone()
    return (unpack(row[0]), unpack(row[1])) if row else None


def _paths_of(layout: Layout, shards: Shards, document: str) -> list[str]:
    asked = Path(document).as_posix()
    if shards.stamps([asked]):
        return [asked]
    with OxigraphStore.open(layout.store) as store:
        found = find_documents(store, document)
        held = [f for f in found if not f.ghost]
        if len(held) != 1:
            if held:
                raise AmbiguousError(document, tuple(held))
            raise NotFoundError(document)
        hashes = set(attesting(store.raw, canonical(held[0].iri)))
    return shards.paths_of(hashes)


def _sum(a: Growth, b: Growth) -> Growth:
    return Growth(
        a.added + b.added,
        a.removed + b.removed,
        a.kept + b.kept,
        a.entities + b.entities,
        a.restated + b.restated,
        (*a.issues, *b.issues),
    )
