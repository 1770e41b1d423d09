"""Forms in which names, titles, numbers and spans are compared, as the annotation guidelines define them."""

from __future__ import annotations

import re
import unicodedata

_EDGE = re.compile(r"[\s《》〈〉“”\"'‘’「」『』（）()【】]")
_DASHES = re.compile(r"[‐‑‒–—―－﹣-]+")
_QUOTES = re.compile(r"[《》〈〉“”\"'‘’「」]")
_PARTY = re.compile(r"^(中国共产党|中共)(.+?)(委员会|委)$")
_NUMBER = re.compile(r"(.*?)[\[(〔【﹝〈<]?(\d{4})[\])〕】﹞〉>]?(?:年)?第?0*(\d+(?:-\d+)?)号")

Range = tuple[int, int]


def norm(name: str | None) -> str:
    """A name or title without spaces, quotes and width; party committees in their short form."""
    if not name:
        return ""
    s = unicodedata.normalize("NFKC", name)
    s = _DASHES.sub("-", "".join(s.split()))
    return _PARTY.sub(r"中共\2委", _QUOTES.sub("", s))


def norm_title(title: str | None) -> str:
    """A title; 中华人民共和国 before it may be there or not."""
    return norm(title).removeprefix("中华人民共和国")


def norm_number(number: str | None) -> str:
    """A document number with every bracket variant as 〔〕; empty where there is none."""
    if not number:
        return ""
    s = "".join(unicodedata.normalize("NFKC", number).split())
    m = _NUMBER.search(s)
    return f"{m[1]}〔{m[2]}〕{m[3]}号" if m else s


def trimmed(text: str, start: int, end: int) -> Range:
    """The span without brackets, quotes and spaces at its two ends."""
    while start < end and _EDGE.match(text[start]):
        start += 1
    while end > start and _EDGE.match(text[end - 1]):
        end -= 1
    return start, end


def iou(a: Range, b: Range) -> float:
    """Intersection over union of two ranges."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0
