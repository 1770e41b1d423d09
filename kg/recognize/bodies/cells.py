"""Names that fill a line, as in the cells of tables, or a bracket behind a ministry: 商务部（合作司）."""

from __future__ import annotations

import re

from kg.recognize.bodies import left
from kg.recognize.bodies.lexicon import KNOWN
from kg.recognize.bodies.names import Head, Hit

_MINISTRY = re.compile(r"(?:部|委|总署|总局|委员会)\Z")
_OWN_MINISTRY = re.compile(r"[向报送至我]部\Z")
_INNER = re.compile(r"[\u4e00-\u9fff]{2,14}\Z")
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


def in_brackets(text: str, head: Head, hit: Hit | None, before: Hit | None) -> Hit | None:
    """What a reader found, or all that stands in brackets behind a ministry (工业和信息化部（科技司）).

    Args:
        text: the clean text.
        head: the head of the name.
        hit: what the reader of its kind made of it.
        before: the last name found.
    """
    opened = head.floor - 1
    if head.kind not in _KINDS or text[head.end : head.end + 1] != "）" or text[opened : head.floor] != "（":
        return hit
    ministry = before is not None and before.end == opened and before.kind == KNOWN
    named = ministry and _MINISTRY.search(text, opened - 3, opened)
    own = _OWN_MINISTRY.search(text, max(0, opened - 2), opened)
    whole = (named or own) and _INNER.match(text, head.floor, head.end)
    return head.bare(head.floor, "inner-bracketed", "inner") if whole else hit
