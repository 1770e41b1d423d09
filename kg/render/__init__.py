"""Pages for people: an interactive graph in one file that asks the network for nothing.

``graph_view(store)`` or ``make_view(nodes, edges)`` ranks and cuts, ``view_page(view, lang)`` gives the HTML;
``dossier_page(graph_view(store, around))`` is all about one entity, ``read_page(text, extraction)`` one source.
"""

from kg.render.embed import Lang
from kg.render.graphview import any_entity, graph_view, trace_view
from kg.render.model import KINDS, LEVELS, GraphView, Quote, ViewEdge, ViewNode, make_view
from kg.render.page import dossier_page, view_page
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
    "dossier_page",
    "graph_view",
    "make_view",
    "read_page",
    "trace_view",
    "view_page",
]
