"""From a path to the documents in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.model.documents import SourceDoc
from kg.read.text import TextReader

__all__ = ["read_path"]


def read_path(path: Path, source: str | None = None) -> Iterator[SourceDoc]:
    """The documents of one file.

    Args:
        path: the file.
        source: the path to record; as given, with ``/``, when left out.

    Raises:
        ReadError: when no reader can make a document of it.
    """
    yield from TextReader().read(path.read_bytes(), source or path.as_posix())
