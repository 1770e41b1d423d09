"""What begins a paragraph of an official document (GB/T 9704—2012, 7.3)."""

from __future__ import annotations

import re

_CN = "[一二三四五六七八九十百]"

ITEM = re.compile(
    rf"{_CN}{{1,4}}[、．.]|（{_CN}{{1,4}}）|第[一二三四五六七八九十百零〇\d]{{1,6}} ?[编章节条]"
    r"|\d{1,3}(?:[.．](?!\d)|、)|\d(?:\.\d{1,2}){1,3} |（\d{1,3}）|[①-⑳]"
)
"""A heading or item: 一、（一）1.（1）① 1.1 第一条."""

START = re.compile(
    rf"{ITEM.pattern}|附件|附：|附表|抄送|主送|目 *录|——|[#|【]|{_CN}是|（此件"
    r"|[12]\d{3} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|二[〇0一][〇一二三四五六七八九]{2}年"
)
"""An item, an annex, copies, a note or a date."""

ITEM_ALONE = re.compile(rf"{_CN}{{1,4}}、|第{_CN}{{1,6}} ?[编章节条] |（{_CN}{{1,4}}）|附件|抄送|（此件")
"""What is never the middle of a sentence, even where a line is full."""
