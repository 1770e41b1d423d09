"""Where a page or a sidecar states another document than the text itself does."""

from __future__ import annotations

import re

from kg.model.documents import Declared
from kg.model.entities import DocumentEntity
from kg.model.issues import Issue, Stage

_WORDS = re.compile(r"[^\u4e00-\u9fff0-9A-Za-z]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = re.compile(r"\d+")


def contradictions(declared: Declared, read: DocumentEntity) -> tuple[Issue, ...]:
    """Issues for a declared title or number that is not the one read; both are kept.

    Titles agree where one contains the other, brackets and spaces aside; numbers where year and serial do, since
    sites shorten the code (``国令第707号``). A declared title without a 汉字 is a
    placeholder or a file name. Dates and issuers are not compared: sites put their own there.
    """
    issues = []
    if declared.title and read.title and _HAN.search(declared.title):
        a, b = (_WORDS.sub("", title) for title in (declared.title, read.title))
        if a not in b and b not in a:
            issues.append(_issue("title", "标题", declared.title, read.title))
    if declared.number and read.number:
        a, b = ("-".join(_DIGITS.findall(number)) for number in (declared.number, read.number))
        if a != b:
            issues.append(_issue("number", "文号", declared.number, read.number))
    return tuple(issues)


def _issue(what: str, name: str, declared: str, read: str) -> Issue:
    message = f"网页或附带的元数据说{name}是“{declared[:100]}”，正文是“{read[:100]}”"
    return Issue(Stage.STRUCTURE, f"declared-{what}-differs", message)
