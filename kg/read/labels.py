"""Declared metadata by the labels that pages, files and sidecars use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.model.documents import Declared

_DATE = re.compile(r"((?:19|20)\d{2}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})")
_PART = re.compile(r"[、,，;；|\s]+(?![^（(]*[)）])")
_BLANK = re.compile(r"[\s\u3000\xa0]+")
_MAX_VALUE = 300


@cache
def labels() -> Mapping[str, tuple[str, ...]]:
    """Labels of each field of :class:`Declared`, the one that goes before the others first."""
    table: dict[str, list[str]] = {}
    for row in (files("kg.data") / "read" / "labels.tsv").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            field, label = row.split("\t")
            table.setdefault(field, []).append(label)
    return {field: tuple(names) for field, names in table.items()}


@cache
def is_label(text: str) -> bool:
    """Whether a cell is a label of the metadata table, as it stands there (``索 引 号：``)."""
    return label(text) in {"索引号", "主题分类", "主题词", "信息分类", "有效性"}.union(*labels().values())


def label(text: str) -> str:
    """A label without spaces, colon and brackets, in lower case."""
    return _BLANK.sub("", text).strip(":：[]【】").lower()


def declared_of(values: Mapping[str, object]) -> Declared:
    """The fields of one record by its labels; blank and unreadable values are left out."""
    by_label = {label(str(key)): value for key, value in values.items() if value}

    def first(field: str) -> str | None:
        for name in labels()[field]:
            value = by_label.get(name)
            if isinstance(value, list | tuple):
                value = "、".join(map(str, value))
            if isinstance(value, str) and value.strip() and len(value) <= _MAX_VALUE:
                return value.strip()
        return None

    return Declared(
        first("title"), first("number"), issuers(first("issuers")), date(first("date")), first("url")
    )


def issuers(text: str | None) -> tuple[str, ...]:
    """Names parted by 、or spaces, outside brackets."""
    return tuple(part for part in _PART.split(text.strip()) if part) if text else ()


def date(text: str | None) -> str | None:
    """``YYYY-MM-DD`` of a date as sites print it, or None."""
    found = _DATE.search(text or "")
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None
