"""What files beside a document state of it: ``meta.jsonl``, ``NAME.json``, ``meta.csv``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from kg.model.documents import Declared
from kg.model.errors import ReadError
from kg.read.labels import declared_of
from kg.read.limits import MAX_FILE
from kg.read.text import decode

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
    """The sidecars of one folder.

    Args:
        folder: the folder.
        names: the files in it that may be asked for.
    """

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self._folder = folder
        self._listed: dict[str, Declared] = {}
        for name in sorted(LISTS):
            if (folder / name).is_file():
                for row in _rows(folder / name):
                    for file in _files(row):
                        self._listed.setdefault(file, declared_of(row))
        self._names = frozenset(names)

    def declared(self, name: str) -> Declared | None:
        """What is stated of the file ``name``, or None; ``NAME.json`` goes before a list."""
        own = self._folder / f"{PurePosixPath(name).stem}.json"
        if own.name != name and own.is_file():
            for row in _rows(own):
                return declared_of(row)
        return self._listed.get(name)


def _files(row: Mapping[str, object]) -> Iterator[str]:
    for column in _FILE_COLUMNS:
        value = row.get(column)
        if isinstance(value, str) and value:
            yield PurePosixPath(value.replace("\\", "/")).name


def _rows(path: Path) -> Iterable[Mapping[str, object]]:
    """The records of a sidecar; lines that are no record are passed over."""
    try:
        data = path.read_bytes()
    except OSError:
        return
    if len(data) > MAX_FILE:
        return
    try:
        text = decode(data).lstrip("\ufeff")
    except ReadError:
        return
    if path.suffix.lower() == ".csv":
        yield from csv.DictReader(io.StringIO(text))
        return
    for line in [text] if path.suffix.lower() == ".json" else text.split("\n"):
        try:
            row = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            yield row
