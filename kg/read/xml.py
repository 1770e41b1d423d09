"""XML of untrusted files: no entities, no document types, no network."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from kg.model.errors import ReadError
from kg.read.limits import MAX_FILE, MAX_MARKUP, MAX_MEMBERS, MAX_RATIO

_HEAD = 4096
_MAX_CHECKED = 400
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y", re.I)


def parse(data: bytes, what: str) -> Any:
    """The root element of a document (an ``lxml`` element).

    Raises:
        ReadError: ``hostile-xml`` where it declares a document type or entities, ``malformed`` where it is
            not well-formed.
    """
    from lxml import etree  # noqa: PLC0415

    if _DOCTYPE.search(data, 0, _HEAD):
        raise ReadError("hostile-xml", f"{what}声明了 XML 实体，拒绝读取")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError("malformed", f"{what}已损坏：{error}") from error


def check_package(data: bytes, what: str) -> None:
    """Refuse what is no sound zip package of XML, or would unpack beyond the bounds.

    Raises:
        ReadError: ``malformed``, ``encrypted``, ``bomb``, ``too-large``, ``too-many-members`` or
            ``hostile-xml``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = packed.infolist()
            _check_sizes(infos, len(data), what)
            for info in [i for i in infos if i.filename.endswith((".xml", ".rels"))][:_MAX_CHECKED]:
                with packed.open(info) as member:
                    if _DOCTYPE.search(member.read(_HEAD)):
                        raise ReadError("hostile-xml", f"{what}声明了 XML 实体，拒绝读取")
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, zlib.error) as error:
        raise ReadError("malformed", f"{what}已损坏：{error}") from error


def _check_sizes(infos: list[zipfile.ZipInfo], packed: int, what: str) -> None:
    if len(infos) > MAX_MEMBERS:
        raise ReadError("too-many-members", f"{what}的部件超过 {MAX_MEMBERS} 个")
    if any(info.flag_bits & 1 for info in infos):
        raise ReadError("encrypted", f"{what}有密码")
    if any(info.file_size > MAX_MARKUP and info.filename.endswith(".xml") for info in infos):
        raise ReadError("too-large", f"{what}的一个部件超过 {MAX_MARKUP >> 20} MB")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_FILE:
        raise ReadError("too-large", f"{what}解开后有 {unpacked >> 20} MB")
    if unpacked > 1 << 20 and unpacked > MAX_RATIO * packed:
        raise ReadError("bomb", f"{what}压缩比异常，疑为压缩炸弹")
