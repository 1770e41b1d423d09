"""Formats that only an office suite reads (DOC, WPS, RTF, ODT): through LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
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
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_PROXIES = "/org.openoffice.Inet/Settings"
_SETTINGS = (
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_PROXIES, "ooInetProxyType", "2"),
    *((_PROXIES, f"ooInet{scheme}ProxyName", "127.0.0.1") for scheme in ("HTTP", "HTTPS", "FTP")),
    *((_PROXIES, f"ooInet{scheme}ProxyPort", "9") for scheme in ("HTTP", "HTTPS", "FTP")),
)
"""A document neither runs macros nor fetches what it links to: pictures and sections on servers tell who reads it."""


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
        profile = Path(folder) / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        options = ["--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
        _run([program, *options, "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(given)])
        made = Path(folder) / "given.docx"
        if not made.is_file():
            raise ReadError("malformed", "LibreOffice 无法打开这个文件")
        return made.read_bytes()


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def _run(command: list[str]) -> None:
    """Run to the end or to the time limit; the program starts others, which must end with it."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - no shell; the names of files are ours
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReadError("time-limit", f"LibreOffice 转换超过 {_SECONDS} 秒") from error
    finally:
        if process.poll() is None:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
