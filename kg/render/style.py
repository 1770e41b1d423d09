"""Marks and lines: shape with colour, in colours that colour-blind people tell apart (Okabe and Ito)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Mark:
    """How a kind of node is drawn."""

    shape: str
    background: str
    border: str
    dashes: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """How a type of edge is drawn; ``dashes`` are lengths of strokes and gaps."""

    color: str
    dashes: tuple[int, ...] = ()


_BLUE, _GREEN, _RED, _GREY, _PURPLE = "#0b5fa5", "#00755e", "#c23b00", "#6b7683", "#8a3f86"

MARKS: Final = {
    "document": Mark("dot", "#0b5fa5", "#083f6e"),
    "cited": Mark("dot", "#ffffff", "#0b5fa5", dashes=True),
    "institution": Mark("square", "#e08a1e", "#a84300"),
    "measure": Mark("diamond", "#0a9b7d", "#00594a"),
}
LINES: Final = {
    "basedOn": Line(_BLUE),
    "implements": Line(_BLUE, (7, 4)),
    "issues": Line(_GREEN),
    "forwards": Line(_GREEN, (7, 4)),
    "drafts": Line(_GREEN, (2, 4)),
    "amends": Line(_RED, (7, 4)),
    "repeals": Line(_RED),
    "studies": Line(_GREY, (2, 4)),
    "mentions": Line(_GREY),
    "": Line(_PURPLE),
}
"""By citation function, the weightiest first; the last line is for all other relations."""


def radius(size: float) -> float:
    """Radius in pixels at scale 1; the area grows with what it stands for, up to a limit."""
    return round(min(34.0, 6.0 + 2.6 * math.sqrt(max(size, 0.0))), 1)
