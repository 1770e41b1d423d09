"""PDF: the text layer by pdfium, lines rejoined, page furniture gone; a scan is said to be one."""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.model.documents import SourceDoc
from kg.model.errors import ReadError
from kg.model.issues import Issue, Stage
from kg.read.limits import MAX_PAGES, MAX_TEXT, Budget
from kg.read.paper import Page, PrintedLine, paragraphs
from kg.read.pdf_tables import MIN_RULES, with_tables
from kg.read.text import mojibake

_MARK = b"%PDF-"
_BREAK = re.compile(r"\r\n|\r|\n")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_MAX_OBJECTS = 20_000
_MIN_RULE = 8.0
_MAX_EDGE = 1e6
_MIN_CHARS = 8
"""Characters below which a page counts as one without text."""


class PdfReader:
    """Reads the text layer of PDF files."""

    name = "pdf"

    def accepts(self, head: bytes, path: Path) -> bool:
        """``%PDF-`` in the first 1,024 bytes; else the name."""
        return _MARK in head[:1024] or path.suffix.lower() == ".pdf"

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """One document a file; each block knows its page and box."""
        if _MARK not in data[:1024]:
            raise ReadError("malformed", "不是 PDF 文件")
        pages, ruled = _pages(data)
        bare = [page.number for page in pages if page.size < _MIN_CHARS]
        if len(bare) == len(pages):
            raise ReadError("scan-without-text", "PDF 没有文字层，疑为扫描件，需要先做文字识别（OCR）")
        pages, complete = with_tables(data, pages, ruled)
        text, blocks = paragraphs(pages)
        if len(_UNREADABLE.findall(text)) * 10 > len(text):
            raise ReadError(
                "unreadable-fonts", "PDF 的字体没有文字编码，无法取出文字，需要先做文字识别（OCR）"
            )
        issues = list(mojibake(text))
        if bare:
            message = f"第 {_numbers(bare)} 页没有文字，可能是扫描的图"
            issues.append(Issue(Stage.READ, "page-without-text", message))
        if not complete:
            message = "PDF 的表格过多或损坏，一部分表格按行读出"
            issues.append(Issue(Stage.READ, "tables-as-lines", message))
        sha256 = hashlib.sha256(data).hexdigest()
        yield SourceDoc(source, sha256, "application/pdf", text, blocks, issues=tuple(issues))


def _numbers(pages: list[int]) -> str:
    return "、".join(map(str, pages[:10])) + (" 等" if len(pages) > 10 else "")


def _pages(data: bytes) -> tuple[list[Page], list[int]]:
    """All pages, and the numbers of those that have rules drawn on them."""
    import pypdfium2 as pdfium  # noqa: PLC0415

    budget = Budget()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ReadError("encrypted", "PDF 有密码") from error
        raise ReadError("malformed", f"PDF 已损坏：{error}") from error
    try:
        if not 0 < len(document) <= MAX_PAGES:
            raise ReadError("malformed" if not len(document) else "too-large", f"PDF 有 {len(document)} 页")
        pages: list[Page] = []
        ruled: list[int] = []
        size = 0
        for number in range(1, len(document) + 1):
            budget.check()
            page, rules = _page(document, number)
            pages.append(page)
            if rules >= MIN_RULES:
                ruled.append(number)
            size += pages[-1].size
            if size > MAX_TEXT:
                raise ReadError("too-large", f"PDF 的文字超过 {MAX_TEXT} 字")
        return pages, ruled
    except pdfium.PdfiumError as error:
        raise ReadError("malformed", f"PDF 已损坏：{error}") from error
    finally:
        document.close()


def _page(document: Any, number: int) -> tuple[Page, int]:
    """The printed lines of one page and how many rules it draws; one that pdfium cannot load has none."""
    import pypdfium2 as pdfium  # noqa: PLC0415

    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Page(number, 0.0, 0.0, ()), 0
    try:
        width, height = page.get_size()
        view = page.get_textpage()
        try:
            text = view.get_text_range()
            exact = view.count_chars() == len(text)
            turn = page.get_rotation()
            box = _Boxes(view.raw, turn, width, height) if exact else None
            return Page(number, width, height, tuple(_lines(text, box))), _rules(page.raw)
        finally:
            view.close()
    finally:
        page.close()


def _rules(page: Any) -> int:
    """Upright rules and boxes of a page (a table has some, underlined words have none), counted up to enough."""
    from pypdfium2 import raw  # noqa: PLC0415

    found = 0
    edges = [ctypes.c_float() for _ in range(4)]
    for i in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        drawn = raw.FPDFPage_GetObject(page, i)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if raw.FPDFPageObj_GetBounds(drawn, *edges) and edges[3].value - edges[1].value > _MIN_RULE:
            found += 1
            if found >= MIN_RULES:
                break
    return found


def _lines(text: str, boxes: _Boxes | None) -> Iterator[PrintedLine]:
    at = 0
    for gap in (*_BREAK.finditer(text), None):
        end = gap.start() if gap else len(text)
        line = text[at:end]
        words = line.strip()
        if words:
            first = at + line.index(words[0])
            last = first + len(words) - 1
            yield PrintedLine(words, boxes.of(first, last) if boxes else None)
        at = gap.end() if gap else end


class _Boxes:
    """Boxes of characters in points from the top left of the page as it is shown."""

    def __init__(self, view: Any, turn: int, width: float, height: float) -> None:
        self._view = view
        self._turn = turn
        self._width = width
        self._height = height

    def of(self, first: int, last: int) -> tuple[float, float, float, float] | None:
        """Left, top, right, bottom of the characters ``first`` to ``last`` of one line."""
        a, b = self._char(first), self._char(last)
        if a is None or b is None:
            return None
        return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])

    def _char(self, index: int) -> tuple[float, float, float, float] | None:
        from pypdfium2 import raw  # noqa: PLC0415

        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if not raw.FPDFText_GetCharBox(self._view, index, left, right, bottom, top):
            return None
        l, r, b, t = left.value, right.value, bottom.value, top.value  # noqa: E741
        if not all(abs(edge) < _MAX_EDGE for edge in (l, r, b, t)):
            return None
        w, h = self._width, self._height
        if self._turn == 90:
            return b, l, t, r
        if self._turn == 180:
            return w - r, b, w - l, t
        if self._turn == 270:
            return w - t, h - r, w - b, h - l
        return l, h - t, r, h - b
