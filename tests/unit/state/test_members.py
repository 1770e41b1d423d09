from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.document import extract_document
from kg.read import read_bytes


def _told(text: str, predicate: str) -> list[tuple[str, str]]:
    whole = f"南明市人民政府办公室关于某事项的通知\n\n各县区人民政府：\n{text}\n"
    found = extract_document(next(iter(read_bytes(whole.encode(), Path("a.txt"), "a.txt"))))
    return [
        (r.subject.rsplit("/", 1)[1], r.object.rsplit("/", 1)[1])
        for r in found.relations
        if r.predicate == predicate
    ]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "成立南明市河道整治工作领导小组（以下简称领导小组）。组长由市人民政府主要领导担任；副组长由分管领导担任；"
            "成员由市财政局、市水利局等单位分管领导组成。",
            ["水利局", "财政局"],
        ),
        (
            "由水利部、财政部组成南明市河道整治工作领导小组，统筹推进。",
            ["中华人民共和国水利部", "中华人民共和国财政部"],
        ),
        ("南明市河道整治工作领导小组由市财政局负责联络。", []),
    ],
)
def test_members_of_a_group(text: str, members: list[str]) -> None:
    assert sorted({s for s, _ in _told(text, "memberOf")}) == members


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "撤销东湾村、西湾村村民委员会，合并设立湾里社区居民委员会。",
            [("人民政府办公室", "湾里社区居民委员会")],
        ),
        ("办理养老机构设立登记市民政局。", []),
    ],
)
def test_what_is_set_up_by_whom(text: str, made: list[tuple[str, str]]) -> None:
    assert _told(text, "setsUp") == made
