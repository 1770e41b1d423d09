"""What stands around a name and says that it is none: classes of bodies, posts, meetings, sites."""

from __future__ import annotations

import re

from kg.recognize.bodies.lexicon import any_of, lines, places, words_of

_CLASS_WORDS = any_of(words_of("left.tsv", "class"))
_CLASS = re.compile(f"(?:{_CLASS_WORDS.pattern})\\Z")
_LEVELS = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[各和及与或由向经报的对在是有])(?:省|市|区|县|州|旗|乡|镇|街道|自治区|直辖市|自治州|自治县|直管市)[、和及与或]\Z|[）)]\Z"
)
_EACH = re.compile(
    r"各[\u4e00-\u9fff、（）()]{0,6}[省市区县州盟旗镇乡道级）)]\Z|[（(][省市区县州盟旗镇乡街道、]{1,8}[）)]\Z"
)
_BRACKET = re.compile(r"[（(](?:[局厅委办、县市区州旗镇街道乡委会]|教委|各市)+[）)]")
_RIGHT = re.compile("|".join(f"(?:{row.split(chr(9))[1]})" for row in lines("right.tsv")))


def is_class_left(text: str, start: int, form: str) -> bool:
    """Whether the words before a name make it a class (各镇人民政府, 有关部门, 省、市人民政府)."""
    before = text[max(0, start - 8) : start]
    if form != "full" and _EACH.search(before):
        return True
    if _CLASS.search(before):
        return not (form == "full" and before[-1:] in "该本我贵")
    if form == "full" and before[-1:] in "、和" and _listed_place(text, start - 1):
        return True
    if form == "relative" and before[-1:] in "、和及与或）)":
        return bool(_LEVELS.search(before))
    return False


def _listed_place(text: str, end: int) -> bool:
    """Whether a place without 市 or 县 ends here (西安、咸阳市人民政府)."""
    start = places().before(text, end, max(0, end - 4))
    return start >= 0 and text[end - 1] not in "省市区县州盟旗"


def is_class_right(text: str, end: int) -> int:
    """End of a bracket that makes the name a class (民政厅（局）), or -1."""
    m = _BRACKET.match(text, end)
    return m.end() if m else -1


def is_spoiled(text: str, end: int) -> bool:
    """Whether what follows makes the name a part of a post, a meeting, a site or another word."""
    return _RIGHT.match(text, end) is not None
