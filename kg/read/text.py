"""Plain text: the decoded file as it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from kg.model.documents import SourceDoc
from kg.model.errors import ReadError


class TextReader:
    """Reads UTF-8 (with or without BOM), else GB18030."""

    name = "text"

    def accepts(self, head: bytes, path: Path) -> bool:
        """Text is what is left: the file's name decides."""
        return path.suffix.lower() in {".txt", ".text", ".md"}

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """One document a file; line ends are kept as they are."""
        text = decode(data)
        if not text.strip():
            raise ReadError("empty", "文件没有文字")
        yield SourceDoc(source, hashlib.sha256(data).hexdigest(), "text/plain", text)


def decode(data: bytes) -> str:
    """Decode text as UTF-8, else as GB18030 (of which gb2312 and gbk are parts)."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError("undecodable", "无法识别文字编码")
