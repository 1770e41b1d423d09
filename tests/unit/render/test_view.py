"""Ranking, layout and the bytes of the page."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.render import GraphView, ViewEdge, ViewNode, make_view, view_page
from kg.render.embed import plain, safe_json, script, strings
from kg.render.layout import layers, network
from kg.render.model import KINDS, LEVELS
from kg.render.style import LINES, MARKS, radius
from tests.views import HOSTILE, hostile_view, large_view, plan_view


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


def test_order_of_input_changes_nothing() -> None:
    view = plan_view()
    for nodes in itertools.islice(itertools.permutations(view.nodes), 0, 120, 17):
        assert make_view(nodes, reversed(view.edges), title=view.title) == view


def test_the_rest_is_counted() -> None:
    view = plan_view()
    cut = make_view(view.nodes, view.edges, limit=2)
    assert [n.id for n in cut.nodes] == ["d/2", "d/1"]
    assert (cut.omitted_nodes, cut.omitted_edges) == (3, 4)
    assert {e.type for e in cut.edges} == {"basedOn", "mentions"}


def test_the_centre_and_its_neighbours_come_first() -> None:
    view = plan_view()
    cut = make_view(view.nodes, view.edges, centre="m/1", limit=2)
    assert [n.id for n in cut.nodes] == ["m/1", "d/2"]


def test_edges_without_nodes_are_left_out_and_counted() -> None:
    view = make_view([ViewNode("a", "甲", "document")], [ViewEdge("a", "nowhere", "mentions")])
    assert (len(view.edges), view.omitted_edges) == (0, 1)


def test_layers_put_levels_down_and_years_right() -> None:
    view = plan_view()
    at = dict(zip((n.id for n in view.nodes), layers(view).places, strict=True))
    assert at["d/1"][1] < at["d/2"][1] < at["d/3"][1] < at["m/1"][1]
    assert at["i/1"][0] < at["d/1"][0] < at["d/2"][0] < at["d/3"][0] < at["m/1"][0]


@pytest.mark.parametrize("count", [1, 2, 7, 400])
def test_no_two_nodes_stand_on_one_another(count: int) -> None:
    view = large_view(count)
    sizes = [radius(n.size) for n in view.nodes]
    assert len(set(layers(view).places)) == count
    places = network(view, sizes)
    for (i, a), (j, b) in itertools.combinations(enumerate(places), 2):
        assert (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= (sizes[i] + sizes[j]) ** 2


def test_unlinked_nodes_have_places() -> None:
    view = make_view([ViewNode(str(i), "孤", "document") for i in range(9)], [])
    assert len(set(network(view, [10.0] * 9))) == 9


def test_same_view_same_bytes() -> None:
    assert view_page(plan_view()) == view_page(plan_view())


def test_an_empty_graph_has_a_page() -> None:
    assert data_of(view_page(GraphView((), ())))["details"] == []


def test_one_line_for_a_pair_of_nodes() -> None:
    links = data_of(view_page(plan_view()))["links"]
    assert isinstance(links, list)
    assert [p["type"] for p in links[-1]["parts"]] == ["implements"] or len(links) == 5
    pairs = [(x["from"], x["to"]) for x in links]
    assert len(pairs) == len(set(pairs)) == 5


def test_no_address_in_the_page_but_names_of_licences_and_namespaces() -> None:
    page = view_page(plan_view())
    assert not re.search(r"<(?:link|script|img|iframe|object|base)\b[^>]*\b(?:src|href)=", page)
    assert "sourceMappingURL" not in page
    assert "cdn" not in page.lower().replace("cdnresources", "")


def test_hostile_text_closes_nothing() -> None:
    page = view_page(hostile_view())
    calm = view_page(plan_view())
    assert page.count("</script") == calm.count("</script") == 3
    assert page.count("<script") == calm.count("<script")
    body = page.split("</style>")[1]
    assert "<img src=x" not in body and "<svg onload" not in body
    assert all(len(text) <= 2000 for text in re.findall(r"长+…?", page))
    assert "\u202e" not in page and "\u2028" not in page


def test_page_says_how_much_is_left_out() -> None:
    view = plan_view()
    page = view_page(make_view(view.nodes, view.edges, limit=2), "en")
    assert data_of(page)["omitted"] == [3, 4]
    assert '<html lang="en">' in page


@given(st.text())
def test_json_reads_back_and_holds_no_markup(text: str) -> None:
    shown = str(safe_json({"x": text}))
    assert json.loads(shown) == {"x": text}
    assert not set(shown) & set("<>&\u2028\u2029")


@given(st.text(), st.integers(2, 50))
def test_plain_is_short_and_encodes(text: str, limit: int) -> None:
    shown = plain(text, limit)
    assert len(shown) <= limit
    shown.encode()


def test_lone_surrogates_are_no_reason_to_fail() -> None:
    view = make_view([ViewNode("\ud800", "\udfff题", "document")], [])
    assert view_page(view).encode()


def test_scripts_that_end_early_are_refused() -> None:
    with pytest.raises(ValueError, match="end of its element"):
        script("x = '</SCRIPT>'")


def test_wordings_cover_kinds_levels_and_types() -> None:
    names = strings()
    for key in (*KINDS, *LEVELS, *MARKS, *(k for k in LINES if k)):
        assert key in names
    assert all(zh and en for zh, en in names.values())
    assert not set(HOSTILE) & set(names)
