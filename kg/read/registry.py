"""The readers, and the way from a file to the one that reads it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

from kg.model.documents import Declared, SourceDoc
from kg.model.errors import ReadError
from kg.model.protocols import Reader
from kg.read.limits import MAX_TEXT, check_size

HEAD = 4096
"""Bytes by which a reader knows its format."""
_BUILT_IN = (
    ("kg.read.pdf", "PdfReader"),
    ("kg.read.docx", "DocxReader"),
    ("kg.read.ofd", "OfdReader"),
    ("kg.read.office", "OfficeReader"),
    ("kg.read.archive", "ArchiveReader"),
    ("kg.read.mhtml", "MhtmlReader"),
    ("kg.read.html", "HtmlReader"),
    ("kg.read.text", "TextReader"),
)


@cache
def readers() -> tuple[Reader, ...]:
    """All readers in the order in which they are asked: third parties by name, then those built in."""
    others = sorted(entry_points(group="wenmai.readers"), key=lambda e: e.name)
    built_in = (getattr(import_module(module), name) for module, name in _BUILT_IN)
    return (*(e.load()() for e in others), *(make() for make in built_in))


def head_of(data: bytes) -> bytes:
    """What readers are shown of a file: its first bytes, and of a zip the names of its members too."""
    head = data[:HEAD]
    if head.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                head += b"\n" + "\n".join(packed.namelist()[:200]).encode("utf-8", "replace")
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
            return head
    return head


def reader_for(head: bytes, path: Path) -> Reader | None:
    """The first reader that accepts a file by its bytes, else by its name, or None."""
    nameless = Path()
    for name in (nameless, path):
        for reader in readers():
            if reader.accepts(head, name):
                return reader
    return None


def read_bytes(data: bytes, path: Path, source: str, declared: Declared | None = None) -> Iterator[SourceDoc]:
    """The documents in ``data``, of which ``path`` is the name.

    Raises:
        ReadError: when no reader can make a document of it; :attr:`ReadError.code` says why.
    """
    check_size(len(data))
    reader = reader_for(head_of(data), path)
    if reader is None:
        raise ReadError(
            "unknown-format",
            f"不认识的文件格式：{path.suffix or '无扩展名'}；请先转成文本、网页、PDF 或 DOCX",
        )
    found = False
    for doc in reader.read(data, source):
        found = True
        if len(doc.text) > MAX_TEXT:
            raise ReadError("too-large", f"文字超过 {MAX_TEXT} 字")
        yield replace(doc, declared=merge(declared, doc.declared)) if declared else doc
    if not found:
        raise ReadError("empty", "文件没有文字")


def read_path(path: Path, source: str | None = None, declared: Declared | None = None) -> Iterator[SourceDoc]:
    """The documents of one file.

    Args:
        path: the file.
        source: the path to record; as given, with ``/``, when left out.
        declared: what a sidecar states of it (:class:`kg.read.Found` carries it); goes before what the
            file states of itself.

    Raises:
        ReadError: when no reader can make a document of it; :attr:`ReadError.code` says why.
    """
    try:
        check_size(path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise ReadError("unreadable", f"无法打开文件：{error.strerror or error}") from error
    yield from read_bytes(data, path, source or path.as_posix(), declared)


def merge(first: Declared, second: Declared) -> Declared:
    """Field by field what ``first`` states, or else ``second``."""
    pairs = ((f.name, getattr(first, f.name) or getattr(second, f.name)) for f in fields(Declared))
    return Declared(**dict(pairs))
