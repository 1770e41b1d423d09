from __future__ import annotations

from pathlib import Path

import pytest

from kg.query.fulltext import FullText, grams
from kg.store import StoreError

TEXTS = [
    ("a", "a.txt", "甲市公平竞争审查办法", "为了公平竞争，\n制定本办法。OA系统2020年上线。"),
    ("b", "b.txt", "乙市工作报告", "开展公平\n竞争审查，审查 12 件。"),
    ("c", "c.txt", "丙县通知", "竞争公平。"),
]


def index(path: Path) -> FullText:
    made = FullText(path / "fulltext.sqlite")
    made.put(TEXTS)
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [("公平竞争 OA2020", "公平 平竞 竞争 oa2020"), ("法", "法"), ("１２件", "12 件"), ("，。", "")],
)
def test_grams(text: str, expected: str) -> None:
    assert grams(text) == expected


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("公平竞争审查", ["a.txt"]),
        ("公平竞争", ["a.txt"]),
        ("竞争审查", ["a.txt", "b.txt"]),
        ("公平 竞争", ["a.txt", "b.txt", "c.txt"]),
        ("oa系统", ["a.txt"]),
        ("2020", ["a.txt"]),
        ("办", ["a.txt"]),
        ("没有的词", []),
        ('" OR 1', []),
        ("，", []),
    ],
)
def test_search(tmp_path: Path, words: str, paths: list[str]) -> None:
    with index(tmp_path) as made:
        assert sorted(h.path for h in made.search(words)) == paths


def test_a_hit_says_where(tmp_path: Path) -> None:
    with index(tmp_path) as made:
        (hit,) = made.search("竞争审查 12")
    text = TEXTS[1][3]
    assert text[hit.start : hit.end] == "竞争审查"
    assert "审查 12 件" in hit.snippet


def test_replace_and_remove(tmp_path: Path) -> None:
    with index(tmp_path) as made:
        made.put([("a", "a.txt", "题", "别的内容")])
        assert [h.path for h in made.search("公平竞争")] == []
        made.remove(["a", "b"])
        assert made.hashes() == {"c"}
        assert made.search("别的内容") == []
    with FullText(tmp_path / "fulltext.sqlite", read_only=True) as again:
        assert [h.path for h in again.search("竞争公平")] == ["c.txt"]
    with pytest.raises(StoreError):
        FullText(tmp_path / "none.sqlite", read_only=True)
