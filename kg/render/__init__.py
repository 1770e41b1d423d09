"""Pages for people: an interactive graph in one file that asks the network for nothing.

``graph_view(store)`` or ``make_view(nodes, edges)`` ranks and cuts, ``view_page(view, lang)`` gives the HTML;
``read_page(text, extraction)`` is the page of one source.
"""

from kg.render.embed import Lang
from kg.render.graphview import any_entity, graph_view
from kg.render.model import KINDS, LEVELS, GraphView, Quote, ViewEdge, ViewNode, make_view
from kg.render.page import view_page
from kg.render.reader import read_page

__all__ = [
    "KINDS",
    "LEVELS",
    "GraphView",
    "Lang",
    "Quote",
    "ViewEdge",
    "ViewNode",
    "any_entity",
    "graph_view",
    "make_view",
    "read_page",
    "view_page",
]
