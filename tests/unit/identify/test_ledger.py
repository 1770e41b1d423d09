"""The ledger holds what identity over all sources gives, whatever came and went before."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identify import Identity, KeyTable, identify, observations
from kg.identify.ledger import Ledger
from kg.model.entities import DocumentEntity, InstitutionEntity
from kg.model.extraction import Extraction
from kg.model.statements import CitationType
from tests.unit.graph.sample import document, source

DOCUMENTS = [
    document("国令第707号", "甲事项管理条例"),
    document("国务院令第707号"),
    document("国务院令第707号", "乙类登记办法"),
    document(None, "甲事项管理条例"),
    document(None, "甲事项管理条例（2017年修订）"),
    document("国发〔2021〕3号", "关于加强丙事项管理工作的意见"),
    document("国发〔2021〕8号", "关于加强丙事项管理工作的意见"),
    document(None, "国务院关于加强丙事项管理工作的意见"),
    document(None, "关于加强丙事项管理工作的意见"),
    document("某发〔2020〕1号", "关于印发《丁事项管理办法》的通知"),
    document(None, "丁事项管理办法"),
    document(None, "丁事项管理方法"),
    document(None, "法治事项实施纲要（2015-2020年）"),
    document(None, "法治事项实施纲要（2005-2020年）"),
    document("某发〔2020〕1号", "关于加强丙事项管理工作的意见"),
    document(None, "丁事项管理办法（试行）"),
]
BODIES = [
    InstitutionEntity(f"institution/name/{place}/财政局", f"{place}财政局")
    for place in ("澜汀市", "岚江省澜汀市", "云泽省澜汀市")
]
THINGS: list[DocumentEntity | InstitutionEntity] = [*DOCUMENTS, *BODIES]


def saying(i: int, things: list[DocumentEntity | InstitutionEntity]) -> Extraction:
    documents = [d for d in things if isinstance(d, DocumentEntity)]
    own = documents[0] if i % 3 == 0 and documents else document(None, f"第{i}份报告的题目")
    x = source(own, f"{i:04d}" * 9, *((d, CitationType.MENTIONS) for d in documents if d is not own))
    bodies = tuple(b for b in things if isinstance(b, InstitutionEntity))
    return replace(x, entities=(*x.entities, *bodies))


def whole(xs: list[Extraction]) -> tuple[KeyTable, Identity]:
    table = KeyTable()
    for x in xs:
        table.add(x)
    return table, identify(table)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.lists(st.sampled_from(THINGS), min_size=1, max_size=4, unique=True), min_size=2, max_size=7),
    st.lists(st.integers(0, 6), max_size=12),
    st.integers(0, 7),
)
def test_sources_that_come_and_go(
    said: list[list[DocumentEntity | InstitutionEntity]], steps: list[int], first: int
) -> None:
    xs = [saying(i, things) for i, things in enumerate(said)]
    held = xs[:first]
    ledger = Ledger(sqlite3.connect(":memory:"))
    for x in held:
        ledger.uses(x.sha256, {row[1] for row in observations(x)})
    ledger.fill(*whole(held))
    ledger.doubt(whole(held)[1].candidates)
    doubts = set(whole(held)[1].candidates)
    for step in steps:
        x = xs[step % len(xs)]
        if x in held:
            held.remove(x)
            change = ledger.change([x], [])
        else:
            held.append(x)
            change = ledger.change([], [x])
        assert change.gone <= doubts
        assert not change.come & doubts
        doubts = (doubts - change.gone) | change.come
    table, identity = whole(held)
    assert {k: ledger.id_of(k) for k in table.keys()} == identity.ids  # noqa: SIM118
    known = ledger.identity()
    assert {k: known.reasons.get(k) for k in identity.ids} == {
        k: identity.reasons.get(k) for k in identity.ids
    }
    assert {i: known.carried.get(i) for i in identity.groups} == {
        i: identity.carried.get(i) for i in identity.groups
    }
    assert doubts == set(identity.candidates)
