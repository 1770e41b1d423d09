"""Numbers of orders and announcements in the forms that one owner writes: 国令第707号 is 国务院令第707号."""

from __future__ import annotations

import re

from kg.grammar.bodies import national
from kg.grammar.codes import owners
from kg.grammar.places import official_name, place

_NUMBER = "document/number/"
_ORDER = re.compile(r"(?P<code>.+?(?P<series>令|公告|通告))(?:(?P<year>\d{4})年)?第(?P<serial>\d+)号")
_ANNOUNCED = re.compile(r"(?P<body>.*?)(?P<series>公告|通告)?(?P<year>\d{4})年第(?P<serial>\d+)号")
_RELATIVE = re.compile(r"[省市县区州旗盟](?:人民)?政府")


def announcement(key: str) -> tuple[str, str, str, str] | None:
    """Year, serial, series (empty where it is not written) and bodies of an announcement's number; None for others.

    ``财政部税务总局2020年第8号`` is written for ``财政部税务总局公告2020年第8号`` now and then, and ``公告2020年第8号``.
    """
    scope, _, number = key.removeprefix(_NUMBER).rpartition("/")
    m = _ANNOUNCED.fullmatch(number) if key.startswith(_NUMBER) else None
    if m is None:
        return None
    return m["year"], m["serial"], m["series"] or "", (scope + m["body"]).replace("中华人民共和国", "")


def order_form(key: str) -> str | None:
    """What all forms of an order's number share: owner, series, year and serial; None for other keys.

    ``document/number/国令第707号`` and ``document/number/国务院令第707号`` → ``国务院/令//707``. A number without its
    year is another: orders of some bodies begin anew each year.
    """
    scope, _, number = key.removeprefix(_NUMBER).rpartition("/")
    m = _ORDER.fullmatch(number) if key.startswith(_NUMBER) else None
    owner = _owner(m["code"], m["code"].removesuffix(m["series"]), scope) if m else None
    return f"{owner}/{m['series']}/{m['year'] or ''}/{m['serial']}" if m and owner else None


def is_national(form: str) -> bool:
    """Whether the owner of an order's form is a national body."""
    owner = form.partition("/")[0]
    return owner == "中华人民共和国主席" or all(national(name) for name in owner.split("、"))


def _owner(code: str, body: str, scope: str) -> str | None:
    if scope:
        home = place(f"division/{scope}")
        if home is None or not _RELATIVE.fullmatch(body):
            return None
        return f"{official_name(home)}人民政府"
    known = owners(code)
    if known:
        return "、".join(known)
    found = national(body)
    return found.name if found else body or None
