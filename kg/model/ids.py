"""Identifiers: hashes of length-prefixed tuples, and the local keys of entities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest(parts: Iterable[str | int | None], size: int = 16) -> str:
    """Hex digest of a tuple, each part prefixed with its length, so that no two tuples collide by joining.

    Args:
        parts: strings, integers or None (which differs from the empty string).
        size: bytes of the digest; twice as many hex digits are returned.
    """
    h = hashlib.blake2b(digest_size=size)
    for part in parts:
        if part is None:
            h.update(b"-;")
            continue
        raw = str(part).encode()
        h.update(b"%d:" % len(raw))
        h.update(raw)
    return h.hexdigest()
