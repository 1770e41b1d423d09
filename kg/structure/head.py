"""版头, 标题 and 主送机关 (GB/T 9704—2012, 7.2, 7.3.1, 7.3.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.grammar.dates import find_dates, find_iso_dates
from kg.grammar.genres import genre_of
from kg.model.documents import Field
from kg.structure.lines import (
    HEADING,
    META,
    META_KEY,
    Line,
    is_addressees,
    is_date,
    is_furniture,
    is_mark,
    is_speech,
    is_titular,
    joined,
    number_of,
    organs,
)

_DEPTH = 60
_LONG = 90
_LINE = 110
_LINES = 8
_CRUMB = 10
_STAMP = re.compile(r"[\d\-:：/. 年月日时分秒\u200b]+(?<![日月])")
_PLACE = re.compile(r"在([\u4e00-\u9fff]{2,10}?[省市县区州盟旗])(?:第|十)")
_MARKED = re.compile(r"# ?(?!#)")
_ADOPTER = re.compile(
    r"日\s*(?:业?已?经(?!济技))?([\u4e00-\u9fff]{2,30}?人民代表大会(?:常务委员会)?)(?:第[^会]{1,9}次会议)?.{0,4}通过"
    r"|日\s*([\u4e00-\u9fff]{2,30}?)令?(?:第\d+号)?(?:公布|发布)"
)
_SALUTATION = re.compile(r"(?:各位代表|同志们|各位委员)[：:]")
_CARRIES = re.compile(r"(?:印发|转发|批转|报送|公布|发布|呈报|下发)[^《》]{0,30}《.*》$")
_ACTION = re.compile(
    r"关于|转发|印发|批转|报送|对|给予|授予|公布|发布|表彰|授权|令$|公告$|通告$|公报$|工作报告$"
)
_DECREE = re.compile(r"(.{2,60}?)(?:令|公告|通告)$")
_ADOPTED = re.compile(
    r"[（(]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日.{0,80}(?:通过|批准|公布|发布|修订|修正|施行|颁布|修改)"
)
_INLINE = re.compile(
    r"(?:通知|意见|通告|公告|批复|复函|函|决定|通报|办法|报告|方案)(?=各|市|区|县|省|有关|全|驻|你|[^，。：]{2,40}[：，])"
)
_RUN_ON = re.compile(r"[\u4e00-\u9fff]{2,16}[〔\[](?:19|20)\d\d[〕\]]\d+号(?=各|[\u4e00-\u9fff]{2})")
"""A number with the addressees behind it on one line."""
_INLINE_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（](?:19|20)\d\d[〕\]）]\d+号")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body.

    Attributes:
        title: the title, if one stands there.
        number: the document number as printed.
        masthead: names of 发文机关标志, or of the body that decrees.
        addressees: the line of 主送机关.
        date: a date below the title or in the page's own table.
        declared_issuer: 发布机关 in the page's own table.
        speaker: the government whose report is read out to a congress, by its place.
        adopter: the body that adopted a law, by the note below its title.
        decree: whether the document is a 令 or 公告 that carries a text and has no title of its own.
        skipped: lines that are no text of the document.
        body: index of the first line of the body.
        cuts: offsets inside lines where head and body meet.
    """

    title: Field | None = None
    number: Field | None = None
    masthead: tuple[Field, ...] = ()
    addressees: Field | None = None
    date: Field | None = None
    declared_issuer: Field | None = None
    speaker: Field | None = None
    adopter: Field | None = None
    decree: bool = False
    skipped: tuple[Line, ...] = ()
    body: int = 0
    cuts: tuple[int, ...] = ()


@dataclass(slots=True)
class _Reader:
    """State of the one pass over the first lines."""

    head: Head = field(default_factory=Head)
    pending: list[Line] = field(default_factory=list)
    meta_title: Field | None = None
    skipped: list[Line] = field(default_factory=list)
    adopted: Field | None = None


def read_head(lines: Sequence[Line]) -> Head:
    """Read masthead, number, title and addressees from the first lines of a document."""
    state = _Reader()
    i = 0
    while i < min(len(lines), _DEPTH):
        line = lines[i]
        if not _step(state, line, lines[i + 1] if i + 1 < len(lines) else None):
            break
        i += 1
        if state.head.addressees:
            break
    _close(state)
    head = state.head
    if state.meta_title and (head.title is None or "关于" not in head.title.value):
        head = replace(head, title=state.meta_title)
    if head.date is None and state.adopted:
        head = replace(head, date=state.adopted)
    head = replace(head, skipped=tuple(state.skipped), body=i)
    return _inline(head, lines)


def _step(state: _Reader, line: Line, following: Line | None) -> bool:
    """Take one line; False where the body begins."""
    text, head = line.text, state.head
    if is_furniture(text) or _STAMP.fullmatch(text) or text.endswith(" 摄"):
        _close(state)
        state.skipped.append(line)
    elif m := META.match(text):
        _meta(state, line, m)
    elif is_mark(text):
        pass
    elif number := number_of(text):
        _number(state, line, number)
    elif (m := _RUN_ON.match(text)) and is_addressees(text[m.end() :]):
        _number(state, Line(line.start, line.start + m.end(), m[0]), m[0])
        addressees = Field(text[m.end() :], line.start + m.end(), line.end)
        state.head = replace(state.head, addressees=addressees)
    elif is_addressees(text) or _SALUTATION.match(text):
        _close(state, certain=True)
        if not _SALUTATION.match(text):
            state.head = replace(state.head, addressees=Field(text, line.start, line.end))
        return bool(state.head.addressees)
    elif is_date(text) or _ADOPTED.match(text) or is_speech(text):
        if not _below_title(state, line):
            return False
    elif _joins(state, text) or (
        head.title is None and not state.pending and is_titular(text) and _opens(state, text, following)
    ):
        state.pending.append(line)
    elif _crumb(state, line):
        state.skipped.append(line)
    else:
        return False
    return True


def _crumb(state: _Reader, line: Line) -> bool:
    """Whether a short line directly below page furniture is the rest of it (a channel, a newspaper)."""
    last = state.skipped[-1] if state.skipped else None
    below = last is not None and last.end + 1 == line.start
    return below and not state.pending and len(line.text) <= _CRUMB and not HEADING.match(line.text)


def _opens(state: _Reader, text: str, following: Line | None) -> bool:
    """Whether a title-like line starts a title or a masthead, rather than a body without one."""
    if _MARKED.match(text) or genre_of(text) or _ACTION.search(text) or organs(text.removesuffix("文件")):
        return True
    if following is None:
        return False
    after = following.text
    if number_of(after) or is_speech(after) or _ADOPTED.match(after) or after.endswith("文件"):
        return True
    return is_titular(after) and len(text) > 6 and genre_of(after) is not None


def _joins(state: _Reader, text: str) -> bool:
    """Whether a line goes on with the title that has begun."""
    if not state.pending or len(text) > _LINE or "。" in text or len(state.pending) >= _LINES:
        return False
    before = joined(state.pending)
    if _MARKED.match(before):
        return False
    return is_titular(text) or before.count("《") > before.count("》") or text.startswith("的")


def _complete(title: str) -> bool:
    if title.count("《") > title.count("》") or title.count("“") > title.count("”"):
        return False
    if title.count("（") > title.count("）"):
        return False
    if _CARRIES.search(title) or title.endswith(("文件", "关于", "印发", "转发")):
        return False
    return genre_of(title) is not None


def _close(state: _Reader, certain: bool = False) -> None:
    """What was pending is a title, or nothing.

    Args:
        state: the reader.
        certain: whether a number, addressees or a date follow, so that all lines belong to the title;
            otherwise it ends with the first line that completes it.
    """
    lines, state.pending = state.pending, []
    if not lines or state.head.title is not None:
        return
    if all(organs(line.text) for line in lines):
        names = tuple(Field(n, line.start, line.end) for line in lines for n in organs(line.text))
        state.head = replace(state.head, masthead=state.head.masthead or names)
        return
    full = [k for k in range(1, len(lines) + 1) if _complete(joined(lines[:k]))]
    if full and certain:
        while len(lines) > full[-1] and organs(lines[-1].text):
            lines.pop()
    elif full:
        lines = lines[: full[0]]
    text = joined(lines)
    mark = _MARKED.match(text)
    start = lines[0].start + (mark.end() if mark else 0)
    text = text[mark.end() if mark else 0 :].strip()
    if 2 <= len(text) <= 300:
        state.head = replace(state.head, title=Field(text, start, lines[-1].end))


def _number(state: _Reader, line: Line, number: str) -> None:
    head, before = state.head, state.pending
    bare = number.strip("（）")
    if (
        before
        and bare[:1] in "第12"
        and not _titled(joined(before))
        and (m := _DECREE.fullmatch(joined(before)))
    ):
        value = Field(joined(before) + number, before[0].start, line.end)
        name = m[1].removeprefix("中华人民共和国") if m[1].endswith("国务院") else m[1]
        end = before[0].start + len(m[1])
        organ = Field(name, end - len(name), end)
        state.pending = []
        state.head = replace(head, number=value, masthead=(organ,), decree=True)
        return
    if before and not _titled(joined(before)):
        names = _masthead(before)
        if names:
            state.pending = []
            head = replace(head, masthead=names)
            state.head = head
    if state.pending:
        _close(state, certain=True)
        head = state.head
    if head.number is None:
        at = line.text.find(number)
        state.head = replace(head, number=Field(number, line.start + at, line.start + at + len(number)))


def _titled(text: str) -> bool:
    return bool(re.search(r"关于|转发|印发|《", text))


def _masthead(lines: Sequence[Line]) -> tuple[Field, ...]:
    found = []
    for line in lines:
        bare = re.sub(r"\s*文\s?件\s*$", "", line.text)
        names = organs(bare)
        if not names:
            return ()
        at = line.start
        for name in names:
            start = at + line.text[at - line.start :].find(name)
            found.append(Field(name, start, start + len(name)))
            at = start + len(name)
    return tuple(found)


def _below_title(state: _Reader, line: Line) -> bool:
    """A date, the note on adoption or the place of a speech below the title."""
    _close(state, certain=True)
    if state.head.title is None and not state.head.decree and not state.skipped:
        return False
    if m := _ADOPTER.search(line.text):
        name = re.sub(r"第[一二三四五六七八九十]+届", "", m[1] or m[2]).removeprefix("中华人民共和国")
        span = m.span(1) if m[1] else m.span(2)
        state.head = replace(state.head, adopter=Field(name, line.start + span[0], line.start + span[1]))
    if m := _PLACE.search(line.text):
        place = Field(f"{m[1]}人民政府", line.start + m.start(1), line.start + m.end(1))
        state.head = replace(state.head, speaker=place)
    dates = list(find_dates(line.text))
    if re.search(r"施行", line.text) and not re.search(r"通过|公布|发布|批准|修订|修正", line.text):
        dates = []
    if dates:
        last = dates[-1]
        state.adopted = Field(last.value, line.start + last.start, line.start + last.end)
    return True


def _meta(state: _Reader, line: Line, m: re.Match[str]) -> None:
    """A line of the table that a page puts above the text."""
    key, value = m[1].replace(" ", ""), m[2].strip()
    after = META_KEY.search(value)
    if after:
        at = line.start + line.text.index(value, m.start(2)) + after.start()
        rest = Line(at, line.end, line.text[at - line.start :])
        if following := META.match(rest.text):
            _meta(state, rest, following)
        value = value[: after.start()].strip()
    if not value:
        return
    start = line.start + line.text.index(value, m.start(2))
    found = Field(value, start, start + len(value))
    if key in ("名称", "标题"):
        state.meta_title = found
    elif key in ("文号", "发文字号") and number_of(value):
        state.head = replace(state.head, number=state.head.number or found)
    elif key in ("发布机关", "发文机关", "制发机关", "发布机构"):
        state.head = replace(state.head, declared_issuer=found)
    elif key in ("生成日期", "成文日期"):
        for d in (*find_iso_dates(value), *find_dates(value)):
            state.head = replace(state.head, date=Field(d.value, start + d.start, start + d.end))


def _inline(head: Head, lines: Sequence[Line]) -> Head:
    """Title, number and addressees where a page runs them into the first paragraph."""
    if head.title or head.number or head.addressees or head.body >= len(lines):
        return head
    line = lines[head.body]
    if len(line.text) < _LONG:
        return head
    text = line.text[:400]
    stop = text.find("。")
    text = text if stop < 0 else text[:stop]
    at, title, number = 0, None, None
    if (m := _INLINE_NUMBER.search(text[:250])) and (cut := _genre_before(text, m.end())):
        at = m.end()
        title = Field(text[:cut], line.start, line.start + cut)
        number = Field(text[cut:at], line.start + cut, line.start + at)
    else:
        for m in _INLINE.finditer(text[:250]):
            before = text[: m.end()]
            if (
                before.count("《") == before.count("》")
                and re.search(r"关于|印发|转发", before)
                and "：" not in before
            ):
                at = m.end()
                title = Field(before, line.start, line.start + at)
                break
    colon = text.find("：", at)
    addressees = None
    if colon >= 0 and is_addressees(text[at : colon + 1]):
        addressees = Field(text[at : colon + 1], line.start + at, line.start + colon + 1)
        at = colon + 1
    cuts = sorted({f.end for f in (title, number, addressees) if f})
    return replace(head, title=title, number=number, addressees=addressees, cuts=tuple(cuts))


def _genre_before(text: str, end: int) -> int:
    """Where the title ends that stands directly before the number that ends at ``end``."""
    m = re.compile(
        r"(?:通知|意见|通告|公告|批复|复函|函|决定|通报|办法|报告|方案)(?:（[^（）]{1,12}）)?(?=[\u4e00-\u9fff]{1,12}[〔\[（](?:19|20))"
    ).search(text, 0, end)
    return m.end() if m else 0


def title_issuers(title: Field) -> tuple[Field, ...]:
    """The bodies that a title names before 关于, 转发 …"""
    for m in _ACTION.finditer(title.value):
        prefix = title.value[: m.start()].rstrip(" ，")
        prefix = re.sub(r"(?:19|20)\d\d年", "", prefix)
        names = tuple(n for n in organs(prefix) if n not in ("政府", "人民政府"))
        if names:
            return tuple(Field(n, title.start, min(title.end, title.start + len(title.value))) for n in names)
        if prefix:
            return ()
    return ()


__all__ = ["HEADING", "Head", "read_head", "title_issuers"]
