"""An HTML element as lines of text: a line a paragraph, a row of cells parted by tabs."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from kg.read.lines import Line

_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer"
    "|form|h[1-6r]|header|html|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ucapcontent|ul"
)
_SKIPPED = re.compile(
    "script|style|noscript|template|nav|select|option|button|input|textarea|iframe|svg|canvas|object|embed|head"
    "|title|audio|video|map"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption"})
_BLANK = re.compile(r"[ \t\r\n\f]+")
_EDGE = " \t\u3000\xa0\u200b\ufeff"
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_MAX_CELL = 400
_MAX_ROW_DEPTH = 12


def lines_of(root: LexborNode) -> list[Line]:
    """The lines of an element, in order, without scripts, forms and hidden parts.

    Works without recursion, so that no depth of nesting can overflow the stack.
    """
    return _Walk().run(root)


class _Walk:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.buffer: list[str] = []
        self.kind = "paragraph"
        self.path = ""
        self.counts: dict[str, int] = {}

    def run(self, root: LexborNode) -> list[Line]:
        stack: list[tuple[LexborNode, bool, int, bool]] = [(root, False, 0, False)]
        while stack:
            node, leaving, rows, verbatim = stack.pop()
            tag = node.tag or ""
            if leaving:
                self.flush()
                continue
            if tag == "-text":
                self.words(node.text_content or "", verbatim)
                continue
            if tag == "br":
                self.flush()
                continue
            if tag.startswith("-") or _SKIPPED.fullmatch(tag) or _hidden(node):
                continue
            if _BLOCK.fullmatch(tag):
                self.enter(tag)
                if tag == "tr" and rows < _MAX_ROW_DEPTH and self.row(node):
                    continue
                stack.append((node, True, rows, verbatim))
            children = list(node.iter(include_text=True))
            depth = rows + (tag == "tr")
            verbatim = verbatim or tag == "pre"
            stack.extend((child, False, depth, verbatim) for child in reversed(children))
        self.flush()
        return self.lines

    def words(self, text: str, verbatim: bool) -> None:
        for i, line in enumerate(text.split("\n") if verbatim else [text]):
            if i:
                self.flush()
            self.buffer.append(_BLANK.sub(" ", line))

    def enter(self, tag: str) -> None:
        self.flush()
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.path = f"{tag}[{self.counts[tag]}]"
        self.kind = "heading" if tag in _HEADINGS else "paragraph"

    def row(self, node: LexborNode) -> bool:
        """Take a row of short cells as one line; a row that only lays out the page is walked into."""
        cells = []
        for cell in node.iter():
            if cell.tag in {"td", "th"}:
                if cell.css_first("table") is not None:
                    return False
                text = cell_text(cell)
                if len(text) > _MAX_CELL:
                    return False
                cells.append(text)
        if sum(map(bool, cells)) < 2:
            return False
        self.lines.append(Line("\t".join(cells), "cell", self.path))
        return True

    def flush(self) -> None:
        text = _BLANK.sub(" ", "".join(self.buffer)).strip(_EDGE)
        if text:
            self.lines.append(Line(text, self.kind, self.path))
        self.buffer.clear()


def cell_text(node: LexborNode) -> str:
    """The text of a cell on one line."""
    text = _BLANK.sub(" ", node.text(deep=True)).strip(_EDGE)
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)


def _hidden(node: LexborNode) -> bool:
    style = node.attributes.get("style")
    return bool(style) and _HIDDEN.search(style or "") is not None
