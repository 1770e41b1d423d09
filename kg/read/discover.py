"""Which files of the given paths are read, and by which rule the others are not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.model.documents import Declared
from kg.model.errors import ReadError
from kg.read.registry import HEAD, reader_for
from kg.read.sidecar import is_sidecar, sidecars_in

TEXT = frozenset({".txt", ".text", ".md"})
PAGES = frozenset({".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"})
PAPERS = frozenset({".pdf", ".docx", ".doc", ".wps", ".rtf", ".odt", ".ofd"})
ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z"})
KNOWN = TEXT | PAGES | PAPERS | ARCHIVES
_NOTES = {"source.txt": "source-note", "readme.md": "readme", "readme.txt": "readme", "license": "readme"}


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file to read.

    Attributes:
        source: the path as given, with ``/``.
        path: the file.
        declared: what a sidecar states of it; to be handed to :func:`kg.read.read_path`.
    """

    source: str
    path: Path
    declared: Declared | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Ignored:
    """A file that is not read.

    Attributes:
        source: the path as given, with ``/``.
        rule: ``hidden``, ``symlink``, ``sidecar``, ``source-note``, ``readme``, ``page-beside-text``,
            ``unknown-format`` or ``not-a-file``.
    """

    source: str
    rule: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files of the given paths; both tuples are sorted by source."""

    files: tuple[Found, ...] = ()
    ignored: tuple[Ignored, ...] = ()


def discover(paths: Iterable[Path]) -> Discovery:
    """Walk files and folders.

    A file given by name is read whatever it is called. In folders, hidden files, notes on the collection,
    sidecars, links to folders and unknown formats are left out, and so is a page, PDF or word-processor file
    beside a text of the same stem.

    Raises:
        ReadError: ``not-found`` for a path that does not exist.
    """
    files: dict[str, Found] = {}
    ignored: set[Ignored] = set()
    for path in paths:
        if path.is_dir():
            for item in _folder(path):
                if isinstance(item, Found):
                    files[item.source] = item
                else:
                    ignored.add(item)
        elif path.exists():
            declared = sidecars_in(path.parent).declared(path.name)
            files[_name(path)] = Found(_name(path), path, declared)
        else:
            raise ReadError("not-found", f"没有这个文件或文件夹：{path}")
    read = frozenset(files)
    return Discovery(tuple(sorted(files.values())), tuple(sorted(i for i in ignored if i.source not in read)))


def _name(path: Path) -> str:
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _folder(folder: Path) -> Iterator[Found | Ignored]:
    for here, folders, names in _walk(folder):
        for name in list(folders):
            rule = "hidden" if name.startswith(".") else "symlink" if (here / name).is_symlink() else None
            if rule:
                folders.remove(name)
                yield Ignored(_name(here / name), rule)
        stems = frozenset(Path(n).stem for n in names if Path(n).suffix.lower() in TEXT)
        sidecars = sidecars_in(here)
        for name in names:
            rule = _rule(here / name, frozenset(names), stems)
            if rule:
                yield Ignored(_name(here / name), rule)
            else:
                yield Found(_name(here / name), here / name, sidecars.declared(name))


def _walk(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    if isinstance(folder, Path):
        yield from ((Path(root), folders, names) for root, folders, names in os.walk(folder))
    else:
        yield from folder.walk()  # a UPath


def _rule(path: Path, siblings: frozenset[str], texts: frozenset[str]) -> str | None:
    """The rule by which a file of a folder is left out, or None."""
    name, suffix = path.name, path.suffix.lower()
    rules = (
        ("hidden", name.startswith((".", "~$"))),
        ("not-a-file", not path.is_file()),
        (_NOTES.get(name.lower()), name.lower() in _NOTES),
        ("sidecar", is_sidecar(name, siblings)),
        ("page-beside-text", suffix in PAGES | PAPERS and path.stem in texts),
        ("unknown-format", suffix not in KNOWN and not _known_inside(path)),
    )
    return next((rule for rule, applies in rules if applies), None)


def _known_inside(path: Path) -> bool:
    """Whether a reader knows a file by its first bytes; one that cannot be opened is left to the reader."""
    try:
        with path.open("rb") as file:
            return reader_for(file.read(HEAD), path) is not None
    except OSError:
        return True
