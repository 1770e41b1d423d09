"""Layout of invented documents: head, tail, parts, headings."""

from __future__ import annotations

import hashlib

import pytest

from kg.clean import clean
from kg.model.documents import PartKind, SourceDoc, Structure
from kg.structure import structure


def read(text: str) -> tuple[str, Structure]:
    doc = clean(SourceDoc("x.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", text))
    return doc.text, structure(doc)


NOTICE = """岚江省青禾县人民政府文件
禾政发〔2021〕5号

青禾县人民政府关于印发《青禾县河湖管理
办法（试行）》的通知

各乡镇人民政府，县政府各部门：

《青禾县河湖管理办法（试行）》已经县政府同意，现印发给你们，请认真执行。

附件：1.任务分工表
2.联系人名单

青 禾 县 人 民 政 府
二〇二一年三月八日

青禾县河湖管理办法（试行）

第一章　总则
第一条　为了加强河湖管理，制定本办法。
第二条　县水利局负责。有下列情形之一的，予以表彰：
（一）举报有功的；
（二）救援有功的。
第二章　附则
第三条　本办法自2021年5月1日起施行。

附件1
任务分工表
某单位负责某事。
抄送：县委办公室，县人大常委会办公室。
青禾县人民政府办公室　　2021年3月9日印发
"""


def test_notice_with_carried_text() -> None:
    text, s = read(NOTICE)
    assert s.title and s.title.value == "青禾县人民政府关于印发《青禾县河湖管理办法（试行）》的通知"
    assert s.number and s.number.value == "禾政发〔2021〕5号"
    assert [i.value for i in s.issuers] == ["青禾县人民政府"]
    assert s.date and s.date.value == "2021-03-08"
    assert s.genre == "通知"
    assert s.addressees and s.addressees.value == "各乡镇人民政府，县政府各部门："
    assert s.copies and s.copies.value.startswith("抄送：县委办公室")
    assert [p.kind for p in s.parts] == [PartKind.MAIN, PartKind.CARRIED, PartKind.ATTACHMENT]
    assert s.parts[1].title and s.parts[1].title.value == "青禾县河湖管理办法（试行）"
    assert s.parts[2].title and s.parts[2].title.value == "任务分工表"
    assert text[s.parts[1].start :].startswith("青禾县河湖管理办法")


def test_heading_tree() -> None:
    text, s = read(NOTICE)
    assert [(x.level, x.label) for x in s.sections if x.label.startswith(("第", "（"))] == [
        (1, "第一章"),
        (2, "第一条"),
        (2, "第二条"),
        (3, "（一）"),
        (3, "（二）"),
        (1, "第二章"),
        (2, "第三条"),
    ]
    first = next(x for x in s.sections if x.label == "第一章")
    assert first.heading == "总则"
    assert text[first.start : first.end].rstrip().endswith("救援有功的。")


TITLES = [
    # title lines, what follows, expected
    (
        "澜汀市人民政府办公室\n关于开展年度评议的通知",
        "各县（区）人民政府：",
        "澜汀市人民政府办公室关于开展年度评议的通知",
    ),
    ("关于做好春耕生产有关工作\n的通知", "各乡镇人民政府：", "关于做好春耕生产有关工作的通知"),
    (
        "澜汀市人民政府关于暂时调整实施《岚江省行政服务\n条例》有关规定的决定",
        "各县（区）人民政府：",
        "澜汀市人民政府关于暂时调整实施《岚江省行政服务条例》有关规定的决定",
    ),
    (
        "澜汀市人民政府关于推行行政执法公示制度\n法制审核制度的指导意见",
        "澜府发〔2020〕8号\n各县（区）人民政府：",
        "澜汀市人民政府关于推行行政执法公示制度法制审核制度的指导意见",
    ),
    (
        "青禾县2021年法治政府建设情况报告",
        "2021年，县政府认真履行职责，取得成效。",
        "青禾县2021年法治政府建设情况报告",
    ),
    ("各乡镇人民政府：", "现将有关事项通知如下，请执行。", None),
    ("现将有关情况报告如下：", "一、主要做法\n我县高度重视。", None),
    ("2021年，县政府认真履行职责，取得成效。", "一、主要做法\n我县高度重视。", None),
    ("《青禾县会议制度》已经县政府同意，现印发给你们。", "青禾县人民政府\n2021年3月8日", None),
]


@pytest.mark.parametrize(("lines", "rest", "title"), TITLES)
def test_titles(lines: str, rest: str, title: str | None) -> None:
    _, s = read(f"{lines}\n{rest}\n县政府研究决定，自即日起执行。\n青禾县人民政府\n2021年3月8日\n")
    assert (s.title.value if s.title else None) == title


NUMBERS = [
    ("青禾县人民政府关于甲事项的通知\n禾政发〔2021〕5号", "禾政发〔2021〕5号"),
    ("禾政发[2021]5号　　签发人：柏青舟\n青禾县人民政府关于甲事项的请示", "禾政发[2021]5号"),
    ("岚江省人民政府令\n第277号\n《岚江省某办法》已经通过，现予公布。", "岚江省人民政府令第277号"),
    ("岚江省某委员会公告\n2020年第9号\n现就有关事项公告如下。", "岚江省某委员会公告2020年第9号"),
    ("岚江省交通运输厅关于甲事项的公告\n2020年第9号", "岚江省交通运输厅公告2020年第9号"),
    ("青禾县人民政府关于甲事项的通知\n（第13号）", None),
    ("青禾县人民政府关于甲事项的通知", None),
]


@pytest.mark.parametrize(("head", "number"), NUMBERS)
def test_numbers(head: str, number: str | None) -> None:
    _, s = read(f"{head}\n研究决定如下事项，自即日起执行。\n2021年3月8日\n")
    assert (s.number.value if s.number else None) == number


SIGNATURES = [
    ("青禾县司法局　青禾县财政局\n2021年3月8日", ["青禾县司法局", "青禾县财政局"], "2021-03-08"),
    ("青禾县司法局\n青禾县财政局\n二○二一年十月二十日", ["青禾县司法局", "青禾县财政局"], "2021-10-20"),
    (
        "青禾县应对汛情\n工作领导小组\n２０２１年３月８日\n（此件公开发布）",
        ["青禾县应对汛情工作领导小组"],
        "2021-03-08",
    ),
    ("青禾县人民政府 2021年3月8日", ["青禾县人民政府"], "2021-03-08"),
    ("2021年3月8日\n（此件公开发布）", [], "2021-03-08"),
    (
        "（二）青禾数据中心（填报平台）\n林木森010-60001234\n青禾县统计局\n2021年3月8日",
        ["青禾县统计局"],
        "2021-03-08",
    ),
]


@pytest.mark.parametrize(("block", "names", "date"), SIGNATURES)
def test_signatures(block: str, names: list[str], date: str) -> None:
    _, s = read(f"各乡镇人民政府：\n现将有关事项通知如下，请认真执行。\n{block}\n")
    assert [n.value for n in s.signature] == names
    assert s.date and s.date.value == date


def test_text_printed_twice() -> None:
    body = "各乡镇人民政府：\n" + "经县政府研究，同意命名方案，现公布如下，请遵照执行。\n" * 1
    body += "梦溪园：位于泰和路以西、外语学校以东、光明路以南的地块，总面积约三十亩。\n"
    body += "此标准地名自公告之日起正式使用，原有名称同时停止使用，由县民政局负责解释。\n"
    body += "青禾县人民政府\n2013年12月2日\n"
    text, s = read(body + body)
    assert len(s.skipped) == 1
    assert s.skipped[0].start > len(text) // 3
    assert len(s.parts) == 1


def test_decree_takes_the_title_of_what_it_issues() -> None:
    _, s = read(
        "中华人民共和国国务院令\n第999号\n《某某条例》已经国务院第1次常务会议通过，现予公布，自2030年1月1日起施行。\n"
        "总理　某某某\n2029年11月6日\n某某条例\n第一条　为了规范某事，制定本条例。\n"
    )
    assert s.title and s.title.value == "某某条例"
    assert [i.value for i in s.issuers] == ["国务院"]
    assert s.number and s.number.value == "中华人民共和国国务院令第999号"
    assert [p.kind for p in s.parts] == [PartKind.MAIN, PartKind.CARRIED]


def test_sentences_lie_inside_paragraphs() -> None:
    text, s = read("第一句。第二句！“第三句。”\n第四句；仍是第四句。\n标题")
    assert [text[x.start : x.end] for x in s.sentences] == [
        "第一句。",
        "第二句！",
        "“第三句。”",
        "第四句；仍是第四句。",
        "标题",
    ]


def test_the_name_of_its_own_file_gives_number_and_title() -> None:
    _, s = read(
        "各乡镇人民政府：\n现将有关事项通知如下，请认真执行。\n青禾县人民政府\n2021年3月8日\n"
        "禾政发〔2021〕5号青禾县人民政府关于做好有关工作的通知.doc\n"
    )
    assert s.title and s.title.value == "青禾县人民政府关于做好有关工作的通知"
    assert s.number and s.number.value == "禾政发〔2021〕5号"


RUN_TOGETHER = [
    ("请认真执行。青禾县人民政府\n2021年3月8日\n附件：名单", ["青禾县人民政府"], "2021-03-08"),
    (
        "请认真执行。\n工业和信息化部财政部商务部2021年3月8日",
        ["工业和信息化部", "财政部", "商务部"],
        "2021-03-08",
    ),
    ("请认真执行。\n财政部\n2021年3月8日附件：名单序号企业名称1甲公司", ["财政部"], "2021-03-08"),
    (
        "请认真执行。\n青禾县应急管理局\n（青禾县应急办代章）\n2021年3月8日",
        ["青禾县应急管理局"],
        "2021-03-08",
    ),
    ("请认真执行。\n县长　柏青舟\n2021年3月8日", [], "2021-03-08"),
]


@pytest.mark.parametrize(("block", "names", "date"), RUN_TOGETHER)
def test_signatures_of_broken_pages(block: str, names: list[str], date: str) -> None:
    _, s = read(f"各有关单位：\n现将有关事项通知如下，{block}\n")
    assert [n.value for n in s.signature] == names
    assert s.date and s.date.value == date


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            "某信厅函〔2029〕87号各省、自治区、直辖市工业和信息化主管部门：\n现通知如下。\n",
            "某信厅函〔2029〕87号",
        ),
        (
            "名称：关于公布目录的公告\n文号：公告 2029年 第54号\n现公布目录。\n海关总署\n2029年5月1日\n",
            "海关总署公告 2029年 第54号",
        ),
    ],
)
def test_numbers_of_heads_that_pages_changed(text: str, number: str) -> None:
    _, s = read(text)
    assert s.number and s.number.value.replace(" ", "") == number.replace(" ", "")


def test_title_of_many_bodies_on_one_line() -> None:
    bodies = "工业和信息化部 国家发展和改革委员会 科学技术部 财政部 人力资源和社会保障部 中国人民银行 " * 2
    _, s = read(
        f"{bodies}关于开展某项行动的通知\n某部联企业〔2029〕54号\n各省工业和信息化厅：\n现通知如下。\n"
    )
    assert s.title and s.title.value.endswith("关于开展某项行动的通知")
    assert s.number and s.number.value == "某部联企业〔2029〕54号"


def test_the_body_that_passed_a_law_is_not_read_with_the_word_before_it() -> None:
    text = (
        "# 清远市河道管理条例\n\n2021年4月23日 经清远市第十七届人民代表大会常务委员会第四次会议通过\n\n"
        "第一条 为了加强河道管理，制定本条例。\n"
    )
    layout = structure(clean(SourceDoc("x.txt", "", "text/plain", text)))
    assert [f.value for f in layout.issuers] == ["清远市人民代表大会常务委员会"]
