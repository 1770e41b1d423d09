"""Every malformed file ends in a named error, or in a document with its issues, within a bounded time."""

from __future__ import annotations

import random
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.model.errors import ReadError
from kg.read import read_bytes
from tests.unit.read.making import MHT, R, W, docx, gzipped, ofd, p, pdf, tarred, text_object, zipped

BODY = "各镇人民政府要加强统筹协调，明确责任分工，确保各项任务按时完成。"
HTML = f"<!DOCTYPE html><html><body><div id='zoom'><p>{BODY}</p></div></body></html>".encode()
SECONDS = 20

SOUND = {
    "a.txt": BODY.encode() * 20,
    "b.txt": BODY.encode("gb18030") * 20,
    "a.html": HTML,
    "a.mht": MHT % HTML,
    "a.docx": docx(p(BODY)),
    "b.docx": docx('<w:altChunk r:id="c"/>', {"c": ("aFChunk/c.mht", MHT % HTML)}),
    "a.ofd": ofd([text_object(BODY, 20, 40)]),
    "a.pdf": pdf([[(60, 700, BODY)]] * 3),
    "a.zip": zipped({"a.txt": BODY.encode(), "b.html": HTML}),
    "a.tar": tarred({"a.txt": BODY.encode()}),
    "a.tar.gz": gzipped(tarred({"a.txt": BODY.encode()})),
    "a.txt.gz": gzipped(BODY.encode()),
}


def truncated() -> Iterator[tuple[str, bytes]]:
    for name, data in SOUND.items():
        for share in (0.02, 0.3, 0.6, 0.9, 0.99):
            yield f"truncated-{share}/{name}", data[: int(len(data) * share)]


def corrupted() -> Iterator[tuple[str, bytes]]:
    for name, data in SOUND.items():
        for seed in range(5):
            rng = random.Random(f"{name}{seed}")
            damaged = bytearray(data)
            for _ in range(max(3, len(data) // 60)):
                damaged[rng.randrange(len(damaged))] = rng.randrange(256)
            yield f"corrupted-{seed}/{name}", bytes(damaged)


def mislabelled() -> Iterator[tuple[str, bytes]]:
    noise = random.Random(1).randbytes(5000)
    wrong = {
        "noise": noise,
        "zeros": bytes(5000),
        "png": b"\x89PNG\r\n\x1a\n" + noise,
        "elf": b"\x7fELF" + noise,
    }
    for kind, data in wrong.items():
        for name in (*SOUND, "a.doc", "a.rtf", "a.7z", "a.odt"):
            yield f"{kind}/{name}", data
    for name in (*SOUND, "a.doc", "a.7z", "a.xyz", "noname"):
        yield f"empty/{name}", b""


def mixed() -> Iterator[tuple[str, bytes]]:
    """A format under the name of another; content goes before the name."""
    for name in ("a.pdf", "a.docx", "a.ofd", "a.zip", "a.html", "a.txt"):
        for other, data in SOUND.items():
            if Path(other).suffix != Path(name).suffix:
                yield f"as-{name}/{other}", data


@pytest.mark.parametrize(
    ("label", "data"),
    [*truncated(), *corrupted(), *mislabelled(), *mixed()],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_malformed(label: str, data: bytes) -> None:
    name = label.split("/")[-1] if not label.startswith("as-") else label.split("/")[0][3:]
    began = time.process_time()
    try:
        for doc in read_bytes(data, Path(name), name):
            assert doc.text
    except ReadError as error:
        assert re.fullmatch(r"[a-z]+(?:-[a-z0-9]+)*", error.code)
        assert re.search("[\u4e00-\u9fff]", str(error))
    assert time.process_time() - began < SECONDS


def bomb(size: int = 300 << 20) -> bytes:
    return zipped({"a.txt": bytes(size)})


def nested(depth: int) -> bytes:
    data = zipped({"a.txt": BODY.encode()})
    for i in range(depth):
        data = zipped({f"{i}.zip": data})
    return data


def lying(size: int) -> bytes:
    """A zip that declares a size it does not have."""
    data = bytearray(zipped({"a.txt": BODY.encode()}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + at
        data[place : place + 4] = size.to_bytes(4, "little")
    return bytes(data)


def locked(data: bytes) -> bytes:
    """A zip whose members claim to be encrypted."""
    packed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = packed.find(mark)
        while place >= 0:
            packed[place + at] |= 1
            place = packed.find(mark, place + 4)
    return bytes(packed)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
)


def hostile_docx() -> bytes:
    body = f"<w:document {W} {R}><w:body><w:p><w:r><w:t>&c;&d;</w:t></w:r></w:p></w:body></w:document>"
    with_entities = {"word/document.xml": LAUGHS + body}
    return zipped({"[Content_Types].xml": "<Types/>", **with_entities})


def deep_docx() -> bytes:
    return docx("<w:sdt><w:sdtContent>" * 60 + p(BODY) + "</w:sdtContent></w:sdt>" * 60)


def loop_ofd() -> bytes:
    return ofd(
        [text_object(BODY, 20, 40)], extra={"Doc_0/Pages/Page_0/Content.xml": LAUGHS + "<Page>&c;</Page>"}
    )


def leaving_ofd() -> bytes:
    root = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>../../etc/x</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    return zipped({"OFD.xml": root})


HOSTILE: list[tuple[str, str, Callable[[], bytes], set[str]]] = [
    ("bomb", "a.zip", bomb, {"too-large", "bomb"}),
    ("small-bomb", "a.zip", lambda: bomb(50 << 20), {"bomb"}),
    ("gz-bomb", "a.txt.gz", lambda: gzipped(bytes(60 << 20)), {"bomb"}),
    ("docx-bomb", "a.docx", lambda: zipped({"word/document.xml": bytes(80 << 20)}), {"bomb", "too-large"}),
    ("nested", "a.zip", lambda: nested(8), {"nested-too-deep"}),
    ("declares-little", "a.zip", lambda: lying(3), {"malformed", ""}),
    ("declares-much", "a.zip", lambda: lying(0xFFFFFFF0), {"too-large"}),
    ("locked-zip", "a.zip", lambda: locked(SOUND["a.zip"]), {"encrypted"}),
    ("locked-docx", "a.docx", lambda: locked(SOUND["a.docx"]), {"encrypted"}),
    ("locked-ofd", "a.ofd", lambda: ofd([""], extra={"Encryptions.xml": "<x/>"}), {"encrypted"}),
    ("locked-pdf", "a.pdf", lambda: pdf([[(60, 700, BODY)]], encrypted=True), {"encrypted"}),
    (
        "locked-office",
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        {"encrypted"},
    ),
    (
        "old-word",
        "a.doc",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        {"needs-libreoffice", "malformed"},
    ),
    ("entities-docx", "a.docx", hostile_docx, {"hostile-xml"}),
    ("entities-ofd", "a.ofd", loop_ofd, {"hostile-xml"}),
    ("path-ofd", "a.ofd", leaving_ofd, {"unsafe-path"}),
    ("deep-docx", "a.docx", deep_docx, {"nested-too-deep"}),
    ("no-chunk", "a.docx", lambda: docx('<w:altChunk r:id="none"/>'), {"unsupported"}),
    ("empty-docx", "a.docx", lambda: docx(""), {"empty"}),
    (
        "no-body",
        "a.docx",
        lambda: zipped({"word/document.xml": f"<w:document {W}/>"}),
        {"malformed", "empty"},
    ),
    ("no-pages", "a.ofd", lambda: ofd([]), {"scan-without-text"}),
    ("no-doc", "a.ofd", lambda: zipped({"OFD.xml": "<OFD/>"}), {"malformed"}),
    (
        "no-part",
        "a.ofd",
        lambda: zipped({"OFD.xml": "<OFD><DocBody><DocRoot>Doc_0/D.xml</DocRoot></DocBody></OFD>"}),
        {"malformed"},
    ),
    ("scan", "a.pdf", lambda: pdf([[]]), {"scan-without-text"}),
    ("parent", "a.zip", lambda: zipped({"../a.txt": BODY.encode()}), {"unsafe-path"}),
    ("absolute", "a.zip", lambda: zipped({"/etc/a.txt": BODY.encode()}), {"unsafe-path"}),
    ("drive", "a.zip", lambda: zipped({"C:\\a.txt": BODY.encode()}), {"unsafe-path"}),
    ("backslash", "a.zip", lambda: zipped({"..\\..\\a.txt": BODY.encode()}), {"unsafe-path"}),
    ("links", "a.tar", lambda: tarred({}, {"a.txt": "a.txt", "b.txt": "/etc/passwd"}), {"unsafe-path"}),
    ("nothing-inside", "a.zip", lambda: zipped({"a.bin": b"\x00"}), {"empty"}),
    ("empty-zip", "a.zip", lambda: zipped({}), {"empty"}),
    ("rar", "a.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(100), {"unsupported"}),
    ("blank", "a.txt", " \r\n\u3000".encode, {"empty"}),
    ("blank-page", "a.html", lambda: b"<html><body><script>1</script></body></html>", {"empty"}),
    ("binary-text", "a.txt", lambda: b"\x00\x01\x02\x03" * 500 + b"abc", {"not-text", "undecodable"}),
    ("no-html", "a.mht", lambda: b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx", {"no-html-part"}),
    ("unknown", "a.xyz", lambda: b"some bytes", {"unknown-format"}),
    (
        "many-parts",
        "a.mht",
        lambda: (
            b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
            + b"--x\r\n\r\na\r\n" * 5000
        ),
        {"no-html-part"},
    ),
]


@pytest.mark.parametrize(("name", "make", "codes"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_hostile(name: str, make: Callable[[], bytes], codes: set[str]) -> None:
    data = make()
    began = time.process_time()
    found = ""
    try:
        list(read_bytes(data, Path(name), name))
    except ReadError as error:
        found = error.code
    assert found in codes
    assert time.process_time() - began < SECONDS


def test_a_hundred_thousand_members_do_not_take_long() -> None:
    data = zipped({f"{i}.bin": b"" for i in range(100_000)}, zipfile.ZIP_STORED)
    began = time.process_time()
    with pytest.raises(ReadError) as caught:
        list(read_bytes(data, Path("a.zip"), "a.zip"))
    assert caught.value.code == "too-many-members"
    assert time.process_time() - began < SECONDS


def test_the_corpus_of_malformed_files_is_large() -> None:
    assert len([*truncated(), *corrupted(), *mislabelled(), *mixed(), *HOSTILE]) >= 200


@pytest.mark.parametrize("mark", ["-", "|", " ", "—–", "_ "])
def test_a_title_of_nothing_but_marks_takes_no_time(mark: str) -> None:
    html = f"<html><head><title>{mark * 60_000}</title></head><body><p>{BODY}</p></body></html>"
    began = time.process_time()
    (doc,) = read_bytes(html.encode(), Path("a.html"), "a.html")
    assert BODY in doc.text
    assert time.process_time() - began < 3
