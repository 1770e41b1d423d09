from __future__ import annotations

from itertools import permutations

import pyoxigraph as ox
import pytest

from kg.graph import iris
from kg.graph import terms as t
from kg.graph.assemble import source_graph
from kg.graph.vocabularies import vocabulary_lines
from tests.unit.graph.built import default_lines
from tests.unit.graph.sample import NOTICE, OLD, OUTLINE, PLAN, SOURCES, WINDOW


def test_source_graph_is_what_a_store_writes_back() -> None:
    for x, text in SOURCES:
        lines = source_graph(x, text, "0.0.0")
        assert lines == sorted(set(lines))
        store = ox.Store()
        store.load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
        back = sorted(f"{q} .\n" for q in store)
        assert back == lines
        assert {str(q.graph_name) for q in store} == {iris.source(x.sha256)}


def test_derived_graph_does_not_depend_on_order() -> None:
    xs = [x for x, _ in SOURCES]
    expected = default_lines(xs)
    assert expected
    for order in permutations(xs):
        assert default_lines(list(order)) == expected


def test_title_and_number_of_one_document_are_one_node() -> None:
    lines = default_lines([x for x, _ in SOURCES])
    cites = f"{iris.entity(PLAN.key)} <{t.CITES}> {iris.entity(OUTLINE.key)} .\n"
    assert cites in lines
    assert f"{iris.entity(OLD.key)} <{t.RDF_TYPE}> <{t.C_GHOST}> .\n" in lines
    assert f"{iris.entity(OUTLINE.key)} <{t.RDF_TYPE}> <{t.C_GHOST}> .\n" not in lines
    assert (
        f"{iris.entity(NOTICE.key)} <{t.ISSUED_BY}> <{t.PREFIXES['id']}institution/990100-1949/人民政府> .\n"
        in lines
    )


def test_a_plan_is_a_statement_and_no_edge() -> None:
    lines = default_lines([x for x, _ in SOURCES])
    assert not [
        line for line in lines if f" <{t.LEADS}> <" in line and line.startswith(f"<{t.PREFIXES['id']}inst")
    ]
    assert [line for line in lines if line.endswith(f"<{t.V_STATUS['planned']}> .\n")]
    assert [line for line in lines if f" <{t.PROVIDES_FOR}> {iris.entity(WINDOW.key)} .\n" in line]


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("2017-12-20", '"2017-12-20"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("2017-02-30", '"2017-02-30"'),
        ("2016-02-29", '"2016-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("2015-02-29", '"2015-02-29"'),
        ("2017-02", '"2017-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ("2017", '"2017"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("去年", '"去年"'),
    ],
)
def test_dates(text: str, literal: str) -> None:
    assert iris.date(text) == literal


@pytest.mark.parametrize(
    "key", ["document/title/甲 <b>“乙”|{x}%\ue000[1]", "a/b#c?d\\e^`", "国发〔2015〕1号"]
)
def test_any_key_is_an_iri_and_comes_back(key: str) -> None:
    node = iris.entity(key)
    assert str(ox.parse(f"{node} <a:p> <a:o> .", format=ox.RdfFormat.N_TRIPLES).__next__().subject) == node
    assert iris.canonical(node) == key


def test_vocabularies_are_sorted() -> None:
    assert list(vocabulary_lines()) == sorted(vocabulary_lines())
    assert any("根据" in line for line in vocabulary_lines())
