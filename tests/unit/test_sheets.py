"""Tables that a spreadsheet opens and writes back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build.review import undo
from kg.identify import Action, Decision, read_decisions, write_decisions
from kg.model.errors import WenmaiError
from kg.model.sheets import guarded, read_sheet, write_sheet

CELLS = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")))
    .map(str.strip)
    .filter(lambda s: not s.startswith("'"))
)


@given(st.lists(st.tuples(CELLS, CELLS)))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "a.csv"
    write_sheet(path, ("a", "b"), rows)
    assert [(r["a"], r["b"]) for r in read_sheet(path, ("a", "b"))] == rows
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in csv.reader(file) for cell in row)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\ta", "\ra", '=HYPERLINK("http://a")'])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert guarded([cell, 3, "甲=1"]) == [f"'{cell}", 3, "甲=1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_decisions_as_spreadsheets_save_them(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "curation.csv"
    path.write_text(
        "action,key,target\r\nmerge,institution/甲,institution/乙\r\n,,\r\n", encoding=encoding, newline=""
    )
    assert read_decisions(path) == (Decision(Action.MERGE, "institution/甲", "institution/乙"),)


def test_a_line_that_decides_nothing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "curation.csv"
    path.write_text("action,key\nsplit,a\njoin,b\n", encoding="utf-8")
    with pytest.raises(WenmaiError, match=r"curation\.csv:3"):
        read_decisions(path)


@pytest.mark.parametrize(("count", "kept"), [(1, 2), (2, 1), (3, 0), (4, 0), (5, 0)])
def test_more_is_taken_back_than_was_decided(tmp_path: Path, count: int, kept: int) -> None:
    made = tuple(Decision(Action.REJECT, key) for key in "abc")
    write_decisions(tmp_path / "curation.csv", made)
    assert undo(tmp_path, count) == made[kept:]
    assert read_decisions(tmp_path / "curation.csv") == made[:kept]
