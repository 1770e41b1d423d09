from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identify import Action, Decision, Identity, KeyTable, identify, read_decisions, write_decisions
from kg.identify.near import NearFacts, near_misses
from kg.identify.titles import core_of
from kg.model.entities import DocumentEntity, InstitutionEntity
from kg.model.extraction import Extraction
from kg.model.statements import CitationType
from tests.unit.graph.sample import document, source

MENTIONS = CitationType.MENTIONS


def of(*xs: Extraction, decisions: tuple[Decision, ...] = ()) -> Identity:
    table = KeyTable()
    for x in xs:
        table.add(x)
    return identify(table, decisions)


def citing(i: int, *cited: DocumentEntity) -> Extraction:
    return source(document(None, f"第{i}份报告"), f"{i}" * 20, *((d, MENTIONS) for d in cited))


@pytest.mark.parametrize(
    ("title", "core", "issuer", "wrapped"),
    [
        ("国务院关于印发《甲事项办法》的通知", "甲事项办法", "国务院", True),
        ("国务院办公厅转发乙部关于甲事项工作报告的通知", "甲事项工作报告", "乙部", True),
        ("乙部关于甲事项工作的报告", "甲事项工作报告", "乙部", False),
        ("国务院办公厅关于转发乙部甲事项意见的通知", "乙部甲事项意见", "国务院办公厅", True),
        ("关于加强甲事项工作的意见", "加强甲事项工作意见", "", False),
        ("国务院关于加强甲事项工作的意见", "加强甲事项工作意见", "国务院", False),
        ("中华人民共和国甲事项法", "甲事项法", "", False),
        ("解读〈关于加强甲事项工作的意见〉", "解读关于加强甲事项工作意见", "", False),
        ("甲事项纲要（2015 — 2020年）", "甲事项纲要(2015-2020年)", "", False),
        ("关于发布核安全导则〈甲系统设计〉的通知", "甲系统设计", "", True),
        ("关于修改〈关于审理甲案件的解释〉的决定", "修改关于审理甲案件的解释决定", "", False),
        (
            "最高人民法院关于修改〈关于审理甲案件的解释〉的决定",
            "修改关于审理甲案件的解释决定",
            "最高人民法院",
            False,
        ),
        ("关于修改〈甲条例〉等二十五件法规的决定修正", "修改甲条例等二十五件法规决定", "", False),
        ("甲事项纲要（2015年-2020年）", "甲事项纲要(2015-2020年)", "", False),
    ],
)
def test_core(title: str, core: str, issuer: str, wrapped: bool) -> None:
    found = core_of(title)
    assert (found.core, found.issuer, found.wrapped) == (core, issuer, wrapped)


N1 = document("国发〔2021〕3号", "关于加强甲事项管理工作的意见")
N2 = document("国发〔2022〕4号", "关于加强甲事项管理工作的意见")
TITLE = document(None, "关于加强甲事项管理工作的意见")
NAMED = document(None, "国务院关于加强甲事项管理工作的意见")
CARRIED = document(None, "甲事项管理办法")
CARRIER = document("某发〔2020〕1号", "关于印发《甲事项管理办法》的通知")


def test_a_title_goes_to_the_number_that_owns_it() -> None:
    found = of(citing(1, N1), citing(2, TITLE))
    assert found(TITLE.key) == N1.key
    assert found.reasons == {TITLE.key: "title-of-number"}


def test_two_numbers_are_never_one_by_a_title_they_share() -> None:
    found = of(citing(1, N1), citing(2, N2), citing(3, TITLE))
    assert found(N1.key) == N1.key
    assert found(N2.key) == N2.key
    assert found(TITLE.key) == TITLE.key
    assert {(c.left, c.right, c.reason) for c in found.candidates} == {
        (TITLE.key, N1.key, "ambiguous-title"),
        (TITLE.key, N2.key, "ambiguous-title"),
    }


def test_a_well_attested_number_outweighs_a_slip() -> None:
    found = of(citing(1, N1), citing(2, N1), citing(3, N1), citing(4, N2), citing(5, TITLE))
    assert found(TITLE.key) == N1.key
    assert found(N2.key) == N2.key


def test_a_title_without_its_issuer_joins_the_one_with_it() -> None:
    assert of(citing(1, NAMED), citing(2, TITLE)).groups.keys() >= {min(NAMED.key, TITLE.key)}
    found = of(citing(1, NAMED), citing(2, TITLE))
    assert found(NAMED.key) == found(TITLE.key)
    other = document(None, "某部关于加强甲事项管理工作的意见")
    found = of(citing(1, NAMED), citing(2, TITLE), citing(3, other))
    assert len({found(d.key) for d in (NAMED, TITLE, other)}) == 3


def test_carrier_and_carried_text_are_one_work() -> None:
    found = of(citing(1, CARRIER), citing(2, CARRIED))
    assert found(CARRIED.key) == CARRIER.key


def test_a_number_that_covers_several_texts_carries_them() -> None:
    both = replace(CARRIER, title="关于公布乙事项规则等三件规章的令")
    found = of(citing(1, both), citing(2, both), citing(3, CARRIER), citing(4, CARRIED))
    assert found(CARRIED.key) == CARRIED.key
    assert found.carried == {CARRIED.key: CARRIER.key}


def test_near_misses_are_candidates_and_no_merges() -> None:
    right = document(None, "法治事项实施纲要（2015-2020年）")
    wrong = document(None, "法治事项实施纲要（2005-2020年）")
    found = of(citing(1, right), citing(2, right), citing(3, wrong))
    assert found(wrong.key) == wrong.key
    assert [(c.left, c.right, c.reason) for c in found.candidates] == [(wrong.key, right.key, "year-range")]


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("甲事项备案审查管理办法", "甲事项本案审查管理办法", "one-character"),
        ("甲事项备案审查管理办法", "甲事项备案审查的管理办法", "missing-character"),
        ("甲事项备案审查管理办法", "甲事项备案审查管理办法(试行)", "version-mark"),
        ("进一步加强甲事项备案审查的意见", "关于加强甲事项备案审查工作意见", "missing-word"),
        ("甲部关于加强甲事项备案审查的通知", "乙部关于加强甲事项备案审查的通知", None),
        ("深圳市龙华区甲事项补偿实施办法", "龙华区甲事项补偿实施办法", "place-prefix"),
        (
            "关于修改〈甲条例〉等九件法规部门条款的决定",
            "关于修改〈甲条例〉等九件法规部分条款的决定",
            "one-character",
        ),
        ("关于修改〈甲条例〉等九件地方性法规的决定", "关于修改〈乙条例〉等九件地方性法规的决定", None),
        ("备案审查管理办法细则", "案审查管理办法细则", "missing-character"),
        ("甲事项第一批管理目录公告", "甲事项第二批管理目录公告", None),
        ("2019年甲事项工作要点", "2018年甲事项工作要点", None),
        ("甲事项纲要(2011-2015年)", "甲事项纲要(2016-2020年)", None),
        ("某甲省管理办法规定", "完全不同的一个题目", None),
    ],
)
def test_near(a: str, b: str, reason: str | None) -> None:
    found = near_misses([NearFacts("a", a, a, weight=1), NearFacts("b", b, b, weight=5)])
    assert [c.reason for c in found] == ([reason] if reason else [])
    assert all((c.left, c.right) == ("a", "b") for c in found)


KEYS = [
    N1,
    N2,
    TITLE,
    NAMED,
    CARRIER,
    CARRIED,
    document(None, "甲事项管理方法"),
    document(None, "甲事项管理办法（2017年修订）"),
    document("国令第707号", "甲事项管理办法"),
    document("国务院令第707号"),
    document("国务院令第707号", "关于加强甲事项管理工作的意见"),
]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3), max_size=8), st.randoms())
def test_the_result_does_not_depend_on_order(cited: list[list[DocumentEntity]], rng: random.Random) -> None:
    xs = [citing(i, *ds) for i, ds in enumerate(cited)]
    shuffled = list(xs)
    rng.shuffle(shuffled)
    assert of(*xs) == of(*shuffled)


def test_decisions_win_and_can_be_undone() -> None:
    xs = (citing(1, N1), citing(2, N2), citing(3, TITLE))
    merge = Decision(Action.MERGE, TITLE.key, N2.key, "甲", "2024-01-01", "核对原文")
    found = of(*xs, decisions=(merge,))
    assert found(TITLE.key) == N2.key
    assert found.reasons[TITLE.key] == "decided"
    split = Decision(Action.SPLIT, TITLE.key)
    assert of(*xs, decisions=(merge, split))(TITLE.key) == TITLE.key
    assert of(citing(1, N1), citing(3, TITLE), decisions=(split,))(TITLE.key) == TITLE.key
    reject = Decision(Action.REJECT, N2.key)
    assert of(*xs, decisions=(reject,)).rejected == {N2.key}


def test_decisions_round_trip(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "curation.csv"
    made = (Decision(Action.MERGE, "a,b", '"c"', "甲", "2024", "因\n为"), Decision(Action.REJECT, "d"))
    write_decisions(path, made)
    assert read_decisions(path) == made


def test_a_slip_in_a_number_is_a_candidate() -> None:
    slip = document("国发〔2021〕8号", "关于加强甲事项管理工作的意见")
    found = of(citing(1, N1), citing(2, N1), citing(3, slip))
    assert [(c.left, c.right, c.reason) for c in found.candidates] == [(slip.key, N1.key, "number-slip")]


@pytest.mark.parametrize(
    ("a", "b"),
    [("2026年河南省事项报告", "2026年湖南省事项报告"), ("清远市事项规划纲要", "清镇市事项规划纲要")],
)
def test_titles_of_different_places_are_no_near_miss(a: str, b: str) -> None:
    assert near_misses([NearFacts("a", a, a), NearFacts("b", b, b)]) == []


def test_two_texts_that_are_held_are_two_documents() -> None:
    a, b = document(None, "某省厂务公开工作条例"), document(None, "某省村务公开工作条例")
    assert of(citing(1, a), citing(2, b)).candidates
    assert not of(source(a, "甲" * 30), source(b, "乙" * 30)).candidates
    (found,) = of(source(a, "甲" * 30), citing(1, b), citing(2, b)).candidates
    assert (found.left, found.right) == (b.key, a.key)


def body(key: str) -> InstitutionEntity:
    return InstitutionEntity(f"institution/{key}", "某市人民政府", kind="人民政府")


@pytest.mark.parametrize(
    ("keys", "groups"),
    [
        (["name/某市人民政府", "990100-1949/人民政府"], 1),
        (["name/某市/人民政府", "990100-1949/人民政府"], 1),
        (["name/某市人民政府", "name/某省某市/人民政府", "name/某市/人民政府"], 1),
        (["name/甲省某市/人民政府", "name/乙省某市/人民政府"], 2),
        (["name/甲省某市/人民政府", "name/乙省某市/人民政府", "name/某市人民政府"], 3),
        (["name/某市人民政府", "990100-1949/人民政府", "990200-1949/人民政府"], 3),
    ],
)
def test_bodies_of_one_full_name(keys: list[str], groups: int) -> None:
    x = source(document(None, "某份报告的题目"), "甲" * 20)
    found = of(replace(x, entities=tuple(body(k) for k in keys)))
    assert len({found(f"institution/{k}") for k in keys}) == groups


def test_decisions_on_other_laws_are_no_near_miss() -> None:
    a, b = document(None, "关于修改〈甲计事项法〉的决定"), document(None, "关于修改〈乙计事项法〉的决定")
    assert of(citing(1, a), citing(2, b)).candidates == ()


@pytest.mark.parametrize(
    ("numbers", "groups"),
    [
        (["国令第707号", "国务院令第707号"], 1),
        (["国令第707号", "国务院令第708号"], 2),
        (["人社部令第35号", "人力资源和社会保障部令第35号"], 1),
        (["交通运输部令2019年第5号", "交通运输部令第5号"], 2),
        (["北京市人民政府令第12号", "京政令第12号", "110000-1981/市政府令第12号"], 3),
        (["财政部令第1号", "公安部令第1号"], 2),
        (["国务院令第707号", "国务院公告第707号"], 2),
    ],
)
def test_forms_of_an_orders_number(numbers: list[str], groups: int) -> None:
    found = of(*(citing(i, document(n)) for i, n in enumerate(numbers)))
    assert len({found(document(n).key) for n in numbers}) == groups


def test_one_number_with_two_titles_is_for_people() -> None:
    one, other = document("国令第707号", "甲事项管理条例"), document("国务院令第707号", "乙类登记办法")
    found = of(citing(1, one), citing(2, other))
    assert found(one.key) != found(other.key)
    assert [c.reason for c in found.candidates] == ["same-number"]


def test_a_title_goes_to_the_number_whatever_its_forms() -> None:
    one, other = document("国令第707号", "甲事项管理条例"), document("国务院令第707号", "甲事项管理条例")
    title = document(None, "甲事项管理条例")
    found = of(citing(1, one), citing(2, other), citing(3, title))
    assert len({found(d.key) for d in (one, other, title)}) == 1


def test_an_amended_text_is_the_same_work() -> None:
    work, revised, trial = (document(None, f"甲事项管理条例{v}") for v in ("", "（2017年修订）", "（试行）"))
    found = of(citing(1, work), citing(2, revised), citing(3, trial))
    assert found(revised.key) == found(work.key) != found(trial.key)


@pytest.mark.parametrize(
    ("places", "groups"),
    [
        (["澜汀市", "岚江省澜汀市"], 1),
        (["青禾县", "澜汀市青禾县", "岚江省澜汀市青禾县"], 1),
        (["澜汀市", "岚江省澜汀市", "云泽省澜汀市"], 3),
        (["鼓楼区", "岚江省鼓楼区"], 2),
        (["溪口镇", "岚江省溪口镇"], 2),
        (["澜汀市", "设置澜汀市"], 2),
    ],
)
def test_a_place_with_and_without_what_lies_above_it(places: list[str], groups: int) -> None:
    bodies = [InstitutionEntity(f"institution/name/{p}/财政局", f"{p}财政局") for p in places]
    xs = [replace(citing(i), entities=(b,)) for i, b in enumerate(bodies)]
    found = of(*xs)
    assert len({found(b.key) for b in bodies}) == groups
    assert bool(found.candidates) is (len(places) == groups == 3)


def test_announcements_without_all_of_their_number() -> None:
    title = "关于支持甲事项防控有关税收政策的公告"
    numbers = ("财政部税务总局公告2030年第8号", "财政部税务总局2030年第8号", "财政部公告2030年第8号")
    one, other, third = (document(n, title) for n in numbers)
    stranger = document("交通运输部公告2030年第8号", title)
    found = of(*(citing(i, d) for i, d in enumerate((one, other, third, stranger))))
    assert len({found(d.key) for d in (one, other, third)}) == 1
    assert found(stranger.key) == stranger.key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("全国人大常委会关于禁止甲事项的决定", "全国人民代表大会常务委员会关于禁止甲事项的决定", True),
        ("甲事项应急实施方案（2019年版）", "甲事项应急实施方案（2019版）", True),
        ("甲事项应急实施方案（2019年版）", "甲事项应急实施方案（2020年版）", False),
        ("甲部关于禁止甲事项管理的决定", "乙部关于禁止甲事项管理的决定", False),
    ],
)
def test_ways_of_writing_one_title(one: str, other: str, same: bool) -> None:
    a, b = document(None, one), document(None, other)
    found = of(citing(1, a), citing(2, b))
    assert (found(a.key) == found(b.key)) is same


@pytest.mark.parametrize(
    ("days", "same"), [(("1997-12-31",) * 2, True), (("1992-05-29", "1997-12-31"), False)]
)
def test_local_orders_begin_anew(days: tuple[str, str], same: bool) -> None:
    numbers = ("北京市人民政府令第12号", "110000-1981/市政府令第12号")
    one, other = (replace(document(n), date=day) for n, day in zip(numbers, days, strict=True))
    found = of(citing(1, one), citing(2, other))
    assert (found(one.key) == found(other.key)) is same
