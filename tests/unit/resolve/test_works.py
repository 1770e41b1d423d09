"""What is known of a work: key, issuers, level, genre."""

from __future__ import annotations

import time

import pytest

from kg.grammar.numbers import parse_number
from kg.model.context import Context
from kg.resolve.works import Home, Works, relative, title_local_key


@pytest.mark.parametrize(
    ("title", "level", "issuers", "genre"),
    [
        ("清远市饮用水源水质保护条例", "prefecture", (), "条例"),
        ("广东省甲条例", "province", (), "条例"),
        ("国务院关于甲的意见", "national", ("国务院",), "意见"),
        ("清远市清城区甲实施方案（试行）", "county", (), "方案"),
        ("保密法", "national", (), "法"),
        ("关于甲的通知", None, (), "通知"),
    ],
)
def test_attributes(title: str, level: str | None, issuers: tuple[str, ...], genre: str) -> None:
    entity = Works(Context(), "x").titled(title).entity()
    assert (entity.level, entity.issuers, entity.genre) == (level, issuers, genre)


def test_the_code_tells_issuer_and_level() -> None:
    number = parse_number("粤府办〔2018〕1号")
    assert number
    entity = Works(Context(), "x").numbered(number).entity()
    assert (entity.issuers, entity.level) == (("广东省人民政府办公厅",), "province")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("区府办发", True),
        ("县委发", True),
        ("办发", True),
        ("", True),
        ("国发", False),
        ("市监注", False),
        ("区块链", False),
    ],
)
def test_relative_codes(code: str, expected: bool) -> None:
    assert relative(code) is expected


def test_two_titles_under_one_number_are_two_works() -> None:
    works = Works(Context(), "x")
    number = parse_number("财税〔2016〕36号")
    one = works.titled("甲事项的规定", None, number)
    two = works.titled("乙注释", None, number)
    assert one.key() != two.key()
    assert {w.entity().number for w in (one, two)} == {"财税〔2016〕36号"}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("甲办法（试行）", "甲办法", False),
        ("乙市公共场所甲管理办法（试行）", "乙市公共场所甲管理办法", True),
        ("国务院关于加强丙工作的意见", "关于加强丙工作的意见", True),
        ("江西省气象灾害防御条例", "气象灾害防御条例", False),
        ("乙市清理规范的部门甲服务事项清单", "甲服务事项清单", True),
        ("丁纲要（2015-2020年）", "丁纲要（2021-2025年）", False),
        ("关于印发〈乙市甲工作方案〉的通知", "乙市甲工作方案", True),
    ],
)
def test_which_titles_name_one_work(first: str, second: str, same: bool) -> None:
    works = Works(Context(), "x")
    assert (works.titled(first) is works.titled(second)) is same


def test_many_titles_take_linear_time() -> None:
    works = Works(Context(), "x")
    began = time.process_time()
    for i in range(5_000):
        works.titled(f"甲市第{i}号地块保护与利用管理办法")
    assert time.process_time() - began < 5
    assert len(works.all) == 5_000


HERE = Home("441802-1988", "2031-05-06", "0123456789ab")


@pytest.mark.parametrize(
    ("title", "home", "date", "issuers", "key"),
    [
        ("甲事项管理办法", HERE, None, (), "甲事项管理办法"),
        ("政府工作报告", HERE, None, ("某区人民政府",), "441802-1988/2031/政府工作报告"),
        ("政府工作报告", HERE, "2030", (), "441802-1988/2030/政府工作报告"),
        ("政府工作报告", Home(None, "2031", "0123"), None, (), "0123/政府工作报告"),
        ("“十四五”发展规划", HERE, None, (), "441802-1988/“十四五”发展规划"),
        ("工作方案", HERE, None, (), "0123456789ab/工作方案"),
        ("工作方案", HERE, "2031-01-02", (), "441802-1988/2031-01-02/工作方案"),
        (
            "关于修改部分行政法规的决定",
            HERE,
            "2031-01-02",
            ("国务院",),
            "国务院/2031-01-02/关于修改部分行政法规的决定",
        ),
        (
            "国务院关于修改部分行政法规的决定",
            HERE,
            "2031-01-02",
            (),
            "国务院/2031-01-02/关于修改部分行政法规的决定",
        ),
        ("国务院关于修改部分行政法规的决定", HERE, None, (), "0123456789ab/关于修改部分行政法规的决定"),
    ],
)
def test_general_titles_are_at_home_somewhere(
    title: str, home: Home, date: str | None, issuers: tuple[str, ...], key: str
) -> None:
    assert title_local_key(title, home, date, issuers) == f"document/title/{key}"


def test_texts_of_one_title_and_two_dates_are_two_works() -> None:
    works = Works(Context(), "x")
    title = "国务院关于修改部分行政法规的决定"
    one, two = (works.titled(title, None, None, f"203{at}-01-02") for at in (1, 2))
    assert one is not two
    assert works.titled(title, None, None, "2031-01-02") is one
    assert [w.entity().date for w in (one, two)] == ["2031-01-02", "2032-01-02"]
