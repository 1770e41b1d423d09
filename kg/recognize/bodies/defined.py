"""Names that a text gives to a body: （以下简称领导小组）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.grammar.bodies import holds_in_order
from kg.recognize.bodies.around import is_spoiled
from kg.recognize.bodies.names import Hit

_DEFINITION = re.compile(
    r"[（(](?:以下|下)?(?:均|统一|统|合)?(?:简)?称(?:为)?[“\"]?([^（）()“”\"，。、；：\n]{2,16})[”\"]?(?:[，,、][^（）()\n]{0,12})?[）)]"
)
_NAMED = re.compile(
    r"(?:局|厅|委|办|部|会|组|院|处|科|公司|中心|集团|指挥部|专班|大学|学院|所|站|队|行|政府|机构|机制|兵团|国资|总社|社|署|室|厂|园)\Z"
)
_WORD = re.compile(r"[门员议理法公长事]")


def defined_names(text: str, hits: list[Hit]) -> list[Hit]:
    """The short names that stand in brackets behind a name, and every later use of them.

    Args:
        text: the clean text.
        hits: names found so far, in order.
    """
    full = {h.end: text[h.start : h.end] for h in hits}
    since: dict[str, int] = {}
    for m in _DEFINITION.finditer(text):
        name = full.get(m.start())
        if name is not None and (_NAMED.search(m[1]) or _shortens(m[1], name)):
            since.setdefault(m[1], m.start(1))
    if not since:
        return []
    names = list(since)
    uses = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text)
    return [
        Hit(start, end, "defined", "defined", start, "defined")
        for i, start, end in _free(uses, hits)
        if start >= since[names[i]] and not _WORD.match(text, end) and not is_spoiled(text, end)
    ]


def _shortens(short: str, name: str) -> bool:
    """Whether a short name is drawn from the name (岚钢, 岚江钢铁有限公司); 会议 are no bodies."""
    return not short.endswith("会议") and holds_in_order(name, short)


def _free(uses: list[tuple[int, int, int]], hits: list[Hit]) -> Iterator[tuple[int, int, int]]:
    """The uses that cut into no name found before, or have the very span of one."""
    at = 0
    for i, start, end in uses:
        while at < len(hits) and hits[at].end <= start:
            at += 1
        if at == len(hits) or end <= hits[at].start or (hits[at].start, hits[at].end) == (start, end):
            yield i, start, end
