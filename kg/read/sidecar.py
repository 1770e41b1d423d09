"""What files beside a document state of it: ``meta.jsonl``, ``NAME.json``, ``meta.csv``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from kg.model.documents import Declared
from kg.model.errors import ReadError
from kg.read.labels import declared_of
from kg.read.limits import MAX_FILE
from kg.read.text import decode

Load = Callable[[str], bytes | None]
LISTS = frozenset({"meta.jsonl", "metadata.jsonl", "meta.csv", "metadata.csv"})
"""Names of files that describe the files of their folder, one a line."""
_FILE_COLUMNS = ("file", "html", "pdf", "docx", "文件", "文件名")


def is_sidecar(name: str, siblings: frozenset[str]) -> bool:
    """Whether a file describes others: a list, or ``NAME.json`` beside ``NAME.*``."""
    if name.lower() in LISTS:
        return True
    path = PurePosixPath(name)
    return path.suffix.lower() == ".json" and any(
        other != name and PurePosixPath(other).stem == path.stem for other in siblings
    )


class Sidecars:
    """The sidecars of one folder, of a disc or of an archive.

    Args:
        load: the bytes of a file of the folder, or None where there is none.
    """

    def __init__(self, load: Load) -> None:
        self._load = load
        self._listed: dict[str, Declared] = {}
        for name in sorted(LISTS):
            for row in _rows(name, load(name)):
                for file in _files(row):
                    self._listed.setdefault(file, declared_of(row))

    def declared(self, name: str) -> Declared | None:
        """What is stated of the file ``name``, or None; ``NAME.json`` goes before a list."""
        own = f"{PurePosixPath(name).stem}.json"
        if own != name:
            for row in _rows(own, self._load(own)):
                return declared_of(row)
        return self._listed.get(name)


def sidecars_in(folder: Path) -> Sidecars:
    """The sidecars of a folder of the disc; those that cannot be opened or are too large state nothing."""

    def load(name: str) -> bytes | None:
        path = folder / name
        try:
            return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_FILE else None
        except OSError:
            return None

    return Sidecars(load)


def _files(row: Mapping[str, object]) -> Iterator[str]:
    for column in _FILE_COLUMNS:
        value = row.get(column)
        if isinstance(value, str) and value:
            yield PurePosixPath(value.replace("\\", "/")).name


def _rows(name: str, data: bytes | None) -> Iterable[Mapping[str, object]]:
    """The records of a sidecar; lines that are no record are passed over."""
    if data is None:
        return
    try:
        text = decode(data).lstrip("\ufeff")
    except ReadError:
        return
    if name.lower().endswith(".csv"):
        yield from csv.DictReader(io.StringIO(text))
        return
    for line in [text] if name.lower().endswith(".json") else text.split("\n"):
        try:
            row = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            yield row
