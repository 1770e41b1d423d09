"""Paths of this machine, and addresses of what lies elsewhere (``s3://``, ``hdfs://`` … through fsspec)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from kg.model.errors import WenmaiError
from kg.model.ids import digest

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://")
_DRIVERS = {
    "s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "abfss": "adlfs", "az": "adlfs",
    "oss": "ossfs", "webdav": "webdav4", "sftp": "paramiko", "ssh": "paramiko", "smb": "smbprotocol",
    "http": "aiohttp", "https": "aiohttp",
}  # fmt: skip
"""Protocol → the package on PyPI that fsspec reads it with, where it needs one."""

_CLIENTS = frozenset(("aiobotocore", "aiohttp", "asyncio", "azure", "botocore", "gcsfs", "google", "pyarrow"))
_CHANGED = (
    "ETag",
    "etag",
    "md5Hash",
    "content_md5",
    "mtime",
    "LastModified",
    "last_modified",
    "modified",
    "created",
)


def is_address(text: str) -> bool:
    """Whether this is an address and no path of this machine."""
    return _ADDRESS.match(text) is not None


def located(text: str) -> Path:
    """The path at an address, or a path of this machine; ``file://`` is one too.

    What lies elsewhere comes as a ``UPath``, which does what :mod:`kg.read` asks of a path.

    Raises:
        WenmaiError: a package is missing, or nothing is known by this protocol.
    """
    if not is_address(text):
        return Path(text)
    if text.startswith("file://"):
        return Path(unquote(urlsplit(text).path))
    protocol = text.partition("://")[0]
    try:
        from upath import UPath  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise WenmaiError(
            f"读写 {protocol}:// 需要附加部件，请运行 pip install 'wenmai[cluster]'",
            f"{protocol}:// needs an extra; run pip install 'wenmai[cluster]'",
        ) from error
    try:
        path = UPath(text)
        _ = path.fs
    except (ImportError, ValueError) as error:
        raise missing_driver(protocol, error) from error
    return cast(Path, path)


@contextmanager
def reaching(address: str) -> Iterator[None]:
    """Say of what goes wrong on the way to an address what can be done about it.

    Raises:
        WenmaiError: in place of an error of the network, of rights or of a client library.
    """
    try:
        yield
    except WenmaiError:
        raise
    except Exception as error:
        library = type(error).__module__.partition(".")[0]
        if not isinstance(error, OSError) and library not in _CLIENTS:
            raise
        raise WenmaiError(
            f"打不开 {address}：{error}；请检查地址、网络和凭据（S3 用 AWS_PROFILE、AWS_ENDPOINT_URL 等环境变量）",
            f"{address} cannot be reached: {error}; check the address, the network and the credentials "
            "(for S3 the environment variables AWS_PROFILE, AWS_ENDPOINT_URL and so on)",
        ) from error


def missing_driver(protocol: str, error: Exception) -> WenmaiError:
    """What to do where fsspec cannot read a protocol."""
    package = _DRIVERS.get(protocol)
    if package:
        return WenmaiError(
            f"读写 {protocol}:// 需要 {package}，请运行 pip install {package}（集群的每台机器上都要装）",
            f"{protocol}:// needs {package}; run pip install {package} (on every machine of the cluster)",
        )
    return WenmaiError(f"无法读写 {protocol}://：{error}", f"{protocol}:// cannot be used: {error}")


def look_of(path: Path) -> tuple[int, int]:
    """Size of a file, and a number that is another one when it has changed: its time, or what stores say of its content."""
    stat = path.stat()
    if isinstance(path, Path):
        return stat.st_size, stat.st_mtime_ns
    info = stat.as_info()  # a UPath
    told = next((info[name] for name in _CHANGED if info.get(name)), "")
    return stat.st_size, int(digest((str(told),), 7), 16)
