"""Archives: members by path; bombs, loops and paths that leave the archive are refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from kg.model.documents import Declared, SourceDoc
from kg.model.errors import ReadError
from kg.model.issues import Issue, Stage
from kg.read.limits import MAX_DEPTH, MAX_FILE, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, Budget
from kg.read.registry import head_of, read_bytes, reader_for
from kg.read.sidecar import LISTS, Sidecars

_SUFFIXES = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z"})
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_STREAMS: dict[bytes, Callable[[io.BytesIO], io.BufferedIOBase]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
_SEVEN = b"7z\xbc\xaf\x27\x1c"
_RAR = b"Rar!\x1a\x07"
_UNSAFE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)|\x00")
_SKIPPED = LISTS | {"source.txt", "readme.md", "readme.txt"}
_BROKEN = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, KeyError)
_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError)

Member = tuple[str, Callable[[], bytes]]


class ArchiveReader:
    """Reads ZIP, TAR and single compressed files; 7z where py7zr is installed."""

    name = "archive"

    def accepts(self, head: bytes, path: Path) -> bool:
        """The marks of the formats; else the name."""
        marks = (*_ZIP, *_STREAMS, _SEVEN, _RAR)
        return head.startswith(marks) or head[257:262] == b"ustar" or path.suffix.lower() in _SUFFIXES

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """The documents of all members; what is wrong with a member is an issue of the next document."""
        if source.count("!/") >= MAX_DEPTH:
            raise ReadError("nested-too-deep", f"压缩包嵌套超过 {MAX_DEPTH} 层")
        budget = Budget()
        try:
            unpack = members(data, source)
            yield from _documents(unpack(), source, budget, _Stated(unpack))
        except _DAMAGED as error:
            raise ReadError("malformed", f"压缩包已损坏：{error}") from error
        except _BROKEN as error:
            raise ReadError("malformed", f"无法解开压缩包：{error}") from error


def members(data: bytes, source: str) -> Callable[[], Iterator[Member]]:
    """What lists the paths of the members in the order of the archive, each with the function that unpacks it."""
    if data.startswith(_ZIP):
        return lambda: _zip(data)
    if data.startswith(_SEVEN):
        unpacked = _seven(data)
        return lambda: iter(unpacked)
    if data.startswith(_RAR):
        raise ReadError("unsupported", "不支持 RAR 压缩包，请先解开")
    if data[257:262] == b"ustar":
        return lambda: _tar(data)
    mark = next((mark for mark in _STREAMS if data.startswith(mark)), None)
    if mark is None:
        raise ReadError("malformed", "不是压缩包，或者已经损坏")
    inner = _bounded(_STREAMS[mark](io.BytesIO(data)), len(data))
    if inner[257:262] == b"ustar":
        return lambda: _tar(inner)
    name = PurePosixPath(source).name
    return lambda: iter([(name[: name.rfind(".")] if "." in name else name, lambda: inner)])


class _Stated:
    """What sidecars in an archive state of its members; one that is damaged or too large states nothing."""

    def __init__(self, members: Callable[[], Iterator[Member]]) -> None:
        self._folders: dict[PurePosixPath, dict[str, bytes]] = {}
        self._sidecars: dict[PurePosixPath, Sidecars] = {}
        size = 0
        try:
            for name, unpack in islice(members(), MAX_MEMBERS):
                path = PurePosixPath(name)
                if path.name in LISTS or path.suffix == ".json":
                    data = _or_nothing(unpack)
                    size += len(data)
                    if size > MAX_FILE:
                        return
                    self._folders.setdefault(path.parent, {})[path.name] = data
        except (*_DAMAGED, *_BROKEN):
            return

    def __call__(self, name: str) -> Declared | None:
        path = PurePosixPath(name)
        held = self._folders.get(path.parent)
        if held is None:
            return None
        if path.parent not in self._sidecars:
            self._sidecars[path.parent] = Sidecars(held.get)
        return self._sidecars[path.parent].declared(path.name)


def _or_nothing(unpack: Callable[[], bytes]) -> bytes:
    try:
        return unpack()
    except ReadError:
        return b""


def _documents(
    found: Iterator[Member], source: str, budget: Budget, stated: Callable[[str], Declared | None]
) -> Iterator[SourceDoc]:
    held: SourceDoc | None = None
    issues: list[Issue] = []
    first: ReadError | None = None
    unpacked = 0
    for i, (name, unpack) in enumerate(found):
        budget.check()
        if i >= MAX_MEMBERS:
            first = first or ReadError("too-many-members", f"成员超过 {MAX_MEMBERS} 个，其余未读")
            issues.append(_issue("too-many-members", f"压缩包成员超过 {MAX_MEMBERS} 个，其余未读"))
            break
        path = PurePosixPath(name)
        if path.name.lower() in _SKIPPED or any(p.startswith(".") and p != ".." for p in path.parts):
            continue
        try:
            if _UNSAFE.search(name):
                raise ReadError("unsafe-path", "路径指向压缩包之外")
            data = unpack()
            unpacked += len(data)
            if unpacked > MAX_UNPACKED:
                raise ReadError("too-large", f"解开后超过 {MAX_UNPACKED >> 20} MB")
            if reader_for(head_of(data), Path(path.name)) is None:
                continue
            for doc in read_bytes(data, Path(path.name), f"{source}!/{name}", stated(name)):
                if held is not None:
                    yield held
                held = replace(doc, issues=(*doc.issues, *issues))
                issues.clear()
        except ReadError as error:
            first = first or error
            issues.append(_issue(error.code, f"成员 {name[:200]}：{error}"))
            if unpacked > MAX_UNPACKED:
                break
    if held is not None:
        yield replace(held, issues=(*held.issues, *issues))
    elif first is not None:
        raise ReadError(first.code, f"压缩包中没有可读的文件：{first}")


def _issue(code: str, message: str) -> Issue:
    return Issue(Stage.READ, code, message)


def _zip(data: bytes) -> Iterator[Member]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for info in packed.infolist():
            if not info.is_dir():
                yield _zip_name(info), partial(_unzip, packed, info)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The path of a member; names without the UTF-8 flag are GBK more often than not."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        for encoding in ("utf-8", "gbk"):
            try:
                return name.encode("cp437").decode(encoding).replace("\\", "/")
            except UnicodeError:
                continue
    return name.replace("\\", "/")


def _unzip(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 1:
        raise ReadError("encrypted", "有密码")
    _check_ratio(info.file_size, info.compress_size)
    try:
        with packed.open(info) as member:
            return _bounded(member, info.compress_size)
    except (*_DAMAGED, *_BROKEN) as error:
        raise ReadError("malformed", f"已损坏：{error}") from error


def _tar(data: bytes) -> Iterator[Member]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as packed:
        for info in packed:
            if info.isfile():
                yield info.name, partial(_untar, packed, info)
            elif info.issym() or info.islnk():
                yield info.name, _refuse_link


def _refuse_link() -> bytes:
    raise ReadError("unsafe-path", "是链接，不跟随")


def _untar(packed: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    if info.size > MAX_FILE:
        raise ReadError("too-large", f"有 {info.size >> 20} MB")
    member = packed.extractfile(info)
    return member.read(MAX_FILE + 1) if member else b""


def _seven(data: bytes) -> list[Member]:
    try:
        import py7zr  # noqa: PLC0415
    except ImportError as error:
        raise ReadError("missing-extra", "读取 7z 需要安装：pip install 'wenmai[sevenzip]'") from error
    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as packed:
            if packed.needs_password():
                raise ReadError("encrypted", "压缩包有密码")
            _check_ratio(sum(member.uncompressed for member in packed.list()), len(data))
            factory = py7zr.io.BytesIOFactory(MAX_FILE)
            packed.extractall(factory=factory)  # noqa: S202 — into memory, bounded
    except (py7zr.exceptions.ArchiveError, *_DAMAGED, *_BROKEN, AttributeError, TypeError) as error:
        raise ReadError("malformed", f"7z 压缩包已损坏：{error}") from error
    pieces = {name.replace("\\", "/"): product.read() for name, product in sorted(factory.products.items())}
    return [(name, partial(bytes, piece)) for name, piece in pieces.items()]


def _check_ratio(unpacked: int, packed: int) -> None:
    if unpacked > MAX_FILE:
        raise ReadError("too-large", f"解开后有 {unpacked >> 20} MB，超过上限")
    if unpacked > 1 << 20 and unpacked > MAX_RATIO * max(packed, 1):
        raise ReadError("bomb", "压缩比异常，疑为压缩炸弹")


def _bounded(stream: IO[bytes] | io.BufferedIOBase, packed: int) -> bytes:
    """Unpack no more than the bounds allow, whatever the archive declares."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(1 << 20):
        size += len(piece)
        _check_ratio(size, packed)
        pieces.append(piece)
    return b"".join(pieces)
