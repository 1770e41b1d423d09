"""文种: which kind of text a title names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

_VERSION = re.compile(r"(?:[（(][^（()）]{1,40}[)）]|[\s》〉”’])+$")


@cache
def genres() -> dict[str, str]:
    """The known genres and their classes (``official``, ``law``, ``plan`` …)."""
    table = files("kg.data").joinpath("structure/genres.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {row[0]: row[1] for row in rows[1:]}


@cache
def _at_end() -> re.Pattern[str]:
    names = sorted(genres(), key=lambda g: (-len(g), g))
    return re.compile(f"(?:{'|'.join(names)})$")


@lru_cache(maxsize=1 << 13)
def genre_of(title: str) -> str | None:
    """The genre at the end of a title, behind which a version in parentheses may stand.

    >>> genre_of("某市关于印发《某市实施办法》的通知")
    '通知'
    >>> genre_of("某省实施办法（试行）")
    '办法'
    """
    bare = _VERSION.sub("", title.rstrip())
    found = _at_end().search(bare)
    return found[0] if found else None
