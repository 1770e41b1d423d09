"""The type of a citation from the clause it stands in: verb, object, voice, negation, coordination."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from kg.model.quick import quick
from kg.model.statements import CitationType
from kg.state.lexicon import LIGHT, OTHER, TALK, TITLE, Frame, cue_of, frames_for, verb_pattern, verbs

Own: TypeAlias = Callable[[int, int], bool]
_STOP = re.compile(r"[，；：。！？\n]")
_NOUNS = (
    "工作|活动|任务|机制|制度|部门|单位|机关|情况|力度|人员|能力|措施|方案|计划|程序|职责|条件|意见|成果|主体|水平|质量|效果|效率"
    "|责任|体系|部(?![署分党里级])|机构|日期|之日|清单|标准|业务|资格|结果|依据|权限|周期|目录|规划|期间|以来"
)
_NOMINAL = re.compile(rf"(?:{_NOUNS})")
_ASPECT = re.compile(r"[了过着好到完]|完成|实施|试行")
_NEGATED = re.compile(
    r"(?:未|没有|尚未|不得|不予|不|无|拒不|避免|禁止|防止|停止)(?:能|曾|及时|再|作|严格|认真|按规定)*$"
)
_STOPPED = re.compile(r"(?:不再|停止|暂停|终止|中止)$")
_BLOCK = re.compile(r"(?:将|把|对(?![照标接应])|就|由|被|跟|让|使|在|从|对于|针对)[^，。；、]{0,4}$")
_CHAIN = re.compile(r"[、和并及]?(?:认真|深入|全面|严格|切实|扎实|抓好|做好|进行|抓紧)?$")
_TEMPORAL = re.compile(r"(?:频次|次数|时间|日期|以来|之日|之后|以后|后|前|期间|时|施行以来|的)")
_SINGLE = re.compile(r"(?:数|证|依|根|票|占|单|收|论|凭|实|考|字|拮|割)据$|法依$|(?:不)按$")
_GOES_ON = re.compile(r"(?:以及|和|及)[^，。；：]{0,20}")
_SINCE = re.compile(r"起|正式|明年|即将|何时|将于")
_NEXT = re.compile(
    rf"，[^，。；{OTHER}]{{0,26}}?(?<!不再)(?P<verb>贯彻落实|贯彻执行|学习|宣传|贯彻|落实|执行|遵守)(?:好|到位|见效)?(?=[，。；]|$)"
)
_REACH = {"basedOn": 44, "implements": 44}
_DEFAULT_REACH = 30
_MAKING = ("issues", "amends", "drafts", "repeals")
_UNQUOTED = re.compile(r"关于[^，。；（]{4,80}（$")
_LISTED = re.compile(rf"[了过好]?(?:[^，。；]{{0,10}}?{OTHER}[、和与及]?)+")
_NOW = re.compile(r"现(?:予以?|将其|一并)*(?:印发|公布|发布|颁布|公告)")
_NAMED = re.compile(r"细则|办法|条例|方案|意见|纲要|计划|规定")
_OPEN_END = re.compile(
    r"[，。；、）的和与及等]|情况|工作|力度|中|过程|任务|到位|进|活动|宣|教育|培训|效果|成效|落|贯彻|执行|实施|学习|见效"
    r"|要求|监督|检查|评估|责任|主体|部门|单位|专|不力|不够|好|以|期|后|前"
)
_PASSIVE = re.compile(r"已|得到|由|经|被|正在|予以|获|开始|全面推|有效|一并|精神")
_ARTICLE = re.compile(r"(?:（[^）]*）|\s)*(?:第[^，。；第]{1,8}[条款项目][、和及]?)+")
_RIGHT = 34
_WINDOW = 160


@quick
@dataclass(frozen=True, slots=True)
class Reading:
    """How a clause cites.

    Attributes:
        types: one or two types, the surer first.
        rule: id of the rule that read them.
        score: 0 to 1.
        start: offset in the sentence where the evidence begins.
        end: offset behind it.
        verb: offset of the governing verb, or None.
    """

    types: tuple[CitationType, ...]
    rule: str
    score: float
    start: int
    end: int
    verb: int | None = None

    def moved(self, by: int) -> Reading:
        """The same reading of a sentence that begins ``by`` characters earlier."""
        if not by:
            return self
        verb = None if self.verb is None else self.verb + by
        return Reading(self.types, self.rule, self.score, self.start + by, self.end + by, verb)


@quick
@dataclass(frozen=True, slots=True)
class _Hit:
    """A verb before the title."""

    type: str
    start: int
    end: int
    gap: int
    negated: bool
    stopped: bool
    chain: tuple[str, ...]


def read_clause(sentence: str, own: Own) -> Reading | None:
    """Read the type of the one :data:`TITLE` in a sentence, or None where no rule applies.

    Args:
        sentence: a skeleton around the title.
        own: whether the subject of an act told between two offsets of the sentence is the body that speaks.
    """
    whole = sentence.index(TITLE)
    cut = max(0, whole - _WINDOW)
    local, at = sentence[cut : whole + _WINDOW], whole - cut
    found = _read(local, at)
    if found is None:
        return None
    if CitationType.ISSUES in found.types:
        if local.startswith("（草案）", at + 1):
            found = replace(found, types=(CitationType.DRAFTS,), rule="draft-version")
        if not _NOW.search(local, at):
            found = _own_issue(found, at, lambda low, high: own(low + cut, high + cut))
    return found.moved(cut)


@lru_cache(maxsize=1 << 12)
def _read(sentence: str, at: int) -> Reading | None:
    """Constructions first, then what stands before the title, then what stands behind it."""
    begin, end = _clause_start(sentence, at), _clause_end(sentence, at)
    candidates = frames_for(sentence)
    if first := _frame(candidates, sentence, at, behind=False):
        return first
    hit = _left(sentence, begin, at)
    free = hit is None or hit.type in (LIGHT, CitationType.DRAFTS)
    if free and (behind := _frame(candidates, sentence, at, behind=True)):
        return behind
    draft = sentence.startswith("（草案）", at + 1)
    if hit is not None and hit.type != LIGHT and not (draft and hit.type == TALK):
        return _governed(hit, begin, end)
    return _right(sentence, at, end, begin) or _rest(sentence, at, begin, end, hit, draft)


def _rest(sentence: str, at: int, begin: int, end: int, hit: _Hit | None, draft: bool) -> Reading | None:
    """What is left where no verb of the clause decides: a draft by its name, a verb of the next clause."""
    if draft:
        return Reading((CitationType.DRAFTS,), "draft-version", 0.8, begin, end)
    if m := _NEXT.match(sentence, end):
        kind = CitationType(verbs()[m["verb"]].type)
        return Reading((kind,), "next-clause", 0.65, begin, m.end(), m.start("verb"))
    if hit is not None and sentence[hit.start : hit.end] in ("推进", "抓好", "深化"):
        return Reading((CitationType.IMPLEMENTS,), "light-verb", 0.7, begin, end, hit.start)
    return None


def _frame(candidates: tuple[Frame, ...], sentence: str, at: int, behind: bool) -> Reading | None:
    for frame in candidates:
        if frame.behind is behind and (found := _framed(frame, sentence, at)):
            return found
    return None


def _clause_start(text: str, at: int) -> int:
    """Where the clause begins; one that only goes on with a list (，以及) begins with the clause before it."""
    start = before = 0
    for m in _STOP.finditer(text, 0, at):
        before, start = start, m.end()
    return before if _GOES_ON.fullmatch(text, start, at) and text[start - 1] == "，" else start


def _clause_end(text: str, at: int) -> int:
    m = _STOP.search(text, at)
    return m.start() if m else len(text)


def _framed(frame: Frame, sentence: str, at: int) -> Reading | None:
    for m in frame.pattern.finditer(sentence):
        if m.start() <= at < m.end():
            start = min(_clause_start(sentence, at), m.start())
            end = max(_clause_end(sentence, at), m.end())
            return Reading((frame.type,), frame.id, frame.score, start, end, m.start())
    return None


def _left(sentence: str, begin: int, at: int) -> _Hit | None:
    """The verb that governs the title from the left: the nearest in its clause that is no attribute."""
    left = _UNQUOTED.sub("", sentence[begin:at])
    blocked = _BLOCK.search(left)
    if blocked and not verb_pattern("l").search(blocked[0]):
        return None
    found = list(verb_pattern("l").finditer(left))
    for k in range(len(found) - 1, -1, -1):
        m = found[k]
        verb = verbs()[m.group()]
        gap = left[m.end() :]
        if len(gap) > _REACH.get(verb.type, _DEFAULT_REACH):
            return None
        if _SINGLE.search(left[: m.end()]) and len(m.group()) == 1:
            continue
        if verb.near and not _touches(gap):
            continue
        bare = _ASPECT.sub("", gap, count=1) if _ASPECT.match(gap) else gap
        if re.match(r"[后过]?的", bare) or (bare and _NOMINAL.match(bare)):
            continue
        if verb.type in _MAKING and _made(gap):
            continue
        if OTHER in gap and verb.type not in ("basedOn", "implements") and not _LISTED.fullmatch(gap):
            continue
        chain = _chain(left, found, k)
        negated = bool(_NEGATED.search(left[: m.start()]))
        stopped = bool(_STOPPED.search(left[: m.start()]))
        return _Hit(verb.type, begin + m.start(), begin + m.end(), len(gap), negated, stopped, chain)
    return None


def _made(gap: str) -> bool:
    """Whether verbs up to the title are its attribute together (修订印发的)."""
    m = verb_pattern("l").match(gap)
    return m is not None and gap[m.end() :] == "的"


def _touches(gap: str) -> bool:
    return not gap or (
        len(gap) <= 20 and bool(re.search(r"[委府院厅局部办会省市县区]$", gap)) and "的" not in gap
    )


def _chain(left: str, found: list[re.Match[str]], k: int) -> tuple[str, ...]:
    """Types of verbs that stand directly before the governing one (学习贯彻, 修订印发)."""
    types = [verbs()[found[k].group()].type]
    start = found[k].start()
    for m in reversed(found[:k]):
        between = left[m.end() : start]
        if not _CHAIN.fullmatch(between):
            break
        kind = verbs()[m.group()].type
        if kind in (LIGHT, TALK, "basedOn"):
            break
        types.append(kind)
        start = m.start()
    return tuple(dict.fromkeys(types))


def _governed(hit: _Hit, begin: int, end: int) -> Reading:
    score = 0.95 if hit.gap <= 2 else 0.9 if hit.gap <= 12 else 0.8
    if hit.type == TALK:
        return Reading((CitationType.MENTIONS,), "left-talk", score, begin, end, hit.start)
    if hit.stopped or (hit.negated and hit.type not in ("implements", "basedOn")):
        return Reading((CitationType.MENTIONS,), "left-negated", 0.7, begin, end, hit.start)
    types = [t for t in hit.chain if t not in (LIGHT, TALK)]
    if "issues" in types:
        types = [t for t in types if t not in ("drafts", "basedOn")]
    return Reading(tuple(CitationType(t) for t in types[:2]), "left-verb", score, begin, end, hit.start)


def _right(sentence: str, at: int, end: int, begin: int) -> Reading | None:
    """The first verb behind the title in its clause."""
    behind = re.sub(r"（[^）]*）", lambda m: " " * len(m[0]), sentence[at + 1 : min(end, at + 1 + _RIGHT)])
    for m in verb_pattern("r").finditer(behind):
        verb = verbs()[m.group()]
        after = behind[m.end() :]
        if OTHER in behind[: m.start()] or _beyond(behind[: m.start()]):
            break
        if _TEMPORAL.match(after) and verb.type in ("issues", "implements", "amends", "repeals"):
            return Reading((CitationType.MENTIONS,), "right-temporal", 0.6, begin, end)
        if after.startswith(OTHER) and verb.type != TALK:
            break
        if _NEGATED.search(behind[: m.start()]):
            return Reading((CitationType.MENTIONS,), "right-negated", 0.6, begin, end)
        if _NAMED.match(after):
            continue
        if verb.type in ("implements", "studies") and _acts_itself(behind, m.start(), m.end()):
            return Reading((CitationType.MENTIONS,), "right-subject", 0.6, begin, end)
        if _SINCE.search(behind[: m.start()]) and verb.type in ("implements", TALK):
            return None
        kind = CitationType.MENTIONS if verb.type == TALK else CitationType(verb.type)
        return Reading((kind,), "right-verb", 0.8, begin, end, at + 1 + m.start())
    return None


def _acts_itself(behind: str, start: int, end: int) -> bool:
    """Whether the title is the subject of an active verb with an object of its own (《纲要》贯彻…思想)."""
    after = behind[end:]
    return bool(after) and not _OPEN_END.match(after) and not _PASSIVE.search(behind[:start])


def _beyond(gap: str) -> bool:
    """Whether an article is cited with the title and other words than 的 or 中 follow it (as in a table)."""
    m = _ARTICLE.match(gap)
    return m is not None and len(gap) - m.end() > 2


def _own_issue(found: Reading, at: int, own: Own) -> Reading:
    """A text that another body issued is only mentioned."""
    if CitationType.ISSUES not in found.types or found.rule in ("issue-now", "publish-carried"):
        return found
    before = found.verb is not None and found.verb < at
    low, high = (found.start, found.verb or at) if before else (at, found.end)
    if own(low, high):
        return found
    kept = tuple(t for t in found.types if t is not CitationType.ISSUES) or (CitationType.MENTIONS,)
    return Reading(kept, "issued-by-other", 0.7, found.start, found.end, found.verb)


__all__ = ["Reading", "cue_of", "read_clause"]
