"""Lines of a clean text and what each looks like by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.grammar.dates import DATE
from kg.grammar.genres import genre_of
from kg.grammar.numbers import parse_number
from kg.model.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """A non-empty line: its span in the clean text, and the text of that span."""

    start: int
    end: int
    text: str


_ORG_END = (
    "人民政府|政府|国务院|办公厅|办公室|委员会|常委会|政协|党委|[省市区县州盟旗镇乡]委|军委|[部委办局厅署司院社会处科站所队组台行庭]"
    "|领导小组|指挥部|联防联控机制|联席会议|公司|集团|中心|银行|大学|学校|学院|医院|法院|检察院|街道|机构|总队|支队|海关"
    "|协会|学会|联合会|总工会|基金会|团委|团中央|管委会|国务院令|工作专班|工商联|残联|妇联|科协|党校|报社|组织|联盟|企业家协会|机关|兵团"
)
_ORG = re.compile(rf"(?:{_ORG_END})(?:（[^（）]{{1,20}}）)?$")
_NOT_ORG = re.compile(
    r"[。；：！？，《》“”<>=+%]|^(?:附件|附表|附：|抄送|联系|电话|传真|地址|邮|（|\d)|特此|如下|[一二三四五六七八九十]、|的$"
)
_BARE = re.compile(r"（?(?:第\s?[\d一二三四五六七八九十百零〇○]+\s?号|(?:19|20)\d\d年\s?第\s?\d+\s?号)）?")
_JUNK = re.compile(r"\s*&[a-z]{0,4};?")
_SIGNER = re.compile(r"\s*签发人[:：]?.{0,20}$")
_MARK = re.compile(
    r"(?:特急|加急|特提|平急|急件|明电|内部明电|机密|秘密|绝密|内部资料|普发|公开|主动公开|份号)[★\d年月\s·]*$|0\d{5}$"
)
META = re.compile(
    r"(名称|标题|索 ?引 ?号|(?:主题|信息|组配)?分类|发布机关|发布机构|发文机关|制发机关|公开责任部门"
    r"|生成日期|成文日期|文 ?号|发文字号|主题词|公文种类|有效性|信息有效性)[:：](.*)$"
)
META_KEY = re.compile(r"(?:索引号|(?:主题|信息)?分类|发布机关|发文机关|生成日期|成文日期|文号|主题词)[:：]")
_NOTE = re.compile(
    r"[（\[【](?:此件|此文|本文|信息公开|公开|联系|本件|此公告|此复|盖章|印章|公章|注[:：]|主动公开|依申请)[^\n]{0,80}$"
    r"|公开(?:属性|方式|形式)[:：]"
)
_SENT = frozenset("送报")
_COPIES = re.compile(r"(?:抄送|抄报|分送|发送|主送|报送)[:：]")
_WHOLE_DATE = re.compile(rf"[（(]?({DATE})[)）]?(?:[（(][^（）()]{{1,30}}[)）])?$")
_PRINTED = re.compile(
    rf"(.{{0,50}}?)({DATE})?\s*(?:{DATE})\s*(?:印发?|印制)\s*$|.{{2,50}}印(?:发)?\s*{DATE}$"
)
_ANNEX = re.compile(
    r"附\s?(?:件|表|录|图)?\s?([\d一二三四五六七八九十]{0,3})\s?[:：.．、]?\s?$|附\s?件\s?(\d{1,2})[-—]\d+$"
)
ANNEX_TITLED = re.compile(r"附\s?件?\s?([\d一二三四五六七八九十]{0,3})\s?[:：.．、]\s?(.+)$")
HEADING = re.compile(
    r"##+ ?|[一二三四五六七八九十百]{1,3}[、．.]|（[一二三四五六七八九十百]{1,3}）"
    r"|第[一二三四五六七八九十百零〇\d]{1,6}[编分章节条]"
    r"|\d{1,2}[.．、](?!\d)|（\d{1,2}）|[\u2460-\u2473]"
)
_ROLE = re.compile(
    r"(.{0,14}?)(?:总理|主席|主任|省长|市长|区长|县长|州长|部长|局长|署长|行长|院长|检察长|镇长|乡长|厅长)\s*[\u4e00-\u9fff·]{2,4}$"
)
_SPEECH = re.compile(rf"[—―-]{{0,4}}（?{DATE}.{{0,6}}(?:在|于).{{4,60}}(?:上|会议|）)|[—―-]{{2,4}}")
_ADDRESSED = re.compile(
    r"^各|[省市县区州盟旗乡镇部委办局厅署院会组司团校行处站所队室府]|单位|代表|委员|同志|企业|机构|中心|公司|先生|女士"
)
_UNTITLED = re.compile(
    r"^(?:附\s?[件表录]?\s?\d{0,2}\s?[:：]|（此)|\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd|jpg)$"
)
_TITULAR, _JOINT = 110, 300
_SENTENCE_END = re.compile(r"[。；！？，、]$")


@cache
def _furniture() -> tuple[frozenset[str], tuple[str, ...]]:
    table = files("kg.data").joinpath("structure/furniture.tsv").read_text(encoding="utf-8")
    rows = [r.split("\t") for r in table.splitlines() if r and not r.startswith("#")][1:]
    return frozenset(r[1] for r in rows if r[0] == "line"), tuple(r[1] for r in rows if r[0] == "start")


def split_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The non-empty lines of ``text[start:end]``."""
    found = []
    stop = len(text) if end is None else end
    at = start
    while at < stop:
        nl = text.find("\n", at, stop)
        nl = stop if nl < 0 else nl
        if nl > at:
            found.append(Line(at, nl, text[at:nl]))
        at = nl + 1
    return found


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page rather than to the document."""
    exact, starts = _furniture()
    return text in exact or text.startswith(starts) or text.rstrip("】")[-3:] == "【字体"


def organs(text: str) -> tuple[str, ...]:
    """The bodies that a line of names lists, or nothing where it is no such line.

    >>> organs("民政部 财政部")
    ('民政部', '财政部')
    >>> organs("现将有关事项通知如下")
    ()
    """
    if not 2 <= len(text) <= 160 or _NOT_ORG.search(text):
        return ()
    names = [n for n in re.split(r"[ 、]+", _JUNK.sub("", text).strip()) if n]
    if not names or not all(len(n) > 1 and _ORG.search(n) for n in names):
        return ()
    return tuple(part for n in names for part in _apart(n))


@cache
def _start_names() -> tuple[str, ...]:
    table = files("kg.data").joinpath("structure/organ_starts.tsv").read_text(encoding="utf-8")
    return tuple([line for line in table.splitlines() if line and not line.startswith("#")][1:])


@cache
def _starts() -> re.Pattern[str]:
    names = _start_names()
    local = r"(?<=[局委厅])(?=[省市区县][^委局厅会部]{1,12}[局委厅])"
    return re.compile(rf"(?<=[部委局署厅室会院行司])(?=(?:{'|'.join(names)}))|{local}")


@cache
def _national_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_start_names())})[^，。；：、《》（）\d]{{0,16}}$")


def national_at_end(text: str) -> str | None:
    """The name of a national body that ends a line of other words, where a page lost the line break."""
    m = _national_end().search(text[-24:])
    return m[0] if m and organs(m[0]) else None


def _apart(name: str) -> tuple[str, ...]:
    """Names that lost the space between them, apart; each half must be a name by itself."""
    pieces = _starts().split(name)
    whole = len(pieces) > 1 and all(len(p) > 2 and _ORG.search(p) for p in pieces)
    return tuple(pieces) if whole else (name,)


def number_of(text: str) -> str | None:
    """The document number where the whole line is one, or its serial (a signer may stand behind it)."""
    if len(text) > 80 or "关于" in text:
        return None
    bare = _SIGNER.sub("", text).strip()
    return bare if _BARE.fullmatch(bare) or parse_number(bare) else None


def is_mark(text: str) -> bool:
    """Whether a line is 份号, 密级, 紧急程度 or 签发人."""
    return bool(_MARK.match(text) or text.startswith("签发人"))


def is_note(text: str) -> bool:
    """Whether a line is a note below the date, such as （此件公开发布）."""
    return bool(_NOTE.match(text))


def is_copies(text: str) -> bool:
    """Whether a line is 抄送 and the like."""
    return text[1:2] in _SENT and bool(_COPIES.match(text))


def is_printed(text: str) -> bool:
    """Whether a line is the imprint: 印发机关 and 印发日期."""
    return len(text) <= 80 and "印" in text and bool(_PRINTED.match(text))


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return len(text) <= 50 and bool(_WHOLE_DATE.match(text))


def is_annex(text: str) -> bool:
    """Whether a line is the mark 附件, 附件1 … above an attached text."""
    return len(text) <= 12 and bool(_ANNEX.match(text))


def is_speech(text: str) -> bool:
    """Whether a line below a title says when and where a speech was made, and who speaks."""
    return len(text) <= 90 and (bool(_SPEECH.match(text)) or role_of(text) is not None)


def role_of(text: str) -> str | None:
    """The body before the title of the person who signs (``国务院`` in ``国务院总理 某某``), maybe empty."""
    m = _ROLE.fullmatch(text) if len(text) <= 30 else None
    return m[1].strip() if m and not re.search(r"关于|[对在向的]", m[1]) else None


def is_addressees(text: str) -> bool:
    """Whether a line names those to whom the document goes (主送机关)."""
    if not text.endswith(("：", ":")) or len(text) > 1200 or "。" in text or "；" in text[:-1]:
        return False
    if re.search(r"如下[:：]$|^附|^\d|《", text) or HEADING.match(text):
        return False
    return bool(_ADDRESSED.search(text))


def is_titular(text: str) -> bool:
    """Whether a line may belong to a title: short, no sentence, no heading of the body."""
    if len(text) > _TITULAR and not _joint_title(text):
        return False
    if _SENTENCE_END.search(text) or "。" in text or text.endswith(("：", ":")):
        return False
    if (HEADING.match(text) and not text.startswith("#")) or _UNTITLED.search(text):
        return False
    outside = re.sub(r"《[^》]*》?|“[^”]*”", "", text)
    return ("，" not in outside and "," not in outside) or ("关于" in outside and genre_of(text) is not None)


def _joint_title(text: str) -> bool:
    """Whether a long line is the title of many bodies together."""
    return len(text) <= _JOINT and "关于" in text and "，" not in text and genre_of(text) is not None


def joined(lines: Iterable[Line]) -> str:
    """The text of lines that a title or name was broken into."""
    return "".join(line.text for line in lines)
