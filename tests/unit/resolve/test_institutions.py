"""Names to bodies: the cases written without sight of the rules, and what they leave out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar import places
from kg.model.context import Context
from kg.model.documents import CleanDoc, SourceDoc, Structure
from kg.model.entities import InstitutionEntity, Resolution
from kg.model.mentions import Label, Mention
from kg.model.spans import OffsetMap
from kg.resolve.institutions import resolve_institutions
from kg.resolve.names import Namer

CASES = Path(__file__).parents[2] / "cases" / "institutions.jsonl"
LEFT_OPEN = {
    ("市营商办", "name"),  # two bodies of other words are accepted; nothing in the text tells them
    ("国网武汉供电公司", "parent"),  # companies' owners are in no table
    ("哈尔滨铁路局齐齐哈尔车务段", "parent"),
}


def cases() -> list[dict[str, Any]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [c for c in map(json.loads, lines) if not c.get("ambiguous") and c["institutions"]]


def as_compared(name: str) -> str:
    name = re.sub(r"[“”\s]", "", name)
    return re.sub(r"^(中国共产党|中共)(.+?)(委员会|委)$", r"中共\2委", name)


def context(issuer: str, date: str) -> Context:
    read = Namer(None, places.year_of(date), False).read(issuer)
    seat = read.seat
    if seat is None:
        return Context(level="national", date=date)
    return Context((issuer,), (), seat.key, tuple(s.name for s in seat.line()), seat.level, date)


def resolved(text: str, spans: list[tuple[str, int]], issuer: str, date: str) -> Resolution:
    mentions = []
    for span, occurrence in spans:
        at = -1
        for _ in range(occurrence + 1):
            at = text.index(span, at + 1)
        mentions.append(Mention(Label.INSTITUTION, at, at + len(span), span, "given"))
    doc = CleanDoc(SourceDoc("case", "", "text/plain", text), text, OffsetMap.identity())
    ordered = tuple(sorted(mentions, key=lambda m: m.start))
    return resolve_institutions(doc, Structure(), context(issuer, date), ordered)


def bodies(resolution: Resolution) -> dict[str, InstitutionEntity]:
    return {e.key: e for e in resolution.entities if isinstance(e, InstitutionEntity)}


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["text"][:24])
def test_case(case: dict[str, Any]) -> None:
    asked = [(i["span"], i["occurrence"]) for i in case["institutions"]]
    result = resolved(case["text"], asked, case["issuer"], case["date"])
    found = bodies(result)
    wanted = {(i["span"], case["text"].index(i["span"])): i for i in case["institutions"]}
    for link in result.linked:
        one = wanted.get((link.mention.text, link.mention.start))
        if one is None or not one["name"]:
            continue
        body = found.get(link.entity or "")
        if (link.mention.text, "name") not in LEFT_OPEN:
            assert body is not None
            assert as_compared(body.name) in {as_compared(n) for n in one["name"]}
        if one["parent"] and body is not None and (link.mention.text, "parent") not in LEFT_OPEN:
            above = found.get(body.parent or "")
            if (link.mention.text, "name") not in LEFT_OPEN:
                assert above is not None
                assert as_compared(above.name) in {as_compared(n) for n in one["parent"]}


@pytest.mark.parametrize(
    ("issuer", "date", "text", "name", "parent"),
    [
        ("清远市清城区人民政府", "2017-05-01", "区国土分局", "清远市国土资源局清城分局", "清远市国土资源局"),
        (
            "清远市清城区人民政府",
            "2021-05-01",
            "市委依法治市办",
            "中共清远市委员会全面依法治市委员会办公室",
            "中共清远市委员会全面依法治市委员会",
        ),
        ("济南市莱芜区人民政府", "2020-05-01", "区政府", "济南市莱芜区人民政府", "济南市人民政府"),
        ("莱芜市人民政府", "2017-05-01", "市政府", "莱芜市人民政府", "山东省人民政府"),
        ("重庆市渝北区人民政府", "2020-05-01", "市高级人民法院", "重庆市高级人民法院", "最高人民法院"),
        ("国务院办公厅", "2020-05-01", "卫生健康委", "国家卫生健康委员会", "国务院"),
        ("广东省人民政府", "2020-05-01", "卫生健康委", "广东省卫生健康委员会", "广东省人民政府"),
        (
            "清远市人民政府",
            "2021-05-01",
            "国家税务总局清远市清城区税务局",
            "国家税务总局清远市清城区税务局",
            "国家税务总局清远市税务局",
        ),
        (
            "广州市南沙区人民政府",
            "2017-05-01",
            "南沙开发区发改局",
            "南沙开发区发展和改革局",
            "南沙开发区管理委员会",
        ),
        ("仙居县人民政府", "2019-05-01", "和县委", "中共仙居县委员会", "中共台州市委员会"),
        ("和县人民政府", "2019-05-01", "和县委", "中共和县委员会", "中共马鞍山市委员会"),
        ("重庆市人民政府", "2021-05-01", "市交通局", "重庆市交通局", "重庆市人民政府"),
        ("重庆市人民政府", "2016-05-01", "市交通局", "重庆市交通运输局", "重庆市人民政府"),
        (
            "湖北省人民政府",
            "2021-05-01",
            "省住建厅科学技术委员会",
            "湖北省住房和城乡建设厅科学技术委员会",
            "湖北省住房和城乡建设厅",
        ),
        (
            "生态环境部",
            "2020-05-01",
            "核与辐射安全中心",
            "生态环境部核与辐射安全中心",
            "中华人民共和国生态环境部",
        ),
        ("财政部", "2020-05-01", "人行重庆营管部", "中国人民银行重庆营业管理部", "中国人民银行"),
        (
            "生态环境部",
            "2019-05-01",
            "中国岚江重工集团公司第三〇五研究所",
            "中国岚江重工集团公司第三〇五研究所",
            "中国岚江重工集团公司",
        ),
        (
            "义乌市人民政府",
            "2019-05-01",
            "岚江水泥有限公司设计院",
            "岚江水泥有限公司设计院",
            "岚江水泥有限公司",
        ),
        ("天津市人民政府", "2019-05-01", "天津警备区保障局", "天津警备区保障局", "中国人民解放军天津警备区"),
        (
            "上海市人民政府",
            "2024-05-01",
            "联合国教科文组织国际读写研究所",
            "联合国教科文组织国际读写研究所",
            "联合国教科文组织",
        ),
        ("国务院", "1980-05-01", "粮食部", "中华人民共和国粮食部", "国务院"),
        ("义乌市人民政府", "2019-05-01", "中共义乌市委组织部", "中共义乌市委员会组织部", "中共义乌市委员会"),
    ],
)
def test_name_and_superior(issuer: str, date: str, text: str, name: str, parent: str) -> None:
    result = resolved(text, [(text, 0)], issuer, date)
    found = bodies(result)
    body = found[result.linked[0].entity or ""]
    assert body.name == name
    assert found[body.parent or ""].name == parent


def test_a_defined_name_holds_from_there_on() -> None:
    text = "成立清城区防疫工作领导小组（以下简称“区防疫组”），区防疫组下设办公室。"
    result = resolved(
        text, [("清城区防疫工作领导小组", 0), ("区防疫组", 1)], "清远市清城区人民政府", "2020-02-01"
    )
    assert len({link.entity for link in result.linked}) == 1
    assert result.linked[1].method == "defined"


def test_a_relative_name_without_a_place_is_reported() -> None:
    doc = CleanDoc(SourceDoc("x", "", "text/plain", "区政府"), "区政府", OffsetMap.identity())
    mention = Mention(Label.INSTITUTION, 0, 3, "区政府", "given")
    result = resolve_institutions(doc, Structure(), Context(date="2020-01-01"), (mention,))
    assert result.linked[0].entity is None
    assert [i.code for i in result.issues] == ["unresolved-institution"]


def test_a_province_is_told_by_the_numbers_cited() -> None:
    for text, name in (
        ("按省政府通知（浙政发〔2013〕901号）办理。", "浙江省人民政府"),
        ("按省政府通知（浙政发〔2013〕901号、鄂政发〔2013〕902号）办理。", None),
    ):
        doc = CleanDoc(SourceDoc("x", "", "text/plain", text), text, OffsetMap.identity())
        mention = Mention(Label.INSTITUTION, 1, 4, "省政府", "given")
        result = resolve_institutions(doc, Structure(), Context(date="2014-01-01"), (mention,))
        found = result.linked[0].entity
        assert (bodies(result)[found].name if found else None) == name


def test_superiors_are_among_the_entities() -> None:
    result = resolved("区司法局", [("区司法局", 0)], "清远市清城区人民政府", "2020-02-01")
    names = {e.name for e in bodies(result).values()}
    assert names == {
        "清远市清城区司法局",
        "清远市清城区人民政府",
        "清远市人民政府",
        "广东省人民政府",
        "国务院",
    }


WORDS = st.sampled_from(
    [
        "市",
        "区",
        "县",
        "省",
        "镇",
        "委",
        "政府",
        "局",
        "办公室",
        "领导小组",
        "中共",
        "国务院",
        "财政",
        "清城",
        "广东",
        "、",
        "和",
        "股",
        "税务",
        "开发区",
        "管委会",
        "（",
        "团",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=12).map("".join), st.sampled_from(["2016-01-01", "2020-01-01"]))
def test_any_name_is_linked_or_left_open(text: str, date: str) -> None:
    result = resolved(text, [(text, 0)], "清远市清城区人民政府", date)
    found = bodies(result)
    for link in result.linked:
        assert link.entity is None or link.entity in found
    for e in found.values():
        assert e.parent is None or e.parent in found
        assert e.parent != e.key
    assert resolved(text, [(text, 0)], "清远市清城区人民政府", date) == result


def test_a_very_long_name_is_left_open() -> None:
    text = "市" + "财政" * 400 + "局"
    result = resolved(text, [(text, 0)], "清远市清城区人民政府", "2020-01-01")
    assert result.linked[0].entity is None


def test_a_group_founded_in_the_text_is_what_its_short_name_means() -> None:
    text = "建立全市夜间经济工作联席会议制度，联席会议办公室设在市商务局。"
    result = resolved(text, [("联席会议办公室", 0)], "清远市人民政府", "2021-01-01")
    found = bodies(result)
    body = found[result.linked[0].entity or ""]
    assert body.name == "清远市夜间经济工作联席会议办公室"
    assert found[body.parent or ""].name == "清远市夜间经济工作联席会议"


def test_one_of_many_is_left_open() -> None:
    text = "请各区人社局、税务局照此办理。"
    result = resolved(text, [("人社局", 0), ("税务局", 0)], "天津市人民政府", "2021-01-01")
    assert [link.entity for link in result.linked] == [None, None]
