"""First adopters by division, and their places along time."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.run import build_graph
from kg.store import OxigraphStore
from kg.web.explorer import entity_iri
from kg.web.spread import Adopter, adopters, timeline, tree

_TEXT = """{body}关于推行“一窗受理”改革的通知
{number}

各有关单位：
推行“一窗受理”改革，方便办事。

{body}
{date}
"""
_SOURCES = (
    ("广东省人民政府", "粤府〔2019〕3号", "2019年3月5日"),
    ("广东省人民政府", "粤府〔2020〕8号", "2020年6月1日"),
    ("清远市人民政府", "清府〔2018〕9号", "2018年5月6日"),
    ("仙居县人民政府", "仙政发〔2021〕1号", "2021年1月8日"),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Adopter, ...]:
    folder = tmp_path_factory.mktemp("spread")
    texts = folder / "texts"
    texts.mkdir()
    for i, (body, number, date) in enumerate(_SOURCES):
        text = _TEXT.format(body=body, number=number, date=date)
        (texts / f"{i}.txt").write_text(text, encoding="utf-8")
    build_graph([texts], folder / "graph")
    with OxigraphStore.open(Path(folder / "graph" / "store")) as store:
        return adopters(store, entity_iri("measure/一窗受理"))


def test_one_line_a_division_the_earliest_first(found: tuple[Adopter, ...]) -> None:
    assert [(a.date, a.columns, a.level, a.documents) for a in found] == [
        ("2018-05-06", ("广东省", "清远市", ""), "prefecture", 1),
        ("2019-03-05", ("广东省", "", ""), "province", 2),
        ("2021-01-08", ("浙江省", "台州市", "仙居县"), "county", 1),
    ]


def test_divisions_stand_under_their_province(found: tuple[Adopter, ...]) -> None:
    assert {p: list(below) for p, below in tree(found).items()} == {
        "广东省": ["清远市", ""],
        "浙江省": ["台州市"],
    }


def test_time_runs_from_left_to_right_and_levels_from_the_top(found: tuple[Adopter, ...]) -> None:
    line = timeline(found)
    assert line is not None
    assert [dot.adopter.date for dot in sorted(line.dots, key=lambda d: d.x)] == [a.date for a in found]
    assert [level for level, _ in line.levels] == ["province", "prefecture", "county"]
    assert sorted(line.dots, key=lambda d: d.y)[0].adopter.level == "province"
    assert all(0 < dot.x < line.width and 0 < dot.y < line.height for dot in line.dots)
    assert 2 <= len(line.ticks) <= 13


@pytest.mark.parametrize("date", ["", "不详", "2020-13-40"])
def test_without_a_day_there_is_no_line(date: str) -> None:
    assert timeline([Adopter("province", ("广东省",), date, (), "d", "t", "", 1)]) is None
