"""Relations told by subject, verb and object, the subject named, carried over or the issuer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.model.entities import Linked
from kg.model.statements import Status
from kg.state.constructions import Told
from kg.state.skeleton import MACROS, Skeleton, rows
from kg.state.status import told

_OBJECT = {
    "carriesOut": "Ⓜ",
    "issuesDocument": "Ⓓ",
    "draftsDocument": "Ⓓ",
    "forwardsDocument": "Ⓓ",
    "setsUp": "Ⓘ",
}
_GAP = (
    r"(?:了|好)?(?:[^，。；：ⒾⒹⓂ]{1,14}的|在[^，。；ⒾⓂ]{1,10}|以?Ⓜ为[^，。；]{0,4}的|[^，。；：ⒾⒹⓂ的]{0,3})?"
)
_NOT_OBJECT = re.compile(
    r"的(?!要求，|同时)|工作的(?!要求，)|取得实效的|(?:改革|工作|推进|落实|实施|推行|开展|执行|建设)?"
    r"(?:情况|成效|意义|文件|办公室|资金|问题|做法|案件|案例|评估|检查|督查|督导|培训|汇报|专题|工作协调|工作机制|工作领导|协调机制"
    r"|经验|原则|精神|指标|平台|知识|内容|台账|名单|细则|标准|方案|宣传|解读|研讨|竞赛|考核|评价|规划|会议|监督检查)"
)
_GROUP = re.compile(MACROS["{I}"])
_END = re.compile(r"[。！？]|）(?=（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|\d{1,2}\.)|$")
_ASIDE = re.compile(
    r"(?:[对为就把]|(?<![一二三四五六七八九十])是|关于|随着|围绕|聚焦|加强对|调动|涉及|服务|保障|是否|没|以|致力于)(?:全面|深入|大力|积极|进一步|加快|有效|认真|扎实)*$"
)
_PREPOSITION = re.compile(
    r"(?:向|对|为|受|经|在|从|由|被|据|以|按|按照|把|将|给|除|关于|涉|就|会同|协助|配合|要求|督促|指导|责成|委托|牵头|根据|依据|依照|通过|报|送|及其|到|至|来|于|撤销|整合|合并|成立|设立|组建|邀请|聘请|参加|依托|联系|充实|加强|推行|推进|实施|落实|贯彻|完善|健全|建立|规范|发挥|强化|提升|优化|按|征求|听取|代表|维护|确保)$"
)
_FOLLOW = re.compile(
    r"(?:的|[\u4e00-\u9fff]{1,5}的(?![^，]{0,3}(?:配合|支持|指导|领导))|、?(?:政府|党政)?(?:主要|分管)?领导|关于|Ⓓ|配合，|参与，|协助，|外，|网站|官网|门户|负责人|主要|领导|有关|分管|常务会议|党组|机关|专家|委员|代表|规范性|办公|常委会|会议|附近|新闻|工作人员|相关负责|内部|主办|（试行）|重点|高度重视|等领导)"
)
_OTHER = re.compile(
    r"(?:^|，|。|；)[^，。；ⒾⒹⓂ]{0,12}?(?:各[^，。；ⒾⒹⓂ]{0,6}?(?:单位|部门|地|级|市|县|区|镇|乡|街道|机关|机构|行业|社区|学校)|任何(?:单位|部门|个人)|有关(?:部门|单位)|相关(?:部门|单位)|所属|群众|企业|部分|个别|少数|一些|不少"
    r"|部门(?!联)|(?:镇|乡|街道|社区|村)(?=[^，。；]{0,6}$))"
)
_PLACE = re.compile(
    r"(?:^|[，；。：、\d.）])(?:(?![在于将拟已正]|[全我本各][省市县区州旗])[\u4e00-\u9fff]){2,10}[省市县区州旗](?:在[^，。；]{1,8})?"
    r"(?:积极|全面|大力|深入|率先|持续|深化|创新|探索|扎实|稳步|着力|打造|加快|先后)*$"
)
_ELSEWHERE = re.compile(
    r"^\s*(?:\d{1,3}\.)?[\u4e00-\u9fff]{2,4}(?:[省市][\u4e00-\u9fff]{1,7}[市县区州旗](?![政委级])|省(?![委政级内])|自治区[\u4e00-\u9fff]{2,5}[市县区州盟旗])"
)
_OPENING = 4
_SUPPORTED = re.compile(
    r"(?:^|[，；。、])(?:积极|大力)?(?:支持|鼓励|引导|督促|帮助|推动有条件的)[^，；。]{2,20}$"
)
_FOUNDED = re.compile(r"[成设建]立|组建|下设")
_SELF = re.compile(
    r"(?:^|[，；：])(?:[^，；ⒾⒹⓂ在于]{0,8}?)(?:我[市区省县州局厅委院校镇]|我们|本[市区省县州]|全[市区省县州](?!范围))"
)
_CAUSE = re.compile(r"(?:要求|督促|敦促|责成|委托|配合|协助|指导|组织|支持|鼓励|引导|推动)$")
_TEXT_FIRST = re.compile(r"(?:^|[，；])(?:新修订的|新出台的|该|这部)?Ⓓ[^，；ⒾⓂ]*$")
_CARRY = re.compile(r"^(?:同时|此外|另外|并|还|其次|随后|目前|今年)[，还并]?")
_LEADING = re.compile(r"(?:负责)?牵头|（牵头）")
_BODY = re.compile(
    r"(?:领导小组|工作组|专班|委员会|指挥部|小组|中心|办公室|局|站|会|团|组|队|院|公司|室|部)$"
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who is meant where a sentence names no subject: entity keys, and whether the document only orders."""

    keys: tuple[str, ...]
    directive: bool


@cache
def _verbs() -> tuple[re.Pattern[str], dict[tuple[str, str], str]]:
    """One pattern for verb, gap and object, and the status of the bare verb by verb and predicate."""
    status = {(r["verb"], r["predicate"]): r["status"] for r in rows("verbs.tsv")}
    words = sorted({verb for verb, _ in status}, key=lambda v: (-len(v), v))
    return re.compile(rf"(?P<v>{'|'.join(words)})(?P<g>{_GAP})(?P<o>[ⒾⒹⓂ])"), status


def acts(skeleton: Skeleton, base: Status | None, taken: frozenset[str]) -> Iterator[Told]:
    """Relations with a verb of one paragraph; a subject of None stands for the issuer.

    Args:
        skeleton: the paragraph.
        base: what its section or the kind of document says of plain statements.
        taken: entities of measures whose bearer a construction names; no issuer is meant there.
    """
    text = skeleton.text
    if "Ⓜ" not in text and "Ⓓ" not in text and not _FOUNDED.search(text):
        return
    carried: tuple[Linked, ...] = ()
    low = 0
    for end in [m.end() for m in _END.finditer(text)]:
        named, spoken = carried, False
        for told_, subjects in _sentence(skeleton, low, end, carried, base, taken):
            yield told_
            if subjects and not spoken:
                named, spoken = subjects, True
        carried = named if spoken else ()
        low = end


def _sentence(
    skeleton: Skeleton,
    low: int,
    end: int,
    carried: tuple[Linked, ...],
    base: Status | None,
    taken: frozenset[str],
) -> Iterator[tuple[Told, tuple[Linked, ...]]]:
    text = skeleton.text
    pattern, bare = _verbs()
    for m in pattern.finditer(text, low, end):
        if _ASIDE.search(text, max(low, m.start() - 8), m.start()):
            continue
        last = _last(text, m.start("o"), end)
        for predicate, sign in _OBJECT.items():
            if sign != m["o"] or (m["v"], predicate) not in bare or _NOT_OBJECT.match(text, last):
                continue
            subjects = _subjects(skeleton, low, m.start(), carried)
            if subjects is None:
                continue
            given = None if subjects and sign == "Ⓓ" else base
            status = _status(text, low, m, given, bare[m["v"], predicate])
            objects = skeleton.between(m.start("o"), last)
            for o in objects:
                if predicate == "setsUp" and (
                    text[last : last + 1] == "、" or not _BODY.search(o.mention.text)
                ):
                    continue
                if not subjects and o.entity in taken:
                    continue
                for s in subjects or (None,):
                    if s is None or s.entity != o.entity:
                        rule = f"act-{predicate}" if s else f"act-{predicate}-issuer"
                        found = Told(s, predicate, o, status, rule, m.start(), last, 0.85 if s else 0.75)
                        yield found, subjects


def _last(text: str, start: int, end: int) -> int:
    """Behind the objects in a row that begin at ``start``."""
    name = {"Ⓘ": "{I}", "Ⓓ": "{D}", "Ⓜ": "{M}"}[text[start]]
    if name == "{I}":
        return start + 1
    m = re.compile(MACROS[name]).match(text, start, end)
    return m.end() if m else start + 1


def _subjects(
    skeleton: Skeleton, low: int, verb: int, carried: tuple[Linked, ...]
) -> tuple[Linked, ...] | None:
    """The bodies that the verb at ``verb`` tells of; empty for the issuer, None where it is somebody else."""
    text = skeleton.text
    last = text.rfind("；", low, verb)
    for g in reversed(tuple(_GROUP.finditer(text, low, verb))):
        if g.end() <= last and g.start() > low + _OPENING:
            return None
        if _CAUSE.search(text, max(low, g.start() - 2), g.start()) or _LEADING.match(text, g.end()):
            return None
        if _PREPOSITION.search(text, max(low, g.start() - 4), g.start()) or _FOLLOW.match(text, g.end()):
            continue
        between = text[g.end() : verb]
        if _SELF.search(between) or _OTHER.search(between):
            return None if _OTHER.search(between) else ()
        return skeleton.between(*g.span())
    words = text[low:verb]
    other = _OTHER.search(words) or _PLACE.search(words) or _ELSEWHERE.match(words)
    if _SUPPORTED.search(words) or _TEXT_FIRST.search(words) or (other and not _SELF.search(words)):
        return None
    return carried if _CARRY.match(words) else ()


def _status(text: str, low: int, m: re.Match[str], base: Status | None, bare: str) -> Status:
    begin = max(text.rfind(c, low, m.start()) for c in "，；：、") + 1
    clause = text[max(low, begin - 1) : m.start()]
    first = text.rfind("；", low, m.start()) + 1 or low
    opening = text[first : min(m.start(), first + 16)]
    heard = told(clause)
    early = told(opening)
    if heard is None or heard in {Status.UNDERWAY, Status.DONE}:
        past = early is Status.DONE and heard is None and base is Status.PLANNED
        heard = early if past or early in {Status.HYPOTHETICAL, Status.PLANNED} else heard
    if heard is None and m["g"].startswith("了"):
        heard = Status.DONE
    plain = heard is None or (heard is Status.UNDERWAY and "正" not in clause)
    if base is Status.PLANNED and plain:
        return heard or Status.UNDERWAY if early is Status.DONE else Status.PLANNED
    if heard is not None:
        return heard
    return Status(bare)
