"""The core of a title: what two ways of writing one title share."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.grammar.bodies import national

_DROP = re.compile(r"[\s《》〈〉<>“”\"‘’'「」『』、,。·・]")
_YEAR_EDITION = re.compile(r"(?<=\d{4})年(?=[版本]\))")
_CONGRESS = re.compile(r"人大(?!代表)(常委会)?")
_YEAR_DASH = re.compile(r"(?<=\d)年?[-‐‑‒–—―─~～至]+(?=\d{4})")
_WRAPPER = re.compile(
    r"(?P<issuer>.{0,40}?)(?:关于)?(?:印发|发布|公布|颁布|转发|批转|下达)(?P<inner>.{4,}?)的?(?:通知|公告|令|决定|函|通告)"
)
_ABOUT = re.compile(r"(?P<issuer>.{2,40}?)关于(?P<rest>.{4,})")
_KIND = re.compile(
    r"(印发|发布|公布|颁布)[^〈《〉》]{1,10}(?:导则|标准|规范|规程|准则|指南)([〈《][^〈《〉》]{4,}[〉》])(?=的(?:通知|公告)$)"
)
"""What a text is, between the verb and its title: 关于发布核安全导则〈…〉的通知."""
_AMENDING = re.compile(r"(?<=决定)(?:修正|修订|修改)$")
"""What a text underwent by a decision, drawn into the title of the decision."""
_QUOTES = frozenset('《〈「『“"')
_OF = re.compile(r"的(?=(?:若干)?(?:意见|报告|请示|决定|规定|办法|通知|措施|公告|方案|函|批复|答复|通告)$)")
"""的 before the genre, which a carrying title drops: 关于…工作的报告, 转发…关于…工作报告的通知."""
_STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Core:
    """A title taken apart.

    Attributes:
        core: without issuer, 关于, wrapper of a carrying notice, brackets and spaces.
        issuer: the words before 关于, or empty.
        wrapped: whether the title is that of a notice that carries ``core``.
    """

    core: str
    issuer: str = ""
    wrapped: bool = False


@lru_cache(maxsize=1 << 16)
def core_of(title: str) -> Core:
    """Take a title apart.

    ``国务院关于印发《甲办法》的通知`` → core 甲办法, issuer 国务院, wrapped. A text about another,
    ``解读〈关于…的通知〉``, is not that other.
    """
    flat = _DROP.sub("", unicodedata.normalize("NFKC", _KIND.sub(r"\1\2", title)))
    flat = _YEAR_EDITION.sub("", _YEAR_DASH.sub("-", flat))
    flat = _AMENDING.sub("", flat)
    bare = flat.removeprefix(_STATE) if flat.endswith(("法", "条例")) else flat
    found = _WRAPPER.fullmatch(bare)
    if found:
        inner = core_of(found["inner"])
        return Core(inner.core, inner.issuer or found["issuer"], True)
    found = None if bare.startswith("关于") else _ABOUT.fullmatch(bare)
    if found and not _QUOTES & set(title.partition("关于")[0]):
        return Core(_OF.sub("", found["rest"]), found["issuer"])
    return Core(_OF.sub("", bare.removeprefix("关于") if len(bare) > 6 else bare))


@lru_cache(maxsize=1 << 14)
def issuer_of(title: str) -> str:
    """The issuer in a title by its full name, whatever form it has there; empty where none is named."""
    issuer = core_of(title).issuer
    full = _CONGRESS.sub(lambda m: f"人民代表大会{'常务委员会' if m[1] else ''}", issuer)
    known = national(full)
    return known.name if known else full
