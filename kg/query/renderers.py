"""Traces for people and for other tools: text tree, JSON, Mermaid, GraphML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import networkx as nx

from kg.graph.export import NO_XML
from kg.query.lookup import Found
from kg.query.trace import Direction, Quote, TraceNode

LABELS = {
    "basedOn": "依据",
    "implements": "贯彻落实",
    "issues": "制定印发",
    "drafts": "起草",
    "amends": "修订",
    "repeals": "废止",
    "forwards": "转发报送",
    "studies": "学习宣传",
    "mentions": "提及",
}
_WIDTH = 100
_SPACE = re.compile(r"\s+")


def tree_text(root: TraceNode) -> str:
    """An indented tree: number, title, date, types and the citing sentence with its place."""
    lines = [_title(root.document)]
    _branches(root, "", lines)
    return "\n".join(lines) + "\n"


def _branches(node: TraceNode, indent: str, lines: list[str]) -> None:
    for i, child in enumerate(node.children):
        last = i == len(node.children) - 1
        kinds = "、".join(LABELS[f] for f in child.functions)
        again = "（见上文）" if child.repeated else ""
        lines.append(f"{indent}{'└─' if last else '├─'} [{kinds}] {_title(child.document)}{again}")
        below = indent + ("   " if last else "│  ")
        lines += [f"{below}    “{excerpt(q)}” {q.path}:{q.start}-{q.end}" for q in child.quotes]
        _branches(child, below, lines)


def _title(found: Found) -> str:
    parts = [f"《{found.label}》" if found.label != found.number else found.label]
    facts = [f for f in (found.number if found.label != found.number else None, found.date) if f]
    if found.ghost:
        facts.append("未见原文")
    return parts[0] + (f"（{'，'.join(facts)}）" if facts else "")


def excerpt(quote: Quote, width: int = _WIDTH) -> str:
    """The sentence on one line; of a long one the surroundings of the citation."""
    sentence, at = quote.sentence, quote.start - quote.offset
    if len(sentence) > width:
        start = max(0, min(at - width // 3, len(sentence) - width))
        end = min(len(sentence), start + width)
        sentence = ("…" if start else "") + sentence[start:end] + ("…" if end < len(quote.sentence) else "")
    return _SPACE.sub(" ", sentence).strip()


def tree_json(root: TraceNode) -> dict[str, Any]:
    """The tree as JSON-ready values."""
    found = root.document
    return {
        "iri": found.iri,
        "title": found.label,
        "number": found.number,
        "date": found.date,
        "ghost": found.ghost,
        "citations": [
            {
                "type": q.function,
                "article": q.article,
                "source": q.path,
                "start": q.start,
                "end": q.end,
                "sentence": q.sentence,
            }
            for q in root.quotes
        ],
        "repeated": root.repeated,
        "children": [tree_json(child) for child in root.children],
    }


def _edges(root: TraceNode) -> Iterator[tuple[TraceNode, TraceNode]]:
    for child in root.children:
        yield root, child
        yield from _edges(child)


def mermaid(root: TraceNode, direction: Direction | str = Direction.DOWN) -> str:
    """A Mermaid flowchart; arrows run from the citing to the cited document."""
    names: dict[str, str] = {}
    lines = ["flowchart TD"]

    def name(found: Found) -> str:
        if found.iri not in names:
            names[found.iri] = f"d{len(names)}"
            label = (
                found.label
                if found.label == found.number
                else "<br/>".join(filter(None, (found.label, found.number)))
            )
            lines.append(f'  {names[found.iri]}["{_mermaid_text(label)}"]')
        return names[found.iri]

    name(root.document)
    for above, below in _edges(root):
        a, b = name(above.document), name(below.document)
        kinds = "、".join(LABELS[f] for f in below.functions)
        tail, head = (b, a) if Direction(direction) is Direction.DOWN else (a, b)
        lines.append(f'  {tail} -- "{kinds}" --> {head}')
    return "\n".join(lines) + "\n"


def _mermaid_text(label: str) -> str:
    return label.replace('"', "#quot;")


def to_digraph(root: TraceNode, direction: Direction | str = Direction.DOWN) -> nx.DiGraph:
    """The tree as a graph; edges run from the citing to the cited document."""
    graph = nx.DiGraph()
    _node(graph, root.document)
    for above, below in _edges(root):
        _node(graph, below.document)
        pair = (above.document.iri, below.document.iri)
        citing, cited = pair[::-1] if Direction(direction) is Direction.DOWN else pair
        graph.add_edge(citing, cited, types=" ".join(below.functions), places=len(below.quotes))
    return graph


def _node(graph: nx.DiGraph, found: Found) -> None:
    graph.add_node(
        found.iri,
        label=found.label,
        number=found.number or "",
        date=found.date or "",
        ghost=found.ghost,
    )


def graphml(root: TraceNode, direction: Direction | str = Direction.DOWN) -> str:
    """The tree as GraphML."""
    return NO_XML.sub("\ufffd", "\n".join(nx.generate_graphml(to_digraph(root, direction)))) + "\n"
