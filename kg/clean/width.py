"""Folding of characters one for one, so that offsets do not move."""

from __future__ import annotations

import re
import unicodedata

_PAIRS = (
    '(（)）﹝〔﹞〕％%＋+﹒·•·・·‧·﹤〈﹥〉＜〈＞〉「“」”『‘』’﹕：﹔；﹐，＂"'
    "\u3000 \xa0 \u2002 \u2003 \u2009 \t \ufeff \u200b \xad \u200e \u202f "
    "\r\n\x0b\n\x0c\n\x85\n\u2028\n\u2029\n"
)
_FULL = {
    chr(c): chr(c - 0xFEE0) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_RADICALS = (
    "⺠民⻅见⻆角⻈言⻉贝⻋车⻓长⻔门⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⻘青⻄西⺟母⺎兀⺏尣"
    "⻁虎⻂衣⻃西⻌辶⻐金⻑長⻒長⻖阝⻗雨⻫斉⺁厂⺇几⺌小⺍小⺮竹⺰糸⺲罒⺳网⺻聿⺼月⻊足⻞食⻟食⻡首⺀冫"
)
"""CJK Radicals Supplement that PDF fonts give for common 汉字; Unicode has no decomposition for them."""


def _table() -> dict[str, str]:
    table = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | _FULL
    table |= dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table.setdefault(chr(code), plain)
    return table


_TABLE = _table()
_FOLDED = re.compile("[" + "".join(map(re.escape, sorted(_TABLE))) + "]")
_HAN = "\u4e00-\u9fff"
_ASCII_MARK = re.compile(f"[,;:?!](?:(?<=[{_HAN}）》”〉%].)(?!//)|(?<=[0-9A-Za-z].)(?=[{_HAN}《“（]))")
_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_ZERO = re.compile("[○ＯO](?<=[一二三四五六七八九〇○ＯO].)(?=[一二三四五六七八九十〇○ＯO年〕])")
_CROSSED = re.compile('"|”[^“”\\n]*”|“[^“”\\n]*“')
_QUOTE = re.compile('["“”]')


def fold(text: str) -> str:
    """One form for each character; the length stays the same.

    Half-width letters and digits, full-width parentheses and punctuation beside 汉字, one kind of space and
    of line end, 〇 in years, paired quotation marks, 汉字 for compatibility forms and radicals.
    """
    text = _FOLDED.sub(lambda m: _TABLE[m[0]], text)
    text = _ASCII_MARK.sub(lambda m: _MARKS[m[0]], text)
    text = _ZERO.sub("〇", text)
    return _pair_quotes(text)


def _pair_quotes(text: str) -> str:
    """Open and close in turn in lines whose marks are even in number and do not nest as they stand."""
    pieces: list[str] = []
    at = 0
    for crossed in _CROSSED.finditer(text):
        if crossed.start() < at:
            continue
        start, end = text.rfind("\n", 0, crossed.start()) + 1, text.find("\n", crossed.end())
        end = end if end >= 0 else len(text)
        marks = _QUOTE.findall(text, start, end)
        if len(marks) % 2 == 0 and ('"' in marks or not _nests(marks)):
            pieces += (text[at:start], _alternate(text[start:end], len(marks)))
            at = end
        elif end > at:
            pieces.append(text[at:end])
            at = end
    return "".join((*pieces, text[at:])) if at else text


def _alternate(line: str, count: int) -> str:
    marks = iter("“”" * (count // 2))
    return _QUOTE.sub(lambda _: next(marks), line)


def _nests(marks: list[str]) -> bool:
    depth = 0
    for mark in marks:
        depth += 1 if mark == "“" else -1
        if depth < 0:
            return False
    return depth == 0
