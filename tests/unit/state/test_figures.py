from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.document import extract_document
from kg.read import read_bytes


def _figures(
    sentence: str, title: str = "南明市2023年法治政府建设情况的报告"
) -> list[tuple[str, str, str | None]]:
    text = f"{title}\n\n一、工作成效\n{sentence}\n"
    found = extract_document(next(iter(read_bytes(text.encode(), Path("a.txt"), "a.txt"))))
    return [(f.indicator, f.value + f.unit, f.as_of) for f in found.figures]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("推行“邻里办”改革，网上全流程办理率达75.9%。", [("网上全流程办理率", "75.9%")]),
        ("“邻里办”改革吸引1200名高校毕业生参加。", [("吸引高校毕业生", "1200名")]),
        ("“邻里办”改革覆盖镇街等12个基层单位。", [("基层单位", "12个")]),
        ("开展“邻里办”行动，8家企业获评先进。", [("企业获评先进", "8家")]),
        ("推行“邻里办”改革，满意率、办结率分别达97.3%和95%。", [("满意率", "97.3%"), ("办结率", "95%")]),
        ("推行“邻里办”改革，自来水、厕所普及超过98%、85%。", []),
        (
            "“邻里办”改革带动成交额突破30亿元、增长15.1%。",
            [("带动成交额", "30亿元"), ("带动成交额增长", "15.1%")],
        ),
        ("“邻里办”改革增长15.1%。", []),
        ("推行“邻里办”改革，城镇新增就业6.7万人，新增转移就业2.2万人。", []),
        ("实施“稳就业”行动，城镇新增就业6.7万人。", [("城镇新增就业", "6.7万人")]),
        ("推行“邻里办”改革，优化监管流程，办理案件120件。", []),
        (
            "推行“邻里办”改革，新增岗位300个、企业20家。",
            [("新增岗位", "300个"), ("新增企业", "20家")],
        ),
        ("推行“邻里办”等130项改革。", []),
        ("“邻里办”改革累计与39个国家结好。", []),
    ],
)
def test_what_is_counted_and_of_what(sentence: str, figures: list[tuple[str, str]]) -> None:
    assert [f[:2] for f in _figures(sentence)] == figures


@pytest.mark.parametrize(
    ("title", "sentence", "as_of"),
    [
        ("南明市2023年法治政府建设情况的报告", "推行“邻里办”改革，办结率达95%。", "2023"),
        ("2024年南明市政府工作报告", "推行“邻里办”改革，办结率达95%。", "2023"),
        ("南明市2023年法治政府建设情况的报告", "截至2023年6月底，推行“邻里办”改革，办结率达95%。", "2023-06"),
        ("南明市法治政府建设情况的报告", "推行“邻里办”改革，办结率达95%。", None),
    ],
)
def test_as_of_what_day(title: str, sentence: str, as_of: str | None) -> None:
    assert [f[2] for f in _figures(sentence, title)] == [as_of]
