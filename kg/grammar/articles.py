"""Articles, paragraphs and items cited with a document: 第三条第二款第（一）项."""

from __future__ import annotations

import re

_NUM = r"[一二三四五六七八九十百千零〇\d]{1,9}"
_PART = rf"第\s*{_NUM}\s*[编章节条款项目](?:之{_NUM})?|第?\s*（{_NUM}）\s*[项目]"
_ARTICLE = re.compile(rf"(?:{_PART})(?:\s*(?:{_PART})|\s*(?:[、和及与至到]|以及)\s*(?:{_PART}))*")
_SKIPPED = re.compile(r"》?(?:\s*（[^（）\n]{1,60}）)*\s*(?:的|中|中的|之)?\s*")


def article_behind(text: str, end: int) -> str | None:
    """The article cited right behind a title that ends at ``end``, without white space; None without one."""
    if text[end : end + 1] not in ("第", "（", "(", "的", " ", "\n", "中", "》"):
        return None
    skipped = _SKIPPED.match(text, end)
    m = _ARTICLE.match(text, skipped.end() if skipped else end)
    return "".join(m.group().split()) if m else None
