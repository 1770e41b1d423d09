"""The embedded store: Oxigraph on disk, or in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg.graph.terms import PREFIXES
from kg.model.errors import WenmaiError
from kg.store.base import Answer, Bindings, bound

CHUNK = 200_000
"""Quads a ``bulk_load``; more in one take gigabytes of memory."""
_CHUNK_BYTES = 32 << 20


class QueryError(WenmaiError):
    """A query that cannot be answered as it stands."""


class StoreError(WenmaiError):
    """A store that is not there or cannot be used now."""


class OxigraphStore:
    """One Oxigraph store."""

    def __init__(self, store: ox.Store, read_only: bool) -> None:
        self.raw = store
        self.read_only = read_only

    @classmethod
    def create(cls, path: Path | None = None) -> OxigraphStore:
        """A store to write to: made or opened at ``path``, or in memory.

        Raises:
            StoreError: another process is writing to it.
        """
        try:
            return cls(ox.Store(path) if path else ox.Store(), False)
        except OSError as error:
            raise StoreError(
                f"图库 {path} 无法写入：{error}", f"the store {path} cannot be written to: {error}"
            ) from error

    @classmethod
    def open(cls, path: Path) -> OxigraphStore:
        """A store to read from, while nobody writes to it.

        Raises:
            StoreError: there is none.
        """
        if not (path / "CURRENT").is_file():
            raise StoreError(
                f"{path.parent} 里没有图谱，请先运行 kg build 文件夹 -o {path.parent}",
                f"there is no graph in {path.parent}; run kg build FOLDER -o {path.parent} first",
            )
        try:
            return cls(ox.Store.read_only(str(path)), True)
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"图库 {path} 无法打开：{error}；如已损坏，删除它再运行 kg build",
                f"the store {path} cannot be opened: {error}; if it is damaged, delete it and run kg build",
            ) from error

    def query(self, sparql: str, bindings: Bindings | None = None) -> Answer:
        """Answer a query on the default graph; named graphs through ``GRAPH``."""
        try:
            return self.raw.query(bound(sparql, bindings or {}), prefixes=dict(PREFIXES))
        except SyntaxError as error:
            raise QueryError(f"SPARQL 有误：{error}", f"the SPARQL is wrong: {error}") from error

    def load(self, lines: Iterable[str]) -> int:
        """Add N-Quads lines in chunks; each line is parsed and checked by the store."""
        total = 0
        for chunk in _chunks(lines):
            data = "".join(chunk).encode()
            self.raw.bulk_load(data, format=ox.RdfFormat.N_QUADS)
            total += len(chunk)
        return total

    def load_file(self, path: Path) -> None:
        """Add an N-Quads file in chunks of whole lines, as bytes: no text of it stands in memory."""
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                self.raw.bulk_load(chunk + file.readline(), format=ox.RdfFormat.N_QUADS)

    def __len__(self) -> int:
        return len(self.raw)

    def close(self) -> None:
        """Write what is pending; the store closes when it is collected."""
        if not self.read_only:
            self.raw.flush()
        del self.raw

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    source = iter(lines)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
