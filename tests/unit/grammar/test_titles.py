"""Titles: canonical form, key, version, issuer, carried text; and text in 《》."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.grammar.articles import article_behind
from kg.grammar.quoted import find_quoted
from kg.grammar.tables import read_table
from kg.grammar.titles import (
    canonical_title,
    carried_title,
    full_law_title,
    issuer_in_title,
    nickname_title,
    split_version,
    title_key,
)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("法治甲市建设\n— 3 —\n实施纲要（2021—2025年）", "法治甲市建设实施纲要（2021-2025年）"),
        ("关于贯彻《甲条例》的通知", "关于贯彻〈甲条例〉的通知"),
        ("甲市\u3000乙办法(试行)", "甲市乙办法（试行）"),
        ("甲方案（２０２１－２０２５年）", "甲方案（2021-2025年）"),
    ],
)
def test_canonical(printed: str, canonical: str) -> None:
    assert canonical_title(printed) == canonical
    assert canonical_title(canonical) == canonical


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("中华人民共和国档案法", "档案法", True),
        ("全面推行“一网通办”实施方案", "全面推行一网通办实施方案", True),
        ("甲纲要（2015—2020年）", "甲纲要(2015-2020年)", True),
        ("甲纲要（2015-2020年）", "甲纲要（2021-2025年）", False),
        ("甲省乙条例", "乙条例", False),
    ],
)
def test_key(one: str, other: str, same: bool) -> None:
    assert (title_key(one) == title_key(other)) is same


@pytest.mark.parametrize(
    ("title", "base", "version"),
    [
        ("甲办法（试行）", "甲办法", "试行"),
        ("甲条例（2017年修订）", "甲条例", "2017年修订"),
        ("甲规划（2016-2020年）", "甲规划（2016-2020年）", None),
        ("甲办法（征求意见稿）", "甲办法", "征求意见稿"),
        ("甲目录（2022年版）", "甲目录", "2022年版"),
        ("甲（服务）清单", "甲（服务）清单", None),
    ],
)
def test_version(title: str, base: str, version: str | None) -> None:
    assert split_version(title) == (base, version)


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("国务院办公厅关于印发甲方案的通知", "国务院办公厅"),
        ("中共中央办公厅国务院办公厅印发〈关于甲的意见〉的通知", "中共中央办公厅国务院办公厅"),
        ("关于印发甲方案的通知", None),
        ("甲市人民政府关于乙的决定", "甲市人民政府"),
        ("甲市乙管理条例", None),
    ],
)
def test_issuer(title: str, issuer: str | None) -> None:
    assert issuer_in_title(title) == issuer


@pytest.mark.parametrize(
    ("title", "carried"),
    [
        ("国务院办公厅关于印发〈甲方案〉的通知", "甲方案"),
        ("甲市人民政府办公室关于印发乙工作方案的通知", "乙工作方案"),
        ("甲市人民政府关于乙的通知", None),
    ],
)
def test_carried(title: str, carried: str | None) -> None:
    assert carried_title(title) == carried


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("保密法", "中华人民共和国保守国家秘密法"),
        ("行政复议法", "中华人民共和国行政复议法"),
        ("民法典", "中华人民共和国民法典"),
        ("行政处罚法（2021年修订）", "中华人民共和国行政处罚法（2021年修订）"),
        ("甲市养犬管理条例", None),
    ],
)
def test_law(printed: str, full: str | None) -> None:
    assert full_law_title(printed) == full


def test_short_names_of_laws_are_unambiguous() -> None:
    seen: dict[str, str] = {}
    for row in read_table("documents/laws.tsv"):
        for name in (row[0], *(row[1].split("、") if len(row) > 1 and row[1] else ())):
            assert seen.setdefault(title_key(name), row[0]) == row[0], name


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("第三条第二款第（一）项规定", "第三条第二款第（一）项"),
        ("（国务院令第1号）第八条", "第八条"),
        ("第三条、第五条", "第三条、第五条"),
        ("的第十二条", "第十二条"),
        ("第三次会议", None),
        ("规定第三条", None),
    ],
)
def test_article(text: str, article: str | None) -> None:
    assert article_behind(text, 0) == article


@pytest.mark.parametrize("row", read_table("documents/non-documents.tsv"), ids=lambda r: str(r[0]))
def test_rules_of_what_is_no_document(row: tuple[str, ...]) -> None:
    rule, where, pattern, matches, *rejects = row
    if where == "title":
        assert re.search(pattern, matches)
        assert not (rejects and rejects[0] and re.search(pattern, rejects[0]))
        return
    found = list(find_quoted(f"县里{matches if '《' in matches else f'《{matches}》'}"))
    assert [(q.kind, q.rule) for q in found] == [("other", rule)]


@pytest.mark.parametrize("row", read_table("documents/number-negatives.tsv"), ids=lambda r: str(r[0]))
def test_rules_of_what_is_no_number(row: tuple[str, ...]) -> None:
    from kg.grammar.numbers import find_numbers

    assert list(find_numbers(row[3])) == []


@given(st.text(alphabet="《》〈〉甲乙条例办法通知关于的、，。\n（）", max_size=60))
@example("《《《《》》")
@example("《甲《乙《丙》》。《丁")
def test_quoted_spans_are_in_order_and_apart(text: str) -> None:
    at = 0
    for q in find_quoted(text):
        assert at <= q.start < q.end <= len(text)
        at = q.end


def test_hostile_text_takes_linear_time() -> None:
    for piece in ("《", "》", "《甲》", "《甲条例、", "《》", "〈甲乙丙条例〉", "（以下简称《"):
        began = time.process_time()
        list(find_quoted(piece * 20_000))
        assert time.process_time() - began < 5, piece


@pytest.mark.parametrize(
    ("name", "year", "title"),
    [
        ("水十条", 2017, "水污染防治行动计划"),
        ("新国九条", 2015, "国务院关于进一步促进资本市场健康发展的若干意见"),
        ("新国九条", 2025, "国务院关于加强监管防范风险推动资本市场高质量发展的若干意见"),
        ("新国九条", None, "国务院关于进一步促进资本市场健康发展的若干意见"),
        ("甲十条", 2020, None),
    ],
)
def test_nicknames_by_year(name: str, year: int | None, title: str | None) -> None:
    assert nickname_title(name, year) == title
