"""Tables of duties (任务, 牵头单位, 责任单位, 完成时限): rows of cells parted by tabs, as the readers give them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.model.documents import CleanDoc
from kg.model.entities import Linked, Resolution
from kg.model.mentions import Label
from kg.model.statements import Evidence, Relation, Status

_ROW = re.compile(r"[^\n\t]*(?:\t[^\n\t]*)+")
_LEAD = re.compile(r"牵头|主办|主责")
_DUTY = re.compile(r"责任(?:单位|部门)|承办|实施(?:单位|主体)|负责(?:单位|部门)|落实单位")
_PART = re.compile(r"配合|参与|参加|协办|协同")
_HEADER = 20


def table_relations(doc: CleanDoc, resolution: Resolution) -> Iterator[Relation]:
    """Relations of bodies with the measures in their row, in order of the text."""
    if "\t" not in doc.source.text:
        return
    starts = [doc.map.start(x.mention.start) for x in resolution.linked]
    columns: dict[int, str] = {}
    end = -1
    for row in _ROW.finditer(doc.source.text):
        cells = _cells(row)
        if row.start() > end + 2:
            columns = {}
        end = row.end()
        header = _columns([doc.source.text[a:b] for a, b in cells])
        if header:
            columns = header
            continue
        if columns:
            yield from _row(doc, resolution, starts, cells, columns)


def _cells(row: re.Match[str]) -> list[tuple[int, int]]:
    spans = []
    at = row.start()
    for cell in row.group().split("\t"):
        spans.append((at, at + len(cell)))
        at += len(cell) + 1
    return spans


def _columns(cells: list[str]) -> dict[int, str]:
    """The predicate of each column of bodies where the cells are a header."""
    short = [re.sub(r"\s", "", c) for c in cells]
    if any(len(c) > _HEADER for c in short):
        return {}
    leads = any(_LEAD.search(c) for c in short)
    found = {}
    for i, cell in enumerate(short):
        if _LEAD.search(cell):
            found[i] = "leads"
        elif _PART.search(cell) or (leads and _DUTY.search(cell)):
            found[i] = "takesPartIn"
        elif _DUTY.search(cell):
            found[i] = "carriesOut"
    return found


def _row(
    doc: CleanDoc,
    resolution: Resolution,
    starts: list[int],
    cells: list[tuple[int, int]],
    columns: dict[int, str],
) -> Iterator[Relation]:
    inside = [_within(resolution, starts, *span) for span in cells]
    measures = {
        x.entity: x
        for i, found in enumerate(inside)
        for x in found
        if i not in columns and x.mention.label is Label.MEASURE and x.entity
    }
    for i, predicate in columns.items():
        for body in inside[i] if i < len(inside) else ():
            if body.mention.label is not Label.INSTITUTION or body.entity is None:
                continue
            evidence = Evidence(body.mention.start, body.mention.end, "duty-table", 0.9)
            for measure, x in measures.items():
                ends = (body.mention.start, body.mention.end, x.mention.start, x.mention.end)
                around = (min(ends), max(ends))
                yield Relation(body.entity, predicate, measure or "", Status.PLANNED, evidence, around)


def _within(resolution: Resolution, starts: list[int], start: int, end: int) -> tuple[Linked, ...]:
    return resolution.linked[bisect_left(starts, start) : bisect_left(starts, end)]
