"""Codes of document numbers (机关代字): where one begins in running text, and its series."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.grammar.bodies import stem_forms
from kg.grammar.tables import first_column, read_table

MAX_CODE = 16
_HAN = r"\u4e00-\u9fff\u3400-\u4dbf"
_RUN = re.compile(rf"(?:[{_HAN}]|〔[{_HAN}]〕)+$")
_BARE = re.compile(r"(?:纪要|公告|通告|批复|[发函规字电文办号明报])*$")
_DOCUMENT_WORD = frozenset(("公告字", "通告字"))
_DELIMITERS = frozenset("（(：:“《[［〔【|｜/／")
_SERIES = ("纪要", "批复", "公告", "通告", "明电", "发", "函", "规", "令", "电", "字", "释")
_STEMS = (
    "财政|水利|公安|民政|教育|司法|人力资源和?社会保障|生态环境|环境保护|住房和?城乡建设|交通运输|农业农村|农业|商务|文化和?旅游"
    "|应急管理|自然资源|国土资源|科学技术|科技|工业和信息化|国家安全|监察|审计|退役军人事务|卫生健康|卫生计生|市场监督管理|市场监管"
    "|医疗保障|税务|体育|统计|林业|信访|城市管理|发展改革|发展和改革|工商行政管理|安全生产监督管理|食品药品监督管理|铁路|文化"
)
_OTHER = "其他"


@cache
def _stops() -> re.Pattern[str]:
    """Words in front of a code; a lookahead so that overlapping words are all found."""
    stems = "|".join(sorted(stem_forms(), key=lambda s: (-len(s), s)))
    organ = (
        rf"(?:{_STEMS})(?:部|厅|局|委员会|委|总局|总署)|(?<=[省市县区州盟旗镇乡])(?:{stems})(?:厅|局|委|办)"
    )
    return re.compile(rf"(?=({organ}|{_alternatives('organ')}|{_alternatives()}))")


@cache
def plain_stops() -> re.Pattern[str]:
    """Words in front of a code or an organ's name, which are no organs themselves."""
    return re.compile(rf"(?=({_alternatives()}))")


def _alternatives(kind: str | None = None) -> str:
    table = read_table("documents/code-stops.tsv")
    words = [w for w, k in table if (k == kind if kind else k not in ("first", "first-always", "organ"))]
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


@cache
def _first() -> frozenset[str]:
    return frozenset(first_column("documents/code-stops.tsv", "first")) | _always()


@cache
def _always() -> frozenset[str]:
    return frozenset(first_column("documents/code-stops.tsv", "first-always"))


@cache
def _initials() -> frozenset[str]:
    return frozenset("".join(first_column("documents/code-initials.tsv")))


@cache
def known_codes() -> dict[str, tuple[str, ...]]:
    """Known codes and the full names of the bodies that own them."""
    return {row[0]: _names(row[1]) for row in read_table("documents/codes.tsv") if row[2] == "exact"}


@cache
def _prefixes() -> dict[str, tuple[str, ...]]:
    return {row[0]: _names(row[1]) for row in read_table("documents/codes.tsv") if row[2] == "prefix"}


@cache
def _levels() -> dict[str, str]:
    return {row[0]: row[3] for row in read_table("documents/codes.tsv")}


def _names(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("、")) if cell else ()


@lru_cache(maxsize=1 << 13)
def owners(code: str) -> tuple[str, ...]:
    """Full names of the bodies that a code belongs to; empty where that is not known or differs."""
    row = _row(code)
    return known_codes().get(row, ()) or _prefixes().get(row, ()) if row else ()


@lru_cache(maxsize=1 << 13)
def level_of(code: str) -> str | None:
    """``national`` or ``province`` where the code is known to belong to such a body."""
    row = _row(code)
    return _levels()[row] if row else None


@lru_cache(maxsize=1 << 13)
def _row(code: str) -> str | None:
    """The code itself where it is known, else the longest known beginning of it."""
    if code in known_codes():
        return code
    return next((code[:n] for n in range(len(code), 1, -1) if code[:n] in _prefixes()), None)


@lru_cache(maxsize=1 << 13)
def series_of(code: str) -> str:
    """The series that a code ends with: 发, 函, 规, 令, 公告, 通告, 电, 明电, 纪要, 字, 释, 批复 or 其他."""
    for word in _SERIES:
        if code.endswith(word):
            return word
    return _OTHER


@lru_cache(maxsize=1 << 13)
def plausible(code: str) -> bool:
    """Whether these characters can be a whole code: more than a document word alone."""
    return code in known_codes() or (len(code) > 1 and not _BARE.match(code)) or code in _DOCUMENT_WORD


def code_start(text: str, end: int, floor: int = 0) -> int | None:
    """Offset at which the code that ends at ``end`` begins, or None where there is none.

    Args:
        text: the text.
        end: offset behind the last character of the code (no white space before it).
        floor: offset before which the code cannot begin.
    """
    window = text[max(floor, end - 40) : end]
    offset = end - len(window)
    segments: list[tuple[int, str]] = []
    stop = len(window)
    while stop > 0:
        run = _RUN.search(window[:stop])
        if run is None:
            break
        segments.append((run.start(), run.group()))
        before = window[: run.start()]
        stop = len(before.rstrip())
        if stop == len(before) and len(before) > 0:
            break
    if not segments:
        return None
    start, run_text = segments[0]
    if window[:start].endswith("》"):
        run_text = _behind_join(run_text)
        segments = [(start + len(segments[0][1]) - len(run_text), run_text)]
    code = cut(run_text, _delimited(window, start))
    if not code:
        return None
    if len(code) < len(run_text):
        return end - len(code)
    for at, words in segments[1:]:
        joined = words + run_text
        spaced = len(words) == 1 and words in _initials() and "\n" not in window[at + 1 : start]
        if plausible(code) and not spaced:
            break
        start, run_text = at, joined
        code = cut(joined, _delimited(window, at))
        if len(code) < len(joined):
            break
    at = segments[0][0]
    whole = at == 0 or _delimited(window, at) or window[at - 1] in "\r\n"
    if not plausible(code) and not (len(code) > 1 and code == segments[0][1] and whole):
        return None
    return _offset_of(window, len(code)) + offset


def _offset_of(window: str, size: int) -> int:
    """Offset in ``window`` of the last ``size`` characters that are no white space."""
    at = len(window)
    while size:
        at -= 1
        size -= not window[at].isspace()
    return at


def _delimited(window: str, start: int) -> bool:
    return start > 0 and window[start - 1] in _DELIMITERS


@lru_cache(maxsize=1 << 13)
def cut(run: str, delimited: bool) -> str:
    """The code at the end of a run of 汉字, without the words in front of it."""
    if "号" in run:
        run = _behind_join(run[run.rfind("号") + 1 :])
    if run in known_codes():
        return run
    if run in _first() or any(m.end(1) == len(run) for m in plain_stops().finditer(run)):
        return ""
    best = run
    for m in _stops().finditer(run):
        rest = run[m.end(1) :]
        starts_best = best != run and m.start(1) == len(run) - len(best)
        if starts_best and _row(best):
            continue
        if len(rest) < len(best) and plausible(rest):
            best = rest
    best = _without_first(best, delimited)
    if delimited or len(best) <= 9:
        return best if len(best) <= MAX_CODE else _known_suffix(best)
    return _known_suffix(best)


def _behind_join(run: str) -> str:
    """What follows a number or a title in a list: 和 is no county there."""
    return run[1:] if run[:1] in ("和", "与", "及") and plausible(run[1:]) else run


def _without_first(code: str, delimited: bool = False) -> str:
    """``自赣府发`` is 自 and a code; ``从府发`` in brackets is a code of 从化."""
    while code and code[0] in _first() and code not in known_codes():
        rest = code[1:]
        if not plausible(rest) or not (rest[0] in _initials() or (code[0] in _always() and not delimited)):
            break
        if delimited and code[0] not in "见依按据经以即" and rest not in known_codes():
            break
        code = rest
    return code


def _known_suffix(run: str) -> str:
    """The longest known code at the end, else the longest end that begins like a code."""
    for at in range(max(0, len(run) - MAX_CODE), len(run)):
        if run[at:] in known_codes():
            return run[at:]
    for at in range(max(0, len(run) - 8), len(run) - 1):
        if run[at] in _initials() and plausible(run[at:]):
            return run[at:]
    return run[-MAX_CODE:]
