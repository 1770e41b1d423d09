"""The number grammar against a table of cases, and its properties."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.numbers import find_numbers, parse_number

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "cases" / "numbers.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def as_dicts(text: str) -> list[dict[str, object]]:
    return [
        {
            "raw": n.raw,
            "code": n.code or None,
            "year": n.year,
            "serial": n.serial,
            "series": n.series,
            "canonical": n.canonical,
            "defects": list(n.defects),
        }
        for _, _, n in find_numbers(text)
    ]


@pytest.mark.parametrize("case", CASES, ids=[str(i) for i in range(len(CASES))])
def test_table(case: dict[str, object]) -> None:
    assert as_dicts(str(case["text"])) == case["numbers"], case["why"]


def test_table_is_large_enough() -> None:
    assert len(CASES) >= 300


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("国办发〔2016〕36号", "国办发〔2016〕36号"),
        ("（国办发[2016]36号）", "国办发〔2016〕36号"),
        ("国令第７２２号", "国令第722号"),
        ("豫政〔2016〕22号文件", "豫政〔2016〕22号"),
        ("根据国办发〔2016〕36号办理", None),
        ("2016年", None),
    ],
)
def test_parse_takes_the_whole_text(text: str, canonical: str | None) -> None:
    number = parse_number(text)
    assert (number.canonical if number else None) == canonical


@given(st.text(alphabet="国办发府令公告第号年字〔〕[]（）() \n0123456789一十、和根据法民初", max_size=60))
def test_numbers_are_what_stands_there(text: str) -> None:
    at = 0
    for start, end, number in find_numbers(text):
        assert at <= start < end <= len(text)
        assert number.raw == text[start:end]
        assert number.serial and number.serial[0] in "0123456789"
        at = end


def test_canonical_form_is_stable() -> None:
    for case in CASES:
        for _, _, number in find_numbers(str(case["text"])):
            again = list(find_numbers(f"依据{number.canonical}。"))
            if number.code and "届" not in number.code:
                assert [n.canonical for _, _, n in again] == [number.canonical]


def test_hostile_text_takes_linear_time() -> None:
    for piece in ("〔2017〕", "国务院令", "（2017）发", "号令", "公告 ", "国 发 "):
        began = time.process_time()
        list(find_numbers(piece * 20_000))
        assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("《关于甲政策的公告》（财政部、税务总局2020年第8号，以下简称公告）", "财政部税务总局2020年第8号"),
        ("《关于甲政策的公告》（2020年第8号）", "2020年第8号"),
        ("甲事项的公告\n2020年第18号\n为支持", "2020年第18号"),
        ("《甲方案》（2020年第8号）", None),
    ],
)
def test_numbers_whose_series_the_title_names(text: str, canonical: str | None) -> None:
    assert [n.canonical for _, _, n in find_numbers(text)] == ([canonical] if canonical else [])


def test_speed_is_above_three_million_characters_a_second() -> None:
    plain = "各县（市、区）人民政府要严格落实责任，第三条规定的事项（见附件）由市公安局负责，公告如下。"
    text = (plain * 40 + "根据国办发〔2016〕36号文件。\n") * 200
    list(find_numbers(text))
    began = time.process_time()
    assert len(list(find_numbers(text))) == 200
    assert len(text) / (time.process_time() - began) > 3e6


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("根据(85)财税油政字第26号办理", "财税油政字〔1985〕26号"),
        ("参照[84]财政65号文", "财政〔1984〕65号"),
        ("（海陆［2019］公司字第16号）", "海陆公司字〔2019〕16号"),
        ("根据〔2016〕36号", None),
        ("按照规定（2016）36号院", None),
    ],
)
def test_year_in_front_of_the_code(text: str, canonical: str | None) -> None:
    assert [n.canonical for _, _, n in find_numbers(text)] == ([canonical] if canonical else [])


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("其中第12项由国务院令第671号取消", "国务院令第671号"),
        ("该项按财政部令第87号执行", "财政部令第87号"),
        ("住房和城乡建设部令第39号", "住房和城乡建设部令第39号"),
        ("抓好粤机编发〔2016〕6号文件的落实", "粤机编发〔2016〕6号"),
    ],
)
def test_words_in_front_are_left_out(text: str, raw: str) -> None:
    assert [n.raw for _, _, n in find_numbers(text)] == [raw]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("甲政发〔2016〕5号，6号", ["甲政发〔2016〕5号", "甲政发〔2016〕6号"]),
        ("甲政发〔2016〕5号，6号楼", ["甲政发〔2016〕5号"]),
        ("甲政发〔2016〕5号，〔2017〕6号文", ["甲政发〔2016〕5号", "甲政发〔2017〕6号"]),
        ("（甲市人民政府令5）", []),
        ("甲市人民政府令5号", ["甲市人民政府令第5号"]),
        ("甲市人民政府公告5号", []),
        ("甲市人民政府公告第5号", ["甲市人民政府公告第5号"]),
        ("国令第3号", ["国令第3号"]),
        ("办令第3号", []),
        ("甲政发〔2016〕二○号", []),
        ("甲市人民政府令第二○号", ["甲市人民政府令第20号"]),
    ],
)
def test_the_edges_of_lists_and_orders(text: str, canonical: list[str]) -> None:
    assert [n.canonical for _, _, n in find_numbers(text)] == canonical
