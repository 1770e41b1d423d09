"""Numbers of orders and announcements: 国务院令第711号, 财政部 税务总局公告2026年第28号, 国务院第412号令."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.grammar.codes import plain_stops
from kg.grammar.numerals import serial_of
from kg.model.mentions import DocumentNumber

_WORD = r"(?:令|公告|通告)"
_NUMERAL = r"(?:\d{1,5}|[〇○零一二三四五六七八九十百千]{1,8})"
_AHEAD = re.compile(
    rf"({_WORD})(\s*)(〔[一二三四五六七八九十]+届〕)?([（(〔\[]?)\s*(?:((?:19|20)\d\d)\s*年\s*)?"
    rf"(第?)\s*({_NUMERAL})(\s*号)?(?![\d.．%年月日条])"
)
_BEHIND = re.compile(rf"号({_WORD})")
_BACK = re.compile(rf"(?:((?:19|20)\d\d)\s*年\s*)?(第?)\s*({_NUMERAL})\s*$")
_HAN_END = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]+$")
_ORGAN = re.compile(r".*(?:部|委|局|院|厅|署|会|政府|府|银行|办|办公室|主席|军委|社|国)$")
_NO_ORDER = re.compile(r"(?:[禁责司法命指口政军敕号]|责令改|强制)$")
_BEGINS = re.compile(r"(?:^|[（(：:\n])[^\S\n]*$")
_ORGAN_HEADS = (
    "国|中|公安|财政|教育|科学|科技|工业|工信|民政|司法|人力|人社|自然|生态|住房|住建|交通|水利|农业|商务|文化|卫生|应急|退役|审计"
    "|海关|税务|市场|广播|体育|统计|医疗|证监|银保监|银监|保监|最高|全国|主席|环境|建设|铁道|信息|劳动|人事|外经贸|对外|国土"
    "|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州"
    "|云南|西藏|陕西|甘肃|青海|宁夏|新疆|内蒙古|省|市|县|区"
)
_FIRST = re.compile(
    rf"(?:[年月日](?=\D)|[依见原与和及或以自即由除经按据将把对从在至到为是有查等的了]+(?={_ORGAN_HEADS}))"
)

_INSIDE = re.compile(rf"[^由经按据依]{{1,8}}[由经按据依]((?:{_ORGAN_HEADS}).+)$")


def find_orders(text: str) -> Iterator[tuple[int, int, DocumentNumber]]:
    """Numbers of orders and announcements, in no particular order."""
    for m in _AHEAD.finditer(text):
        found = _ahead(text, m)
        if found:
            yield found
    for m in _BEHIND.finditer(text):
        found = _behind(text, m)
        if found:
            yield found


def _ahead(text: str, m: re.Match[str]) -> tuple[int, int, DocumentNumber] | None:
    session, bracket, year = m[3], m[4], m[5]
    if not (m[6] or year or m[8]) or (m[1] != "令" and not (m[6] or year)):
        return None
    end = m.end()
    if m[8] is None:
        if text[end : end + 1] not in ("）", ")", "文"):
            return None
        end = m.end(7)
    if bracket:
        if text[end : end + 1] not in ("）", ")", "〕", "]"):
            return None
        end += 1
    start = organ_start(text, m.end(1))
    if start is None and year and m[6] and _BEGINS.search(text, max(0, m.start() - 3), m.start()):
        start = m.start()
    if start is None:
        return None
    code = _code(text[start : m.end(1)]) + (session or "")
    return (
        start,
        end,
        _number(text[start:end], code, m[1], int(year) if year else None, m[7], m.end(1) - start),
    )


def _behind(text: str, m: re.Match[str]) -> tuple[int, int, DocumentNumber] | None:
    head = text[max(0, m.start() - 20) : m.start()]
    back = _BACK.search(head)
    if back is None or not (back[2] or back[1] or m[1] == "令"):
        return None
    stop = m.start() - (len(head) - back.start())
    start = _organs(text, len(text[:stop].rstrip()) if stop and text[stop - 1].isspace() else stop)
    if start is None:
        return None
    code = _code(text[start:stop]) + m[1]
    year = int(back[1]) if back[1] else None
    return start, m.end(), _number(text[start : m.end()], code, m[1], year, back[3], stop - start)


def _number(raw: str, code: str, series: str, year: int | None, serial: str, head: int) -> DocumentNumber:
    number = serial_of(serial)
    tail = raw[head:]
    signs = {
        "space": bool(re.search(r"[^\S\r\n]", tail)),
        "newline": "\n" in raw or "\r" in raw,
        "fullwidth": bool(re.search(r"[０-９]", raw)),
        "leading-zero": bool(re.match(r"[0０]+\d", serial)),
        "no-hao": "号" not in tail,
    }
    canonical = f"{code}{year}年第{number}号" if year else f"{code}第{number}号"
    return DocumentNumber(
        raw,
        code,
        year,
        number,
        series,
        canonical,
        tuple(sorted(name for name, there in signs.items() if there)),
    )


def _code(printed: str) -> str:
    return "".join(printed.split()).replace("、", "").replace("中华人民共和国", "") or printed


def organ_start(text: str, end: int) -> int | None:
    """Where the organs begin that are named before the 令, 公告 or 通告 that ends at ``end``, or None."""
    for word in ("公告", "通告", "令"):
        if text.endswith(word, max(0, end - 2), end):
            break
    else:
        return None
    stop = end - len(word)
    if word == "令" and _NO_ORDER.search(text[max(0, stop - 3) : stop]) and text[stop - 3 : stop] != "国公安":
        return None
    before = text[max(0, stop - 8) : stop]
    trimmed = stop - (len(before) - len(before.rstrip()))
    return _organs(text, trimmed)


def names_organ(words: str) -> bool:
    """Whether the words end like an organ's name."""
    return _ORGAN.match(words) is not None


def _organs(text: str, stop: int) -> int | None:
    """Start of one or several organs' names that end at ``stop``, parted by spaces or 、."""
    start = _organ(text, stop)
    if start is None:
        return None
    while True:
        head = text[max(0, start - 6) : start]
        at = start - (len(head) - len(head.rstrip()))
        if at > 0 and text[at - 1] == "、":
            at -= 1
        elif at == start:
            return start
        before = _organ(text, at)
        if before is None:
            return start
        start = before


def _organ(text: str, stop: int) -> int | None:
    """Start of the organ's name that ends at ``stop``."""
    run = _HAN_END.search(text[max(0, stop - 40) : stop])
    if run is None or not _ORGAN.match(run.group()):
        return None
    name = run.group()
    name = name[name.rfind("号") + 1 :]
    whole = name
    for m in plain_stops().finditer(whole):
        rest = whole[m.end(1) :]
        if m[1] != "全国" and 1 < len(rest) < len(name) and _ORGAN.match(rest):
            name = rest
    while m2 := _FIRST.match(name):
        name = name[m2.end() :]
    inside = _INSIDE.match(name)
    if inside and not re.match(_ORGAN_HEADS, name):
        name = inside[1]
    return stop - len(name) if len(name) > 1 or name == "国" else None
