"""What the workbench knows: one graph on disk, opened to read and opened anew when it was rebuilt."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.analyze.audit import AuditFinding, audit
from kg.build.graph import Layout, decisions_of
from kg.build.jsonl import loads
from kg.build.shards import read_shard, unpack
from kg.graph import iris
from kg.identify.decisions import Decision, write_decisions
from kg.identify.identity import Candidate
from kg.model.errors import WenmaiError
from kg.model.extraction import Extraction
from kg.query import NotFoundError, Table, TraceNode, trace
from kg.query.candidates import candidates
from kg.query.fulltext import FullText
from kg.query.lookup import describe
from kg.query.named import written_query
from kg.read import read_path
from kg.render import GraphView, graph_view
from kg.render.facts import rows, source_paths
from kg.render.graphview import any_entity, trace_view
from kg.render.model import Quote, ViewEdge, ViewNode
from kg.store import OxigraphStore
from kg.web.asker import Asker, Question
from kg.web.explorer import Facts, Neighbours, facts, neighbours
from kg.web.guard import checked_query
from kg.web.index import Index

_IDENTIFIED = "SELECT ?key ?node WHERE { VALUES ?key { %s } ?key kg:identifiedAs ?node }"
_SOURCE_NAME = re.compile(r"[0-9a-f]{32}")
_MOST_FACTS = 60
_MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair of keys for people to decide, with names."""

    candidate: Candidate
    left: str
    right: str
    decided: str = ""


class Snapshot:
    """The graph as one build left it; what is costly is made when first asked for."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.store = OxigraphStore.open(layout.store)
        self.asker = Asker(layout.store)

    @cached_property
    def index(self) -> Index:
        """All entities, to search in."""
        return Index(self.store)

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Path of each source and the hash of its bytes."""
        return {path: iri.rpartition("/")[2] for iri, path in source_paths(self.store).items()}

    @cached_property
    def candidates(self) -> tuple[tuple[Candidate, str, str], ...]:
        """Pairs that may be one thing, with their names."""
        return tuple((d.candidate, d.left, d.right) for d in candidates(self.store))

    @cached_property
    def findings(self) -> list[AuditFinding]:
        """What a legal-affairs office would look into."""
        return audit(self.store)


class Workbench:
    """One graph, for all requests."""

    def __init__(self, folder: Path, edit: bool = False) -> None:
        self.layout = Layout(folder)
        self.edit = edit
        self._lock = threading.Lock()
        self._built = self._stamp()
        self._snapshot = Snapshot(self.layout)

    def warm(self) -> threading.Thread:
        """Make what the first pages need, beside them."""

        def work() -> None:
            now = self.now
            _ = (now.index, now.sources)
            now.asker.warm()

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def _stamp(self) -> int:
        run = self.layout.file("run.json")
        return run.stat().st_mtime_ns if run.exists() else 0

    @property
    def now(self) -> Snapshot:
        """The graph as the last build left it."""
        with self._lock:
            stamp = self._stamp()
            if stamp != self._built:
                self._snapshot, self._built = Snapshot(self.layout), stamp
            return self._snapshot

    def view(self, entity: str, depth: int = 1, limit: int = 600) -> GraphView:
        """What is around an entity, with addresses of pages.

        Raises:
            NotFoundError: no such entity.
        """
        return self._addressed(graph_view(self.now.store, _iri(entity), depth, limit))

    def traced(self, root: TraceNode, direction: str) -> GraphView:
        """The documents of a trace and the citations between them, with addresses of pages."""
        return self._addressed(trace_view(self.now.store, root, direction))

    def _addressed(self, view: GraphView) -> GraphView:
        now = self.now
        nodes = tuple(
            replace(n, url=entity_address(n.id), sentences=self._placed(now, n)) for n in view.nodes
        )
        edges = tuple(replace(e, sentences=self._placed(now, e)) for e in view.edges)
        return replace(view, nodes=nodes, edges=edges)

    def _placed(self, now: Snapshot, x: ViewNode | ViewEdge) -> tuple[Quote, ...]:
        return tuple(
            replace(q, url=place_address(now.sources.get(q.source), q.start, q.end)) for q in x.sentences
        )

    def exists(self, entity: str) -> bool:
        """Whether the graph holds an entity."""
        return bool(describe(self.now.store, ox.NamedNode(_iri(entity))))

    def find(self, text: str) -> str:
        """The canonical id of what a number, title, name, IRI or canonical id means.

        Raises:
            NotFoundError: nothing fits.
            AmbiguousError: several entities of one kind fit.
        """
        return text if text in self.now.index else iris.canonical(any_entity(self.now.store, text).iri)

    def neighbours(self, entity: str, offset: int, limit: int) -> Neighbours:
        """A lot of the neighbours of an entity, the most cited first.

        Raises:
            NotFoundError: no such entity.
        """
        now = self.now
        return neighbours(now.store, now.index, _known(now, entity), offset, limit)

    def facts(self, entity: str, limit: int = _MOST_FACTS, quotes: int = _MOST_QUOTES) -> Facts:
        """All about an entity, with addresses of pages.

        Args:
            entity: canonical id.
            limit: of how many neighbours; the most cited.
            quotes: how many sentences of a link.

        Raises:
            NotFoundError: no such entity.
        """
        now = self.now
        found = facts(now.store, now.index, _known(now, entity), limit)
        node = replace(found.node, url=entity_address(found.node.id), sentences=self._placed(now, found.node))
        edges = (
            replace(
                e,
                source=iris.canonical(e.source),
                target=iris.canonical(e.target),
                sentences=self._placed(now, e)[:quotes],
            )
            for e in found.edges
        )
        return Facts(node, tuple(edges), found.total)

    def trace(self, entity: str, direction: str, depth: int, types: tuple[str, ...]) -> TraceNode:
        """The tree of citations from a document."""
        return trace(self.now.store, _iri(entity), direction, depth=depth, types=types)

    def sparql(self, text: str) -> Table:
        """Rows of a query, within limits of time, rows and memory.

        Raises:
            QueryError: it is no query, it could reach out of the graph, or it took too long or too much.
        """
        return self.now.asker.ask(Question(checked_query(text)))

    def protocol(self, text: str, rows: str, triples: str) -> tuple[str, str]:
        """The answer to a query as text and its form, within the same limits.

        Args:
            text: the query.
            rows: form of rows, or empty.
            triples: form of triples, or empty.
        """
        written = self.now.asker.write(checked_query(text), rows, triples)
        return written.text, written.form

    def named(self, name: str, parameters: Mapping[str, str]) -> Table:
        """A query of the library, within the same limits."""
        return self.now.asker.ask(Question(name=name, parameters=dict(parameters)))

    def written(self, name: str, parameters: Mapping[str, str]) -> str:
        """The text of a query of the library with its parameters in place."""
        return written_query(self.now.store, name, parameters)

    def source(self, name: str) -> tuple[str, Extraction, dict[str, str]]:
        """Text and extraction of a source, and the addresses of its entities.

        Args:
            name: the first 32 digits of the hash of its bytes, as in its IRI.

        Raises:
            NotFoundError: the graph has no such source.
            WenmaiError: its file is gone or has changed.
        """
        shard = read_shard(self.layout.shards, name) if _SOURCE_NAME.fullmatch(name) else None
        if shard is None:
            raise NotFoundError(name)
        path, line, packed = shard
        x = loads(line)
        text = unpack(packed) if packed is not None else _file_text(Path(path), x.sha256)
        keys = {iris.local(e.key).strip("<>"): e.key for e in (*x.entities, x.document)}
        found = rows(self.now.store, _IDENTIFIED, sorted(keys))
        return text, x, {keys[row["key"]]: entity_address(row["node"]) for row in found}

    def passages(self, words: str) -> list[dict[str, str]]:
        """Where texts hold the words, if there is a full-text index (``kg search`` makes it)."""
        path = self.layout.file("fulltext.sqlite")
        if not words.strip() or not path.exists():
            return []
        with FullText(path, read_only=True) as index:
            found = index.search(words, 10)
        return [
            {
                "title": hit.title,
                "path": hit.path,
                "snippet": hit.snippet,
                "url": place_address(hit.sha256[:32], hit.start, hit.end),
            }
            for hit in found
        ]

    def doubts(self) -> list[Doubt]:
        """The review queue: what is undecided first, the surest first."""
        decided = {(d.key, d.target): d.action.value for d in decisions_of(self.layout)}
        found = [
            Doubt(c, left, right, decided.get((c.left, c.right), ""))
            for c, left, right in self.now.candidates
        ]
        return sorted(found, key=lambda d: (bool(d.decided), -d.candidate.score, d.candidate))

    def decide(self, decision: Decision) -> None:
        """Keep a decision in ``curation.csv``; the next build follows it.

        Raises:
            WenmaiError: the workbench was started without ``--edit``.
        """
        if not self.edit:
            raise WenmaiError(
                "工作台以只读方式启动；要保存决定，请用 kg serve --edit",
                "the workbench is read-only; start it with kg serve --edit to save decisions",
            )
        with self._lock:
            others = [
                d for d in decisions_of(self.layout) if (d.key, d.target) != (decision.key, decision.target)
            ]
            write_decisions(self.layout.curation, [*others, decision])


def entity_address(iri: str) -> str:
    """The page of an entity; stable as long as its id is."""
    return "/entity/" + quote(iris.canonical(iri), safe="/")


def place_address(sha256: str | None, start: int | None, end: int | None) -> str:
    """The place of a sentence in the reader; empty where the source is unknown."""
    return f"/read/{sha256}#char={start},{end}" if sha256 else ""


def _iri(entity: str) -> str:
    return iris.entity(entity).strip("<>")


def _known(now: Snapshot, entity: str) -> str:
    if entity not in now.index:
        raise NotFoundError(entity)
    return _iri(entity)


def _file_text(file: Path, sha256: str) -> str:
    """The text of a source that is kept in no other place than its file."""
    if not file.is_file():
        raise WenmaiError(f"原文件已不在原处：{file}", f"the source file is no longer there: {file}")
    for doc in read_path(file):
        if doc.sha256 == sha256:
            return doc.text
    raise WenmaiError(
        f"原文件在建图之后有改动，请重新运行 kg build：{file}",
        f"the source file has changed since the build; run kg build again: {file}",
    )
