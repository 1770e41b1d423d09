"""The heading tree, the sentences, and what is no text of the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from kg.model.documents import Part, Section
from kg.model.spans import Span
from kg.structure.lines import Line

_NUM = "一二三四五六七八九十百千零〇"
_LABEL = re.compile(
    rf"\n(?:#{{1,4}} *)?(?:(?P<bian>第[{_NUM}\d]{{1,6}}编)"
    rf"|(?P<zhang>第[{_NUM}\d]{{1,6}}章)|(?P<jie>第[{_NUM}\d]{{1,6}}节)"
    rf"|(?P<tiao>第[{_NUM}\d]{{1,7}}条(?:之[{_NUM}])?)|(?P<one>[{_NUM}]{{1,3}})[、．.]|(?P<two>（[{_NUM}]{{1,3}}）)"
    r"|(?P<three>\d{1,2})[.．、](?!\d)|(?P<four>（\d{1,2}）))"
)
"""A label behind the line break before it: a search for a literal sign is the fastest there is."""
_RANK = {"bian": 0, "zhang": 1, "jie": 2, "tiao": 3, "one": 4, "two": 5, "three": 6, "four": 7}
_CHAPTER = re.compile(r"(?:#{1,4} *)?第[一二三四五六七八九十百]{1,4}[编章节]")
_SENTENCE = re.compile(r"[^。！？\n]+(?:[。！？]+[”’」』）]*)?|[。！？]+[”’]*")
_MIN_REPEAT = 60


def read_sections(text: str, parts: Sequence[Part], skipped: Sequence[Span]) -> tuple[Section, ...]:
    """Headings and provisions of all parts; a section ends where the next of its level or its part ends."""
    found: list[list[int]] = []
    named: list[tuple[str, str]] = []
    starts = [s.start for s in skipped]
    ends = [p.end for p in parts]
    stack: list[int] = []
    part = -1
    for m in _LABEL.finditer("\n" + text):
        line, kind = m.start(), str(m.lastgroup)
        i = bisect_right(starts, line) - 1
        if i >= 0 and line < skipped[i].end:
            continue
        at = bisect_right(ends, line)
        if at != part:
            for k in stack:
                found[k][3] = min(found[k][3], parts[part].end)
            stack, part = [], at
        rank = _RANK[kind]
        while stack and found[stack[-1]][1] >= rank:
            found[stack.pop()][3] = line
        limit = parts[at].end if at < len(parts) else len(text)
        found.append([m.start(kind) - 1, rank, stack[-1] if stack else -1, limit])
        named.append((m[kind], _heading(text, m.end() - 1)))
        stack.append(len(found) - 1)
    sections = []
    levels: list[int] = []
    for (start, _, parent, end), (label, heading) in zip(found, named, strict=True):
        level = levels[parent] + 1 if parent >= 0 else 1
        levels.append(level)
        sections.append(Section(level, label, heading, start, end, parent if parent >= 0 else None))
    return tuple(sections)


def _heading(text: str, start: int) -> str:
    """The words of a heading: the line if it is one, else its first short sentence."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    line = text[start : min(end, start + 200)].strip()
    stop = line.find("。")
    if stop < 0:
        return line if end - start <= 60 and not line.endswith(("；", ";", "：")) else ""
    return line[:stop] if stop <= 40 and (stop < len(line) - 1 or "，" not in line[:stop]) else ""


def read_sentences(text: str, cuts: Iterable[int]) -> tuple[Span, ...]:
    """Sentences up to 。！？ inside each paragraph, cut also where the head ends inside a line."""
    at = sorted(set(cuts))
    found = []
    for m in _SENTENCE.finditer(text):
        start, end = m.span()
        for cut in at:
            if start < cut < end:
                found.append(Span(start, cut))
                start = cut
        found.append(Span(start, end))
    return tuple(found)


def contents(lines: Sequence[Line]) -> tuple[Span, ...]:
    """The lines of 目录: those between the word and the second standing of the first heading in it."""
    for i, line in enumerate(lines[:80]):
        if line.text[0] == "目" and re.fullmatch(r"目\s*[录次]", line.text) and i + 2 < len(lines):
            first = lines[i + 1].text
            for j in range(i + 2, min(i + 160, len(lines))):
                if lines[j].text == first or (len(first) > 4 and lines[j].text.startswith(first)):
                    return (Span(line.start, lines[j - 1].end),)
            j = i + 1
            while j < len(lines) and _CHAPTER.match(lines[j].text) and len(lines[j].text) < 40:
                j += 1
            return (Span(line.start, lines[j - 1].end),) if j > i + 1 else ()
    return ()


def repeated(lines: Sequence[Line]) -> tuple[Span, ...]:
    """Runs of lines that stand in the file a second time, where a page prints its text twice."""
    seen: dict[str, int] = {}
    spans = []
    i = 0
    while i < len(lines):
        text = lines[i].text
        first = seen.get(text)
        if len(text) >= 8 and first is None:
            seen[text] = i
        if first is None or len(text) < 8:
            i += 1
            continue
        n = 0
        while i + n < len(lines) and first + n < i and lines[first + n].text == lines[i + n].text:
            n += 1
        size = sum(len(x.text) for x in lines[i : i + n])
        if n >= 3 and size >= _MIN_REPEAT * 2 and (n >= 8 or i + n >= len(lines) - 3 or size >= 400):
            spans.append(Span(lines[i].start, lines[i + n - 1].end))
            i += n
        else:
            i += 1
    return tuple(spans)
