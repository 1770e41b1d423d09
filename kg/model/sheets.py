"""Tables that people open, fill in and save in a spreadsheet: CSV that it reads, and that it writes back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.model.errors import WenmaiError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float


def guarded(cells: Iterable[Cell]) -> list[Cell]:
    """Cells of which no spreadsheet takes one for a formula: an apostrophe goes before what may start one."""
    return [f"'{c}" if isinstance(c, str) and c.startswith(_FORMULA) else c for c in cells]


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Iterable[Cell]]) -> None:
    """Write a table whole or not at all, with the byte-order mark by which Excel knows UTF-8."""
    partial = path.with_name(f"{path.name}.part")
    with partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(map(guarded, rows))
    partial.replace(path)


def read_sheet(path: Path, needed: Iterable[str]) -> list[Mapping[str, str]]:
    """The rows of a table as a spreadsheet saves it: UTF-8, or GB 18030 as Excel does in China.

    Args:
        path: the file.
        needed: columns that it must have; others may be missing and read as empty.

    Raises:
        WenmaiError: a column is missing, or the file is no text.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    table = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in needed if name not in (table.fieldnames or ())]
    if missing:
        raise WenmaiError(
            f"{path} 缺少列 {'、'.join(missing)}", f"{path} lacks the columns {', '.join(missing)}"
        )
    return [{k: _plain((v or "").strip()) for k, v in row.items() if isinstance(k, str)} for row in table]


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
