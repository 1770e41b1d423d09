"""What cleaning makes of layout, case by case, and that its offsets stay exact."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.clean import clean
from kg.clean.width import fold
from kg.model.documents import SourceDoc

LONG = "各部门要加强统筹协调，明确责任分工，细化工作措施，强化监督检查，确保各项任务按时保质完成"


def cleaned(text: str) -> str:
    return clean(SourceDoc("x", "0", "text/plain", text)).text


FOLDED = [
    ("２０１７年ＡＢ", "2017年AB"),
    ("(试行)", "（试行）"),
    ("国发﹝2020﹞8号", "国发〔2020〕8号"),
    ("职责,将法治", "职责，将法治"),
    ("1,000元", "1,000元"),
    ("见https://example.gov.cn:80/", "见https://example.gov.cn:80/"),
    ("通知如下:", "通知如下："),
    ("二○一七年", "二〇一七年"),
    ("第○次", "第○次"),
    ('推进"放管服"改革', "推进“放管服”改革"),
    ("推进”放管服”改革", "推进“放管服”改革"),
    ("推进“放管服“改革", "推进“放管服”改革"),
    ("“甲“乙”丙”", "“甲“乙”丙”"),
    ("“甲”和“乙", "“甲”和“乙"),
    ("⼈⺠政府⻓", "人民政府长"),
    ("「一窗」", "“一窗”"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


JOINED = [
    (
        f"{LONG}。2017年，某市通报了2016\n\n年度考评结果，我区得分第一。",
        f"{LONG}。2017年，某市通报了2016年度考评结果，我区得分第一。",
    ),
    (f"{LONG}。再推进审\n— 3 —\n批事项改革，取得成效。", f"{LONG}。再推进审批事项改革，取得成效。"),
    ("关于印发《某县农村公路\n管理办法》的通知", "关于印发《某县农村公路管理办法》的通知"),
    ("根据《某省信访条例》\n，制定本办法。", "根据《某省信访条例》，制定本办法。"),
    ("各省、自治区、直辖市人民政府，\n国务院各部委：", "各省、自治区、直辖市人民政府，国务院各部委："),
    ("关于印发《某办法》\n的通知", "关于印发《某办法》的通知"),
]


@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_lines_cut_in_a_sentence_are_joined(text: str, expected: str) -> None:
    assert cleaned(text) == expected


KEPT = [
    "某市人民政府关于2020年度法治政府\n建设工作的报告",
    "民政部关于贯彻落实某某领导小组\n《关于某事的通知》的通知",
    f"{LONG}\n某县人民政府\n2017年12月20日",
    f"{LONG}。以上报告\n（二）加强监督检查，落实责任。",
    f"{LONG}。以上报告\n2017年12月20日",
    f"三、{LONG[:24]}\n要努力克服困难，狠抓落实，见到成效。",
    "标准如下。\n一、\n二、\n以上标准自印发之日起实施。",
    "根据《\n你公司应严格遵守有关规定，确保质量。",
    "财政部\n2020年2月5日",
    f"{LONG}。（某部牵头负责）\n推动成果转化，落实激励政策。",
]


@pytest.mark.parametrize("text", KEPT)
def test_lines_are_kept_where_a_paragraph_may_end(text: str) -> None:
    assert cleaned(text) == text


SPACES = [
    ("清城区 2017 年工作", "清城区2017年工作"),
    ("民  政  部", "民政部"),
    ("商务部 中国银行", "商务部 中国银行"),
    ("民 政 部  国家卫生健康委", "民政部 国家卫生健康委"),
    ("民  政  部      财  政  部", "民政部 财政部"),
    ("第一章 总 则", "第一章 总则"),
    ("税务 总局 办 公厅 文件", "税务总局办公厅文件"),
    ("关于深化改革 激发活力的意见，并组织实施。", "关于深化改革激发活力的意见，并组织实施。"),
    ("电  话：010-12345678 87654321", "电话：010-12345678 87654321"),
    ("２ ０ １ ７ 年", "2017年"),
    ("5G  core network", "5G core network"),
    (
        "抓好落实。  某市人民政府   2019年6月28日   （此件公开发布）",
        "抓好落实。\n某市人民政府\n2019年6月28日\n（此件公开发布）",
    ),
    ("任务完成。 二、下一步打算", "任务完成。\n二、下一步打算"),
    ("序号\t区司法局\t加强行政执法监督，落实责任。", "序号 区司法局 加强行政执法监督，落实责任。"),
    ("第十条　　市政府由市长组成。", "第十条市政府由市长组成。"),
]


@pytest.mark.parametrize(("text", "expected"), SPACES)
def test_spaces(text: str, expected: str) -> None:
    assert cleaned(text) == expected


FURNITURE = [
    ("正文。\n— 3 —\n正文二。", "正文。\n正文二。"),
    ("正文。\n第 2 页 共 10 页\n正文二。", "正文。\n正文二。"),
    ("正文。\n-12-", "正文。"),
    ("下载\n打印\n【字号：\n加大\n】\n某市工作报告\n正文。", "某市工作报告\n正文。"),
    ("正文。\n【打印】\n【关闭窗口】", "正文。"),
    ("2017 - 2020年。\n—2021年—", "2017 - 2020年。\n—2021年—"),
]


@pytest.mark.parametrize(("text", "expected"), FURNITURE)
def test_furniture(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def wrapped(paragraphs: list[str], width: int) -> str:
    """Cut at a number of columns, of which a 汉字 takes two."""
    lines = []
    for paragraph in paragraphs:
        line = ""
        for char in paragraph:
            if len((line + char).encode("gbk")) > 2 * width:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return "\r\n".join(lines)


@pytest.mark.parametrize("width", [20, 26, 38])
def test_hard_wrapped_text_is_joined(width: int) -> None:
    paragraphs = [f"第{n}条为了落实第{n * 7}项工作，{LONG}，并向第{n}组报告。" for n in range(11, 40)]
    assert cleaned(wrapped(paragraphs, width)) == "\n".join(paragraphs)


def test_an_article_cited_at_the_start_of_a_wrapped_line() -> None:
    lines = [
        "违反本办法规定，未按要求履行职责的，由主管部门依照本办法",
        "第三十一条的规定责令改正，情节严重的，依法给予处分。",
    ] * 8
    assert "本办法第三十一条的规定" in cleaned("\n".join(lines))


def test_lists_of_names_are_not_wrapped_text() -> None:
    units = "".join(
        f"某某省第{n}总队后勤部军械处处长、高级工程师张某某{'甲乙丙丁'[n % 4] * (n % 7)}\n"
        for n in range(10, 60)
    )
    assert cleaned(units).count("\n") == 49


@given(st.text(alphabet='汉字ａ１ a1（()）\n\r\t \u3000，。《》〔〕"“”○二年—-第页，、', max_size=120))
def test_offsets_are_exact(text: str) -> None:
    doc = clean(SourceDoc("x", "0", "text/plain", text))
    folded = fold(text)
    assert len(folded) == len(text)
    last = 0
    for i, char in enumerate(doc.text):
        start, end = doc.map.span(i, i + 1)
        assert last <= start <= end <= len(text)
        last = end
        if char not in " \n":
            assert folded[start:end] == char


@pytest.mark.parametrize(
    "text",
    [
        "汉 " * 200_000,
        "汉\n" * 200_000,
        " " * 400_000 + "x",
        '"' * 200_001,
        "“" * 200_000,
        "《\n" * 200_000,
        "— " * 200_000,
        "\n" * 400_000,
    ],
    ids=["spaces", "lines", "blank", "quotes", "opening", "titles", "dashes", "breaks"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    cleaned(text)
    assert time.process_time() - began < 6
