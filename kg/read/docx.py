"""Word files (Office Open XML): paragraphs and tables in the order of the body, as a reader sees them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kg.model.documents import SourceDoc
from kg.model.errors import ReadError
from kg.read.docx_body import Body, Package
from kg.read.limits import MAX_FILE, MAX_MEMBERS, MAX_RATIO
from kg.read.lines import assemble
from kg.read.text import mojibake

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES = frozenset({".docx", ".docm", ".dotx"})
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


def check_package(data: bytes, what: str) -> None:
    """Refuse what is no sound zip package, or would unpack beyond the bounds.

    Raises:
        ReadError: ``malformed``, ``encrypted``, ``bomb``, ``too-large`` or ``too-many-members``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError("malformed", f"{what}已损坏：{error}") from error
    if len(infos) > MAX_MEMBERS:
        raise ReadError("too-many-members", f"{what}的部件超过 {MAX_MEMBERS} 个")
    if any(info.flag_bits & 1 for info in infos):
        raise ReadError("encrypted", f"{what}有密码")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_FILE:
        raise ReadError("too-large", f"{what}解开后有 {unpacked >> 20} MB")
    if unpacked > 1 << 20 and unpacked > MAX_RATIO * len(data):
        raise ReadError("bomb", f"{what}压缩比异常，疑为压缩炸弹")


def _open(data: bytes) -> Package:
    import docx  # noqa: PLC0415
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    try:
        part = docx.Document(io.BytesIO(data)).part
        return Package.of(part)
    except (OpcError, LxmlError, KeyError, ValueError, OSError, zipfile.BadZipFile, AttributeError) as error:
        raise ReadError("malformed", f"Word 文件已损坏：{error}") from error
