"""Titles that many bodies use."""

from __future__ import annotations

import pytest

from kg.grammar.general import generality


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("政府工作报告", "annual"),
        ("2031年政府工作报告", "annual"),
        ("2031年度工作情况报告", "annual"),
        ("国民经济和社会发展第十六个五年规划纲要（草案）", "local"),
        ("关于制定国民经济和社会发展第十六个五年规划的建议", "local"),
        ("甲省国民经济和社会发展第十六个五年规划纲要", None),
        ("“十六五”乙产业发展规划", None),
        ("应急预案（试行）", "dated"),
        ("工作方案", "dated"),
        ("纲要草案", "dated"),
        ("关于修改部分地方性法规的决定", "dated"),
        ("甲市人民代表大会常务委员会关于修改本市部分地方性法规的决定", "dated"),
        ("国务院关于废止和修改部分行政法规的决定", "dated"),
        ("关于规范性文件清理结果的公告", "dated"),
        ("关于申请办理乙设备制造许可证延续的请示", "dated"),
        ("关于申请丙核电厂5号机组许可证的请示", None),
        ("关于修改〈甲法〉等三部法律的决定", None),
        ("国务院关于加强工作的意见", None),
        ("地名管理条例", None),
        ("社会救助暂行办法", None),
        ("汉语拼音方案", None),
        ("国务院工作规则", None),
        ("清城区工作方案", None),
        ("甲乙丙丁戊己庚实施方案", None),
        ("民法典", None),
    ],
)
def test_titles_that_say_too_little(title: str, kind: str | None) -> None:
    assert generality(title) == kind
