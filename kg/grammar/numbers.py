"""Document numbers (发文字号, GB/T 9704—2012, 7.2.5) in every form in which they are printed.

The rare anchor is found first, a bracketed year or 令, 公告, 通告 with a serial; then the code is looked for
in front of it. The grammar works on cleaned text and on text as it stands, with spaces, line breaks and
full-width digits inside a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.grammar import orders
from kg.grammar.codes import code_start, plausible, series_of
from kg.grammar.numerals import serial_of
from kg.grammar.tables import read_table
from kg.model.mentions import DocumentNumber

_OPEN = "[［〔﹝【(（〈<"
_CLOSE = "]］〕﹞】)）〉>"
_PAIR = dict(zip(_OPEN, _CLOSE, strict=True))
_FINE = frozenset("〔〕﹝﹞")
_HAN = r"\u4e00-\u9fff\u3400-\u4dbf"
_YEAR = re.compile(rf"[{re.escape(_OPEN)}]\s*(\d(?:\s*\d){{1,3}})\s*(年\s*)?[{re.escape(_CLOSE)}]")
_SERIAL = re.compile(
    r"\s*(第\s*)?(\d{1,5}(?:\s*[\r\n]\s*\d{1,4}(?=\s*号))?(?:\s*[-—–－‐]\s*\d{1,3}(?!\d))?)(?!\d)(\s*号)?"
)
_MIDDLE = re.compile(
    rf"\s*((?:[{_HAN}]|〔[{_HAN}]〕|\s(?=[{_HAN}\s]))" + r"{1,14}?)\s*(第\s*)?(\d{1,5})(\s*号)"
)
_NO_HAO = re.compile(r"\s*(?:文(?!艺|化|物|体|学)|[)）》；;]|$|\s*[、，,]\s*\d{1,4}\s*(?:号|[、，,]\s*\d))")
_NEXT = re.compile(
    r"(?P<gap>(?:\s*[（(][^（()）\n]{1,12}[)）])?(?:公布|发布|修改|修订|修正|废止)?\s*"
    r"(?:[、，,；;/]|和|及|与|或|以及|至|到)\s*)"
    rf"(?P<item>(?:[{re.escape(_OPEN)}]\s*(?P<year>(?:19|20)\d\d)\s*(?P<nian>年\s*)?(?P<close>[{re.escape(_CLOSE)}])"
    r"|(?P<plain>(?:19|20)\d\d)\s*年)?"
    r"\s*(?P<di>第\s*)?(?P<serial>\d{1,5}|[〇零一二三四五六七八九十百]{1,8})(?P<hao>\s*号)?)"
    r"(?![\d.．%年月日])"
)
_SOUND = re.compile(rf"[{_HAN}]+〔[0-9]{{4}}〕[1-9][0-9]*号")
_NO_ITEM = tuple("案人卷院线楼房文")
_WITHOUT_WORD = re.compile(
    rf"(公告|通告|令)[》\s]*[（(〔\n]\s*([{_HAN}、\s]{{0,50}}?)((?:19|20)\d\d)年第(\d{{1,4}})号(?=[）)〕，,；\s])"
)


def find_numbers(text: str) -> Iterator[tuple[int, int, DocumentNumber]]:
    """Document numbers in order of the text, without overlaps.

    Yields:
        Start, end and the number; the number's ``raw`` is ``text[start:end]``.
    """
    floor = 0
    for start, end, number in sorted(_candidates(text), key=lambda x: (x[0], -x[1])):
        if start < floor:
            continue
        yield start, end, number
        floor = end
        for item in _elided(text, end, number):
            if item[0] >= floor:
                yield item
                floor = item[1]


@lru_cache(maxsize=1 << 14)
def parse_number(text: str) -> DocumentNumber | None:
    """The number that the whole text is, but for brackets, white space and 文, 文件 around it; else None."""
    text = text.replace("\u200b", "").replace("\ufeff", "")
    found = list(find_numbers(text))
    if len(found) != 1:
        return None
    start, end, number = found[0]
    rest = text[:start].strip(" \t\r\n\u3000（(") + text[end:].strip(" \t\r\n\u3000）)文件")
    return None if rest else number


def _candidates(text: str) -> Iterator[tuple[int, int, DocumentNumber]]:
    for m in _YEAR.finditer(text):
        found = _bracketed(text, m)
        if found and not _rejected(text, *found):
            yield found
    for start, end, number in orders.find_orders(text):
        if not _rejected(text, start, end, number):
            yield start, end, number
    for m in _WITHOUT_WORD.finditer(text):
        found = _without_word(text, m)
        if found:
            yield found


def _without_word(text: str, m: re.Match[str]) -> tuple[int, int, DocumentNumber] | None:
    """《关于…的公告》（2020年第8号）: the title in front says of which series the number is."""
    organs = "".join(m[2].split()).replace("、", "")
    if organs and not orders.names_organ(organs):
        return None
    start, end = m.start(2) if organs else m.start(3), m.end(4) + 1
    serial = serial_of(m[4])
    canonical = f"{organs}{m[3]}年第{serial}号"
    return start, end, DocumentNumber(text[start:end], organs, int(m[3]), serial, m[1], canonical)


def _bracketed(text: str, m: re.Match[str]) -> tuple[int, int, DocumentNumber] | None:
    """A number with a bracketed year, the code before or behind it."""
    year = _year_of(m[1])
    if year is None:
        return None
    opened = m.start()
    stop = len(text[max(0, opened - 40) : opened].rstrip()) + max(0, opened - 40)
    serial = _SERIAL.match(text, m.end())
    if serial:
        return _year_behind_code(text, m, serial, year, stop)
    middle = _MIDDLE.match(text, m.end())
    return _code_behind_year(text, m, middle, year, stop) if middle else None


def _year_behind_code(
    text: str, m: re.Match[str], serial: re.Match[str], year: int, stop: int
) -> tuple[int, int, DocumentNumber] | None:
    """国办发〔2016〕36号."""
    end = serial.end()
    if serial[3] is None:
        if not _NO_HAO.match(text, end) or len(_digits(m[1])) == 2:
            return None
        end = serial.end(2)
    start = orders.organ_start(text, stop)
    if start is None:
        start = code_start(text, stop)
    if start is None:
        if not _alone(text, m, serial):
            return None
        start = m.start()
    return _number(text, start, end, "".join(text[start : m.start()].split()), year, serial[2], m)


def _code_behind_year(
    text: str, m: re.Match[str], serial: re.Match[str], year: int, stop: int
) -> tuple[int, int, DocumentNumber] | None:
    """(85)财税油政字第26号; with a part of the code in front 海陆［2019］公司字第16号."""
    tail = "".join(serial[1].split())
    start = code_start(text, stop)
    if start is None:
        return (
            _number(text, m.start(), serial.end(), tail, year, serial[3], m)
            if _old_form(tail, m, serial)
            else None
        )
    if len(tail) > 4 or not (tail.endswith("字") or serial[2]):
        return None
    code = "".join(text[start : m.start()].split()) + tail
    return _number(text, start, serial.end(), code, year, serial[3], m)


def _old_form(code: str, m: re.Match[str], serial: re.Match[str]) -> bool:
    """(85)财税油政字第26号: 字 shows that it is a number; without it only [84]财政65号."""
    digits = _digits(m[1])
    if len(digits) == 2 and int(digits) < 49:
        return False
    if not plausible(code):
        return False
    return code.endswith(("字", "发", "函")) or (m.group()[0] in "[［〔﹝" and len(code) <= 4)


def _alone(text: str, m: re.Match[str], serial: re.Match[str]) -> bool:
    """〔1982〕3号 with nothing in front: only where brackets set it off."""
    before = text[max(0, m.start() - 1) : m.start()]
    return m.group()[0] in _FINE and before in "（(" and serial[3] is not None and before != ""


def _number(
    text: str, start: int, end: int, code: str, year: int, serial: str, m: re.Match[str]
) -> tuple[int, int, DocumentNumber]:
    raw = text[start:end]
    code = code.removeprefix("中华人民共和国") if code.endswith(("令", "公告", "通告")) else code
    code = code.replace("、", "")
    series = series_of(code)
    number = serial_of(serial)
    return (
        start,
        end,
        DocumentNumber(
            raw,
            code,
            year,
            number,
            series,
            f"{code}〔{year}〕{number}号",
            _defects(raw, m.group(), m[1], bool(m[2]), series, serial),
        ),
    )


def _defects(raw: str, bracket: str, year: str, nian: bool, series: str, serial: str) -> tuple[str, ...]:
    if _SOUND.fullmatch(raw):
        return ()
    opening, closing = bracket[0], bracket[-1]
    inner = raw
    if series in ("公告", "令", "通告"):
        inner = raw[raw.index(bracket) :]
    signs = {
        "bracket": not {opening, closing} <= _FINE,
        "mismatched": _PAIR[opening] != closing,
        "space": bool(re.search(r"[^\S\r\n]", inner)),
        "newline": "\n" in raw or "\r" in raw,
        "fullwidth": bool(re.search(r"[０-９]", raw)),
        "year-suffix": nian,
        "ordinal": "第" in raw[raw.index(bracket) :] and series not in ("公告", "令", "通告"),
        "leading-zero": bool(re.match(r"[0０]+\d", serial)),
        "no-hao": not raw.endswith("号"),
        "two-digit-year": len(_digits(year)) == 2,
    }
    return tuple(sorted(name for name, present in signs.items() if present))


def _elided(text: str, end: int, first: DocumentNumber) -> Iterator[tuple[int, int, DocumentNumber]]:
    """The further numbers of a list: 国发〔2016〕5号、6号; 财税〔2018〕54号和〔2019〕66号."""
    last = first
    while m := _NEXT.match(text, end):
        if m["hao"] is None and not (
            re.match(r"\s*[、，,]\s*\d{1,4}\s*(?:号|[、，,])", text[m.end() : m.end() + 12]) and not m["year"]
        ):
            return
        bare = (
            m["year"] is None and m["plain"] is None and m["gap"].strip()[-1:] in ("，", ",", "；", ";", "/")
        )
        if bare and ((first.year is None and not m["di"]) or text.startswith(_NO_ITEM, m.end())):
            return
        if _rejected(text, m.start("item"), m.end("item"), first):
            return
        start, stop = m.span("item")
        start += len(m["item"]) - len(m["item"].lstrip())
        serial = serial_of(m["serial"])
        year = int(m["year"] or m["plain"] or 0) or last.year
        canonical = _with(first, year, serial)
        if canonical is None:
            return
        raw = text[start:stop]
        defects = {"elided"}
        if m["hao"] is None:
            defects.add("no-hao")
        if m["year"] and (m["item"].lstrip()[0] not in _FINE or m["close"] not in _FINE):
            defects.add("bracket")
        last = DocumentNumber(raw, first.code, year, serial, first.series, canonical, tuple(sorted(defects)))
        yield start, stop, last
        end = stop


def _with(first: DocumentNumber, year: int | None, serial: str) -> str | None:
    """The canonical form of ``first`` with another year and serial."""
    if "〔" in first.canonical and first.year is not None:
        return f"{first.code}〔{year}〕{serial}号"
    return f"{first.code}{year}年第{serial}号" if year else f"{first.code}第{serial}号"


def _year_of(printed: str) -> int | None:
    digits = _digits(printed)
    if len(digits) == 4:
        year = int(digits)
        return year if 1949 <= year <= 2099 else None
    if len(digits) == 2:
        year = int(digits)
        return 1900 + year if year >= 49 else 2000 + year
    return None


def _digits(printed: str) -> str:
    return "".join(printed.split())


@cache
def _negatives() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((row[0], row[1], re.compile(row[2])) for row in read_table("documents/number-negatives.tsv"))


@cache
def _any_negative() -> dict[str, re.Pattern[str]]:
    """All patterns of one place as one, since hardly a number meets any."""
    found: dict[str, list[str]] = {}
    for _, where, pattern in _negatives():
        found.setdefault(where, []).append(f"(?:{pattern.pattern})")
    return {where: re.compile("|".join(patterns)) for where, patterns in found.items()}


def _rejected(text: str, start: int, end: int, number: DocumentNumber) -> str | None:
    """The rule by which this is the number of a case, decision, certificate or house, or None."""
    looked = {"code": number.code, "after": text[end : end + 20], "before": text[max(0, start - 14) : start]}
    if not any(pattern.search(looked[where]) for where, pattern in _any_negative().items()):
        return None
    return next((rule for rule, where, pattern in _negatives() if pattern.search(looked[where])), None)
