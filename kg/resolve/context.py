"""Where and when a document speaks: its issuers by full name, its division, its date.

The name of the file says nothing. Issuers are read from masthead, title and signature (by
:mod:`kg.structure`); where they are relative or missing, the place is taken from the title, from the places
that the text names, and from the province's letter in the number.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kg.grammar import bodies as tables
from kg.grammar import codes, places
from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import Resolution
from kg.resolve.bodies import Body, government, local
from kg.resolve.institutions import add_bodies, entity
from kg.resolve.names import Namer
from kg.resolve.seats import Seat, relative_seat, seat_by_name, seat_of_place

_HEAD = 20_000
"""So many characters are looked at for places."""
_RELATIVE = re.compile(
    r"(?:我|本|全)(省|市|区|县|旗|州|盟|镇|乡)|(?<![一-龥])(省|市|区|县|旗|州|盟|镇)(?=委|政府|人民政府|人大|[一-龥]{2,6}局)"
)
_JOINT = re.compile(r"(?<=[局厅委办室部会])(?=(?:省|市|区|县|自治区)(?!场|政|容))")
_OFFICE_TAIL = re.compile(r"^(?:办公厅|办公室|综合司|综合部门|秘书局)")
_TITLE_HEAD = re.compile(r"^(.{2,60}?)(?:关于|印发|转发|公告|通告)")
_TITLE_PLACE = re.compile(
    r"^(?:\d{4}年度?)?([一-龥]{2,12}?(?:省|自治区|市|自治州|自治县|盟|县|区|旗|镇|乡))(?=\d{4}|[一-龥]{0,12}?(?:报告|规划|条例|办法|纲要|方案))"
)
_GOVERNMENT_REPORT = re.compile(r"政府工作报告|法治政府|依法行政|国民经济和社会发展|政府信息公开工作年度报告")
_OFFICE_FORMULA = re.compile(
    r"(?:已)?经[^，。《》]{0,8}政府(?:领导)?(?:同意|批准|审定)，?现(?:将|予以)?[^，。]{0,4}(?:印发|转发|公布)"
)
"""已经县人民政府同意，现印发给你们: the government's office writes so."""
_OPENING = 500
_ADDRESSED = 3000
_MINISTRY = 16
"""The name of a ministry is no longer."""
_STEM = 3
"""A title that starts with one short form (``中山装``) names no place; two in a row do (``广州南沙``)."""
_CODES = (
    (re.compile(r"(?:政办|府办)[^〔\[（(]*$"), "政府办"),
    (re.compile(r"委办[^〔\[（(]*$"), "委办"),
    (re.compile(r"(?:政|府)(?:规|发|函|字|告|令|报|复|土|通|批|文|任|明电)?$"), "政府"),
)
_ABOUT_ANOTHER = re.compile(r"解读|答记者问|记者|问答|访谈|采访|新华社")
"""A declared title with such a word names the issuer of the document that the text is about."""
_CENTRAL = re.compile(r"国务院|全国|国家|中央|各省")
"""A text without 我市 or 县政府 that says these more often than any place is of no place."""
_OUTSIDE = re.compile(r"各省、自治区、直辖市|各省（自治区、直辖市|各省、区、市")


def context_of(doc: CleanDoc, structure: Structure) -> tuple[Context, Resolution]:
    """The context of the document and the entities it names: issuers, their superiors."""
    date = structure.date.value if structure.date else None
    year = places.year_of(date) or _year_of_text(structure)
    printed = _printed_issuers(doc, structure)
    central = bool(printed) and tables.national(printed[0]) is not None
    namer = Namer(None, year, central)
    own = None
    first = namer.read(printed[0]).body if printed else None
    if first is not None and first.seat is None and _is_national(first):
        central = True
    else:
        own = _own_seat(doc, structure, printed, namer)
        central = own is None and _speaks_for_the_country(doc, structure)
    namer = Namer(own, year, central)
    issuers = [b for name in printed if (b := _issuer(name, doc.text, namer)) is not None]
    if not issuers and own is not None:
        issuers = _inferred(doc, structure, own, year)
    bodies: dict[str, Body] = {}
    for b in issuers:
        add_bodies(bodies, b)
    unique = list(dict.fromkeys(b.key for b in issuers))
    context = Context(
        tuple(bodies[key].name for key in unique),
        tuple(unique),
        own.key if own else None,
        tuple(s.name for s in own.line()) if own else (),
        "national" if central else own.level if own else None,
        date or (str(year) if year else None),
    )
    return context, Resolution((), tuple(entity(b) for _, b in sorted(bodies.items())))


def _issuer(name: str, text: str, namer: Namer) -> Body | None:
    """The body that signs; a bureau that signs alone stands in the ministry before its name in the text."""
    body = namer.read(name).body
    at = text.find(name) if body is None else -1
    while at >= 0:
        size = next((n for n in range(min(_MINISTRY, at), 2, -1) if tables.national(text[at - n : at])), 0)
        if size:
            return namer.read(text[at - size : at] + name).body
        at = text.find(name, at + 1)
    return body


def _speaks_for_the_country(doc: CleanDoc, structure: Structure) -> bool:
    """Whether title, number or addressees are those of a central organ."""
    title = structure.title.value if structure.title else ""
    number = _number(doc, structure)
    return (
        title.startswith("中华人民共和国")
        or number.startswith("国")
        or bool(_OUTSIDE.search(doc.text[:_ADDRESSED]))
    )


def _is_national(body: Body) -> bool:
    while body.parent is not None:
        body = body.parent
    return body.seat is None and (body.key.startswith("institution/cn/"))


def _number(doc: CleanDoc, structure: Structure) -> str:
    """The number of the text, else the one that page or sidecar declares, else nothing."""
    return (structure.number.value if structure.number else doc.source.declared.number) or ""


def _title(doc: CleanDoc, structure: Structure) -> str:
    """The title of the text, else the one declared unless it is that of a text about another, else nothing."""
    if structure.title:
        return structure.title.value
    declared = doc.source.declared.title or ""
    return "" if _ABOUT_ANOTHER.search(declared) else re.sub(r"\s+", "", declared)


def _year_of_text(structure: Structure) -> int | None:
    for piece in (structure.number, structure.title):
        if piece and (m := re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", piece.value)):
            return int(m[1])
    return None


def _printed_issuers(doc: CleanDoc, structure: Structure) -> list[str]:
    """Names of the issuers as printed, joint ones apart; else the body that owns the number's code."""
    names = [re.sub(r"\s+", "", f.value) for f in structure.issuers if f.value != "政府"]
    title = _title(doc, structure)
    if not names and (m := _TITLE_HEAD.match(title)):
        whole = [part for part in re.split(r"[\s、，]+", m[1]) if part]
        names = whole if all(_looks_like_a_body(n) for n in whole) else []
    if not names and structure.title:
        names = _national_head(title)
    if not names:
        owners = codes.owners(_code(_number(doc, structure)))
        names = list(owners) if len(owners) == 1 else []
    return [piece for name in names for piece in split_joint(name)]


def _code(number: str) -> str:
    return re.split(r"[〔\[（(]|\d{4}", number)[0]


def _national_head(title: str) -> list[str]:
    """The national body that a title starts with (``交通运输部……工作通知``)."""
    size = next((n for n in range(min(24, len(title)), 2, -1) if tables.national(title[:n])), 0)
    tail = _OFFICE_TAIL.match(title[size:]) if size else None
    return [title[: size + (tail.end() if tail else 0)]] if size else []


def _looks_like_a_body(name: str) -> bool:
    return (
        bool(re.search(r"(?:局|厅|委|委员会|政府|部|署|办公室|办|院|司|机制|小组|指挥部)$", name))
        and len(name) > 2
    )


def split_joint(name: str) -> list[str]:
    """Take apart names printed without a mark between them (``市人社局市税务局``, ``教育部财政部``)."""
    cuts = [0, *(m.start() for m in _JOINT.finditer(name)), len(name)]
    pieces = [name[a:b] for a, b in pairwise(cuts)]
    return [p for piece in pieces for p in _national_pieces(piece)]


def _national_pieces(name: str) -> list[str]:
    found, at = [], 0
    while at < len(name):
        sizes = range(len(name) - at, 1, -1) if tables.may_be_national(name[at : at + 2]) else ()
        size = next((n for n in sizes if _is_name(name[at : at + n])), 0)
        if not size:
            return [name]
        tail = _OFFICE_TAIL.match(name[at + size :])
        size += tail.end() if tail else 0
        found.append(name[at : at + size])
        at += size
    return found


def _is_name(text: str) -> bool:
    return tables.national(text) is not None or (
        len(text) > 2 and tables.national_bare(text, None) is not None
    )


def _own_seat(doc: CleanDoc, structure: Structure, printed: list[str], namer: Namer) -> Seat | None:
    """The document's own place: from its issuers, its title, the places it names."""
    word = None
    for name in printed:
        seat, _, how = namer.place_of(re.sub(r"^(?:中国共产党|中共|共青团|政协)", "", name))
        if seat is not None and how in ("explicit", "short"):
            return _settled(seat, doc, structure, namer)
        if how == "relative" and word is None:
            m = re.match(r"^(自治区|省|市|区|县|旗|州|盟|镇|乡)", name)
            word = m[1] if m else None
    for title in (structure.title.value if structure.title else None, doc.source.declared.title):
        seat = _titled(title, namer) if title else None
        if seat is not None:
            return _settled(seat, doc, structure, namer)
    text, number = doc.text[:_HEAD], _number(doc, structure)
    return (
        _voted(text, number, word, namer) or _voted(text, number, word, namer, stems=True) or _by_towns(text)
    )


def _by_towns(text: str) -> Seat | None:
    """The county of a town of a name that no other county has."""
    found = []
    for name in dict.fromkeys(re.findall(r"[一-龥]{2,5}(?:街道|镇)", text)):
        for start in range(len(name) - 3):
            place = places.town(name[start:], None)
            if place is not None:
                found.append(places.ancestors(place)[0])
                break
    keys = {p.key for p in found}
    return seat_of_place(found[0], None) if len(keys) == 1 else None


def _titled(title: str, namer: Namer) -> Seat | None:
    title = re.sub(r"^(?:中国共产党|中共|\d{4}年度?|关于|印发|公布|发布|《)+", "", re.sub(r"\s+", "", title))
    head = places.head(title, None, namer.year, stems=False)
    if head is None:
        short = places.head(title, None, namer.year)
        head = short if short is not None and short.end > _STEM and short.place.level != "province" else None
    if head is not None:
        return seat_of_place(head.place, namer.year)
    m = _TITLE_PLACE.match(title)
    return seat_by_name(m[1], None) if m else None


def _settled(seat: Seat, doc: CleanDoc, structure: Structure, namer: Namer) -> Seat:
    """A seat that no table knows, or a homonym, placed by what else the text names."""
    if not seat.key.startswith("division/name/") or seat.up is not None:
        return seat
    wider = _voted(doc.text[:_HEAD], _number(doc, structure), None, namer)
    if seat.level == "township" and wider is not None and wider.level != "township":
        place = places.town(seat.name, places.place(wider.key), namer.year)
        return seat_of_place(place, namer.year) if place else seat_by_name(seat.name, wider)
    return _below_unknown(seat, doc.text[:_HEAD])


def _below_unknown(seat: Seat, text: str) -> Seat:
    """Put a place that no table knows below the one city and the one province that the text names so."""
    up: Seat | None = None
    for ending, level in (("省", "province"), ("市", "prefecture")):
        if seat.level in (level, "province"):
            break
        names = re.findall(
            rf"(?<![一-龥])([一-龥]{{2,3}}{ending})(?=[一-龥]{{0,10}}(?:局|厅|委|政府|条例|办法))", text
        )
        known = [n for n in names if n != seat.name and not places.by_name(n)]
        if known:
            up = seat_by_name(max(sorted(set(known)), key=known.count), up)
    return seat_by_name(seat.name, up)


def _voted(text: str, number: str, word: str | None, namer: Namer, stems: bool = False) -> Seat | None:
    """The place that the text names most among those that 我市, 县政府 … can mean."""
    counts = places.named_in(text, stems)
    if word is None:
        words = [m[1] or m[2] for m in _RELATIVE.finditer(text)]
        word = max(dict.fromkeys(words), key=words.count) if words else None
    lettered = places.province_of_code(number) if number else None
    scores: dict[str, int] = {}
    seats: dict[str, Seat] = {}
    for name, count in counts.items():
        homonyms = _of_named_places(places.by_name(name, namer.year), counts, namer.year)
        place = places.nearest(homonyms, lettered, namer.year)
        if place is None or (namer.year is not None and place.until < namer.year - 1):
            continue
        for seat in seat_of_place(place, namer.year).line():
            seats[seat.key] = seat
            own = seat.key == place.key
            scores[seat.key] = scores.get(seat.key, 0) + (2 * count if own else count)
    if lettered is not None:
        seats.setdefault(lettered.key, seat_of_place(lettered, namer.year))
        scores[lettered.key] = scores.get(lettered.key, 0) + 3
    fitting = {k: v for k, v in scores.items() if word is None or relative_seat(word, seats[k]) is seats[k]}
    return _winner(fitting, seats, needs=2 if word else max(4, len(_CENTRAL.findall(text))))


def _of_named_places(
    homonyms: tuple[places.Place, ...], counts: dict[str, int], year: int | None
) -> tuple[places.Place, ...]:
    """Of several places of one name those below a place that the text names too, if any."""
    if len(homonyms) < 2:
        return homonyms
    below = tuple(p for p in homonyms if any(a.name in counts for a in places.ancestors(p, year)))
    return below or homonyms


def _winner(scores: dict[str, int], seats: dict[str, Seat], needs: int) -> Seat | None:
    ranked = sorted(scores.items(), key=lambda kv: (-kv[1], kv[0]))
    if not ranked or ranked[0][1] < needs:
        return None
    best = seats[ranked[0][0]]
    rivals = [v for k, v in ranked[1:] if seats[k].level == best.level]
    return best if not rivals or ranked[0][1] >= 2 * rivals[0] else None


def _inferred(doc: CleanDoc, structure: Structure, own: Seat, year: int | None) -> list[Body]:
    """The issuer that the code of the number, an office's formula or a government's report tells."""
    code = _code(_number(doc, structure))
    for pattern, form in _CODES:
        if pattern.search(code):
            return [local(own, form, year)]
    opening = doc.text[:_OPENING]
    if _OFFICE_FORMULA.search(opening):
        return [local(own, "政府办" if own.level != "province" else "政府办公厅", year)]
    said = structure.title.value if structure.title else opening
    return [government(own)] if _GOVERNMENT_REPORT.search(said) else []
