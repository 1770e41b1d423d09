from __future__ import annotations

import pytest

from kg.grammar import bodies


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("环保部", "中华人民共和国环境保护部"),
        ("党中央", "中国共产党中央委员会"),
        ("全国人大常委会法工委", "全国人民代表大会常务委员会法制工作委员会"),
        ("国务院扶贫办", "国务院扶贫开发领导小组办公室"),
    ],
)
def test_national(form: str, name: str) -> None:
    found = bodies.national(form)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("form", "year", "name"),
    [
        ("卫生健康委", 2020, "国家卫生健康委员会"),
        ("卫生计生委", 2015, "国家卫生和计划生育委员会"),
        ("发展改革委", 2018, "国家发展和改革委员会"),
    ],
)
def test_bare_names_in_documents_of_central_organs(form: str, year: int, name: str) -> None:
    found = bodies.national_bare(form, year)
    assert found is not None
    assert found.name == name
    assert bodies.national(form) is None


@pytest.mark.parametrize(
    ("form", "year", "template"),
    [
        ("深改办", 2016, "中共{P}委员会全面深化改革领导小组办公室"),
        ("深改办", 2020, "中共{P}委员会全面深化改革委员会办公室"),
        ("税务局", 2019, "国家税务总局{P}税务局"),
        ("法制办", 2017, "{G}法制办公室"),
    ],
)
def test_body_forms_follow_the_year(form: str, year: int, template: str) -> None:
    found = bodies.body_form(form, year)
    assert found is not None
    assert found.name == template


@pytest.mark.parametrize(
    ("body", "stem", "full"),
    [
        ("人社局", "人社", "人力资源和社会保障"),
        ("食药监局", "食药监", "食品药品监督管理"),
        ("卫健委", "卫健", "卫生健康"),
    ],
)
def test_stems(body: str, stem: str, full: str) -> None:
    parts = bodies.split_suffix(body)
    assert parts is not None
    assert parts[0] == stem
    found = bodies.stem_form(stem)
    assert found is not None
    assert found.full == full


def test_superiors_and_successors_are_in_the_table() -> None:
    names = {b.name for b in bodies.national_bodies()}
    assert len(names) == len(bodies.national_bodies())
    for b in bodies.national_bodies():
        for part in (b.parent or "").split(";"):
            assert not part or part.partition("<")[0] in names, b
        assert b.next is None or b.next in names, b
        assert b.since <= b.until


@pytest.mark.parametrize(
    ("form", "year", "above"),
    [
        ("国家核安全局", 2020, "中华人民共和国生态环境部"),
        ("国家核安全局", 2012, "中华人民共和国环境保护部"),
        ("国家核安全局", 2005, "国家环境保护总局"),
        ("中国地震局", 2012, "国务院"),
        ("中国地震局", 2020, "中华人民共和国应急管理部"),
        ("国家中医药管理局", 2010, "中华人民共和国卫生部"),
        ("国务院", 2020, None),
    ],
)
def test_superiors_of_national_bodies_follow_the_year(form: str, year: int, above: str | None) -> None:
    body = bodies.national(form)
    assert body is not None
    found = bodies.superior_of(body, year)
    assert (found.name if found else None) == above
