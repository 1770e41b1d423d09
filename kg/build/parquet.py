"""Parquet and N-Quads files at an address of fsspec (extra ``wenmai[cluster]``)."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.build.exchange import Json, Row
from kg.model.errors import WenmaiError
from kg.read.address import missing_driver

_RENAMED = frozenset(("file", "local", "hdfs", "arrow_hdfs", "webhdfs", "ftp", "sftp", "ssh", "smb"))
"""Protocols of file systems, where a file is renamed once it is whole; in object stores an upload is whole or is not."""
_LEVEL = 3


@cache
def _opened(url: str) -> tuple[Any, str]:
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415 - asked for here so that its lack is told at once
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise WenmaiError(
            f"写到 {url} 需要附加部件，请运行 pip install 'wenmai[cluster]'（每台机器上都要装）",
            f"writing to {url} needs an extra; run pip install 'wenmai[cluster]' (on every machine)",
        ) from error
    try:
        filesystem, root = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise missing_driver(url.partition("://")[0], error) from error
    return filesystem, root


@dataclass(frozen=True, slots=True)
class Place:
    """A folder at an address; it travels between machines.

    Attributes:
        url: such as ``s3://bucket/graph``, without a slash at the end.
    """

    url: str

    def put(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all."""
        filesystem, root = _opened(self.url)
        path = f"{root}/{name}"
        protocol = filesystem.protocol
        names = {protocol} if isinstance(protocol, str) else set(protocol)
        if names & _RENAMED:
            filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
            partial = f"{path}.{os.getpid()}.part"
            filesystem.pipe_file(partial, data)
            filesystem.mv(partial, path)
        else:
            filesystem.pipe_file(path, data)

    def get(self, name: str) -> bytes | None:
        """The bytes of a file, or None where it is not there."""
        filesystem, root = _opened(self.url)
        try:
            data: bytes = filesystem.cat_file(f"{root}/{name}")
        except FileNotFoundError:
            return None
        return data

    def open(self, name: str) -> Any:
        """A file to read parts of.

        Raises:
            FileNotFoundError: it is not there.
        """
        filesystem, root = _opened(self.url)
        return filesystem.open(f"{root}/{name}", "rb")

    def names(self, folder: str) -> list[str]:
        """The files in a folder and below, sorted, as names within this place."""
        filesystem, root = _opened(self.url)
        filesystem.invalidate_cache()
        try:
            found = filesystem.find(f"{root}/{folder}")
        except FileNotFoundError:
            return []
        return sorted(path[path.index(f"{root}/") + len(root) + 1 :] for path in found)

    def remove(self, names: Iterable[str]) -> None:
        """Delete files."""
        filesystem, root = _opened(self.url)
        paths = [f"{root}/{name}" for name in names]
        if paths:
            filesystem.rm(paths)


@dataclass(frozen=True, slots=True)
class ParquetExchange:
    """Rows as Parquet, a row group for each part; tasks that are done leave a mark, so that none is done twice.

    Attributes:
        place: where the graph is written.
        folder: where in it rows are kept that are thrown away at the end.
    """

    place: Place
    folder: str

    def write(self, topic: str, task: int, parts: Mapping[int, Sequence[Row]]) -> None:
        """One file; the numbers of its parts stand in its metadata."""
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415

        numbers = sorted(part for part in parts if parts[part])
        if not numbers:
            return
        columns = zip(*(row for part in numbers for row in parts[part]), strict=True)
        table = pa.table({f"c{i}": pa.array(column) for i, column in enumerate(columns)})
        table = table.replace_schema_metadata({"parts": json.dumps(numbers)})
        buffer = io.BytesIO()
        at = 0
        with pq.ParquetWriter(buffer, table.schema, compression="zstd", compression_level=1) as writer:
            for part in numbers:
                size = len(parts[part])
                writer.write_table(table.slice(at, size), row_group_size=size)
                at += size
        self.place.put(self._name(topic, task), buffer.getvalue())

    def read(self, topic: str, part: int, tasks: Iterable[int]) -> Iterator[Row]:
        """Reads one row group of each task's file."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

        for task in tasks:
            try:
                source = self.place.open(self._name(topic, task))
            except FileNotFoundError:
                continue
            with source, pq.ParquetFile(source) as file:
                numbers = json.loads(file.schema_arrow.metadata[b"parts"])
                if part in numbers:
                    table = file.read_row_group(numbers.index(part))
                    yield from zip(*(column.to_pylist() for column in table.columns), strict=True)

    def _name(self, topic: str, task: int) -> str:
        return f"{self.folder}/{topic}/{task:06}.parquet"

    def text(self, name: str, lines: Iterable[str]) -> None:
        """``nquads/NAME.gz``; the same lines give the same bytes."""
        buffer = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=buffer, mtime=0) as packed:
            packed.writelines(line.encode() for line in lines)
        self.place.put(f"nquads/{name}.gz", buffer.getvalue())

    def table(self, name: str, task: int, columns: Mapping[str, Sequence[Any]]) -> None:
        """``tables/NAME/TASK.parquet``."""
        put_table(self.place, f"tables/{name}/{task:06}.parquet", columns)

    def finished(self, stage: str, task: int) -> Json | None:
        """What the mark of the task holds."""
        data = self.place.get(self._mark(stage, task))
        return json.loads(data) if data else None

    def finish(self, stage: str, task: int, result: Json) -> None:
        """Leave a mark."""
        self.place.put(self._mark(stage, task), json.dumps(result).encode())

    def _mark(self, stage: str, task: int) -> str:
        return f"{self.folder}/done/{stage}/{task:06}.json"


def put_table(
    place: Place, name: str, columns: Mapping[str, Sequence[Any]], metadata: Json | None = None
) -> None:
    """Write columns as a Parquet file; lists of lists become lists, numbers and flags what they are, the rest text."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    arrays = {key: pa.array(column, _type(pa, column)) for key, column in columns.items()}
    table = pa.table(arrays).replace_schema_metadata({"wenmai": json.dumps(metadata or {})})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    place.put(name, buffer.getvalue())


_TYPES = {bool: "bool_", int: "int64", float: "float64", bytes: "binary"}


def _type(pa: Any, column: Sequence[Any]) -> Any:
    first = next((value for value in column if value is not None), "")
    return getattr(pa, _TYPES.get(type(first), "string"))()
