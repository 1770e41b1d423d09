"""Names that fill a line, as in the cells of tables: nothing but the line says where they begin."""

from __future__ import annotations

from kg.recognize.bodies import left
from kg.recognize.bodies.names import Head, Hit

_KINDS = frozenset({"dept", "inner"})
_LONGEST = 10
_LONGEST_CUT = 2


def whole_line(text: str, head: Head, hit: Hit | None) -> Hit | None:
    """What a reader found, or the whole line where that is a name (下岸水库管理局).

    Args:
        text: the clean text.
        head: the head of the name.
        hit: what the reader of its kind made of it.
    """
    if (
        head.kind not in _KINDS
        or head.end - head.start < 2
        or text[head.end : head.end + 1] not in ("\n", "")
    ):
        return hit
    start = left.floor_of(text, head.start)
    first, most = (head.start, _LONGEST) if hit is None else (hit.start, _LONGEST_CUT)
    if not 1 <= first - start <= most or text[start - 1 : start] not in ("\n", ""):
        return hit
    alone = left.edge_before(text, head.start, start) == start and not left.is_class(text, start, head.end)
    return head.bare(start, "cell") if alone and head.start - start >= 2 else hit
