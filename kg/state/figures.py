"""Numbers that a document reports on a measure: indicator, value, unit, as of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model.statements import Evidence, Figure, Status
from kg.state.skeleton import Skeleton, context
from kg.state.status import told

_UNIT = r"%|个百分点|‰|[万亿]?(?:元|斤|户次|户|件次|件|人次|人|名|个工作日|个|次|宗|项|家|份|起|条|吨|公里|平方米|亩|张|套|场次|场|例|天|小时|分钟|批次|批|笔|辆|处|所|间|台|支|期)"
_NUMBER = re.compile(
    rf"(?P<value>\d[\d,]*(?:\.\d+)?)余?多?(?P<unit>(?>{_UNIT}))(?!以?[来前后](?!，)|期间|压缩|缩短|提高|提升|降|增|减|上升|拓展|扩大|扩展|以下|\d)"
)
_INDICATOR = re.compile(r"[^，。；：、Ⓜ\d（）]{2,20}$")
_AS_OF = re.compile(r"(?:截至|截止|到|至)?(20\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日)?(?:底|末)?")
_CLAUSES = 2
_REACH = 300


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
    low, stop = max(low, at - _REACH), min(stop, at + _REACH)
    for m in _NUMBER.finditer(text, at, stop):
        if context("figure-basis").search(text, low, at):
            return
        if "，" in text[at : m.start()] and not context("figure-apart").match(text, at + 1):
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
        if indicator is None or (later and not context("figure-result").match(indicator)):
            continue
        status = told(text[low:begin] + words) or Status.DONE
        if status in {Status.NEGATED, Status.HYPOTHETICAL, Status.PLANNED} or base is Status.PLANNED:
            continue
        evidence = Evidence(skeleton.clean(begin), skeleton.clean_end(m.end()), "figure", 0.8)
        as_of = _as_of(text[low:begin])
        yield Figure(x.entity or "", indicator, m["value"].replace(",", ""), m["unit"], as_of, evidence)


def _indicator(words: str) -> str | None:
    """What is counted, from the words between the last break and the number."""
    plain = context("figure-tail").sub("", words.lstrip("Ⓘ"))
    return plain if _INDICATOR.fullmatch(plain) and not context("no-indicator").search(plain) else None


def _as_of(words: str) -> str | None:
    dates = _AS_OF.findall(words)
    if not dates:
        return None
    year, month, day = dates[-1]
    return "-".join([year, *(f"{int(n):02}" for n in (month, day) if n)])
