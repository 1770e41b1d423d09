"""The interactive page: one file, no request, nothing from a document runs in it."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyvis
from markupsafe import Markup
from pyvis.network import Network

from kg.render.embed import Lang, Shell, plain, safe_json, shell, strings, templates
from kg.render.layout import layers, network
from kg.render.model import LEVELS, GraphView, Quote, ViewEdge, ViewNode
from kg.render.style import LINES, MARKS, Line, radius

_LABEL, _LINE, _TEXT = 200, 80, 2000
_OPACITIES: Final = ((300, 0.6), (900, 0.4), (math.inf, 0.25))
"""Most lines, and how strong a citation is drawn; other relations are drawn weaker."""
_OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 150, "hideEdgesOnDrag": False, "multiselect": False},
    "nodes": {"borderWidth": 1.4},
    "edges": {
        "smooth": False,
        "hoverWidth": 0.6,
        "selectionWidth": 0,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
    },
}
Link = tuple[int, int, tuple[ViewEdge, ...]]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the template asks for beside what pyvis hands it."""

    view: GraphView
    links: tuple[Link, ...]
    lang: Lang
    places: dict[str, Any]
    shell: Shell

    @property
    def title(self) -> str:
        return plain(self.view.title, _LABEL) or "文脉"

    def json(self, nodes: list[dict[str, Any]], edges: list[dict[str, Any]], options: str) -> Markup:
        """All data of the page; ``nodes``, ``edges`` and ``options`` are pyvis' own."""
        index = {n.id: i for i, n in enumerate(self.view.nodes)}
        return safe_json(
            {
                "lang": self.lang,
                "title": self.title,
                "strings": strings(),
                "levels": LEVELS,
                "styles": {
                    "kinds": {k: asdict(m) for k, m in MARKS.items()},
                    "types": {k: asdict(x) | {"dashes": x.dashes or None} for k, x in LINES.items()},
                },
                "centre": index.get(self.view.centre or ""),
                "omitted": (self.view.omitted_nodes, self.view.omitted_edges),
                "nodes": nodes,
                "edges": edges,
                "options": json.loads(options),
                "details": [_details(n) for n in self.view.nodes],
                "links": [
                    {"from": a, "to": b, "parts": [_part(e) for e in parts]} for a, b, parts in self.links
                ],
                **self.places,
            }
        )


def view_page(view: GraphView, lang: Lang = "zh") -> str:
    """The page of a graph: legend, filters, search, a panel with facts and sentences, saving and printing.

    The same view gives the same bytes. Scripts are named by hash in the page's content security policy;
    what comes from documents stands in a JSON element and becomes text nodes only.

    Args:
        view: at most about 1,000 nodes (:func:`kg.render.make_view` cuts by rank).
        lang: language the page opens in; it can be switched on the page.
    """
    return _render(view, lang, "view", ("core.js", "graph.js", "panel.js", "controls.js", "picture.js"))


def dossier_page(view: GraphView, lang: Lang = "zh") -> str:
    """All about the centre of a view: its graph beside its text, in order of time, with quotes to copy.

    Args:
        view: what is around one entity (:func:`kg.render.graph_view` with ``around``).
        lang: language the page opens in; it can be switched on the page.

    Raises:
        ValueError: the view has no centre.
    """
    if view.centre is None:
        raise ValueError("a dossier needs a view with a centre")
    return _render(view, lang, "dossier", ("core.js", "graph.js", "dossier.js"))


def _render(view: GraphView, lang: Lang, name: str, scripts: tuple[str, ...]) -> str:
    """Let pyvis fill our template with its network."""
    links = _links(view)
    frame = shell(lang, scripts, ("base.css", f"{name}.css"), (_vis_network(),))
    sizes = [radius(n.size) for n in view.nodes]
    page = _Page(view, links, lang, _places(view, sizes), frame)
    drawing = _drawing(view, links, sizes, page.places)
    drawing.path = f"{name}.html"
    drawing.templateEnv = templates(drawing.path)
    drawing.templateEnv.globals.update(page=page, shell=frame)
    return str(drawing.generate_html()) + "\n"


def _drawing(view: GraphView, links: tuple[Link, ...], sizes: list[float], places: dict[str, Any]) -> Network:
    """The network of pyvis: numbers for ids, plain text for labels and titles."""
    drawing = Network(directed=True, cdn_resources="in_line")
    drawing.options = _OPTIONS
    at = places["layouts"][places["layout"]]["places"]
    for i, node in enumerate(view.nodes):
        mark = MARKS.get(node.kind, MARKS["document"])
        paint = {"background": mark.background, "border": mark.border}
        drawing.add_node(
            i,
            label=plain(node.label, _LINE) or "—",
            title=plain(f"{node.label}\n{node.sublabel}".strip(), _LABEL),
            shape=mark.shape,
            color={**paint, "highlight": paint, "hover": paint},
            shapeProperties={"borderDashes": [3, 2] if mark.dashes else False},
            size=sizes[i],
            x=at[i][0],
            y=at[i][1],
        )
    strong = next(opacity for most, opacity in _OPACITIES if len(links) <= most)
    for i, (source, target, parts) in enumerate(links):
        line = _line(parts)
        opacity = strong if any(e.type in LINES for e in parts) else round(strong * 0.6, 2)
        drawing.add_edge(
            source,
            target,
            id=i,
            width=1.2,
            color={"color": line.color, "highlight": line.color, "hover": line.color, "opacity": opacity},
            dashes=list(line.dashes) or False,
        )
    return drawing


def _line(parts: tuple[ViewEdge, ...]) -> Line:
    types = {e.type for e in parts}
    return next((line for name, line in LINES.items() if name in types), LINES[""])


def _links(view: GraphView) -> tuple[Link, ...]:
    """Edges of one pair of nodes drawn as one line."""
    index = {n.id: i for i, n in enumerate(view.nodes)}
    pairs: dict[tuple[int, int], list[ViewEdge]] = defaultdict(list)
    for edge in view.edges:
        pairs[index[edge.source], index[edge.target]].append(edge)
    return tuple((a, b, tuple(edges)) for (a, b), edges in sorted(pairs.items()))


def _places(view: GraphView, sizes: list[float]) -> dict[str, Any]:
    """Both layouts, and which one the page opens in: by level and year where most documents have both."""
    by_level = layers(view)
    documents = [n for n in view.nodes if n.kind in ("document", "cited")]
    placed = sum(n.year is not None and n.level is not None for n in documents)
    return {
        "layout": "layers" if placed * 2 > len(view.nodes) else "network",
        "layouts": {
            "layers": asdict(by_level),
            "network": {"places": network(view, sizes)},
        },
    }


def _details(node: ViewNode) -> dict[str, Any]:
    return {
        "label": plain(node.label, _LABEL),
        "sub": plain(node.sublabel, _LABEL),
        "kind": node.kind if node.kind in MARKS else "document",
        "year": node.year,
        "level": node.level if node.level in LEVELS else None,
        "size": round(node.size, 2) if node.size % 1 else int(node.size),
        "facts": [(plain(k, _LINE), plain(v, _TEXT)) for k, v in node.facts],
        "quotes": [_quote(q) for q in node.sentences],
        "url": node.url,
    }


def _part(edge: ViewEdge) -> dict[str, Any]:
    return {
        "type": plain(edge.type, _LINE),
        "date": plain(edge.date or "", _LINE),
        "quotes": [_quote(q) for q in edge.sentences],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": plain(quote.text, _TEXT),
        "source": plain(quote.source, _LABEL),
        "start": quote.start,
        "end": quote.end,
        "url": quote.url,
    }


@cache
def _vis_network() -> str:
    """The vis-network that pyvis carries, without the comment that makes browsers ask for a source map."""
    folder = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    code = (folder / "vis-network.min.js").read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S+", "", code)
