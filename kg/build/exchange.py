"""Rows on their way from the tasks of one stage to those of the next: a file for each task, cut by who reads it."""

from __future__ import annotations

import marshal
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

Row = tuple[Any, ...]
"""Strings, integers, floats, bytes, booleans and None."""
Json = dict[str, Any]


class Exchange(Protocol):
    """Where rows are kept between stages; it travels to the processes that work on them."""

    def write(self, topic: str, task: int, parts: Mapping[int, Sequence[Row]]) -> None:
        """Keep what one task gives to the parts of a topic; all of it or nothing."""

    def read(self, topic: str, part: int, tasks: Iterable[int]) -> Iterator[Row]:
        """The rows for a part from these tasks, in the order of the tasks; a task that wrote nothing gives nothing."""

    def text(self, name: str, lines: Iterable[str]) -> None:
        """Keep a text file, all of it or nothing."""

    def table(self, name: str, task: int, columns: Mapping[str, Sequence[Any]]) -> None:
        """Keep what one task gives to a table, all of it or nothing."""

    def finished(self, stage: str, task: int) -> Json | None:
        """The result of a task that was done before, or None."""

    def finish(self, stage: str, task: int, result: Json) -> None:
        """Note that a task is done."""


class Parts:
    """Rows sorted out by the part that reads them.

    Args:
        count: how many parts there are.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.rows: dict[int, list[Row]] = defaultdict(list)

    def of(self, key: str) -> int:
        """The part that a key belongs to."""
        return part_of(key, self.count)

    def add(self, key: str, row: Row) -> None:
        """Give a row to the part of a key."""
        self.rows[part_of(key, self.count)].append(row)


def part_of(key: str, count: int) -> int:
    """The part of a key among ``count``: the same in all processes and on all machines."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % count


class LocalExchange:
    """Rows in a folder of this machine, to be thrown away; what was done before is not remembered."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, topic: str, task: int, parts: Mapping[int, Sequence[Row]]) -> None:
        """A block a part, then where each begins, then where that list begins."""
        folder = self._root / topic
        folder.mkdir(exist_ok=True)
        path = folder / f"{task:06}"
        places = {}
        with path.with_suffix(".part").open("wb") as file:
            for part in sorted(parts):
                block = marshal.dumps(list(parts[part]))
                places[part] = (file.tell(), len(block))
                file.write(block)
            end = file.tell()
            file.write(marshal.dumps(places))
            file.write(struct.pack("<Q", end))
        path.with_suffix(".part").replace(path)

    def read(self, topic: str, part: int, tasks: Iterable[int]) -> Iterator[Row]:
        """Reads one block of each task's file."""
        for task in tasks:
            path = self._root / topic / f"{task:06}"
            if not path.exists():
                continue
            with path.open("rb") as file:
                file.seek(-8, 2)
                file.seek(struct.unpack("<Q", file.read(8))[0])
                place = marshal.loads(file.read()[:-8]).get(part)  # noqa: S302 - written by this program
                if place:
                    file.seek(place[0])
                    yield from marshal.loads(file.read(place[1]))  # noqa: S302

    def table(self, name: str, task: int, columns: Mapping[str, Sequence[Any]]) -> None:
        """Nothing is kept: the store holds it all."""

    def text(self, name: str, lines: Iterable[str]) -> None:
        """A file in the folder."""
        with (self._root / name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)

    def finished(self, stage: str, task: int) -> Json | None:
        """Nothing is remembered."""
        return None

    def finish(self, stage: str, task: int, result: Json) -> None:
        """Nothing is remembered."""
