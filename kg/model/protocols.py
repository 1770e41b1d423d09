"""The doors that third parties can use: readers and recognisers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable

from kg.model.documents import CleanDoc, SourceDoc, Structure
from kg.model.mentions import Mention


@runtime_checkable
class Reader(Protocol):
    """Turns the bytes of one format into documents (entry point group ``wenmai.readers``)."""

    name: str

    def accepts(self, head: bytes, path: Path) -> bool:
        """Whether the first 4,096 bytes (and, failing them, the name) are this reader's format."""

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """The documents in ``data``; raises :class:`kg.model.errors.ReadError` where there is none."""


@runtime_checkable
class Recognizer(Protocol):
    """Finds mentions in a clean text (entry point group ``wenmai.recognizers``).

    ``recognize`` is a pure function of its arguments: no document changes the result of another.
    """

    name: str

    def recognize(self, doc: CleanDoc, structure: Structure) -> tuple[Mention, ...]:
        """Mentions in order of the text; mentions of one label do not overlap."""
