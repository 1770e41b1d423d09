"""Data files of the package: tab-separated tables with a comment head."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of ``kg/data/<name>``; empty lines and lines that begin with ``#`` are left out.

    Args:
        name: path under ``kg/data`` with ``/``, such as ``documents/nicknames.tsv``.
    """
    text = files("kg.data").joinpath(name).read_text(encoding="utf-8")
    return tuple(
        tuple(cell.strip() for cell in line.split("\t"))
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    )


@cache
def first_column(name: str, kind: str | None = None) -> tuple[str, ...]:
    """The first cell of each row; with ``kind`` only of rows whose second cell is that."""
    return tuple(row[0] for row in read_table(name) if kind is None or row[1] == kind)
