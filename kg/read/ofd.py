"""OFD (GB/T 33190—2016): text objects by place, pages in order, templates once."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from kg.model.documents import Declared, SourceDoc
from kg.model.errors import ReadError
from kg.read.labels import declared_of
from kg.read.limits import MAX_PAGES, Budget
from kg.read.ofd_page import Printed, lines_of
from kg.read.paper import Page, paragraphs
from kg.read.text import mojibake
from kg.read.xml import check_package, parse

_POINTS = 72 / 25.4
"""Points in a millimetre, the unit of OFD."""
_MAX_LENGTH = 1e6
_A4 = (0.0, 0.0, 210.0, 297.0)

Element = Any


class OfdReader:
    """Reads OFD files; attachments and annotations (seals) are left out."""

    name = "ofd"

    def accepts(self, head: bytes, path: Path) -> bool:
        """A zip with ``OFD.xml``; else the name."""
        if head.startswith(b"PK\x03\x04"):
            return b"OFD.xml" in head
        return path.suffix.lower() == ".ofd"

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """A document for each ``DocBody`` (nearly always one)."""
        check_package(data, "OFD 文件")
        sha256 = hashlib.sha256(data).hexdigest()
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            package = _Package(packed)
            if "Encryptions.xml" in package.names:
                raise ReadError("encrypted", "OFD 文件已加密")
            bodies = list(package.bodies())
            for i, (root, declared) in enumerate(bodies):
                pages = list(package.pages(root))
                text, blocks = paragraphs(pages)
                if not text.strip():
                    raise ReadError("scan-without-text", "OFD 没有文字，疑为扫描件，需要先做文字识别（OCR）")
                name = source if len(bodies) == 1 else f"{source}!/{i + 1}"
                yield SourceDoc(name, sha256, "application/ofd", text, blocks, declared, mojibake(text))


class _Package:
    """The parts of an OFD file by path."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self.names = frozenset(packed.namelist())
        self._budget = Budget()

    def root(self, path: str) -> Element:
        """The root element of a part."""
        try:
            return parse(self._packed.read(path), f"OFD 部件 {path}")
        except KeyError as error:
            raise ReadError("malformed", f"OFD 文件缺少部件 {path[:100]}") from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
            raise ReadError("malformed", f"OFD 部件 {path[:100]} 已损坏") from error

    def bodies(self) -> Iterator[tuple[str, Declared]]:
        """Path of the document root and declared metadata of each document in the file."""
        found = False
        for body in _all(self.root("OFD.xml"), "DocBody"):
            root = _first(body, "DocRoot")
            if root is not None and root.text:
                found = True
                yield _join("", root.text), _declared(body)
        if not found:
            raise ReadError("malformed", "OFD 文件没有文档（DocRoot）")

    def pages(self, path: str) -> Iterator[Page]:
        """The pages of a document in order; a template's text stands on the first page that uses it."""
        document = self.root(path)
        common = _first(document, "CommonData")
        size = _box(_first(common, "PhysicalBox")) or _A4
        templates = {t.get("ID"): t.get("BaseLoc") for t in _all(common, "TemplatePage")}
        pages = _all(_first(document, "Pages"), "Page")
        if len(pages) > MAX_PAGES:
            raise ReadError("too-large", f"OFD 有 {len(pages)} 页")
        for number, page in enumerate(pages, 1):
            self._budget.check()
            root = self.root(_join(path, page.get("BaseLoc") or ""))
            box = _box(_first(root, "PhysicalBox")) or size
            printed: list[Printed] = []
            for use in _all(root, "Template"):
                location = templates.pop(use.get("TemplateID"), None)
                if location:
                    printed += objects(self.root(_join(path, location)))
            printed += objects(root)
            lines = lines_of(printed, _POINTS)
            yield Page(number, box[2] * _POINTS, box[3] * _POINTS, tuple(lines))


def objects(root: Element) -> Iterator[Printed]:
    """The text objects of a page, in the order of its layers and blocks."""
    for item in root.iter():
        if _name(item) != "TextObject":
            continue
        box = _box(item)
        matrix = _numbers(item.get("CTM") or "")
        for code in _all(item, "TextCode"):
            if code.text and code.text.strip() and box:
                place = (_number(code.get("X")), _number(code.get("Y")))
                shifts = tuple(_deltas(code.get(name) or "") for name in ("DeltaX", "DeltaY"))
                size = _number(item.get("Size")) or 4.0
                yield Printed(
                    code.text.strip("\r\n"), (box[0], box[1]), matrix, place, shifts[0], shifts[1], size
                )


def _declared(body: Element) -> Declared:
    info = _first(body, "DocInfo")
    if info is None:
        return Declared()
    values: dict[str, object] = {_name(item): item.text for item in info if _name(item) == "Title"}
    values |= {item.get("Name") or "": item.text for item in _all(info, "CustomData")}
    return declared_of(values)


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _all(element: Element | None, name: str) -> list[Element]:
    return [item for item in element.iter() if _name(item) == name] if element is not None else []


def _first(element: Element | None, name: str) -> Element | None:
    return (
        next((item for item in element.iter() if _name(item) == name), None) if element is not None else None
    )


def _join(base: str, location: str) -> str:
    """The path of a part; absolute from the root of the package, else from the folder of ``base``.

    Raises:
        ReadError: ``unsafe-path`` where it leaves the package.
    """
    location = location.strip().replace("\\", "/")
    path = (
        PurePosixPath(location.lstrip("/"))
        if location.startswith("/")
        else PurePosixPath(base).parent / location
    )
    if ".." in path.parts:
        raise ReadError("unsafe-path", "OFD 部件的路径指向文件之外")
    return path.as_posix()


def _number(text: str | None) -> float:
    found = _numbers(text or "")
    return found[0] if found else 0.0


def _numbers(text: str) -> tuple[float, ...]:
    try:
        found = tuple(float(word) for word in text.split()[:8])
    except ValueError:
        return ()
    return found if all(abs(number) <= _MAX_LENGTH for number in found) else ()


def _box(element: Element | None) -> tuple[float, float, float, float] | None:
    if element is None:
        return None
    found = _numbers(element.get("Boundary") or element.text or "")
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def _deltas(text: str) -> float:
    """The sum of a list of shifts; ``g n v`` stands for ``v`` n times (7.8.3)."""
    words = text.split()[:20_000]
    total = 0.0
    i = 0
    try:
        while i < len(words):
            if words[i] == "g" and i + 2 < len(words):
                total += int(words[i + 1]) * float(words[i + 2])
                i += 3
            else:
                total += float(words[i])
                i += 1
    except (ValueError, OverflowError):
        return 0.0
    return total if abs(total) <= _MAX_LENGTH else 0.0
