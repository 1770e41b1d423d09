"""What is known of named initiatives: a lexicon, head nouns, and the form in which two names are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_FOLDED = re.compile(r"[\s“”\"'‘’「」『』《》〈〉、，,；;·•.]")
_PLAIN = str.maketrans("＋（）", "+()")


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """A line of the lexicon.

    Attributes:
        name: as people write it.
        kind: of :class:`kg.model.entities.MeasureEntity`.
        broader: name of the wider initiative, or empty.
        aliases: other names of the same thing.
        use: ``bare`` (found anywhere), ``quoted`` (found in quotation marks) or ``never`` (for names only).
    """

    name: str
    kind: str
    broader: str
    aliases: tuple[str, ...]
    use: str


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun.

    Attributes:
        head: the word.
        kind: kind of the measures that it makes.
        quoted: whether it belongs to a quoted name that it follows.
        bare: fewest characters that stand before it in a name without quotation marks; 0 for never.
        verb: whether such a name must follow a verb of doing.
        left: how weak verbs (优化, 整治) count: 0 never part of the name, 1 part of it, 2 inside it only.
        generic: whether a name is the same measure without it.
    """

    head: str
    kind: str
    quoted: bool
    bare: int
    verb: bool
    left: int
    generic: bool


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a table of ``kg/data/measures``; lines that begin with # are remarks."""
    text = files("kg.data").joinpath("measures", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


@cache
def stop_rule(name: str) -> re.Pattern[str]:
    """The pattern of one rule of ``stops.tsv``."""
    return re.compile(next(r["pattern"] for r in rows("stops.tsv") if r["id"] == name))


@lru_cache(maxsize=1 << 13)
def normal_name(text: str) -> str:
    """A name without quotation marks, inner punctuation and spaces: ``双随机一公开监管``."""
    return _FOLDED.sub("", unicodedata.normalize("NFKC", text).translate(_PLAIN))


@cache
def heads() -> dict[str, Head]:
    """The head nouns by word."""
    return {
        r["head"]: Head(
            r["head"],
            r["kind"],
            r["quoted"] == "1",
            int(r["bare"]),
            r["verb"] == "1",
            int(r["left"]),
            r["generic"] == "1",
        )
        for r in rows("heads.tsv")
    }


@cache
def lexicon() -> tuple[KnownMeasure, ...]:
    """The known initiatives in order of the table."""
    return tuple(
        KnownMeasure(
            r["name"], r["kind"], r["broader"], tuple(filter(None, r["aliases"].split("|"))), r["use"]
        )
        for r in rows("lexicon.tsv")
    )


@cache
def known() -> dict[str, KnownMeasure]:
    """The known initiatives by normalised name, aliases included."""
    found: dict[str, KnownMeasure] = {}
    for entry in lexicon():
        for name in (entry.name, *entry.aliases):
            found.setdefault(normal_name(name), entry)
    return found


@cache
def _generic_end() -> re.Pattern[str]:
    return re.compile(_generic().pattern + "$")


@cache
def _generic() -> re.Pattern[str]:
    words = sorted((normal_name(h.head) for h in heads().values() if h.generic), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})+")


@lru_cache(maxsize=1 << 13)
def core_name(text: str) -> str:
    """The name by which variants are joined: aliases are followed, head nouns that add nothing are gone.

    Behind a closing quotation mark any generic head noun goes (``“一窗通办”改革`` is 一窗通办), elsewhere
    only 试点.

    Args:
        text: a name as printed, or a normalised one (:func:`normal_name`).
    """
    name = normal_name(text)
    bare = normal_name(text[: text.rindex("”")]) if "”" in text[:-1] else ""
    shorter = bare if bare and _generic().fullmatch(name, len(bare)) else name.removesuffix("试点")
    for form in (name, shorter, _generic_end().sub("", name)):
        if len(form) > 2 and form in known():
            return normal_name(known()[form].name)
    return shorter if len(shorter) > 2 else name
