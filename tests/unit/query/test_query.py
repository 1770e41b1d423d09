from __future__ import annotations

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.graph import terms as t
from kg.graph.iris import ID
from kg.query import (
    AmbiguousError,
    NotFoundError,
    QueryError,
    find_documents,
    named_queries,
    named_query,
    one_entity,
    query,
    serialize,
    table,
    trace,
)
from kg.query.renderers import excerpt, graphml, mermaid, to_digraph, tree_json, tree_text
from kg.query.trace import Quote
from tests.unit.graph.built import sample_store
from tests.unit.graph.sample import (
    NOTICE,
    NOTICE_TEXT,
    OLD,
    OUTLINE,
    OUTLINE_TITLE,
    PLAN,
    PLAN_TEXT,
    PROVINCE,
    SOURCES,
    WINDOW,
)

_, _PLAN_SOURCE, _NOTICE_SOURCE = (x.source for x, _ in SOURCES)


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("国发〔2021〕3号", [OUTLINE.key]),
        ("国发[2021]3号", [OUTLINE.key]),
        ("国发（2021）3号", [OUTLINE.key]),
        ("《甲事项实施纲要（2021—2025年）》", [OUTLINE.key]),
        ("甲事项实施纲要(2021-2025年)", [OUTLINE.key]),
        ("甲事项暂行", [OLD.key]),
        ("甲事项", [OUTLINE.key, PLAN.key, OLD.key, NOTICE.key]),
        ("https://w3id.org/wenmai/id/document/number/国发〔2001〕9号", [OLD.key]),
        (f"https://w3id.org/wenmai/id/{OUTLINE_TITLE.key}", [OUTLINE.key]),
        ("https://w3id.org/wenmai/id/document/title/无", []),
        ("https://example.org/", []),
        ("乙事项", []),
        ("国发〔1999〕99号", []),
    ],
)
def test_documents_are_found_as_people_write_them(asked: str, keys: list[str]) -> None:
    assert {f.iri.removeprefix(ID) for f in find_documents(sample_store(), asked)} == set(keys)


def test_several_that_fit_are_named() -> None:
    with pytest.raises(AmbiguousError, match="某政发〔2021〕7号"):
        trace(sample_store(), "甲事项")
    with pytest.raises(NotFoundError):
        trace(sample_store(), "乙事项")


def test_trace_down_and_up() -> None:
    down = trace(sample_store(), "国发〔2021〕3号", "down", depth=5)
    assert [c.document.number for c in down.children] == [PLAN.number]
    assert [c.document.number for c in down.children[0].children] == [NOTICE.number]
    assert down.children[0].functions == ("basedOn", "implements")
    up = trace(sample_store(), NOTICE.number or "", "up", depth=9)
    assert [n.document.number for n in (up.children[0], up.children[0].children[0])] == [
        PLAN.number,
        OUTLINE.number,
    ]
    assert up.children[0].children[0].children[0].document.ghost


def test_trace_by_type_depth_and_date() -> None:
    store = sample_store()
    assert not trace(store, "国发〔2021〕3号", "down", types=["repeals"]).children
    assert not trace(store, "国发〔2021〕3号", "down", depth=1).children[0].children
    assert not trace(store, "国发〔2021〕3号", "down", as_of="2021-05").children
    assert trace(store, "国发〔2021〕3号", "down", as_of="2021-06").children
    with pytest.raises(QueryError, match="basedOn"):
        trace(store, "国发〔2021〕3号", types=["quotes"])


def test_renderers_say_the_same() -> None:
    tree = trace(sample_store(), "国发〔2021〕3号", "down", depth=2)
    text = tree_text(tree)
    assert "└─ [依据、贯彻落实] 《某省甲事项实施方案》（某政发〔2021〕7号，2021-06-02）" in text
    assert "“为贯彻落实《甲事项实施纲要（2021-2025年）》，推行一窗受理。”" in text
    assert json.loads(json.dumps(tree_json(tree)))["children"][0]["number"] == PLAN.number
    assert 'd1 -- "依据、贯彻落实" --> d0' in mermaid(tree)
    assert set(to_digraph(tree).edges) == {
        (ID + PLAN.key, ID + OUTLINE.key),
        (ID + NOTICE.key, ID + PLAN.key),
    }
    assert graphml(tree).startswith("<graphml")


def test_excerpt_keeps_the_citation_in_sight() -> None:
    quote = Quote("mentions", "x", 310, 315, "甲" * 300 + "《乙丙丁》" + "戊" * 300, 10)
    assert "《乙丙丁》" in excerpt(quote)
    assert len(excerpt(quote)) <= 102
    assert excerpt(replace(quote, sentence="甲\r\n乙", start=10)) == "甲 乙"


@pytest.mark.parametrize("name", named_queries())
def test_named_queries_answer_and_do_not_project_parameters(name: str) -> None:
    given = {
        "document": PLAN.number or "",
        "institution": PROVINCE.name,
        "measure": WINDOW.name,
        "text": "甲",
        "function": "basedOn",
        "level": "national",
        "integer": "1",
    }
    q = named_queries()[name]
    answer = table(named_query(sample_store(), name, {p.name: given[p.kind] for p in q.parameters}))
    assert not {p.name for p in q.parameters} & set(answer.columns)


@pytest.mark.parametrize(
    ("name", "parameters", "rows"),
    [
        ("cites", {"document": NOTICE.number}, [["basedOn", PLAN.number, PLAN.title, "2021-06-02"]]),
        ("cited-by", {"document": PLAN.number}, [["basedOn", NOTICE.number, NOTICE.title, "2021-09"]]),
        (
            "cites-all",
            {"document": NOTICE.number},
            [
                [OLD.number, OLD.title, "2001-05-01"],
                [OUTLINE.number, OUTLINE.title, "2021-03-01"],
                [PLAN.number, PLAN.title, "2021-06-02"],
            ],
        ),
        ("most-cited", {"least": "1"}, [["1", OLD.number], ["1", OUTLINE.number], ["1", PLAN.number]]),
        ("ghosts", {}, [["1", OLD.number, OLD.title]]),
        ("issued-by", {"institution": "某市人民政府"}, [[NOTICE.number, NOTICE.title, "2021-09"]]),
        ("subordinates", {"institution": "某省人民政府"}, [["某市人民政府", "人民政府"]]),
        (
            "who-does",
            {"measure": "“一窗受理”"},
            [
                ["leads", PROVINCE.name, "planned", "2021-06-02", PLAN.title, _PLAN_SOURCE, PLAN_TEXT],
                ["providesFor", PROVINCE.name, "done", "2021-06-02", PLAN.title, _PLAN_SOURCE, PLAN_TEXT],
            ],
        ),
        ("measures-in", {"document": PLAN.number}, [["一窗受理", "service-mode", "true"]]),
        (
            "first-adopters",
            {"measure": "一窗受理"},
            [
                ["2021-06-02", PLAN.number, PLAN.title, PROVINCE.name, _PLAN_SOURCE, PLAN_TEXT],
                ["2021-09", NOTICE.number, NOTICE.title, "某市人民政府", _NOTICE_SOURCE, NOTICE_TEXT],
            ],
        ),
        (
            "bases",
            {"document": NOTICE.number},
            [[OLD.number], [OUTLINE.number], [PLAN.number]],
        ),
        (
            "implementers",
            {"document": OUTLINE.number},
            [[PLAN.number, PLAN.title, "2021-06-02", PROVINCE.name]],
        ),
        ("cited-by-function", {"document": OUTLINE.number, "function": "issues"}, []),
        ("cited-by-function", {"document": OUTLINE.number}, [[PLAN.number]]),
        ("repealed", {}, [["repealed", "2021-03-01", OLD.number, OLD.title, OUTLINE.number]]),
        ("events-of", {"document": OLD.number}, [["repealed", "2021-03-01", OUTLINE.number, OUTLINE.title]]),
        ("versions-of", {"document": OLD.number}, []),
        ("candidates", {}, []),
        ("code-owners", {}, []),
        (
            "code-owners",
            {"least": "1"},
            [
                ["国发", "国务院", "1", "100"],
                ["某市府", "某市人民政府", "1", "100"],
                ["某政发", "某省人民政府", "1", "100"],
            ],
        ),
        ("probable-issuers", {"least": "1"}, [[OLD.number, "国务院", "1", "100"]]),
        ("parts-of", {"document": OLD.number}, []),
        ("by-year", {}, [["2021", "3"]]),
        ("by-genre", {}, [["", "2"], ["方案", "1"]]),
        ("measures", {}, [["2", "一窗受理", "service-mode"]]),
        ("figures-of", {"measure": "一窗受理"}, [["受理率", "99.50", "%", "2021", PLAN.number]]),
        (
            "measures-of",
            {"institution": PROVINCE.name},
            [
                ["一窗受理", "leads", "planned", "2021-06-02"],
                ["一窗受理", "providesFor", "done", "2021-06-02"],
            ],
        ),
        ("named-with", {"institution": PROVINCE.name}, []),
        ("carried", {"document": PLAN.number}, []),
        ("mutual", {}, []),
        ("cited-together", {"document": OUTLINE.number}, []),
        ("readings-below", {"percent": "50"}, []),
        (
            "keys-of",
            {"document": OUTLINE.number},
            [[f"key:{OUTLINE.key}", "", "2"], [f"key:{OUTLINE_TITLE.key}", "title-of-number", "1"]],
        ),
        ("sources", {}, [[x.source] for x in sorted((x for x, _ in SOURCES), key=lambda x: x.source)]),
        (
            "citations-by-type",
            {},
            [
                ["basedOn", "依据", "2", "2"],
                ["implements", "贯彻落实", "1", "1"],
                ["repeals", "废止", "1", "1"],
            ],
        ),
    ],
)
def test_named_queries_give_the_expected_rows(
    name: str, parameters: dict[str, str], rows: list[list[str]]
) -> None:
    answer = table(named_query(sample_store(), name, parameters))
    width = len(rows[0]) if rows else 1
    assert [list(row[:width]) for row in answer.rows] == rows


def test_parameters_are_bound_and_not_pasted() -> None:
    evil = '"} . ?s ?p ?o . #'
    with pytest.raises(NotFoundError):
        named_query(sample_store(), "cites", {"document": evil})
    with pytest.raises(QueryError, match="整数"):
        named_query(sample_store(), "ghosts", {"least": "1) . DROP"})
    with pytest.raises(QueryError, match="缺少参数"):
        named_query(sample_store(), "cites")
    with pytest.raises(QueryError, match="没有参数"):
        named_query(sample_store(), "institutions", {"x": "1"})
    with pytest.raises(QueryError, match="没有名为"):
        named_query(sample_store(), "drop-all")
    bindings = {"x": ox.Literal(evil)}
    sparql = 'SELECT ?y WHERE { BIND(?x AS ?y) BIND("?x" AS ?z) } # ?x'
    assert table(query(sample_store(), sparql, bindings)).rows == ((evil,),)


def test_entities_by_name() -> None:
    store = sample_store()
    assert one_entity(store, "某省人民政府", t.C_INSTITUTION).iri == ID + PROVINCE.key
    assert one_entity(store, "“一窗受理”", t.C_MEASURE).iri == ID + WINDOW.key
    with pytest.raises(AmbiguousError):
        one_entity(store, "人民政府", t.C_INSTITUTION)


@pytest.mark.parametrize(
    ("asked", "kind", "key"),
    [
        ("某省政府", t.C_INSTITUTION, PROVINCE.key),
        ("“某省政府”", t.C_INSTITUTION, PROVINCE.key),
        ("某省", t.C_INSTITUTION, PROVINCE.key),
        ("一窗 受理", t.C_MEASURE, WINDOW.key),
        ("“一窗受理”改革", t.C_MEASURE, WINDOW.key),
        ("窗受理", t.C_MEASURE, WINDOW.key),
        (f"{ID}{WINDOW.key}", t.C_MEASURE, WINDOW.key),
    ],
)
def test_entities_in_any_usual_form(asked: str, kind: str, key: str) -> None:
    assert one_entity(sample_store(), asked, kind).iri == ID + key


def test_what_is_unknown_is_answered_with_what_is_near() -> None:
    store = sample_store()
    with pytest.raises(NotFoundError, match="相近的有：某省人民政府") as body:
        one_entity(store, "某省人民法院", t.C_INSTITUTION)
    assert body.value.near[0] == "某省人民政府"
    with pytest.raises(NotFoundError, match="一窗受理"):
        one_entity(store, "一窗受埋", t.C_MEASURE)
    with pytest.raises(NotFoundError, match="国发〔2021〕3号"):
        trace(store, "国发〔2021〕4号")
    with pytest.raises(NotFoundError, match="某省甲事项实施方案"):
        trace(store, "某省甲事项施行方案")
    with pytest.raises(NotFoundError) as nothing:
        one_entity(store, "完全不同的名称", t.C_MEASURE)
    assert not nothing.value.near


def test_formats() -> None:
    store = sample_store()
    select = "SELECT ?n WHERE { ?d kg:number ?n } ORDER BY ?n LIMIT 1"
    assert serialize(query(store, select), "csv") == "n\r\n国发〔2001〕9号\r\n"
    assert json.loads(serialize(query(store, select), "json"))["head"] == {"vars": ["n"]}
    construct = "CONSTRUCT { ?d kg:number ?n } WHERE { ?d kg:number ?n }"
    assert "@prefix kg:" in serialize(query(store, construct), "turtle")
    assert serialize(query(store, "ASK { ?d a kg:Ghost }"), "json").endswith("true}")
    with pytest.raises(QueryError, match="SPARQL"):
        query(store, "SELECT oops")
    with pytest.raises(Exception, match="turtle"):
        serialize(query(store, select), "turtle")


def test_there_are_at_least_25_named_queries() -> None:
    assert len(named_queries()) >= 25
    assert all(q.zh and q.en for q in named_queries().values())
