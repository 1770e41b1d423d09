"""The library for people who write Python: extract a text, build a graph, open one and ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.build.document import extract_document
from kg.build.graph import Layout
from kg.build.run import Report, build_graph
from kg.model.documents import SourceDoc
from kg.model.extraction import Extraction
from kg.model.ids import digest
from kg.query import Direction, Found, TraceNode
from kg.store import Answer, Bindings, OxigraphStore

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.analyze import CitationRow
    from kg.graph.validate import Finding

__all__ = ["Extraction", "Graph", "Report", "build", "extract", "open_graph"]


def extract(text: str, source: str = "text") -> Extraction:
    """Everything that one text says: entities, mentions, citations, relations, issues.

    Args:
        text: an official document; offsets of the result count its code points.
        source: what to call it.

    Example:
        >>> found = extract("根据《中华人民共和国行政处罚法》，制定本办法。")
        >>> [c.type.value for c in found.citations]
        ['basedOn']
    """
    return extract_document(SourceDoc(source, digest((text,), 32), "text/plain", text))


def build(
    paths: Iterable[str | Path], out: str | Path, *, jobs: int = 1, recognizer: str = "rules"
) -> Report:
    """Build the graph of files and folders; see :func:`kg.build.run.build_graph`."""
    return build_graph([Path(p) for p in paths], Path(out), jobs=jobs, recognizer=recognizer)


def open_graph(folder: str | Path) -> Graph:
    """Open a graph that `kg build` wrote, to read.

    Raises:
        StoreError: there is no graph in this folder.
    """
    return Graph(Path(folder))


class Graph:
    """A graph on disk, open to read; use it as a context manager or close it."""

    def __init__(self, folder: Path) -> None:
        self.layout = Layout(folder)
        self.store = OxigraphStore.open(self.layout.store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def query(self, sparql: str, bindings: Bindings | None = None) -> Answer:
        """Answer a SPARQL 1.1 query; the ontology's prefixes need no declaration.

        Args:
            sparql: the query.
            bindings: variable name → term, bound and never pasted.

        Raises:
            QueryError: it is no valid query.
        """
        from kg.query import query  # noqa: PLC0415

        return query(self.store, sparql, bindings)

    def named(self, name: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """Answer a query of the library (``kg query --list``)."""
        from kg.query import named_query  # noqa: PLC0415

        return named_query(self.store, name, parameters)

    def find(self, text: str) -> tuple[Found, ...]:
        """Documents that a number, a title or part of a title may mean, the most cited first."""
        from kg.query import find_documents  # noqa: PLC0415

        return find_documents(self.store, text)

    def trace(
        self,
        document: str,
        direction: Direction | str = Direction.DOWN,
        *,
        depth: int = 1,
        types: Sequence[str] = (),
        as_of: str | None = None,
    ) -> TraceNode:
        """Who cites a document (``down``), or what it rests on (``up``), as a tree with sentences.

        Raises:
            NotFoundError: no document fits.
            AmbiguousError: several fit.
        """
        from kg.query import trace  # noqa: PLC0415

        return trace(self.store, document, direction, depth=depth, types=types, as_of=as_of)

    def citations(self) -> list[CitationRow]:
        """All citations as rows: citing, function, cited, sentence, source, span; sorted."""
        from kg.analyze import citations  # noqa: PLC0415

        return list(citations(self.store))

    def validate(self) -> list[Finding]:
        """What breaks a shape of the ontology; empty for a clean graph."""
        from kg.graph.validate import validate  # noqa: PLC0415

        return validate(self.store.raw)

    def to_rdflib(self) -> rdflib.Dataset:
        """The whole graph in memory, for rdflib's serialisers and tools."""
        from kg.graph.export import to_rdflib  # noqa: PLC0415

        return to_rdflib(self.store.raw)

    def to_networkx(self) -> networkx.MultiDiGraph:
        """Documents, institutions and measures as nodes, what relates them as edges."""
        from kg.analyze import to_networkx  # noqa: PLC0415

        return to_networkx(self.store)
