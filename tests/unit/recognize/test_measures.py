"""Named initiatives: the tables prove themselves, invented sentences, hard cases."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.clean import clean
from kg.grammar.measures import KnownMeasure, core_name, heads, lexicon, normal_name, rows
from kg.model.documents import SourceDoc, Structure
from kg.recognize.measures import recognize_measures

CASES = Path(__file__).parents[2] / "cases" / "measures.jsonl"


def measures(text: str) -> list[str]:
    doc = clean(SourceDoc("x.txt", "", "text/plain", text))
    return [m.text for m in recognize_measures(doc, Structure(), ())]


@pytest.mark.parametrize("row", tuple(rows("stops.tsv")), ids=lambda r: r["id"])
def test_stop_rules_prove_themselves(row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"])
    test = {"before": pattern.fullmatch, "behind": pattern.match}.get(row["place"], pattern.search)
    assert all(test(w) for w in row["matches"].split("|"))
    assert not any(test(w) for w in row["rejects"].split("|"))
    assert row["head"] == "*" or set(row["head"].split("|")) <= set(heads())


@pytest.mark.parametrize("row", tuple(rows("quotes.tsv")), ids=lambda r: r["id"])
def test_quotation_rules_prove_themselves(row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"])
    test = {"content": pattern.fullmatch, "before": pattern.search, "behind": pattern.match}[row["place"]]
    assert all(test(w) for w in row["matches"].split("|"))
    assert not any(test(w) for w in row["rejects"].split("|"))


def test_boundary_words_stand_once() -> None:
    words = [r["word"] for r in rows("bounds.tsv")]
    assert len(words) == len(set(words))


def test_lexicon_is_closed() -> None:
    names = {normal_name(e.name) for e in lexicon()}
    assert len(names) == len(lexicon())
    assert all(e.use in {"bare", "quoted", "never"} for e in lexicon())
    assert all(not e.broader or normal_name(e.broader) in names for e in lexicon())


@pytest.mark.parametrize("entry", [e for e in lexicon() if e.use == "bare"], ids=lambda e: e.name)
def test_known_names_are_found(entry: KnownMeasure) -> None:
    found = [m.strip("“”") for m in measures(f"全区扎实推行{entry.name}，成效明显。")]
    assert entry.name.strip("“”") in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我县全面推行“一窗通办”“全程帮办”和“邻里办”。", ["“一窗通办”", "“全程帮办”", "“邻里办”"]),
        ("深入开展乡村道路“平安守护”专项行动。", ["乡村道路“平安守护”专项行动"]),
        ("建立执法人员持证上岗和资格管理制度。", ["执法人员持证上岗和资格管理制度"]),
        ("落实首违不罚清单制度和柔性执法制度。", ["首违不罚清单制度", "柔性执法制度"]),
        ("牢固树立“一盘棋”意识，切实增强“四个意识”。", []),
        ("该局荣获“全国文明单位”称号。", []),
        ("建立健全有关制度，完善工作机制，推进各项改革。", []),
        ("市发展改革委、区改革办参加会议。", []),
        ("把权力关进制度的笼子。", []),
        ("深化县区综合行政执法体制改革，落实改革开放方针。", ["县区综合行政执法体制改革"]),
        ("实施老城区排水管网改造配套工程。", []),
        ("实施青年人才培育工程。", ["青年人才培育工程"]),
        (
            "乙县创新智慧城市试点，探索“验收放行、容错预审”，推出企业注册小时清单制。",
            ["智慧城市试点", "“验收放行、容错预审”", "企业注册小时清单制"],
        ),
        ("全面推行“双随机一公开”抽查方式，防止出现“半拉子”工程。", ["“双随机一公开”抽查方式"]),
        ("组织第8个质量提升月活动，召开本月活动总结会，编制国民经济和社会发展计划。", ["质量提升月活动"]),
        ("请点击“在线办理”按钮，或到镇网格化管理中心咨询。", []),
        ("对标“不见面”审批模式，开展“清风颂廉”活动。", ["“不见面”审批模式", "“清风颂廉”活动"]),
        ("严格执行行政诉讼法和规章备案审查制度。", ["规章备案审查制度"]),
        ("实施乡镇干部素质提高计划，编制教学计划。", ["乡镇干部素质提高计划"]),
        ("照顾老年人及行动不便的居民，其他人员自理。", []),
        (
            "严格落实分区措施和渔船进出港报告制度，开展排污许可“一证式”管理。",
            ["渔船进出港报告制度", "排污许可“一证式”管理"],
        ),
        ("由厅际会议（以下简称“联席会议”）制度统筹，协调同级“三支一扶”工作。", ["“三支一扶”"]),
        ("推行务工实名制，通报一次实名制进度，启动“创想未来”青年创新创业大赛。", ["务工实名制"]),
        ("办好“甲城好物”系列活动，推行“亮码进企”检查。", ["“甲城好物”系列活动", "“亮码进企”检查"]),
        ("开展县企“三减”机制改革攻坚专项行动。", ["县企“三减”机制改革攻坚专项行动"]),
        ("大力实施全面提振新跨越三年行动，全面推进各项工作。", ["全面提振新跨越三年行动"]),
        ("落实公立学校薪酬改革政策，推动改革与高质量发展。", ["公立学校薪酬改革"]),
        ("发挥经济体制改革牵引作用，深化体制改革。", ["经济体制改革"]),
        ("实行最严格的湿地保护制度，率先打赢县域治沙歼灭战。", ["最严格的湿地保护制度", "县域治沙歼灭战"]),
        (
            "岚江市部署党史学习教育，又开展群众身边不正之风和腐败问题集中整治。",
            ["党史学习教育", "群众身边不正之风和腐败问题集中整治"],
        ),
        (
            "启动首届“秋日消费季”，完成土地集约利用综合改革试点任务。",
            ["“秋日消费季”", "土地集约利用综合改革试点"],
        ),
        ("完成“绿廊”工程二期任务，入选国家级“双高计划”。", ["“绿廊”工程二期", "“双高计划”"]),
        ("实施“节水十大行动”。“园林工程”专业群获批。“一码通行”全面推行。", ["“节水十大行动”", "“一码通行”"]),
        ("完成58条改革任务，成功创建教育改革先行区，推进系统性改革。", []),
        (
            "实施可再生热源替代行动、机器人产业基地建设工程、农村土地入市试点。",
            ["可再生热源替代行动", "机器人产业基地建设工程", "农村土地入市试点"],
        ),
        ("推进“甲城食安”智慧监管平台应用，开通融资平台“甲易贷”，开展“沃土”科技会战。", ["“沃土”科技会战"]),
        ("采取两种模式：一是流程较少的事项“即时办”。二是业务量大的事项“加时办”。", ["“即时办”", "“加时办”"]),
        ("建立购买服务的经费投入制度和报告备案制度，开通“绿色通道”。", []),
        (
            "开展打击诈骗等违法犯罪专项行动，推进乡、村两级医疗改革。",
            ["打击诈骗等违法犯罪专项行动", "乡、村两级医疗改革"],
        ),
        ("开展食堂检查等专项行动。", []),
        ("以“一窗办理”提升服务水平，以“一窗办理”为抓手。", ["“一窗办理”"]),
        (
            "启动新一轮“绿道”建设计划，打好“沙漠”攻坚战，开展道路限速管理全国试点。",
            ["“绿道”建设计划", "“沙漠”攻坚战", "道路限速管理全国试点"],
        ),
        (
            "探索“办事不求人”政务服务新模式，落实生产者责任延伸制度。",
            ["“办事不求人”政务服务新模式", "生产者责任延伸制度"],
        ),
        (
            "深化政府“三资”管理改革，实施年金扩围行动、湿地系统修复工程。",
            ["政府“三资”管理改革", "年金扩围行动", "湿地系统修复工程"],
        ),
        (
            "开展空气持续改善行动，实施新市场开拓计划、乡风建设工程。",
            ["空气持续改善行动", "新市场开拓计划", "乡风建设工程"],
        ),
        ("", []),
        ("全面推广小区网格管理“多格合一”，完善减负。", ["小区网格管理“多格合一”"]),
        ("信访工作扎实推进，“四所联动”、民生热线等机制更加健全。", ["“四所联动”"]),
        ("办好“一湖三寺”等扩内需活动。", ["“一湖三寺”"]),
        ("打击“坑蒙拐骗偷”等违法犯罪活动。", []),
        ("推动统计报表“只填一次”，减轻负担。", ["统计报表“只填一次”"]),
        ("实施街区“百店千品”改造提升。", ["街区“百店千品”改造提升"]),
        ("“五色图”分类施策深入推进。", ["“五色图”分类施策"]),
        ("落实“放水养鱼”政策，涵养税源。", ["“放水养鱼”政策"]),
        ("落地全县首单跨境贸易“甲票+乙票”作业模式。", ["跨境贸易“甲票+乙票”作业模式"]),
        ("重构“投资拉动、出口带动”的发展模式。", []),
        (
            "深化入户走访、在线回访、上门家访“三访”制度。",
            ["入户走访、在线回访、上门家访“三访”制度"],
        ),
        ("改善就业、就医“三访”制度。", ["就医“三访”制度"]),
        (
            "推进林权改革、事业单位创新薪酬改革和园区改革。",
            ["林权改革", "事业单位创新薪酬改革", "园区改革"],
        ),
        ("推行“照后减证”、工程许可告知承诺制等改革。", ["“照后减证”", "工程许可告知承诺制"]),
        ("推进林权改革、乡镇零基预算改革。", ["林权改革", "乡镇零基预算改革"]),
        ("健全合法性审核机制，严格审核。", ["合法性审核机制"]),
        ("建立与外贸综合改革试点相适应的机制。", ["外贸综合改革试点"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert measures(text) == expected


@pytest.mark.parametrize(
    ("variants", "core"),
    [
        (("“双随机、一公开”监管", "双随机一公开", "“双随机一公开”监管模式"), "双随机一公开"),
        (("“放管服”改革", "放管服改革", "“放管服”"), "放管服改革"),
        (("“邻里办”改革", "“邻里办”", "“邻里办”服务模式"), "邻里办"),
        (("首问负责制", "首问责任制度"), "首问责任制"),
        (("农村宅基地制度改革试点", "农村宅基地制度改革"), "农村宅基地制度改革"),
    ],
)
def test_variants_have_one_core(variants: tuple[str, ...], core: str) -> None:
    assert {core_name(v) for v in variants} == {core}


@given(st.text(alphabet="“”推行改革制度、和的工程一二（）()\n。乡村", max_size=60))
def test_mentions_lie_in_order_and_do_not_overlap(text: str) -> None:
    doc = clean(SourceDoc("x.txt", "", "text/plain", text))
    at = 0
    for m in recognize_measures(doc, Structure(), ()):
        assert at <= m.start < m.end <= len(doc.text)
        assert doc.text[m.start : m.end] == m.text
        at = m.end


def test_hard_cases() -> None:
    right = wrong = missed = 0
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case.get("ambiguous"):
            continue
        found = {m.strip("“”") for m in measures(case["text"])}
        spans = {m["span"].strip("“”") for m in case["measures"]}
        expected = {clean(SourceDoc("x", "", "text/plain", s)).text for s in spans}
        ignored = [s.strip("“”") for s in case.get("ignore", ())]
        right += len(found & expected)
        wrong += sum(not any(f in i or i in f for i in ignored) for f in found - expected)
        missed += len(expected - found)
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.95
