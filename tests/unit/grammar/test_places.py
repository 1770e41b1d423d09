from __future__ import annotations

import pytest

from kg.grammar import places as P  # noqa: N812
from tests.shared import SHARED, needs_shared


def near(*names: str) -> P.Place | None:
    found: P.Place | None = None
    for name in names:
        found = P.nearest(P.by_name(name), found)
    return found


@pytest.mark.parametrize(
    ("text", "year", "key", "official", "rest"),
    [
        ("清远市清城区人民政府", 2017, "division/441802-1988", "清远市清城区", "人民政府"),
        ("广东省清远市清城区法制局", 2017, "division/441802-1988", "清远市清城区", "法制局"),
        ("广东清远清城区", 2017, "division/441802-1988", "清远市清城区", ""),
        ("北京海淀区", 2020, "division/110108-1981", "北京市海淀区", ""),
        ("大理州财政局", 2019, "division/532900-1981", "大理白族自治州", "财政局"),
        ("漾濞县人民政府", 2019, "division/532922-1985", "漾濞彝族自治县", "人民政府"),
        ("莱芜市人民政府", 2017, "division/371200-1992", "莱芜市", "人民政府"),
        ("莱芜区人民政府", 2020, "division/370116-2018", "济南市莱芜区", "人民政府"),
        ("密云县水务局", 2014, "division/110228-1981", "北京市密云县", "水务局"),
        ("浙江省义乌市", 2013, "division/339007-1988", "义乌市", ""),
        (
            "锡林郭勒盟西乌珠穆沁旗农牧业局",
            2018,
            "division/152526-1981",
            "西乌珠穆沁旗",
            "农牧业局",
        ),
        ("定安县公安局", 2018, "division/442125-1981", "定安县", "公安局"),
    ],
)
def test_head(text: str, year: int, key: str, official: str, rest: str) -> None:
    found = P.head(text, None, year)
    assert found is not None
    assert found.place.key == key
    assert P.official_name(found.place, year) == official
    assert text[found.end :] == rest


@pytest.mark.parametrize("text", ["市中区人民政府", "司法部", "和平解放", "领导小组"])
def test_no_head(text: str) -> None:
    assert P.head(text, None, 2015) is None


@pytest.mark.parametrize(
    ("own", "full"),
    [
        (("南京市",), "江苏省南京市鼓楼区"),
        (("徐州市",), "江苏省徐州市鼓楼区"),
        (("福建省",), "福建省福州市鼓楼区"),
        (("开封市", "鼓楼区"), "河南省开封市鼓楼区"),
    ],
)
def test_homonyms_follow_the_place_of_the_document(own: tuple[str, ...], full: str) -> None:
    found = P.nearest(P.by_name("鼓楼区", 2020), near(*own), 2020)
    assert found is not None
    assert P.full_chain(found, 2020) == full


def test_homonyms_without_a_place_stay_open() -> None:
    assert P.nearest(P.by_name("鼓楼区", 2020), None, 2020) is None


def test_codes_are_reused() -> None:
    before, after = P.by_code("132201", 1982), P.by_code("132201", 1990)
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("邢台市", "南宫市")


def test_superiors_follow_the_year() -> None:
    inner = P.by_code("420602", 2015)
    assert inner is not None
    assert [p.name for p in P.lineage(inner, 2008)] == ["襄城区", "襄樊市", "湖北省"]
    assert [p.name for p in P.lineage(inner, 2015)] == ["襄城区", "襄阳市", "湖北省"]


def test_town_of_the_county() -> None:
    found = P.town("东城街道", P.by_code("441802"))
    assert found is not None
    assert P.official_name(found) == "清远市清城区东城街道"
    assert P.place(found.key) == found


def test_every_superior_exists_and_lines_end() -> None:
    for name in P.place_names(stems=False):
        for p in P.by_name(name):
            for s in p.spells:
                assert s.parent is None or P.place(s.parent) is not None
            assert len(P.lineage(p)) <= 3


@needs_shared
def test_tables_are_built_from_the_gazetteers() -> None:
    from scripts.build_gazetteers import OUT, tables

    for name, content in tables(SHARED / "gazetteers").items():
        assert (OUT / name).read_text(encoding="utf-8") == content
