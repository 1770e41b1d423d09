"""What a page shows: nodes, edges and the sentences behind them, and how much was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEVELS = ("national", "province", "prefecture", "county", "township")
"""Levels of government, highest first."""
KINDS = ("document", "cited", "institution", "measure")
"""Kinds of nodes; ``cited`` is a document that is cited and was never read."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that shows a fact.

    Attributes:
        text: the sentence as it stands in the source.
        source: path of the source file, or its title.
        start: offset of the sentence in the source text (code points), or None where unknown.
        end: offset behind it.
        url: address of the place in a reader, where there is one.
    """

    text: str
    source: str = ""
    start: int | None = None
    end: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class ViewNode:
    """A thing on the page.

    Attributes:
        id: its key or IRI; unique.
        label: name in full; the page shortens it where there is no room.
        kind: one of :data:`KINDS`.
        sublabel: second line, such as a document number.
        year: of the document, or None.
        level: one of :data:`LEVELS`, or None where unknown.
        size: what its area stands for; how many documents cite it.
        facts: name and value; names known to the page (``number``, ``issuer`` …) are translated.
        sentences: where it is mentioned.
        url: address of its page, where there is one.
    """

    id: str
    label: str
    kind: str
    sublabel: str = ""
    year: int | None = None
    level: str | None = None
    size: float = 0.0
    facts: tuple[tuple[str, str], ...] = ()
    sentences: tuple[Quote, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """A relation of two nodes, one for each type.

    Attributes:
        source: id of the node that cites or acts.
        target: id of the other.
        type: a citation function (``basedOn``) or a predicate (``issuedBy``).
        sentences: what shows it.
        date: of the citing text, ``YYYY-MM-DD`` or shorter.
    """

    source: str
    target: str
    type: str
    sentences: tuple[Quote, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True)
class GraphView:
    """What a page shows.

    Attributes:
        nodes: by rank, the best linked first.
        edges: sorted; both ends are among the nodes.
        title: heading of the page.
        centre: id of the node that the page is about, or None.
        omitted_nodes: how many nodes were left out.
        omitted_edges: how many edges were left out with them.
    """

    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    title: str = ""
    centre: str | None = None
    omitted_nodes: int = 0
    omitted_edges: int = 0


def make_view(
    nodes: Iterable[ViewNode],
    edges: Iterable[ViewEdge],
    *,
    title: str = "",
    centre: str | None = None,
    limit: int = 1000,
) -> GraphView:
    """The ``limit`` highest ranking nodes and the edges between them, in an order of their own.

    Nodes rank by the number of their edges, then by size, then by id, so that what is left is linked; the
    centre and what it is linked to come before all others.

    Args:
        nodes: any order; of two nodes with one id the first is kept.
        edges: any order; edges with an end that is no node are counted as left out.
        title: heading of the page.
        centre: id of the node that the page is about.
        limit: most nodes to show.
    """
    found: dict[str, ViewNode] = {}
    for node in nodes:
        found.setdefault(node.id, node)
    all_edges = sorted(edges, key=lambda e: (e.source, e.target, e.type, e.date or ""))
    degree = dict.fromkeys(found, 0)
    near = {centre} if centre else set()
    for edge in all_edges:
        for end, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if end in degree:
                degree[end] += 1
            if end == centre:
                near.add(other)
    ranked = sorted(
        found.values(), key=lambda n: (n.id != centre, n.id not in near, -degree[n.id], -n.size, n.id)
    )
    shown = tuple(ranked[:limit])
    ids = {n.id for n in shown}
    kept = tuple(e for e in all_edges if e.source in ids and e.target in ids)
    return GraphView(shown, kept, title, centre, len(ranked) - len(shown), len(all_edges) - len(kept))
