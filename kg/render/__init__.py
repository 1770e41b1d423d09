"""Pages for people: an interactive graph in one file that asks the network for nothing.

``make_view(nodes, edges)`` ranks and cuts, ``view_page(view, lang)`` gives the HTML.
"""

from kg.render.model import KINDS, LEVELS, GraphView, Quote, ViewEdge, ViewNode, make_view
from kg.render.page import Lang, view_page

__all__ = ["KINDS", "LEVELS", "GraphView", "Lang", "Quote", "ViewEdge", "ViewNode", "make_view", "view_page"]
