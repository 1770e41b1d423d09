"""Lines that are no text of the document: page numbers, frames of web pages."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_PAGE = re.compile(
    r"\n *(?:[-—–－─‐·]{1,3} *\d{1,4} *[-—–－─‐·]{1,3}|第 *\d{1,4} *页(?:[ ，,/]*共 *\d{1,4} *页)?"
    r"|共 *\d{1,4} *页[ ，,/]*第 *\d{1,4} *页) *(?=\n|\Z)"
)
_FRAME = 800
"""Characters at each end of a text in which lines of a web page's frame are looked for."""


def blank(text: str) -> str:
    """The text with spaces in place of page numbers (``— 3 —``) and frame lines; the length stays the same.

    Args:
        text: the folded text (:func:`kg.clean.width.fold`).
    """
    head, tail = _frame_lines()
    text = _PAGE.sub(_emptied, "\n" + text)
    cut = text.find("\n", _FRAME)
    if cut < 0:
        return tail.sub(_emptied, head.sub(_emptied, text))[1:]
    end = max(cut, text.rfind("\n", 0, max(0, len(text) - _FRAME)))
    return (head.sub(_emptied, text[:cut]) + text[cut:end] + tail.sub(_emptied, text[end:]))[1:]


def _emptied(line: re.Match[str]) -> str:
    """The line break before a line, and spaces for the line."""
    return "\n" + " " * (len(line[0]) - 1)


@cache
def _frame_lines() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lines: dict[str, list[str]] = {"head": [], "tail": []}
    table = (files("kg.data") / "clean" / "frame_lines.tsv").read_text(encoding="utf-8")
    for row in table.splitlines():
        if row and not row.startswith("#"):
            where, line = row.split("\t")
            lines[where].append(re.escape(line))
    head, tail = (re.compile(rf"\n *(?:{'|'.join(lines[where])}) *(?=\n|\Z)") for where in ("head", "tail"))
    return head, tail
