"""Where and when a document speaks."""

from __future__ import annotations

import pytest

from kg.clean import clean
from kg.model.context import Context
from kg.model.documents import Declared, SourceDoc
from kg.resolve.context import context_of, split_joint
from kg.structure import structure


def context(text: str) -> Context:
    doc = clean(SourceDoc("x.txt", "", "text/plain", text))
    return context_of(doc, structure(doc))[0]


@pytest.mark.parametrize(
    ("text", "issuers", "chain", "level"),
    [
        (
            "清城区2018年法治政府建设情况报告\n\n2018年，我区法治政府建设稳步推进。\n",
            ("清远市清城区人民政府",),
            ("清城区", "清远市", "广东省"),
            "county",
        ),
        (
            "各乡镇人民政府，县直各单位：\n《象州县灌溉用水管理办法》已经县人民政府同意，现印发给你们。\n象州县水利局抓好落实。\n",
            ("象州县人民政府办公室",),
            ("象州县", "来宾市", "广西壮族自治区"),
            "county",
        ),
        (
            "国务院办公厅关于做好春耕工作的通知\n国办发〔2019〕901号\n各省、自治区、直辖市人民政府：\n现通知如下。\n国务院办公厅\n2019年3月1日\n",
            ("国务院办公厅",),
            (),
            "national",
        ),
        (
            "关于开展园区问卷调查的通知\n各省、自治区、直辖市中小企业主管部门：\n现就问卷调查通知如下。\n一、联系方式\n工业和信息化部中小企业局服务体系处 010-60001234\n中小企业局\n2019年3月1日\n",
            ("工业和信息化部中小企业局",),
            (),
            "national",
        ),
        (
            "教育部办公厅 财政部办公厅关于秋季学期的通知\n各省教育厅：\n照此办理。\n2019年3月1日\n",
            ("教育部办公厅", "财政部办公厅"),
            (),
            "national",
        ),
        (
            "市人社局关于调整办事窗口的通知\n各区人力资源和社会保障局：\n天津市政务服务大厅窗口调整，天津市各区照此办理。\n2021年3月1日\n",
            ("天津市人力资源和社会保障局",),
            ("天津市",),
            "province",
        ),
        (
            "广州南沙促进夜间经济发展办法\n第一条 为促进夜间经济发展，制定本办法。\n",
            (),
            ("南沙区", "广州市", "广东省"),
            "county",
        ),
        (
            "2026年吉林省政府工作报告\n各位代表：\n现在，我代表省人民政府报告工作。\n",
            ("吉林省人民政府",),
            ("吉林省",),
            "province",
        ),
        (
            "澄湾区2022年法治政府建设工作报告\n\n在市委坚强领导下，澜汀市司法局给予指导，我区推进顺利。\n\n澄湾区人民政府\n2023年3月20日\n",
            ("澄湾区人民政府",),
            ("澄湾区", "澜汀市"),
            "county",
        ),
    ],
)
def test_context(text: str, issuers: tuple[str, ...], chain: tuple[str, ...], level: str) -> None:
    found = context(text)
    assert found.issuers == issuers
    assert found.chain == chain
    assert found.level == level


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("市人社局市税务局市医保局", ["市人社局", "市税务局", "市医保局"]),
        ("工业和信息化部办公厅国家发展改革委办公厅", ["工业和信息化部办公厅", "国家发展改革委办公厅"]),
        ("清远市清城区人民政府", ["清远市清城区人民政府"]),
        ("国务院办公厅", ["国务院办公厅"]),
    ],
)
def test_joint_names_come_apart(name: str, pieces: list[str]) -> None:
    assert split_joint(name) == pieces


def test_a_document_without_a_place_has_none() -> None:
    found = context("各单位：\n请于下周五前报送材料。\n2021年9月24日\n")
    assert found.division is None
    assert found.issuers == ()


@pytest.mark.parametrize(
    ("declared", "text", "issuers", "division"),
    [
        (
            Declared(title="市科技局关于印发若干措施的通知", number="津科引智〔2029〕12号"),
            "各区科技局：\n现将若干措施印发给你们，请市科技局各处室认真贯彻落实。\n2029年11月17日\n",
            ("天津市科学技术局",),
            "天津市",
        ),
        (
            Declared(number="银保监办发〔2020〕910号"),
            "关于做好金融服务的通知\n各银保监局：\n请认真做好金融服务。\n2020年1月26日\n",
            ("中国银行保险监督管理委员会办公厅",),
            None,
        ),
        (Declared(title="国家卫生健康委关于加强管理的通知解读"), "本通知提出四项要求。\n", (), None),
        (Declared(title="国务院部署五项举措"), "会议要求各地区做好工作。\n", (), None),
    ],
)
def test_issuers_from_what_the_page_declares(
    declared: Declared, text: str, issuers: tuple[str, ...], division: str | None
) -> None:
    doc = clean(SourceDoc("x.txt", "", "text/plain", text, declared=declared))
    found = context_of(doc, structure(doc))[0]
    assert found.issuers == issuers
    assert (found.chain[0] if found.chain else None) == division


def test_homonym_below_a_place_that_the_text_names() -> None:
    text = (
        "区政府印发《龙华区办法》，区司法局落实《深圳市人民政府规定》。龙华区各单位参照执行，龙华区统计。\n"
    )
    assert context(text).chain == ("龙华区", "深圳市", "广东省")
