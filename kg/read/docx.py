"""Word files (Office Open XML): paragraphs and tables in the order of the body, as a reader sees them."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from kg.model.documents import SourceDoc
from kg.model.errors import ReadError
from kg.read.docx_body import Body, Package
from kg.read.lines import assemble
from kg.read.text import mojibake
from kg.read.xml import check_package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES = frozenset({".docx", ".docm", ".dotx"})
_BROKEN = (OSError, EOFError, RecursionError, NotImplementedError, zipfile.BadZipFile, zlib.error)
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DocxReader:
    """Reads DOCX; tracked changes as accepted, altChunk parts through the readers of their formats."""

    name = "docx"

    def accepts(self, head: bytes, path: Path) -> bool:
        """A zip with ``word/document.xml``; else the name."""
        if head.startswith(b"PK\x03\x04"):
            return b"word/document" in head
        return path.suffix.lower() in _SUFFIXES

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """One document a file."""
        if data.startswith(_OLE):
            raise ReadError("encrypted", "Word 文件有密码，或者是旧格式")
        check_package(data, "Word 文件")
        lines = Body(_open(data)).lines()
        text, blocks = assemble(lines)
        if not text.strip():
            raise ReadError("empty", "Word 文件没有可读的文字")
        sha256 = hashlib.sha256(data).hexdigest()
        yield SourceDoc(source, sha256, _MEDIA_TYPE, text, blocks, issues=mojibake(text))


def _open(data: bytes) -> Package:
    import docx  # noqa: PLC0415
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    try:
        part = docx.Document(io.BytesIO(data)).part
        return Package.of(part)
    except (OpcError, LxmlError, LookupError, ValueError, TypeError, AttributeError, *_BROKEN) as error:
        raise ReadError("malformed", f"Word 文件已损坏：{error}") from error
