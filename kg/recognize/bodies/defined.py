"""Names that a text gives to a body: （以下简称领导小组）."""

from __future__ import annotations

import re

from kg.recognize.bodies.around import is_spoiled
from kg.recognize.bodies.parse import Hit

_DEFINITION = re.compile(
    r"[（(](?:以下|下)?(?:均|统一|统|合)?(?:简)?称(?:为)?[“\"]?([^（）()“”\"，。、；：\n]{2,16})[”\"]?(?:[，,、][^（）()\n]{0,12})?[）)]"
)
_NAMED = re.compile(
    r"(?:局|厅|委|办|部|会|组|院|处|科|公司|中心|集团|指挥部|专班|大学|学院|所|站|队|行|政府|机构|机制|兵团|国资|总社|社|署|室|厂|园)\Z"
)
_NONE = re.compile(r"(?:政府|机构|单位|部门|机关)\Z")
_WORD = re.compile(r"[门员议理法公长事]")


def defined_names(text: str, hits: list[Hit]) -> list[Hit]:
    """The short names that stand in brackets behind a name, and every later use of them.

    Args:
        text: the clean text.
        hits: names found so far, in order.
    """
    ends = {h.end: h for h in hits}
    found: list[Hit] = []
    taken = [(h.start, h.end) for h in hits]
    for m in _DEFINITION.finditer(text):
        body = ends.get(m.start())
        if body is None or not _NAMED.search(m[1]):
            continue
        found += _uses(text, m[1], m.start(1), taken)
    unique = {(h.start, h.end): h for h in found}
    return sorted(unique.values(), key=lambda h: h.start)


def _uses(text: str, name: str, at: int, taken: list[tuple[int, int]]) -> list[Hit]:
    found = []
    inside = sorted(taken)
    i = 0
    while at >= 0:
        end = at + len(name)
        while i < len(inside) and inside[i][1] <= at:
            i += 1
        free = i == len(inside) or end <= inside[i][0] or inside[i] == (at, end)
        if free and not _WORD.match(text, end) and not is_spoiled(text, end):
            found.append(Hit(at, end, "defined", "defined", at, "defined"))
        at = text.find(name, end)
    return found
