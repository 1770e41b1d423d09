"""What a line looks like by itself."""

from __future__ import annotations

import pytest

from kg.structure.lines import number_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("甲政发〔2021〕3号", "甲政发〔2021〕3号"),
        ("甲政发[2021] 3号　签发人：乙某", "甲政发[2021] 3号"),
        ("甲省人民政府令第12号", "甲省人民政府令第12号"),
        ("（第十二号）", "（第十二号）"),
        ("第450号", "第450号"),
        ("2020年 第40号", "2020年 第40号"),
        ("甲政发〔2021〕3号 乙政发〔2021〕4号", None),
        ("根据甲政发〔2021〕3号", None),
        ("关于甲政发〔2021〕3号", None),
        ("第450号令发布", None),
        ("第三章", None),
    ],
)
def test_number_of_a_line(line: str, expected: str | None) -> None:
    assert number_of(line) == expected
