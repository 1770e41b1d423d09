"""Ruled tables of PDF pages, row by row, by pdfplumber; asked only for pages that have rules drawn on them."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.read.limits import Budget
from kg.read.paper import Box, Page, PrintedLine

MIN_RULES = 2
"""Upright rules or boxes below which a page has no table."""
_MAX_PAGES = 150
_MAX_SECONDS = 40.0
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, OSError, AssertionError, ArithmeticError)
_BREAK = re.compile(r"\s*\n\s*")
_LATIN = re.compile(r"(?<=[\x21-\x7e])\x00(?=[\x21-\x7e])")


def with_tables(data: bytes, pages: Sequence[Page], ruled: Sequence[int]) -> tuple[list[Page], bool]:
    """The pages with the lines of each table replaced by its rows; whether all tables were looked for.

    Args:
        data: the PDF.
        pages: its pages.
        ruled: numbers of the pages that have rules drawn on them.
    """
    wanted = list(ruled[:_MAX_PAGES])
    if not wanted:
        return list(pages), True
    tables = dict(_tables(data, wanted))
    done = [_replaced(page, tables.get(page.number, ())) for page in pages]
    return done, len(tables) == len(ruled)


def _tables(data: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, list[list[PrintedLine]]]]:
    """For each page that could be looked at, the rows of its tables."""
    import pdfplumber  # noqa: PLC0415
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
    from pdfminer.psexceptions import PSException  # noqa: PLC0415

    budget = Budget(_MAX_SECONDS)
    broken: tuple[type[Exception], ...] = (PDFException, PSException, zlib.error, *_BROKEN)
    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(numbers)) as document:
            for page in document.pages:
                if budget.spent():
                    return
                found = [_rows(t) for t in page.find_tables()] if not page.rotation else []
                yield page.page_number, [rows for rows in found if rows]
                page.close()
    except broken:
        return


def _rows(table: Any) -> list[PrintedLine]:
    """The rows of a table that has at least two rows and two columns."""
    if len(table.rows) < 2 or max(len(row.cells) for row in table.rows) < 2:
        return []
    lines = []
    for row, cells in zip(table.rows, table.extract(), strict=True):
        texts = [_cell(text) for text in cells if text is not None]
        if any(texts):
            left, top, right, bottom = map(float, row.bbox)
            lines.append(PrintedLine("\t".join(texts), (left, top, right, bottom), "cell"))
    return lines


def _cell(text: str) -> str:
    """A cell on one line; a space stays only between Latin words."""
    return _LATIN.sub(" ", _BREAK.sub("\x00", text.strip())).replace("\x00", "")


def _replaced(page: Page, tables: Sequence[Sequence[PrintedLine]]) -> Page:
    """Put the rows of each table where its first line stood."""
    lines: list[PrintedLine] = []
    placed: set[int] = set()
    boxes: Mapping[int, Box] = {i: _hull(rows) for i, rows in enumerate(tables)}
    for line in page.lines:
        i = next((i for i, box in boxes.items() if line.box and _inside(line.box, box)), None)
        if i is None:
            lines.append(line)
        elif i not in placed:
            placed.add(i)
            lines.extend(tables[i])
    return replace(page, lines=tuple(lines)) if placed else page


def _hull(rows: Sequence[PrintedLine]) -> Box:
    boxes = [row.box for row in rows if row.box is not None]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _inside(box: Box, table: Box) -> bool:
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return table[0] - 2 <= middle[0] <= table[2] + 2 and table[1] <= middle[1] <= table[3]
