"""Numbers that a document reports on a measure: indicator, value, unit, as of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model.documents import Structure
from kg.model.statements import Evidence, Figure, Status
from kg.state.skeleton import Skeleton, context
from kg.state.status import told

_UNIT = r"%|个百分点|‰|[万亿]?(?:元|斤|户次|户|件次|件|人次|人|名|个工作日|个|次|宗|项|家|份|起|条|吨|公里|平方米|亩|张|套|场次|场|例|天|小时|分钟|批次|批|笔|辆|处|所|间|台|支|期)"
_NUMBER = re.compile(
    rf"(?P<value>\d[\d,]*(?:\.\d+)?)余?多?(?P<unit>(?>{_UNIT}))(?!以?[来前后](?!，)|期间|压缩|缩短|提高|提升|降|增|减|上升|拓展|扩大|扩展|以下|\d)"
)
_INDICATOR = re.compile(r"[^，。；：、Ⓜ\d（）]{2,30}")
_AS_OF = re.compile(r"(?:截至|截止|到|至)?(20\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日)?(?:底|末)?")
_REPORT = re.compile(r"(?P<year>20\d\d)年(?!.*20\d\d).*(?:报告|情况|总结|汇报)")
_COUNTED = re.compile(
    r"(?:以上|左右)?(?:的)?((?:(?!全部|全面|左右|以上|均|都|已|得到|实现|完成|上线|落地|投用|投产|开工|建成|入选|获|通过|纳入|达|参[加与]|受益|享受|[在为被与和及至到向由]|进行|开展|挂牌|运行|比|较|同比|增长|下降)"
    r"[^，。；：、（）“”ⒾⒹⓂ\d\s]){2,14})"
)
_MEASURED = re.compile(r"[%‰点元斤吨亩天里米]$|小时|分钟|工作日|期$")
_MORE = re.compile(rf"(?:、|和|及|与)(?:达到?|超过?|近|约)?\d[\d,]*(?:\.\d+)?(?:{_UNIT})")
_REST = re.compile(r"[^，。；：、（）“”ⒾⒹⓂ\d\s]{2,24}(?=[，。；、]|$)")
_OPEN = re.compile(r"[与对向在给由把将]$")
_GROWTH = re.compile(
    r"(?:同比|环比|较上年|比上年|较去年)?(?:增长|下降|上升|减少|增加|提高|提升|降低|压缩|增幅)"
)
_RATE = re.compile(r"[率量额数值比度]$")
_TOGETHER = re.compile(r"Ⓜ[^，。；Ⓜ]{0,6}(?:、|和|及|与|以及)$")
_PLAIN = frozenset(("发展", "经济", "工程", "行动", "改革", "建设", "质量", "增长", "全省", "全市"))
_NEW = re.compile(r"(?:累计)?(新(?:增|建|开工|培育|改建|设))")
_END = re.compile(r"[。！？；]|$")
_CLAUSES = 2
_REACH = 300


def reported_year(structure: Structure) -> str | None:
    """The year that a report tells of, by its title: 2017年…情况报告; 2018年政府工作报告 tells of the year before."""
    titles = [p.title.value for p in structure.parts if p.title]
    for found in filter(None, map(_REPORT.search, titles)):
        return str(int(found["year"]) - 1) if "政府工作报告" in found[0] else found["year"]
    return None


def figures(skeleton: Skeleton, base: Status | None, year: str | None = None) -> Iterator[Figure]:
    """Figures that follow a measure in its sentence, with no other measure between.

    Args:
        skeleton: the paragraph.
        base: what its section says of plain statements.
        year: the year that the document reports on, where the sentence names none.
    """
    text = skeleton.text
    if "Ⓜ" not in text or not _NUMBER.search(text):
        return
    low = 0
    for end in [m.end() for m in _END.finditer(text)]:
        measures = [i for i in skeleton.at if low <= i < end and text[i] == "Ⓜ"]
        for i, at in enumerate(measures):
            stop = measures[i + 1] if i + 1 < len(measures) else end
            yield from _behind(skeleton, low, at, stop, base, year)
        low = end


def _behind(
    skeleton: Skeleton, low: int, at: int, stop: int, base: Status | None, year: str | None
) -> Iterator[Figure]:
    text = skeleton.text
    x = skeleton.between(at, at + 1)[0]
    low, stop = max(low, at - _REACH), min(stop, at + _REACH)
    for m in _NUMBER.finditer(text, at, stop):
        if context("figure-basis").search(text, low, at):
            return
        if "，" in text[at : m.start()] and not context("figure-apart").match(text, at + 1):
            return
        begin = _begin(text, low, m)
        if not _told_of(text, low, at, begin) or text[m.start() - 1] in "第〔年月":
            continue
        later = "，" in text[at : m.start()] and text[at + 1] != "，"
        for indicator, number in _read(text, low, begin, m):
            if _general(indicator, x.mention.text):
                return
            if later and not context("figure-result").match(indicator):
                continue
            status = told(text[low:begin] + text[begin : m.start()]) or Status.DONE
            if status in {Status.NEGATED, Status.HYPOTHETICAL, Status.PLANNED} or base is Status.PLANNED:
                continue
            evidence = Evidence(skeleton.clean(begin), skeleton.clean_end(number.end()), "figure", 0.8)
            value = number["value"].replace(",", "")
            as_of = _as_of(text[low:begin]) or year
            yield Figure(x.entity or "", indicator, value, number["unit"], as_of, evidence)


def _begin(text: str, low: int, m: re.Match[str]) -> int:
    """Where the words of a number begin; of a row of numbers, those of the clause."""
    stops = "，；：。Ⓜ（" if _MORE.match(text, m.end()) else "，；：、。Ⓜ（"
    return max(text.rfind(c, low, m.start()) for c in stops) + 1


def _told_of(text: str, low: int, at: int, begin: int) -> bool:
    """Whether a number whose words begin at ``begin`` may tell of the measure at ``at``.

    It does not where a clause without a figure stands between, which tells of something else, nor too many clauses
    away, nor in a clause of its own behind several measures in a row.
    """
    between = text[at + 1 : begin]
    apart = any(not re.search(r"\d", clause) for clause in between.rstrip("，、").split("，")[1:])
    far = between.count("，") - ("其中" in text[begin : begin + 2]) > _CLAUSES
    return not apart and not far and not ("，" in text[at:begin] and _TOGETHER.search(text, low, at))


def _read(text: str, low: int, begin: int, m: re.Match[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """Indicators with their numbers: one, or those of a row (甲率、乙率分别达1%和2%)."""
    if _MORE.match(text, m.end()):
        yield from _row(text, begin, m)
    elif indicator := _indicator(
        text[begin : m.start()], _counted(text, m) if m.start() > begin else _said(text, m)
    ):
        if not _GROWTH.fullmatch(indicator):
            yield _verb(text, low, begin) + indicator, m
        elif subject := _before(text, low, begin):
            yield subject + indicator, m


def _row(text: str, begin: int, m: re.Match[str]) -> Iterator[tuple[str, re.Match[str]]]:
    numbers = [m]
    while _MORE.match(text, numbers[-1].end()) and (n := _NUMBER.search(text, numbers[-1].end())):
        numbers.append(n)
    words = context("figure-tail").sub("", text[begin : m.start()])
    names = [n for n in re.split(r"[、和及]", words) if n]
    if len(names) == len(numbers) and all(map(_RATE.search, names)):
        yield from zip(names, numbers, strict=True)


def _verb(text: str, low: int, begin: int) -> str:
    """新增 of a row of things (新增岗位300个、企业20家), which tells what is new from what is there."""
    if text[begin - 1] != "、":
        return ""
    first = max(text.rfind(c, low, begin) for c in "，；：。Ⓜ（") + 1
    found = _NEW.match(text, first)
    return found[1] if found and not text.startswith("新", begin) else ""


def _before(text: str, low: int, begin: int) -> str | None:
    """What the number directly before counts: 成交额 in 成交额突破3000亿元、增长15%."""
    last = next((n for n in _NUMBER.finditer(text, low, begin) if n.end() == begin - 1), None)
    if last is None:
        return None
    found = _indicator(text[_begin(text, low, last) : last.start()], _counted(text, last))
    return None if found is None or _GROWTH.search(found) else found


def _counted(text: str, m: re.Match[str]) -> str:
    """What stands behind a number of things: 高校毕业生 in 吸纳110万名高校毕业生."""
    found = None if _MEASURED.search(m["unit"]) else _COUNTED.match(text, m.end())
    return found[1] if found else ""


def _said(text: str, m: re.Match[str]) -> str:
    """What a clause that begins with a number of things says of them: 企业获评智能工厂 in 8家企业获评智能工厂."""
    found = _REST.match(text, m.end())
    return _counted(text, m) and found[0] if found else ""


def _indicator(words: str, counted: str) -> str | None:
    """What is counted, from the words between the last break and the number and what stands behind it."""
    plain = context("figure-tail").sub("", words.lstrip("Ⓘ和"))
    if context("no-indicator").search(plain) or _OPEN.search(plain) or plain == "等":
        return None
    whole = counted if plain.endswith("等") else plain + counted
    return whole if _INDICATOR.fullmatch(whole) else None


def _general(indicator: str, measure: str) -> bool:
    """Whether a figure tells of the economy at large rather than of the measure."""
    if not context("figure-general").search(indicator):
        return False
    pairs = {indicator[i : i + 2] for i in range(len(indicator) - 1)} - _PLAIN
    return not any(pair in measure for pair in pairs)


def _as_of(words: str) -> str | None:
    dates = _AS_OF.findall(words)
    if not dates:
        return None
    year, month, day = dates[-1]
    return "-".join([year, *(f"{int(n):02}" for n in (month, day) if n)])
