"""The body of a Word file as lines (ECMA-376 part 1, 17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kg.model.errors import ReadError
from kg.read.docx_numbering import Numbering
from kg.read.lines import Line

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = frozenset(
    _W + name
    for name in (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "pPr",
        "rPr",
        "tblPr",
        "trPr",
        "tcPr",
        "sectPr",
        "rt",
    )
) | {_MC + "Fallback"}
_WORDS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": " "}
_MAX_CELL = 400
_MAX_DEPTH = 16
_MAX_NODES = 3_000_000

Element = Any


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file that hold text.

    Attributes:
        body: the element ``w:body``.
        chunks: altChunk parts by relationship id: name and bytes.
        notes: footnotes and endnotes, their elements by kind and id.
        numbering: automatic numbers.
        headings: ids of the styles that are headings.
    """

    body: Element
    chunks: Mapping[str, tuple[str, bytes]]
    notes: Mapping[tuple[str, str], Element]
    numbering: Numbering
    headings: frozenset[str]

    @classmethod
    def of(cls, part: Any) -> Package:
        """The parts of python-docx' main document part."""
        from docx.oxml import parse_xml  # noqa: PLC0415

        chunks: dict[str, tuple[str, bytes]] = {}
        notes: dict[tuple[str, str], Element] = {}
        numbering = styles = None
        for key, rel in part.rels.items():
            kind = rel.reltype.rsplit("/", 1)[-1]
            if rel.is_external:
                continue
            target = rel.target_part
            if kind == "aFChunk":
                chunks[key] = (str(target.partname), target.blob)
            elif kind in {"footnotes", "endnotes"}:
                for note in parse_xml(target.blob):
                    notes[kind, note.get(_W + "id") or ""] = note
            elif kind == "numbering":
                numbering = parse_xml(target.blob)
            elif kind == "styles":
                styles = parse_xml(target.blob)
        body = part.element.find(_W + "body")
        if body is None:
            raise ReadError("empty", "Word 文件没有正文")
        return cls(body, chunks, notes, Numbering(numbering, styles), _headings(styles))


def _headings(styles: Element | None) -> frozenset[str]:
    found = set()
    for style in styles.iter(_W + "style") if styles is not None else ():
        name = style.find(_W + "name")
        value = (name.get(_W + "val") or "").lower() if name is not None else ""
        if value.startswith(("heading", "title", "标题")):
            found.add(style.get(_W + "styleId") or "")
    return frozenset(found)


class Body:
    """Walks a body once; notes follow the paragraph that refers to them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._paragraphs = 0
        self._tables = 0
        self._nodes = 0

    def lines(self) -> list[Line]:
        """All lines, in order."""
        return [line for line in self._blocks(self._package.body, 0) if line.text]

    def _blocks(self, parent: Element, depth: int) -> Iterator[Line]:
        if depth > _MAX_DEPTH:
            raise ReadError("nested-too-deep", "Word 文件嵌套过深")
        for child in parent:
            tag = child.tag
            if tag == _W + "p":
                yield from self._paragraph(child, depth)
            elif tag == _W + "tbl":
                yield from self._table(child, depth)
            elif tag == _W + "altChunk":
                yield from self._chunk(child.get(_R + "id") or "")
            elif isinstance(tag, str) and tag not in _DROPPED:
                yield from self._blocks(child, depth + 1)

    def _paragraph(self, node: Element, depth: int) -> Iterator[Line]:
        self._paragraphs += 1
        path = f"p[{self._paragraphs}]"
        style = node.find(f"{_W}pPr/{_W}pStyle")
        heading = style is not None and style.get(_W + "val") in self._package.headings
        boxes: list[Element] = []
        notes: list[Element] = []
        text = self._text(node, boxes, notes)
        if text.strip():
            text = self._package.numbering.label(node) + text
        for part in text.split("\n"):
            yield Line(part.strip(" \t\u3000\xa0"), "heading" if heading else "paragraph", path)
        for box in boxes:
            yield from self._blocks(box, depth + 1)
        for note in notes:
            for line in self._blocks(note, depth + 1):
                yield Line(line.text, "note", path)

    def _text(self, node: Element, boxes: list[Element], notes: list[Element]) -> str:
        """The words of a paragraph; text boxes and notes in it are collected, not read."""
        pieces: list[str] = []
        stack = [node]
        while stack:
            item = stack.pop()
            self._nodes += 1
            if self._nodes > _MAX_NODES:
                raise ReadError("too-large", "Word 文件的元素过多")
            tag = item.tag
            if tag == _W + "t":
                pieces.append(item.text or "")
            elif tag in _WORDS:
                pieces.append(_WORDS[tag])
            elif tag == _W + "txbxContent":
                boxes.append(item)
            elif tag in {_W + "footnoteReference", _W + "endnoteReference"}:
                kind = "footnotes" if "footnote" in tag else "endnotes"
                note = self._package.notes.get((kind, item.get(_W + "id") or ""))
                if note is not None:
                    notes.append(note)
            elif isinstance(tag, str) and tag not in _DROPPED:
                stack.extend(reversed(item))
        return "".join(pieces)

    def _table(self, node: Element, depth: int) -> Iterator[Line]:
        self._tables += 1
        table = f"tbl[{self._tables}]"
        rows = [row for row in node.iter(_W + "tr") if _owner(row) is node]
        for i, row in enumerate(rows, 1):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells = [list(self._blocks(cell, depth + 1)) for cell in row.iterchildren(_W + "tc")]
            texts = ["".join(line.text for line in cell) for cell in cells]
            if sum(map(bool, texts)) > 1 and max(map(len, texts)) <= _MAX_CELL:
                yield Line("\t".join(texts), "cell", f"{table}/tr[{i}]")
            else:
                for cell in cells:
                    yield from cell

    def _chunk(self, key: str) -> Iterator[Line]:
        from kg.read.html import page  # noqa: PLC0415
        from kg.read.mhtml import MhtmlReader, html_part  # noqa: PLC0415
        from kg.read.text import decode, decode_labelled  # noqa: PLC0415

        name, data = self._package.chunks.get(key, ("", b""))
        path = PurePosixPath(name)
        if MhtmlReader().accepts(data[:4096], Path(path)):
            doc = page(html_part(data), key, "", whole=True)
        elif path.suffix.lower() in {".htm", ".html", ".xhtml"}:
            doc = page(decode_labelled(data), key, "", whole=True)
        elif path.suffix.lower() == ".txt":
            yield from (Line(line.strip(), "paragraph", "altChunk") for line in decode(data).splitlines())
            return
        else:
            raise ReadError("unsupported", f"Word 文件嵌入的 {path.suffix or '部分'} 无法读取")
        for block in doc.blocks:
            yield Line(doc.text[block.start : block.end], block.kind, f"altChunk/{block.path}")


def _owner(row: Element) -> Element:
    """The table that a row belongs to."""
    parent = row.getparent()
    while parent is not None and parent.tag != _W + "tbl":
        parent = parent.getparent()
    return parent
