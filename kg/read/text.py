"""Plain text: the decoded file as it stands."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from kg.model.documents import SourceDoc
from kg.model.errors import ReadError
from kg.model.issues import Issue, Stage
from kg.read.limits import MAX_TEXT

_SUFFIXES = frozenset({".txt", ".text", ".md"})
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOJIBAKE = re.compile(
    r"(?:\(cid:\d{1,5}\)\s{0,2}){3}|"
    "\ufffd|锟斤拷|锘\\S|烫烫烫|(?:[\u00c0-\u00f0][\u0080-\u00bf\u2013-\u203a\u20ac\u0152-\u0192]{1,2}){4}"
)
_UTF8_AS_GBK = re.compile("(?:[鐨勫拰绗浜轰簡鍦ㄤ腑鍥芥斂搴滃叧绔锛][\u4e00-\u9fff€]){3}")
_DAMAGE = 20
"""Sound characters outside ASCII for each that is damaged, above which an encoding is taken to fit."""
_LABEL = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)|encoding\s*=\s*[\"']([A-Za-z0-9_\-]+)")


class TextReader:
    """Reads UTF-8, UTF-16 and GB18030 (of which gb2312 and gbk are parts), and what can be guessed."""

    name = "text"

    def accepts(self, head: bytes, path: Path) -> bool:
        """Text is what is left: the file's name decides."""
        return path.suffix.lower() in _SUFFIXES

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """One document a file; line ends are kept as they are."""
        if len(data) > 4 * MAX_TEXT:
            raise ReadError("too-large", f"文字超过 {MAX_TEXT} 字")
        text = decode(data)
        if not text.strip("\ufeff \t\r\n\u3000\xa0"):
            raise ReadError("empty", "文件没有文字")
        sha256 = hashlib.sha256(data).hexdigest()
        yield SourceDoc(source, sha256, "text/plain", text, issues=mojibake(text))


def decode(data: bytes) -> str:
    """Decode text by its byte order mark, as UTF-8, as GB18030, else by what charset-normalizer makes of it.

    Raises:
        ReadError: ``not-text`` for binary data, ``undecodable`` where no encoding fits.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_utf16(data):
        return _checked(_utf16(data))
    for encoding in ("utf-8", "gb18030"):
        text = _decoded(data, encoding)
        if text is not None:
            return _checked(text)
    return _checked(_guess(data))


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text in one encoding, with U+FFFD for a few damaged characters, or None where it is in another."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.start > 0:
            text = data[: error.start].decode(encoding)
        else:
            text = data.decode(encoding, "replace")
            damaged = text.count("\ufffd")
            wide = len(text) - len(text.encode("ascii", "ignore"))
            if damaged * _DAMAGE > wide:
                return None
    return text if encoding == "utf-8" or _plausible(text) else None


def decode_labelled(data: bytes) -> str:
    """Decode a page: UTF-8 when it is, whatever its label says; else by label, else as text."""
    label = _LABEL.search(data, 0, 4096)
    name = (label[1] or label[2]).decode("ascii").lower() if label else ""
    if name in {"big5", "big5-hkscs", "x-big5"}:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("big5hkscs", "replace")
    return decode(data)


def mojibake(text: str) -> tuple[Issue, ...]:
    """An issue where text was decoded wrongly before it came here."""
    found = _MOJIBAKE.search(text) or _UTF8_AS_GBK.search(text)
    if found is None:
        return ()
    message = f"第 {found.start()} 字处有乱码，文字可能用错误的编码保存过"
    return (Issue(Stage.READ, "mojibake", message, "", *found.span()),)


def _looks_utf16(data: bytes) -> bool:
    """Whether every other byte of the first is zero (ASCII in UTF-16 without a mark)."""
    head = data[:512]
    return len(head) >= 8 and max(head[::2].count(0), head[1::2].count(0)) * 4 > len(head)


def _utf16(data: bytes) -> str:
    little = data[:512:2].count(0) <= data[1:512:2].count(0)
    encoding = "utf-16-le" if little else "utf-16-be"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    return data[: len(data) & ~1].decode(encoding, "replace")


def _plausible(text: str) -> bool:
    """Whether few 汉字 of the first are rare, as they are where another encoding is read as GB18030."""
    wide = [c for c in text[:4000] if c > "\u2e80"]
    rare = sum("\ue000" <= c <= "\uf8ff" or not _common(c) for c in wide)
    return rare * 5 <= len(wide)


def _common(char: str) -> bool:
    try:
        return char.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data[:200_000]).best()
    if best is not None:
        return data.decode(best.encoding, "replace")
    raise ReadError("undecodable", "无法识别文字编码")


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text, 0, 20_000)) * 100 > min(len(text), 20_000):
        raise ReadError("not-text", "文件不是文字，而是二进制数据")
    return text
