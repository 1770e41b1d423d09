"""The texts in a file: the main one, what it carries, what is attached."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.grammar.genres import genre_of
from kg.model.documents import Field, Part, PartKind
from kg.structure.lines import (
    ANNEX_TITLED,
    HEADING,
    Line,
    is_annex,
    is_copies,
    is_furniture,
    is_note,
    is_printed,
    is_titular,
    joined,
)

_CARRYING = re.compile(r"印发|转发|批转|公布|发布|报送|呈报|颁布|下发|通过|施行|呈送|报告如下")
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_INNER = re.compile(r"(?:印发|转发|批转|报送|公布|发布)(?P<name>.+?)的(?:通知|报告|函|决定|公告|通告)$")
_STRIP = re.compile(r"[\s《》〈〉“”\"#]")
_VERSION = re.compile(r"[（(][^（()）]{1,20}[)）]$")
_TITLE_LINES = 5
_LISTING = re.compile(r"\d{1,2}\s?[.．、]|附件")


def plain(title: str) -> str:
    """A title without brackets, quotes, spaces and version, for comparison inside one file."""
    return _VERSION.sub("", _STRIP.sub("", title))


def carried_names(title: str | None, opening: str) -> tuple[str, ...]:
    """Plain names of the texts that the main text issues or forwards.

    Args:
        title: the title of the main text.
        opening: its text up to the signature.
    """
    return tuple(dict.fromkeys(plain(n) for n in _printed_names(title, opening) if len(n) > 3))


def _printed_names(title: str | None, opening: str) -> list[str]:
    names = []
    for sentence in re.split(r"[。\n]", opening[:3000]):
        if "《" in sentence and _CARRYING.search(sentence):
            names += [m[1] for m in _QUOTED.finditer(sentence)]
    if title and (m := _INNER.search(title)):
        names.append(m["name"])
        names += [q[1] for q in _QUOTED.finditer(m["name"])]
        if "关于" in m["name"]:
            names.append(m["name"][m["name"].index("关于") :])
    return names


def split_run_in(text: str, title: Field | None, end: int) -> tuple[Part, ...]:
    """Divide a file whose page ran signature and carried text into one paragraph.

    Args:
        text: the clean text.
        title: the title of the main text.
        end: offset behind the date of the signature.
    """
    note = re.compile(r"\s*(?:[（(][^（()）]{2,30}[)）]\s*)*").match(text, end)
    at = note.end() if note else end
    for name in sorted(
        _printed_names(title.value if title else None, text[:end]), key=lambda n: (-len(n), n)
    ):
        if len(name) > 5 and text.startswith(name, at):
            carried = Field(name, at, at + len(name))
            return Part(PartKind.MAIN, 0, at, title), Part(PartKind.CARRIED, at, len(text), carried)
    return (Part(PartKind.MAIN, 0, len(text), title),)


def split_parts(
    text: str, lines: Sequence[Line], title: Field | None, first: int, start: int, body: int
) -> tuple[Part, ...]:
    """Divide the file.

    Args:
        text: the clean text.
        lines: its lines, without those that are no text.
        title: the title of the main text.
        first: index of the first line behind the main text's signature; ``len(lines)`` if there is none.
        start: offset where the main text's signature ends.
        body: index of the first line of the main text's body.
    """
    names = carried_names(title.value if title else None, text[:start])
    carries = bool(title and re.search(r"印发|转发|批转|报送|公布|发布", title.value))
    begins = _beginnings(lines, names, first, body)
    parts = []
    end = begins[0][0] if begins else len(text)
    parts.append(Part(PartKind.MAIN, 0, end, title))
    for k, (at, name, marked) in enumerate(begins):
        stop = begins[k + 1][0] if k + 1 < len(begins) else _last(lines, len(text), at)
        own = plain(name.value) if name else ""
        carried = own in names or any(
            n.endswith(own) or own.endswith(n) for n in names if len(own) > 5 and len(n) > 5
        )
        alone = carries and not marked and k == 0
        kind = PartKind.CARRIED if own and (carried or alone) else PartKind.ATTACHMENT
        parts.append(Part(kind, at, stop, name))
    return tuple(parts)


def _beginnings(
    lines: Sequence[Line], names: Sequence[str], first: int, body: int
) -> list[tuple[int, Field | None, bool]]:
    """Start, title and whether 附件 stands above, for each text behind the main one."""
    found: list[tuple[int, Field | None, bool]] = []
    i = first
    if first >= len(lines):
        i = _named(lines, names, body)
    while i < len(lines):
        line = lines[i]
        if is_note(line.text) or is_furniture(line.text):
            i += 1
            continue
        if is_copies(line.text) or is_printed(line.text):
            if not found:
                i += 1
                continue
            break
        if is_annex(line.text):
            title, after = _title(lines, i + 1, names)
            found.append((line.start, title, True))
            i = max(after, i + 1)
        elif (m := ANNEX_TITLED.match(line.text)) and not _list(lines, i) and is_titular(m[2]):
            found.append((line.start, Field(m[2], line.start + m.start(2), line.end), True))
            i += 1
        elif not found and not _list(lines, i):
            title, after = _title(lines, i, names)
            if title is None and found == [] and i > first + 4:
                break
            if title is not None and (genre_of(title.value) or plain(title.value) in names):
                found.append((line.start, title, False))
            i = max(after, i + 1)
        elif names and (title := _exact(lines, i, names)):
            found.append((line.start, title, False))
            i += 1
        else:
            i += 1
    return found


def _named(lines: Sequence[Line], names: Sequence[str], body: int) -> int:
    """Where a text begins that the main one names, if its title stands alone on its lines."""
    return next((i for i in range(body, len(lines)) if names and _exact(lines, i, names)), len(lines))


def _exact(lines: Sequence[Line], i: int, names: Sequence[str]) -> Field | None:
    first, text = lines[i].text[0], ""
    if not any(n[0] == first for n in names) and not _STRIP.match(first):
        return None
    for j in range(i, min(i + 4, len(lines))):
        if len(lines[j].text) > 90 or "。" in lines[j].text:
            return None
        text += lines[j].text
        if plain(text) in names:
            return Field(text, lines[i].start, lines[j].end)
    return None


def _title(lines: Sequence[Line], i: int, names: Sequence[str]) -> tuple[Field | None, int]:
    """The title that begins at line ``i``, and the index behind it.

    The longest run of lines that makes a name the main text gives, else the shortest that ends with a genre.
    """
    taken: list[Line] = []
    for line in lines[i : i + _TITLE_LINES]:
        text = line.text
        if not is_titular(text) or is_note(text) or is_annex(text) or is_copies(text) or is_printed(text):
            break
        if taken and HEADING.match(text):
            break
        taken.append(line)
    if not taken:
        return None, i
    sizes = range(1, len(taken) + 1)
    known = [n for n in sizes if plain(joined(taken[:n])) in names]
    whole = [n for n in sizes if _whole(joined(taken[:n]))]
    n = known[-1] if known else whole[0] if whole else 1
    if n < len(taken) and not known and _VERSION.fullmatch(taken[n].text):
        n += 1
    text = joined(taken[:n])
    mark = re.match(r"#+ ?", text)
    at = mark.end() if mark else 0
    return Field(text[at:], taken[0].start + at, taken[n - 1].end), i + n


def _whole(title: str) -> bool:
    pairs = (("《", "》"), ("〈", "〉"), ("（", "）"), ("“", "”"))
    return genre_of(title) is not None and all(title.count(a) <= title.count(b) for a, b in pairs)


def _list(lines: Sequence[Line], i: int) -> bool:
    """Whether a line belongs to a list of attachments rather than heads one."""
    text = lines[i].text
    if not text.startswith("附"):
        return (
            bool(_LISTING.match(text))
            and i > 0
            and bool(_LISTING.match(lines[i - 1].text) or lines[i - 1].text.startswith("附件"))
        )
    after = lines[i + 1].text if i + 1 < len(lines) else ""
    return (
        bool(re.match(r"\d{1,2}\s?[.．、]|附\s?件?\s?\d{0,2}\s?[:：]", after))
        or not after
        or bool(re.search(r"[:：]\s?1\s?[.．]|\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd)$", text))
    )


def _last(lines: Sequence[Line], end: int, start: int) -> int:
    """Where the last part ends: before 抄送 and 印发 at the foot of the file."""
    stop = end
    for line in reversed(lines):
        if line.start <= start:
            break
        if is_copies(line.text) or is_printed(line.text) or is_note(line.text) or is_furniture(line.text):
            stop = line.start
            continue
        if stop != end and len(line.text) <= 30 and line.text.endswith(("办公室", "办公厅")):
            stop = line.start
            continue
        break
    return stop
