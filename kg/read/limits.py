"""Bounds that no input may pass, whatever it declares of itself."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from kg.model.errors import ReadError

MAX_FILE = 256 << 20
"""Bytes of a file, or of a member of an archive."""
MAX_TEXT = 40_000_000
"""Code points of one document."""
MAX_MARKUP = 32_000_000
"""Characters of a page, bytes of an XML part: a tree takes many times as much memory."""
MAX_PAGES = 5_000
MAX_MEMBERS = 20_000
"""Members of one archive."""
MAX_UNPACKED = 1 << 30
"""Bytes that all members of an archive may unpack to."""
MAX_RATIO = 200
"""Unpacked bytes for each packed byte, above the first MiB."""
MAX_DEPTH = 3
"""Archives within archives."""
MAX_SECONDS = 120.0
"""Seconds for one file."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The time that one file may take; asked between pages and members."""

    seconds: float = MAX_SECONDS
    began: float = field(default_factory=time.monotonic)

    def spent(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() - self.began > self.seconds

    def check(self) -> None:
        """Raise where the time is up.

        Raises:
            ReadError: ``time-limit``.
        """
        if self.spent():
            raise ReadError("time-limit", f"读取超过 {self.seconds:.0f} 秒，已停止")


def check_size(size: int) -> None:
    """Refuse a file by its size.

    Raises:
        ReadError: ``empty`` or ``too-large``.
    """
    if size == 0:
        raise ReadError("empty", "文件是空的")
    if size > MAX_FILE:
        raise ReadError("too-large", f"文件有 {size >> 20} MB，超过上限 {MAX_FILE >> 20} MB")
