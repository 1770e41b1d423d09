"""Places that no table knows, named with and without what lies above them: 澜汀市, 岚江省澜汀市."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from kg.grammar.places import by_name

_PLACE = re.compile(r"[\u4e00-\u9fff]{2,}[省市县区州盟旗]")
BY_NAME = "institution/name/"


def place_of(key: str) -> str:
    """The place in ``institution/name/岚江省澜汀市/财政局``; empty where the key has none."""
    return key.removeprefix(BY_NAME).rpartition("/")[0] if key.startswith(BY_NAME) else ""


def fuller(place: str, places: Iterable[str]) -> list[str]:
    """The fullest chains that end with a place; several are several places of that name.

    A name that tables know, or that of a town, which many counties have, says too little.
    """
    if not _PLACE.fullmatch(place) or by_name(place):
        return []
    longer = {p for p in places if p.endswith(place) and _PLACE.fullmatch(p.removesuffix(place))}
    return sorted(p for p in longer if not any(q != p and q.endswith(p) for q in longer))


def chain_ends(key: str) -> Iterator[str]:
    """What two keys must share for the place of one to be the end of the other's."""
    place = place_of(key)
    if _PLACE.fullmatch(place):
        yield place[-3:]


def chained(place: str, chain: str, places: Collection[str]) -> list[str]:
    """The places between one and its fullest chain that keys name, the fullest first."""
    return sorted(
        (p for p in places if p != place and chain.endswith(p) and p.endswith(place)), key=len, reverse=True
    )
