"""Quoted names: which quotations name an initiative, and what around them belongs to the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.grammar.measures import Head, heads, known, normal_name, rows, stop_rule
from kg.model.quick import quick
from kg.recognize.measure_heads import Found, followed
from kg.recognize.measure_start import Start, belongs, name_start

_QUOTE = re.compile(r"“([^“”\n]{2,40})”")
_LINK = re.compile(r"[、，]?|[和与及暨]|以及")
_PHASE = re.compile(r"第?[一二三四五六七八九十]+期")
_ADOPTION = re.compile(
    r"(?:推行|实行|推广|开展|实施|试行|推出|启动|施行|铺开|首创|创设|探索|试点|力推)(?:了|好|实施|开展|推行|\d{4}年)?(?:新一轮|首届|首批|第[一二三四五六七八九十]+[批届轮])?$"
)
_AIM = re.compile(
    r"(?:推[动进]|促进?|提[升高]|优化|破解|解决|实现|打造|激活|助力|赋能|带动|撬动|保障|服务|深化)"
)
"""Verbs behind a measure by which something is done: 以“一窗办理”提升服务."""
_FAVOUR = re.compile(
    r"(?:推行|实行|推广|开展|实施|试行|推出|启动|施行|铺开|普及|创新|采取|采用|运用|建立|落实|推动|推进|深化|提供|依托|探索|执行|加快|享受|完善|发展)(?:了|好|实施|开展|推行|\d{4}年)?$"
)
_COUNT = re.compile(r"([两三四五六七八九])([\u4e00-\u9fff])")
_THINGS = 60
_MODES = frozenset(("service-mode", "supervision"))
_WEAK_HEADS = frozenset(("服务", "检查", "政策", "活动", "创建", "审批", "抽查", "评选", "管理"))


@dataclass(frozen=True, slots=True)
class _Rules:
    content: tuple[tuple[str, str, re.Pattern[str]], ...]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    behind_yes: re.Pattern[str]


@quick
@dataclass(frozen=True, slots=True)
class _Quote:
    """A quotation, what its words say, where the head nouns behind it end, and whether nothing parts them."""

    start: int
    end: int
    content: str
    verdict: str
    rule: str
    head: Head | None
    head_end: int
    direct: bool


@quick
@dataclass(frozen=True, slots=True)
class _Side:
    """What the words around quotations that stand side by side say.

    Attributes:
        denied: they are honours, creeds, questions, media …
        adopted: a verb such as 推行 introduces them.
        favoured: a verb that often does.
        led: a verb such as 推行 introduces the noun before them.
    """

    denied: bool
    adopted: bool
    favoured: bool
    led: bool


@cache
def _rules() -> _Rules:
    table = tuple(rows("quotes.tsv"))
    content = tuple(
        (r["id"], r["verdict"], re.compile(r["pattern"])) for r in table if r["place"] == "content"
    )
    before = "|".join(r["pattern"] for r in table if r["place"] == "before")
    behind = "|".join(r["pattern"] for r in table if r["place"] == "behind" and r["verdict"] == "no")
    mode = "|".join(r["pattern"] for r in table if r["place"] == "behind" and r["verdict"] == "yes")
    return _Rules(
        content, re.compile(rf"(?:{before})(?:了|过|为|好|的|成)?$"), re.compile(behind), re.compile(mode)
    )


@cache
def _head() -> re.Pattern[str]:
    words = sorted((h.head for h in heads().values() if h.quoted), key=len, reverse=True)
    return re.compile(rf"([\w（）]{{0,12}}?)({'|'.join(words)})")


@lru_cache(maxsize=1 << 13)
def judge(content: str) -> tuple[str, str]:
    """Verdict and rule for the words of a quotation: ``known``, ``yes``, ``no``, ``weak-no`` or ``open``."""
    for rule, verdict, pattern in _rules().content:
        if verdict == "no" and pattern.fullmatch(content):
            return "no", rule
    entry = known().get(normal_name(content))
    if entry and entry.use != "never":
        return "known", "measure-known"
    for rule, verdict, pattern in _rules().content:
        if pattern.fullmatch(content):
            return verdict, rule
    return "open", "open"


def find_quoted(text: str) -> Iterator[Found]:
    """Quoted names with the noun before and the head noun behind them, in order of the text."""
    group: list[_Quote] = []
    for m in _QUOTE.finditer(text):
        quote = _quote(text, m)
        if group and (group[-1].head or not _LINK.fullmatch(text, group[-1].end, quote.start)):
            yield from _group(text, group)
            group = []
        group.append(quote)
    if group:
        yield from _group(text, group)


def _quote(text: str, m: re.Match[str]) -> _Quote:
    verdict, rule = judge(m[1])
    head, end, direct = None, m.end(), True
    while (h := _head().match(text, end)) and belongs(h[1]):
        far = len(h[1]) > 6 and heads()[h[2]].kind not in {"campaign", "programme"}
        if (
            (head and (head.head == "活动" or not _goes_on(h)))
            or far
            or "工作" in h[1]
            or (heads()[h[2]].kind in _MODES and _AIM.match(h[1]))
            or followed(text, h.end(), heads()[h[2]])
        ):
            break
        head, end, direct = heads()[h[2]], h.end(), direct and not h[1]
    if head and head.kind == "programme" and (phase := _PHASE.match(text, end)):
        end = phase.end()
    return _Quote(m.start(), m.end(), m[1], verdict, rule, head, end, direct)


def _goes_on(h: re.Match[str]) -> bool:
    """Whether a further head noun belongs to the name: “三减”机制改革攻坚专项行动."""
    return not h[1] or (len(h[1]) <= 3 and heads()[h[2]].kind in {"campaign", "pilot"} and len(h[2]) > 2)


def _side(text: str, noun: int, start: int, end: int) -> _Side:
    low, rules = max(0, start - 8), _rules()
    means = text.startswith("以", start - 1) and not _AIM.match(text, end)
    denied = means or rules.before.search(text, low, start) or rules.behind.match(text, end)
    adopted = _ADOPTION.search(text, low, start) or rules.behind_yes.match(text, end)
    favoured = adopted or _FAVOUR.search(text, low, start)
    led = not denied and 2 <= start - noun <= 8 and _ADOPTION.search(text, max(0, noun - 8), noun)
    return _Side(bool(denied), bool(adopted), bool(favoured), bool(led))


def _group(text: str, quotes: list[_Quote]) -> Iterator[Found]:
    """Names among quotations that stand side by side: what is said before and behind holds for all."""
    begin = name_start(text, quotes[0].start, 0, weak=0)
    last = next((q for q in reversed(quotes) if q.verdict != "no"), quotes[-1])
    side = _side(text, begin.offset, quotes[0].start, last.end)
    head = quotes[-1].head
    accepted = [_accepted(q, side, head) for q in quotes]
    if not any(accepted):
        return
    shared = any(score and score >= 0.8 for score in accepted)
    for i, (q, score) in enumerate(zip(quotes, accepted, strict=True)):
        given = score or (0.7 if shared and not side.denied and q.verdict == "open" else 0)
        if given:
            start = _counted(text, q) or (_qualified(text, q, begin) if i == 0 else q.start)
            yield Found(start, q.head_end, _kind(q, head), f"measure-quoted-{q.rule}", given)


def _counted(text: str, q: _Quote) -> int | None:
    """Where the things begin that a quotation counts (入户走访、在线回访“两访”制度), all of them part of the name."""
    if not (m := _COUNT.fullmatch(q.content)) or q.head is None:
        return None
    number, shared = "两三四五六七八九".index(m[1]) + 2, m[2]
    low = max(0, q.start - _THINGS)
    things = text[low : q.start].split("、")[-number:]
    if len(things) < number or not all(shared in thing[-2:] for thing in things):
        return None
    first = q.start - sum(map(len, things)) - number + 1 + len(things[0])
    return name_start(text, first, 0, weak=0).offset


def _accepted(q: _Quote, side: _Side, head: Head | None) -> float:
    """Score of a quotation by itself; 0 where it names nothing."""
    strong = head is not None and head.head not in _WEAK_HEADS
    if q.verdict == "no":
        direct = q.head is not None and (q.rule == "latin" or q.direct)
        return 0.7 if direct and strong and q.rule in {"creed", "rhetoric", "latin"} else 0.0
    rest = {"open", "maybe"}
    tests = (
        (0.95, q.verdict == "known" and (q.head is not None or side.adopted or not side.denied)),
        (0.9, strong and q.verdict != "known"),
        (0.85, q.verdict == "maybe" and (head is not None or (side.favoured and not side.denied))),
        (0.8, q.verdict == "maybe" and side.led),
        (0.8, q.direct and head is not None and head.head == "政策" and side.favoured),
        (0.85, q.verdict == "yes" and (head is not None or not side.denied)),
        (0.8, q.verdict == "open" and head is not None and (side.adopted or side.led)),
        (0.75, q.verdict == "open" and not side.denied and _event(q)),
        (0.7, q.verdict in rest and side.adopted and not side.denied and len(q.content) > 2),
    )
    return next((score for score, holds in tests if holds), 0.0)


def _event(q: _Quote) -> bool:
    """Whether 活动 follows words that are long enough to be its name."""
    return q.head is not None and q.head.head == "活动" and len(q.content) > 3


def _kind(q: _Quote, head: Head | None) -> str:
    entry = known().get(normal_name(q.content))
    if entry:
        return entry.kind
    if head and head.head not in _WEAK_HEADS:
        return head.kind
    own = max((h for h in heads() if q.content.endswith(h)), key=len, default=None)
    return heads()[own].kind if own else "service-mode"


def _qualified(text: str, q: _Quote, begin: Start) -> int:
    """Where the noun that directly qualifies the quotation begins, or the quotation itself."""
    noun = text[begin.offset : q.start]
    opens = begin.before == "" and q.head is not None and len(noun) <= 8
    governed = begin.doing or begin.before not in {"", "place"}
    if 2 <= len(noun) <= 12 and (opens or governed) and not stop_rule("no-noun").search(noun):
        return begin.offset
    return q.start
