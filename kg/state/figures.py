"""Numbers that a document reports on a measure: indicator, value, unit, as of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model.statements import Evidence, Figure, Status
from kg.state.skeleton import Skeleton
from kg.state.status import told

_UNIT = (
    r"%|个百分点|‰|[万亿]?(?:元|户次|户|件次|件|人次|人|名|个工作日|个|次|宗|项|家|份|起|条|吨|公里|平方米|亩|张|套|场次|场|例|天|小时|分钟|批次|批|笔|辆|处|所|间|台|支|期)"
    r"|[万亿]"
)
_NUMBER = re.compile(
    rf"(?P<value>\d[\d,]*(?:\.\d+)?)余?多?(?P<unit>(?>{_UNIT}))(?!以?[来前后](?!，)|期间|压缩|缩短|提高|提升|降|增|减|上升)"
)
_INDICATOR = re.compile(r"[^，。；：、Ⓜ\d（）]{2,20}$")
_TAIL = re.compile(
    r"(?:由[^，。；]{1,12})?(?:分别|共|累计|已|均|力争|争取|预计|将|未|没有)*(?:达到?了?|为|是|至|到|突破|超过?|近|约|共计?|累计|压缩[至到]|缩短[至到]|提高[至到]|提升[至到]|降[至到]|增[至加]?到?|全部|高达|仅)*$"
)
_AS_OF = re.compile(r"(?:截至|截止|到|至)?(20\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日)?(?:底|末)?")
_BASIS = re.compile(r"(?:按照|根据|依据|入选|列入|获批|获评|新增)[^，]*$")
_OTHER = re.compile(
    r"^(?:首期|首批|我[市区县省]|对|按|今年|命名|围绕|目前|全[市区县省]$|每)|提出|召开|收到|涉及|行政案件|首批$|[第共至到按]$|Ⓘ的|Ⓓ|月$|年$"
)
_APART = re.compile(r"，|工作|实施|以来|推行|推进|开展|全面|改革|已|建设|，|[^，]{0,12}\d")
_RESULT = re.compile(
    r"发放|带动|抽查|破获|同比|追回|惠及|办理|办结|完成|培训|受理|服务|取消|压减|减少|节约|清理|废止|累计|共|平均|检查|查处|立案|整改|覆盖|吸引|投入|实现|拉动|挽回"
    r"|降低|清理|其中|[^，]{0,10}[率量]$"
)
_CLAUSES = 2


def figures(skeleton: Skeleton, base: Status | None) -> Iterator[Figure]:
    """Figures that follow a measure in its sentence, with no other measure between."""
    text = skeleton.text
    if "Ⓜ" not in text:
        return
    low = 0
    for end in [m.end() for m in re.finditer(r"[。！？；]|$", text)]:
        measures = [i for i in skeleton.at if low <= i < end and text[i] == "Ⓜ"]
        for i, at in enumerate(measures):
            stop = measures[i + 1] if i + 1 < len(measures) else end
            yield from _behind(skeleton, low, at, stop, base)
        low = end


def _behind(skeleton: Skeleton, low: int, at: int, stop: int, base: Status | None) -> Iterator[Figure]:
    text = skeleton.text
    x = skeleton.between(at, at + 1)[0]
    for m in _NUMBER.finditer(text, at, stop):
        if _BASIS.search(text, low, at):
            return
        if "，" in text[at : m.start()] and not _APART.match(text, at + 1):
            return
        if (
            text.count("，", at, m.start()) - ("其中" in text[at : m.start()]) > _CLAUSES
            or text[m.start() - 1] in "第〔年月"
        ):
            continue
        begin = max(text.rfind(c, low, m.start()) for c in "，；：、。Ⓜ（") + 1
        words = text[begin : m.start()]
        indicator = _indicator(words)
        later = "，" in text[at : m.start()] and text[at + 1] != "，"
        if indicator is None or (later and not _RESULT.match(indicator)):
            continue
        status = told(text[low:begin] + words) or Status.DONE
        if status in {Status.NEGATED, Status.HYPOTHETICAL, Status.PLANNED} or base is Status.PLANNED:
            continue
        evidence = Evidence(skeleton.clean(begin), skeleton.clean_end(m.end()), "figure", 0.8)
        as_of = _as_of(text[low:begin])
        yield Figure(x.entity or "", indicator, m["value"].replace(",", ""), m["unit"], as_of, evidence)


def _indicator(words: str) -> str | None:
    """What is counted, from the words between the last break and the number."""
    plain = _TAIL.sub("", words.lstrip("Ⓘ"))
    return plain if _INDICATOR.fullmatch(plain) and not _OTHER.search(plain) else None


def _as_of(words: str) -> str | None:
    dates = _AS_OF.findall(words)
    if not dates:
        return None
    year, month, day = dates[-1]
    return "-".join([year, *(f"{int(n):02}" for n in (month, day) if n)])
