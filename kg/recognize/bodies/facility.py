"""Centres, museums, schools and companies that are facilities, aims or classes rather than bodies."""

from __future__ import annotations

from kg.recognize.bodies.left import Begin
from kg.recognize.bodies.lexicon import any_of, words_of
from kg.recognize.bodies.names import Head

_WIDE = frozenset(words_of("left.tsv", "wide"))
_PLACES = frozenset(words_of("left.tsv", "facility"))
_GENERIC = frozenset(words_of("left.tsv", "generic"))
_AIM = any_of(words_of("left.tsv", "aim"))
_WORK = any_of(words_of("left.tsv", "work"))
_BARE = 2


def is_facility(text: str, head: Head, begin: Begin) -> bool:
    """Whether what begins with ``begin`` and ends with ``head`` is no body (国家医学中心, 上市公司)."""
    place, content = text[begin.start : begin.place_end], text[begin.place_end : head.start]
    if head.kind in ("school", "open", "company") and (place in _WIDE or content in _GENERIC):
        return True
    if head.kind == "centre" and place in _PLACES and "中心和" in content:
        return True
    if head.kind != "centre" or head.end - head.start > _BARE:
        return False
    if place in _WIDE and any(m.end() == len(content) for m in _WORK.finditer(content)):
        return False
    aims = any(m.end() == len(content) for m in _AIM.finditer(content))
    return place in _PLACES or len(content) < _BARE or aims
