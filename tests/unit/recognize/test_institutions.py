"""Every rule keeps what its examples promise; every case that others wrote is read right."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.clean import clean
from kg.model.documents import CleanDoc, SourceDoc, Structure
from kg.model.mentions import InstitutionName
from kg.model.spans import apply_edits
from kg.recognize.bodies.lexicon import lines
from kg.recognize.documents import recognize_documents
from kg.recognize.institutions import recognize_institutions
from kg.structure import structure

CASES = Path(__file__).parents[2] / "cases" / "institutions.jsonl"


def found(text: str) -> list[tuple[int, int, str]]:
    doc = clean(SourceDoc("case.txt", "", "text/plain", text))
    titles = recognize_documents(doc, Structure())
    mentions = recognize_institutions(doc, Structure(), titles)
    return [(*doc.map.span(m.start, m.end), m.rule) for m in mentions]


def marked(text: str) -> tuple[str, set[str]]:
    return re.sub("[【】]", "", text), set(re.findall("【(.+?)】", text))


RULES = [row.split("\t") for row in lines("rules.tsv")]


@pytest.mark.parametrize(("rule", "text"), [(r[0], t) for r in RULES for t in r[2].split("｜")])
def test_rule_finds_what_it_promises(rule: str, text: str) -> None:
    plain, names = marked(text)
    got = found(plain)
    assert {plain[a:b] for a, b, _ in got} == names
    assert f"institution.{rule}" in {r for _, _, r in got}


@pytest.mark.parametrize(("rule", "text"), [(r[0], t) for r in RULES for t in r[3].split("｜")])
def test_rule_rejects_what_it_promises(rule: str, text: str) -> None:
    assert not [r for _, _, r in found(text) if r == f"institution.{rule}"]


def cases() -> list[dict[str, object]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines() if line]


@pytest.mark.parametrize("case", cases(), ids=lambda c: str(c["text"])[:24])
def test_case(case: dict[str, object]) -> None:
    text = str(case["text"])
    if case.get("ambiguous"):
        pytest.skip("a careful reader could argue either way")
    expected = set()
    institutions = case["institutions"]
    assert isinstance(institutions, list)
    for item in institutions:
        at = -1
        for _ in range(item["occurrence"] + 1):
            at = text.index(item["span"], at + 1)
        expected.add((at, at + len(item["span"])))
    ignored = case.get("ignore", [])
    assert isinstance(ignored, list)
    free = [(text.index(w), text.index(w) + len(w)) for w in ignored]
    got = {(a, b) for a, b, _ in found(text) if not any(x <= a and b <= y for x, y in free)}
    assert got == expected, case["why"]


def test_defined_name_holds_from_there_on() -> None:
    text = "成立清远市农村人居环境整治工作领导小组（以下简称领导小组）。重大事项提请领导小组研究。"
    doc = clean(SourceDoc("case.txt", "", "text/plain", text))
    values = [m.value for m in recognize_institutions(doc, Structure(), ())]
    assert [v.form for v in values if isinstance(v, InstitutionName)] == ["full", "defined", "defined"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "岚江钢铁（集团）有限公司（以下简称“岚钢”）改造水系统。除岚钢外，其他企业也要改造。",
            ["岚江钢铁（集团）有限公司", "岚钢", "岚钢"],
        ),
        ("建立岚江市应急工作联席会议（以下简称联席会议）制度。联席会议每年召开两次。", []),
        ("分别送清远市粮食应急工作指挥部成员单位。", ["清远市粮食应急工作指挥部"]),
        (
            "请公安部食品药品犯罪侦查局和教育部体育卫生与艺术教育司答复。",
            ["公安部食品药品犯罪侦查局", "教育部体育卫生与艺术教育司"],
        ),
        (
            "第十九条 有限责任公司的股东应当出资。\n第七条 工商所应当依法办事。\n第八条 街道办事处应当协助。",
            [],
        ),
        ("附件：1.岚江电缆有限公司\n2.澜汀阀门有限公司\n", ["岚江电缆有限公司", "澜汀阀门有限公司"]),
        ("##李某诉岚江广电网络股份有限公司纠纷案", ["岚江广电网络股份有限公司"]),
        ("根据工作需要设置公安派出所。", []),
        ("国务院同意对国家教材委员会组成人员名单作调整。", ["国务院", "国家教材委员会"]),
        ("对江西省委和南昌市委领导班子作出调整。", ["江西省委", "南昌市委"]),
        ("江西省委领导班子成员参加。", []),
        ("抄报国家农委、粮食部。", ["国家农委", "粮食部"]),
        ("用好国家技术转移东部中心。", ["国家技术转移东部中心"]),
    ],
)
def test_where_names_begin_and_end(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b, _ in found(text)] == expected


def test_name_taken_apart() -> None:
    doc = clean(SourceDoc("case.txt", "", "text/plain", "清远市清城区人民政府责成区法制局办理。"))
    values = [m.value for m in recognize_institutions(doc, Structure(), ())]
    assert values == [
        InstitutionName("full", "清远市清城区", "人民政府"),
        InstitutionName("relative", "区", "法制局"),
    ]


def test_nothing_inside_of_taken_spans() -> None:
    text = "按照《国务院关于加强教育部管理的决定》办理。"
    doc = clean(SourceDoc("case.txt", "", "text/plain", text))
    assert recognize_institutions(doc, Structure(), recognize_documents(doc, Structure())) == ()


def test_every_rule_stands_in_the_table() -> None:
    rules = {row[0] for row in RULES} | {"defined"}
    assert {
        r.removeprefix("institution.") for case in cases() for _, _, r in found(str(case["text"]))
    } <= rules


PIECES = [
    "市",
    "区",
    "清远市",
    "财政",
    "局",
    "委",
    "办公室",
    "领导小组",
    "（以下简称领导小组）",
    "有限公司",
    "中心",
    "大学",
]
PIECES += [
    "、",
    "，",
    "。",
    "\n",
    "和",
    "国务院",
    "财政部",
    "各",
    "（局）",
    "“",
    "”",
    "政府",
    "12",
    "在",
    "副局长",
    "甲",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_mentions_are_in_order_and_apart(text: str) -> None:
    doc = CleanDoc(SourceDoc("x", "", "text/plain", text), text, apply_edits(text, [])[1])
    mentions = recognize_institutions(doc, Structure(), ())
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(text[m.start : m.end] == m.text and m.text.strip() for m in mentions)
    for m in mentions:
        assert isinstance(m.value, InstitutionName)
        assert m.value.place + m.value.body == m.text


def test_no_mention_inside_the_number_of_the_document() -> None:
    text = "关于做好某工作的通知\n人社部发〔2029〕9号\n各省人力资源社会保障厅：\n由人社部负责。\n"
    doc = clean(SourceDoc("x.txt", "", "text/plain", text))
    layout = structure(doc)
    found = recognize_institutions(doc, layout, recognize_documents(doc, layout))
    assert [m.start for m in found] == [doc.text.index("人社部负责")]
