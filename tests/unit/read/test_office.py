"""Formats that LibreOffice reads for us; what needs the real program says loudly when it is not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from kg.model.errors import ReadError
from kg.read import office, read_bytes
from tests.unit.read.making import docx, p, zipped

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="NO LIBREOFFICE: DOC, WPS, RTF and ODT not read")
LINES = ("甲市人民政府关于印发乙办法的通知", "甲政发〔2021〕3号", "根据《丙条例》（国令第７号）制定。")
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def rtf(*paragraphs: str) -> bytes:
    body = "".join(
        "".join(c if c.isascii() else rf"\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in line)
        + r"\par "
        for line in paragraphs
    )
    return (r"{\rtf1\ansi\uc1 " + body + "}").encode("ascii")


def odt(*paragraphs: str) -> bytes:
    body = "".join(f"<text:p>{line}</text:p>" for line in paragraphs)
    names = " ".join(
        f'xmlns:{prefix}="{_ODF}:{rest}:1.0"'
        for prefix, rest in (
            ("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"), ("table", "table"),
        )
    )  # fmt: skip
    media_type = "application/vnd.oasis.opendocument.text"
    return zipped(
        {
            "mimetype": media_type,
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} '
            'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
            f"{body}</office:text></office:body></office:document-content>",
            "META-INF/manifest.xml": f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{_ODF}:'
            f'manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="'
            f'{media_type}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        },
        method=0,
    )


@cache
def doc() -> bytes:
    """A Word 97 file; only an office suite writes one."""
    table = "<w:tbl><w:tr>" + "".join(f"<w:tc>{p(c)}</w:tc>" for c in "甲乙") + "</w:tr></w:tbl>"
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.docx").write_bytes(docx("".join(map(p, LINES)) + table + p("完")))
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        subprocess.run(
            [
                str(SOFFICE),
                "--headless",
                profile,
                "--convert-to",
                "doc",
                "--outdir",
                folder,
                f"{folder}/a.docx",
            ],
            capture_output=True,
            check=True,
            timeout=120,
        )
        return (Path(folder) / "a.doc").read_bytes()


@needs_office
@pytest.mark.parametrize(
    ("name", "make", "media_type"),
    [
        ("a.rtf", lambda: rtf(*LINES, "完"), "application/rtf"),
        ("a.odt", lambda: odt(*LINES, "完"), "application/vnd.oasis.opendocument.text"),
        ("a.doc", doc, "application/msword"),
        ("a.wps", doc, "application/msword"),
    ],
)
def test_the_text_of_office_formats(name: str, make: Callable[[], bytes], media_type: str) -> None:
    data = make()
    (found,) = read_bytes(data, Path(name), name)
    assert found.text.splitlines()[: len(LINES)] == list(LINES)
    assert found.text.endswith("完")
    assert found.media_type == media_type
    assert ("甲\t乙" in found.text) == (media_type == "application/msword")


@needs_office
def test_a_document_fetches_nothing_from_the_network() -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        picture = (
            '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="paragraph"><draw:image '
            f'xlink:href="{address}/a.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>'
        )
        (found,) = read_bytes(odt(LINES[0] + picture), Path("a.odt"), "a.odt")
        server.shutdown()
    assert found.text.startswith(LINES[0])
    assert asked == []


@needs_office
def test_what_libreoffice_cannot_open_is_malformed() -> None:
    with pytest.raises(ReadError) as error:
        list(
            read_bytes(
                zipped({"mimetype": "application/vnd.oasis.opendocument.text"}, 0), Path("a.odt"), "a.odt"
            )
        )
    assert error.value.code == "malformed"


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for the program")
def test_a_program_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {child}\nwait\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(office, "_SECONDS", 1)
    with pytest.raises(ReadError) as error:
        list(read_bytes(rtf("甲"), Path("a.rtf"), "a.rtf"))
    assert error.value.code == "time-limit"
    assert _gone(int(child.read_text()))


def _gone(process: int) -> bool:
    """Whether a process has ended, or ends within two seconds."""
    for _ in range(40):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rsplit(")", 1)[-1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match="LibreOffice") as error:
        list(read_bytes(rtf("甲"), Path("a.rtf"), "a.rtf"))
    assert error.value.code == "needs-libreoffice"
