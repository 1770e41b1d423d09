"""Titles of official documents: canonical form, comparison key, genre, version, issuer, carried text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kg.grammar.tables import read_table

_DASH = re.compile(r"[‐‑‒–—―－﹣﹘─-]+")
_PAGE = re.compile(
    r"\s*\n\s*(?:[-—–－·•]{1,3}\s*\d{1,4}\s*[-—–－·•]{1,3}|第\s*\d{1,4}\s*页(?:\s*[共/／]\s*\d{1,4}\s*页)?|\d{1,4})\s*\n\s*"
)
_FORMS = {
    **{c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    **str.maketrans("《》<>﹤﹥()「」", "〈〉〈〉〈〉（）“”"),
}
"""Full-width letters and digits to half-width ones; inner brackets to 〈〉."""
_QUOTES = re.compile(r"[《》〈〉“”\"'‘’「」『』]")
_SIGNS = re.compile(r"[、，,。．.·•：:；;！!？?（）()\[\]【】〔〕/／_-]")
_VERSION = re.compile(
    r"（((?:[^（）]{0,8})?(?:试行|暂行|试用|修订|修正|修改|征求意见|草案|送审|审议|讨论|报批|代拟|初稿|建议稿|稿|年版|版|年本|第.{1,3}批)"
    r"[^（）]{0,10})）$"
)
_EDITION = re.compile(
    r"(?:(?:19|20)\d\d年?)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:第[一二三四五六七八九十]{1,3}次)?(?:修订|修正|修改)(?:版|本|后)?"
)
_STATE = "中华人民共和国"
_TAIL = re.compile(r"(?:（[^（）]*）|[》〉”\d])+$")
_CARRIES = re.compile(
    r"(?:印发|转发|批转|发布|公布|颁布|下发|批准)(?:了)?[〈《](.+)[〉》](?:等.{0,12})?的(?:紧急)?(?:通知|公告|通报|批复|决定)$"
)
_CARRIES_PLAIN = re.compile(r"关于(?:印发|转发|批转|发布|公布)([^〈《]+)的(?:紧急)?(?:通知|公告|通报)$")
_ISSUER = re.compile(
    r"^((?:[^关〈《“]|关(?!于)){2,60}?(?:部|委|局|院|厅|署|会|府|行|办|办公室|法院|检察院|政协|小组|指挥部|机制|社|区|公司|大学|学院))"
    r"(?:印发|关于|转发|批转|公布|发布|[〈《])"
)


@lru_cache(maxsize=1 << 13)
def canonical_title(printed: str) -> str:
    """A title as it is stored: no white space, dashes unified, inner brackets 〈〉, full-width parentheses.

    Args:
        printed: the title as it stands, without its outer 《》; page numbers between its lines are left out.
    """
    title = _PAGE.sub("", printed) if "\n" in printed else printed
    title = "".join(title.split()).translate(_FORMS)
    return _DASH.sub("-", title)


@lru_cache(maxsize=1 << 16)
def _keyed(title: str) -> str:
    key = unicodedata.normalize("NFKC", canonical_title(title))
    return _SIGNS.sub("", _QUOTES.sub("", key)).removeprefix(_STATE)


def title_key(title: str) -> str:
    """What two titles of one text share: no quotes, no punctuation, no 中华人民共和国 in front."""
    return _keyed(title)


@lru_cache(maxsize=1 << 13)
def split_version(title: str) -> tuple[str, str | None]:
    """A canonical title without the version in parentheses at its end, and that version (``试行``)."""
    m = _VERSION.search(title)
    return (title[: m.start()], m[1]) if m else (title, None)


def split_edition(title: str) -> tuple[str, str | None]:
    """A title without the mark of an amended or revised text of the same work, and that mark (``2017年修订``).

    Other versions (``试行``, ``2019年版``, drafts) are works of their own.
    """
    base, version = split_version(title)
    return (base, version) if version and is_edition(version) else (title, None)


def is_edition(version: str) -> bool:
    """Whether a version is an amended or revised text of the same work."""
    return _EDITION.fullmatch(version) is not None


@cache
def title_ends() -> dict[str, str]:
    """Words at the end of text in 《》 that show an official document, ``strong`` or ``weak``."""
    return dict(read_table("documents/title-ends.tsv"))  # type: ignore[arg-type]


@lru_cache(maxsize=1 << 14)
def title_end(title: str) -> str | None:
    """The longest such word at the end of a canonical title, parentheses left aside; None without one."""
    base = _TAIL.sub("", title)
    return next((base[-n:] for n in range(min(5, len(base)), 0, -1) if base[-n:] in title_ends()), None)


def is_short_form(words: str) -> bool:
    """Whether the words are nothing but a genre: 纲要, 实施方案."""
    return words in title_ends()


@lru_cache(maxsize=1 << 13)
def issuer_in_title(title: str) -> str | None:
    """The issuers named in front of 关于 or 印发: 国务院办公厅 in 国务院办公厅关于…的通知."""
    m = _ISSUER.match(title)
    return m[1] if m else None


@lru_cache(maxsize=1 << 13)
def carried_title(title: str) -> str | None:
    """The title of the text that a notice carries: 〈甲办法〉 of 关于印发〈甲办法〉的通知."""
    m = _CARRIES.search(title) or _CARRIES_PLAIN.search(title)
    return m[1] if m else None


@cache
def laws() -> dict[str, str]:
    """Full titles of national laws by what they are called: key of the title, customary short names."""
    found: dict[str, str] = {}
    for row in read_table("documents/laws.tsv"):
        full = row[0]
        for name in (full, *(row[1].split("、") if len(row) > 1 and row[1] else ())):
            found.setdefault(title_key(name), full)
    return found


@lru_cache(maxsize=1 << 14)
def full_law_title(title: str) -> str | None:
    """The full title of the national law that a title or a customary short name (保密法) stands for."""
    base, version = split_version(title)
    full = laws().get(title_key(base)) or laws().get(title_key(base).removeprefix("新"))
    return full + (f"（{version}）" if version else "") if full else None


@cache
def nicknames() -> dict[str, tuple[tuple[int, str], ...]]:
    """What each nickname (水十条) stands for: titles with the year from which it means them, in order."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, title, _, since in read_table("documents/nicknames.tsv"):
        found.setdefault(name, []).append((int(since), title))
    return {name: tuple(sorted(meanings)) for name, meanings in found.items()}


def nickname_title(name: str, year: int | None) -> str | None:
    """The title that a nickname stands for in a text of that year; the first one where none is known."""
    meanings = nicknames().get(name)
    if not meanings:
        return None
    current = [title for since, title in meanings if year is not None and since <= year]
    return current[-1] if current else meanings[0][1]
