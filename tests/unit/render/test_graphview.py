"""Pages from a store: the whole, and what is around an entity."""

from __future__ import annotations

import pytest

from kg.graph.iris import ID
from kg.model.entities import DocumentEntity
from kg.query import NotFoundError
from kg.query.trace import trace
from kg.render import graph_view, trace_view
from tests.unit.graph.built import sample_store
from tests.unit.graph.sample import NOTICE, OLD, OUTLINE, PLAN, SOURCES, WINDOW


def iri(key: str) -> str:
    return ID + key


def test_the_whole_graph() -> None:
    view = graph_view(sample_store(), title="全图")
    nodes = {n.id: n for n in view.nodes}
    plan = nodes[iri(PLAN.key)]
    assert (plan.kind, plan.sublabel, plan.year) == ("document", PLAN.number, 2021)
    assert nodes[iri(OLD.key)].kind == "cited"
    assert dict(plan.facts)["number"] == PLAN.number
    assert all(e.type != "subOrganizationOf" or e.source in nodes for e in view.edges)


def test_edges_carry_type_date_and_sentence_at_its_place() -> None:
    view = graph_view(sample_store())
    edge = next(e for e in view.edges if (e.source, e.target) == (iri(PLAN.key), iri(OUTLINE.key)))
    assert edge.type == "basedOn"
    texts = {x.source: text for x, text in SOURCES}
    for quote in (q for e in view.edges for q in e.sentences):
        assert texts[quote.source][quote.start : quote.end] == quote.text
    assert edge.sentences
    assert edge.date == dict(next(n.facts for n in view.nodes if n.id == edge.source))["date"]


@pytest.mark.parametrize("asked", ["国发〔2021〕3号", "国发[2021]3号", iri(OUTLINE.key)])
def test_around_a_document(asked: str) -> None:
    view = graph_view(sample_store(), asked)
    ids = {n.id for n in view.nodes}
    assert view.centre == iri(OUTLINE.key) == view.nodes[0].id
    assert view.title == view.nodes[0].label
    assert iri(PLAN.key) in ids
    assert iri(NOTICE.key) not in ids
    assert iri(NOTICE.key) in {n.id for n in graph_view(sample_store(), asked, depth=2).nodes}


def test_around_a_measure_are_the_documents_that_name_it() -> None:
    view = graph_view(sample_store(), WINDOW.name)
    assert view.centre == iri(WINDOW.key)
    assert {n.kind for n in view.nodes} >= {"measure", "document"}


def test_what_is_cut_is_counted() -> None:
    whole = graph_view(sample_store())
    cut = graph_view(sample_store(), limit=3)
    assert len(cut.nodes) == 3
    assert cut.omitted_nodes == whole.omitted_nodes + len(whole.nodes) - 3
    assert cut.omitted_edges > 0


def test_nothing_fits() -> None:
    with pytest.raises(NotFoundError):
        graph_view(sample_store(), "没有的文件")


@pytest.mark.parametrize(("asked", "way"), [(OUTLINE, "down"), (PLAN, "up")])
def test_a_trace_is_drawn_from_the_citing_to_the_cited(asked: DocumentEntity, way: str) -> None:
    store = sample_store()
    view = trace_view(store, trace(store, iri(asked.key), way, depth=3), way)
    assert view.centre == iri(asked.key)
    edge = next(e for e in view.edges if (e.source, e.target) == (iri(PLAN.key), iri(OUTLINE.key)))
    assert edge.type == "basedOn"
    texts = {x.source: text for x, text in SOURCES}
    for quote in (q for e in view.edges for q in e.sentences):
        assert texts[quote.source][quote.start : quote.end] == quote.text
    sizes = {n.id: n.size for n in view.nodes}
    assert sizes[iri(OUTLINE.key)] == len({e.source for e in view.edges if e.target == iri(OUTLINE.key)})
