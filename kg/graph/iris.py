"""IRIs of keys, entities, sources and text spans, and N-Quads syntax."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

from kg.graph import terms as t

ID: Final = t.PREFIXES["id"]
KEY: Final = t.PREFIXES["key"]
# RFC 3987 iunreserved and sub-delims, "/", ":" and "@"; the rest is percent-encoded.
_UNSAFE = re.compile(
    r"[^A-Za-z0-9._~!$&'()*+,;=:@/\u00A0-\u1FFF\u200C\u200D\u2010-\u2027\u2030-\u2FEF\u3001-\uD7FF"
    r"\uF900-\uFDCF\uFDF0-\uFFEF\U00010000-\U0001FFFD\U00020000-\U0002FFFD\U00030000-\U0003FFFD-]"
)
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f\ud800-\udfff]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _percent(found: re.Match[str]) -> str:
    return quote(found[0].encode("utf-8", "replace"), safe="")


@lru_cache(maxsize=1 << 16)
def entity(canonical: str) -> str:
    """``document/number/国发〔2015〕1号`` → ``<https://…/id/document/number/国发〔2015〕1号>``."""
    return f"<{ID}{_UNSAFE.sub(_percent, canonical)}>"


@lru_cache(maxsize=1 << 16)
def local(key: str) -> str:
    """The node of a local key, of the same shape as :func:`entity` in a namespace of its own."""
    return f"<{KEY}{_UNSAFE.sub(_percent, key)}>"


def canonical(iri: str) -> str:
    """The canonical id of an entity's IRI (with or without angle brackets); the reverse of :func:`entity`.

    Raises:
        ValueError: the IRI is none of this namespace.
    """
    bare = iri.strip("<>")
    if not bare.startswith(ID):
        raise ValueError(iri)
    return unquote(bare.removeprefix(ID))


def source_iri(sha256: str) -> str:
    """The IRI of a source file, by the first 128 bits of the hash of its bytes; also that of its graph."""
    return f"{ID}source/{sha256[:32]}"


def source(sha256: str) -> str:
    """The node of a source file."""
    return f"<{source_iri(sha256)}>"


def span(sha256: str, start: int, end: int) -> str:
    """A span of a source's text, named after RFC 5147 (``#char=12,20``, code points)."""
    return f"<{source_iri(sha256)}#char={start},{end}>"


def part(sha256: str, kind: str, name: str) -> str:
    """A node inside of a source's graph, such as ``…/source/<sha>#citation=12-20-3``."""
    return f"<{source_iri(sha256)}#{kind}={name}>"


def node(kind: str, digest: str) -> str:
    """A statement of the derived graph, by the digest of what it says."""
    return f"<{ID}{kind}/{digest}>"


def iri(text: str) -> str:
    """An IRI in angle brackets."""
    return f"<{text}>"


def _short(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SHORT:
        return _SHORT[char]
    # A lone surrogate has no UTF-8 form; U+FFFD stands for it.
    return "\ufffd" if char >= "\ud800" else f"\\u{ord(char):04X}"


def text(value: str) -> str:
    """A plain string literal."""
    return f'"{_ESCAPED.sub(_short, value)}"'


def integer(value: int) -> str:
    """An integer literal."""
    return f'"{value}"^^<{t.PREFIXES["xsd"]}integer>'


@lru_cache(maxsize=1024)
def decimal(value: float) -> str:
    """A decimal literal in the canonical form that stores write back (``0.9``, ``1``)."""
    return f'"{value:.4f}'.rstrip("0").rstrip(".") + f'"^^<{t.PREFIXES["xsd"]}decimal>'


_DATES = (
    (re.compile(r"\d{4}-(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])"), "date"),
    (re.compile(r"\d{4}-(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"), "date"),
    (re.compile(r"\d{4}-02-(?:0[1-9]|1\d|2[0-8])"), "date"),
    (re.compile(r"(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"), "date"),
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"), "gYearMonth"),
    (re.compile(r"\d{4}"), "gYear"),
)


def date(value: str) -> str:
    """``2017-12-20``, ``2017-12`` or ``2017`` with its datatype; a plain string where it is no date."""
    for pattern, kind in _DATES:
        if pattern.fullmatch(value):
            return f'"{value}"^^<{t.PREFIXES["xsd"]}{kind}>'
    return text(value)
