"""Where nodes stand: by level of government and year, or by who is linked to whom; always the same."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.render.model import LEVELS, GraphView, ViewNode

Point = tuple[int, int]
_BANDS = (*LEVELS, "unknown", "measure")
_OVERLAP_ROUNDS = 40
_SPRING_ROUNDS = 80
_WIDEST = 1.3
_DEPTHS = (0.5, 0.8, 1.2, 1.8, 2.7, 4.0, 6.0)
"""Rows to columns of a cell; the first that makes the picture no more than 1.3 times as wide as high."""


@dataclass(frozen=True, slots=True)
class Stripe:
    """A band of a level or a column of a year, from one coordinate to another."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layers:
    """Places by level and year, in order of the view's nodes.

    Attributes:
        places: x to the right with the years, y down with the levels.
        bands: one for each level that occurs, highest first.
        columns: one for each year that occurs, and ``institution`` before and ``unknown`` behind them.
    """

    places: tuple[Point, ...]
    bands: tuple[Stripe, ...]
    columns: tuple[Stripe, ...]


def layers(view: GraphView) -> Layers:
    """Levels from top to bottom, years from left to right; nodes of one cell in a grid by rank."""
    cells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, node in enumerate(view.nodes):
        cells[_band(node), _column(node)].append(i)
    step_x, step_y = _steps(len(view.nodes))
    names = {column for _, column in cells}
    columns = [c for c in ("institution", *sorted(n for n in names if n.isdigit()), "unknown") if c in names]
    bands = [b for b in _BANDS if any(band == b for band, _ in cells)]
    for depth in _DEPTHS:
        rows = {b: _rows(depth, max(len(cells.get((b, c), ())) for c in columns)) for b in bands}
        width = {c: max(math.ceil(len(cells.get((b, c), ())) / rows[b]) for b in bands) for c in columns}
        band_stripes = _stripes(bands, {b: rows[b] * step_y + step_y // 2 for b in bands})
        column_stripes = _stripes(columns, {c: width[c] * step_x + step_x // 2 for c in columns})
        if not bands or column_stripes[-1].end <= _WIDEST * band_stripes[-1].end:
            break
    top = {s.name: s.start for s in band_stripes}
    left = {s.name: s.start for s in column_stripes}
    places: list[Point] = [(0, 0)] * len(view.nodes)
    for (band, column), members in cells.items():
        used = math.ceil(len(members) / rows[band])
        for n, i in enumerate(members):
            row, col = divmod(n, used)
            x = left[column] + step_x // 2 + col * step_x + (row % 2) * step_x // 2
            places[i] = (x, top[band] + step_y * 3 // 4 + row * step_y)
    return Layers(tuple(places), band_stripes, column_stripes)


def _band(node: ViewNode) -> str:
    if node.kind == "measure":
        return "measure"
    return node.level if node.level in LEVELS else "unknown"


def _column(node: ViewNode) -> str:
    if node.kind == "institution":
        return "institution"
    return str(node.year) if node.year is not None else "unknown"


def _steps(count: int) -> Point:
    if count <= 60:
        return 150, 84
    return (96, 60) if count <= 300 else (64, 46)


def _rows(depth: float, most: int) -> int:
    return max(1, math.ceil(math.sqrt(most * depth)))


def _stripes(names: Sequence[str], extent: dict[str, int]) -> tuple[Stripe, ...]:
    stripes, at = [], 0
    for name in names:
        stripes.append(Stripe(name, at, at + extent[name]))
        at += extent[name]
    return tuple(stripes)


def network(view: GraphView, radii: Sequence[float]) -> tuple[Point, ...]:
    """Linked nodes near one another, each connected group for itself, the groups packed in rows.

    Args:
        view: the graph.
        radii: of the nodes as drawn, in order of the view's nodes; no two nodes overlap.
    """
    index = {node.id: i for i, node in enumerate(view.nodes)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(view.nodes)))
    graph.add_edges_from(sorted((index[e.source], index[e.target]) for e in view.edges))
    groups = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c))
    boxes = [_apart(_spring(graph, group), radii) for group in groups]
    return _pack(boxes, len(view.nodes))


def _spring(graph: nx.Graph, group: list[int]) -> dict[int, tuple[float, float]]:
    """Force-directed places (Fruchterman and Reingold 1991) from a spiral by rank, without chance."""
    count = len(group)
    number = {i: n for n, i in enumerate(group)}
    ends = np.array(sorted((number[a], number[b]) for a, b in graph.edges(group) if a != b), dtype=np.intp)
    turn = np.arange(count) * math.pi * (3 - math.sqrt(5))
    at = np.sqrt(np.arange(count) + 0.5)[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    ideal, reach = 1.6, 0.35 * math.sqrt(count)
    for heat in np.linspace(reach, 0.02, _SPRING_ROUNDS) if len(ends) else ():
        right, down = (column[None, :] - column[:, None] for column in at.T)
        push = ideal**2 / np.maximum(right * right + down * down, 1e-4)
        move = np.stack([(right * push).sum(axis=0), (down * push).sum(axis=0)], axis=1)
        pull = at[ends[:, 0]] - at[ends[:, 1]]
        drawn = pull * (np.hypot(pull[:, 0], pull[:, 1]) / ideal)[:, None]
        np.subtract.at(move, ends[:, 0], drawn)
        np.add.at(move, ends[:, 1], drawn)
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        at = at + move * (np.minimum(length, heat) / length)[:, None]
    scale = _spread(count)
    return {i: (float(x) * scale, float(y) * scale) for i, (x, y) in zip(group, at, strict=True)}


def _spread(count: int) -> int:
    if count <= 60:
        return 60
    return 48 if count <= 300 else 38


def _apart(places: dict[int, tuple[float, float]], radii: Sequence[float]) -> dict[int, tuple[float, float]]:
    """Push overlapping nodes apart; neighbours are found by a grid."""
    at = {i: [x, y] for i, (x, y) in places.items()}
    size = 2 * max(radii[i] for i in at) + 12
    for _ in range(_OVERLAP_ROUNDS):
        grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        for i, (x, y) in at.items():
            grid[int(x // size), int(y // size)].append(i)
        moved = False
        for i, here in at.items():
            cx, cy = int(here[0] // size), int(here[1] // size)
            for j in (j for dx in (-1, 0, 1) for dy in (-1, 0, 1) for j in grid.get((cx + dx, cy + dy), ())):
                moved |= i < j and _push(here, at[j], radii[i] + radii[j] + 12, i)
        if not moved:
            break
    return {i: (x, y) for i, (x, y) in at.items()}


def _push(a: list[float], b: list[float], least: float, turn: int) -> bool:
    dx, dy = b[0] - a[0], b[1] - a[1]
    gap = math.hypot(dx, dy)
    if gap >= least:
        return False
    if gap < 1e-6:
        dx, dy, gap = math.cos(turn), math.sin(turn), 1.0
        by = least / 2
    else:
        by = (least - gap) / 2
    for axis, way in ((0, dx), (1, dy)):
        a[axis] -= way / gap * by
        b[axis] += way / gap * by
    return True


def _pack(boxes: list[dict[int, tuple[float, float]]], count: int) -> tuple[Point, ...]:
    """Groups side by side in rows, about as wide as one and a half times their height."""
    margin = 90.0
    spans = []
    for box in boxes:
        xs, ys = [x for x, _ in box.values()], [y for _, y in box.values()]
        spans.append((min(xs), min(ys), max(xs) - min(xs) + margin, max(ys) - min(ys) + margin))
    square = math.sqrt(sum(w * h for *_, w, h in spans))
    widest = max([1.25 * square, *(w for *_, w, _ in spans)])
    places: list[Point] = [(0, 0)] * count
    x = y = row = 0.0
    for box, (left, top, w, h) in zip(boxes, spans, strict=True):
        if x and x + w > widest:
            x, y, row = 0.0, y + row, 0.0
        for i, (px, py) in box.items():
            places[i] = (round(px - left + x), round(py - top + y))
        x, row = x + w, max(row, h)
    return tuple(places)
