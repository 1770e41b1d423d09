"""Codes: who owns them, where they begin, which series they are."""

from __future__ import annotations

import pytest

from kg.grammar.codes import code_start, level_of, owners, series_of
from kg.grammar.tables import read_table


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("国办发", ("国务院办公厅",)),
        ("中发", ("中国共产党中央委员会", "国务院")),
        ("工信厅联通装函", ("工业和信息化部办公厅",)),
        ("粤府办", ("广东省人民政府办公厅",)),
        ("粤发", ("中共广东省委员会",)),
        ("区府办发", ()),
        ("国发明电", ()),
        ("甲乙丙", ()),
    ],
)
def test_owners(code: str, names: tuple[str, ...]) -> None:
    assert owners(code) == names


@pytest.mark.parametrize(
    ("code", "level"), [("国函", "national"), ("浙政办发", "province"), ("义政发", None)]
)
def test_level(code: str, level: str | None) -> None:
    assert level_of(code) == level


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("根据国办发", "国办发"),
        ("我区城区府发", "城区府发"),
        ("落实粤机编发", "粤机编发"),
        ("市委组织部清组通", "清组通"),
        ("国务院国发", "国发"),
        ("人社部发", "人社部发"),
        ("（从府办发", "从府办发"),
        ("的通知渝府办发", "渝府办发"),
    ],
)
def test_where_a_code_begins(words: str, code: str) -> None:
    start = code_start(words, len(words))
    assert start is not None
    assert words[start:] == code


@pytest.mark.parametrize("words", ["发", "根据", "关于印发", "", "《甲》"])
def test_what_is_no_code(words: str) -> None:
    assert code_start(f"甲，{words}", len(words) + 2) is None


@pytest.mark.parametrize(
    ("code", "series"),
    [("国办发明电", "明电"), ("发改电", "电"), ("法释", "释"), ("财库", "其他"), ("清府纪要", "纪要")],
)
def test_series(code: str, series: str) -> None:
    assert series_of(code) == series


def test_rows_are_complete_and_unique() -> None:
    rows = read_table("documents/codes.tsv")
    assert len({row[0] for row in rows}) == len(rows)
    assert all(len(row) == 4 and row[2] in ("exact", "prefix") for row in rows)
    assert all(row[3] in ("national", "province") for row in rows)


@pytest.mark.parametrize(
    "front",
    [
        "市住建局",
        "原区法制局",
        "依照省厅",
        "已被",
        "严格对标",
        "区城管局按",
        "市人社局印发的",
        "县委组织部",
        "我市",
        "根据省委省政府",
        "经",
    ],
)
@pytest.mark.parametrize("code", ["国办发", "工信厅联通装函", "粤府办", "财库", "环办辐射函"])
def test_words_in_front_are_no_part_of_the_code(front: str, code: str) -> None:
    text = f"会议指出，{front}{code}"
    start = code_start(text, len(text))
    assert start is not None
    assert text[start:] == code
