"""Names without a place in lists of bodies: ``承办单位：综治中心、平安建设办公室``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognize.bodies.names import Hit

_COLON = re.compile(r"[：:]")
_COPIES = frozenset(("抄送", "抄报", "主送", "分送"))
_PARTIES = frozenset(("单位", "部门"))
_ROLES = frozenset(
    ["主办", "承办", "协办", "支持", "指导", "成员", "组成", "牵头", "责任", "配合", "参加", "参与"]
)
_STOP = re.compile(r"[。；：:\n]")
_LONGEST = 300
_ITEM = re.compile(r"(?<=[：:、，])[\u4e00-\u9fff]{4,24}(?=[、，。；\n）]|$)")
_BODY = re.compile(
    r"(?:局|厅|委|委员会|办公室|中心|站|所|院|公司|集团|协会|学会|联合会|大学|学院|中学|小学|学校|[支大总中]队|银行|管委会|[居村]委会|馆)\Z"
)
_CLASS = re.compile(
    r"[各等及的]|有关|相关|其他|全体|部门|单位|同级|本级|直属|所属|医疗机构|公立|检察院\Z|法院\Z"
)


def listed_names(text: str, hits: list[Hit]) -> list[Hit]:
    """The items of such lists that end like a body, are no class, and touch no name found before.

    Args:
        text: the clean text.
        hits: names found so far, in order.
    """
    found: list[Hit] = []
    at = 0
    for start, end in _items(text):
        while at < len(hits) and hits[at].end <= start:
            at += 1
        if at == len(hits) or end <= hits[at].start:
            found.append(Hit(start, end, "dept", "short", start, "listed"))
    return found


_BETWEEN = re.compile(r"、([\u4e00-\u9fff]{3,16}(?:交易|流通|服务|转移|检测|创新|研究|发展|运营)中心)(?=、)")


def between(text: str, hits: list[Hit]) -> list[Hit]:
    """Centres without a place between two bodies of a list: ``甲交易所、碳排放权益交易中心、乙交易所``."""
    named = [h for h in hits if h.form in ("full", "inner")]
    ends, starts = {h.end for h in named}, {h.start for h in named}
    return [
        Hit(m.start(1), m.end(1), "centre", "short", m.start(1), "listed-between")
        for m in _BETWEEN.finditer(text)
        if m.start() in ends and m.end() + 1 in starts and not _CLASS.search(m[1])
    ]


def _items(text: str) -> Iterator[tuple[int, int]]:
    for colon in _COLON.finditer(text):
        at = colon.start()
        word = text[at - 2 : at]
        if word not in _COPIES and (word not in _PARTIES or text[at - 4 : at - 2] not in _ROLES):
            continue
        far = min(len(text), at + _LONGEST)
        stop = _STOP.search(text, at + 1, far)
        for m in _ITEM.finditer(text, at + 1, stop.start() if stop else far):
            if _BODY.search(m[0]) and not _CLASS.search(m[0]):
                yield m.span()
