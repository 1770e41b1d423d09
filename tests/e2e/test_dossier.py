"""The dossier in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.render import Quote, ViewEdge, ViewNode, dossier_page, make_view
from tests.e2e.conftest import WIDTHS, Visit
from tests.views import hostile_view, plan_view

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


@pytest.mark.parametrize("width", WIDTHS)
def test_entries_in_order_of_time(visit: Open, width: int) -> None:
    seen = visit(dossier_page(replace(plan_view(), centre="d/1")), width)
    page = seen.page
    assert page.locator("#entries h3").all_inner_texts() == ["2022", "2023"]
    assert "制定本计划" in page.locator(".entry").first.inner_text()
    assert "《澜汀市数字法治行动计划》（澜府发〔2022〕13号）" in page.locator(".entry").first.inner_text()
    page.get_by_role("button", name="落实 1").click()
    assert page.locator(".entry").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (seen.requests, seen.errors) == ([], [])


def test_a_line_opens_its_sentence(visit: Open) -> None:
    nodes = [ViewNode(f"d/{y}", f"{y}年的通知", "document", year=y, level="county") for y in (2021, 2022)]
    edge = ViewEdge("d/2022", "d/2021", "basedOn", (Quote("依据上年通知。"),))
    page = visit(dossier_page(make_view(nodes, [edge], centre="d/2021"))).page
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".entry.on")
    assert "依据上年通知" in page.locator(".entry.on").inner_text()


def test_all_quotes_are_copied_with_their_places(visit: Open) -> None:
    page = visit(dossier_page(replace(plan_view(), centre="d/1"), "en")).page
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.get_by_role("button", name="Copy all quotes").click()
    page.wait_for_function("window.copied")
    copied = page.evaluate("window.copied")
    assert "贯彻落实国家纲要" in copied and "county.txt, characters 3–12" in copied


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_of_a_document_runs(visit: Open, width: int) -> None:
    view = hostile_view()
    for node in view.nodes[:3]:
        seen = visit(dossier_page(replace(view, centre=node.id)), width)
        seen.page.evaluate("document.querySelectorAll('#about button').forEach((button) => button.click())")
        assert seen.page.evaluate("window.ran") is None
        assert (seen.requests, seen.errors) == ([], [])
