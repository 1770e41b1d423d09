"""Formats that only an office suite reads (DOC, WPS, RTF, ODT): through LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from kg.model.documents import SourceDoc
from kg.model.errors import ReadError
from kg.read.docx import DocxReader

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ODT = b"application/vnd.oasis.opendocument.text"
_SUFFIXES = frozenset({".doc", ".wps", ".rtf", ".odt", ".wpt", ".dot"})
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SECONDS = 120


class OfficeReader:
    """Converts to DOCX in a process of its own, with a profile of its own, and reads that."""

    name = "office"

    def accepts(self, head: bytes, path: Path) -> bool:
        """The marks of the formats; else the name."""
        if head.startswith(b"PK\x03\x04"):
            return _ODT in head[:200]
        return head.startswith((_OLE, _RTF)) or path.suffix.lower() in _SUFFIXES

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """One document a file; without boxes or pages."""
        if not data.startswith((_OLE, _RTF, b"PK\x03\x04")):
            raise ReadError("malformed", "不是 DOC、WPS、RTF 或 ODT 文件")
        if data.startswith(_OLE) and _ENCRYPTED in data:
            raise ReadError("encrypted", "文件有密码")
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise ReadError(
                "needs-libreoffice",
                "读取 DOC、WPS、RTF、ODT 需要安装 LibreOffice（命令 soffice 要在 PATH 中），或先另存为 DOCX",
            )
        for doc in DocxReader().read(_converted(program, data), source):
            yield replace(doc, sha256=sha256(data).hexdigest(), media_type=_media_type(data))


def _media_type(data: bytes) -> str:
    if data.startswith(_OLE):
        return "application/msword"
    return "application/rtf" if data.startswith(_RTF) else _ODT.decode()


def _converted(program: str, data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "given.bin"
        given.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        options = ["--headless", "--norestore", f"-env:UserInstallation={profile}"]
        command = [program, *options, "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(given)]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise ReadError("time-limit", f"LibreOffice 转换超过 {_SECONDS} 秒") from error
        made = Path(folder) / "given.docx"
        if not made.is_file():
            raise ReadError("malformed", "LibreOffice 无法打开这个文件")
        return made.read_bytes()
