"""Lines that readers of flowing formats give, and the text and blocks made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.documents import Block


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading, note or row of cells parted by tabs, and the element it stands in."""

    text: str
    kind: str
    path: str


def assemble(lines: Sequence[Line]) -> tuple[str, tuple[Block, ...]]:
    """The source text, one line each, and its blocks."""
    blocks = []
    at = 0
    for line in lines:
        blocks.append(Block(at, at + len(line.text), line.kind, path=line.path))
        at += len(line.text) + 1
    return "\n".join(line.text for line in lines), tuple(blocks)
