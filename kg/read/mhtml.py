"""Pages saved whole (MHTML): the HTML part, read as a page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path

from kg.model.documents import SourceDoc
from kg.model.errors import ReadError
from kg.read.html import page
from kg.read.text import decode_labelled

_SUFFIXES = frozenset({".mht", ".mhtml"})
_HEADER = re.compile(rb"(?im)^(?:MIME-Version:|Content-Type:\s*multipart/related)")
_MAX_PARTS = 2_000


class MhtmlReader:
    """Reads MHTML as browsers and word processors save it."""

    name = "mhtml"

    def accepts(self, head: bytes, path: Path) -> bool:
        """A MIME header at the start; else the name."""
        return _HEADER.search(head[:1000]) is not None or path.suffix.lower() in _SUFFIXES

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """One document: the first HTML part."""
        sha256 = hashlib.sha256(data).hexdigest()
        yield page(html_part(data), source, sha256, "multipart/related")


def html_part(data: bytes) -> str:
    """The first HTML part of a MIME message, decoded.

    Raises:
        ReadError: ``truncated`` or ``no-html-part``.
    """
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        for i, part in enumerate(message.walk()):
            if i > _MAX_PARTS:
                break
            if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and payload:
                    return decode_labelled(payload)
    except (RecursionError, ValueError, LookupError) as error:
        raise ReadError("malformed", f"无法解析 MHTML：{error}") from error
    raise ReadError("no-html-part", "MHTML 中没有网页部分")
