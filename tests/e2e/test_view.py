"""The interactive page in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from kg.render import make_view, view_page
from tests.e2e.conftest import WIDTHS, Visit
from tests.views import HOSTILE, hostile_view, large_view, plan_view

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


def outside(visit: Visit) -> list[str]:
    return [url for url in visit.requests if not url.startswith(("data:", "blob:"))]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_search_click_and_panel(visit: Open, width: int, lang: str) -> None:
    seen = visit(view_page(plan_view(), "en" if lang == "en" else "zh"), width)
    page = seen.page
    page.fill("#query", "澜府发[2022]13号")
    assert page.locator("#options li").count() == 1
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert "澜汀市数字法治行动计划" in panel.inner_text()
    assert "制定本计划" in panel.inner_text()
    assert "plan.txt" in panel.inner_text()
    panel.get_by_text("数字法治实施纲要（2021—2025年）", exact=True).first.click()
    assert "国发〔2021〕7号" in panel.inner_text()
    assert "贯彻落实国家纲要" in panel.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (outside(seen), seen.errors) == ([], [])


def test_click_on_the_picture(visit: Open) -> None:
    view = make_view(plan_view().nodes[:1], ())
    seen = visit(view_page(view))
    box = seen.page.locator("#canvas").bounding_box()
    assert box
    seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    seen.page.wait_for_selector("#panel h2")
    assert view.nodes[0].label in seen.page.locator("#panel h2").inner_text()


def test_filters(visit: Open) -> None:
    page = visit(view_page(plan_view())).page
    shown = page.locator("#shown")
    assert shown.inner_text() == "显示 5 / 5 个节点"
    page.get_by_label("被引文件（未收入）").uncheck()
    assert shown.inner_text() == "显示 4 / 5 个节点"
    page.get_by_label("县级").uncheck()
    assert shown.inner_text() == "显示 3 / 5 个节点"
    page.get_by_label("含年份不详者").uncheck()
    assert shown.inner_text() == "显示 1 / 5 个节点"
    page.get_by_role("button", name="恢复全部").click()
    assert shown.inner_text() == "显示 5 / 5 个节点"


def test_keys_and_language(visit: Open) -> None:
    page = visit(view_page(plan_view())).page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"
    page.focus("#canvas")
    page.keyboard.press("n")
    assert "澜汀市数字法治行动计划" in page.locator("#panel h2").inner_text()
    page.keyboard.press("n")
    assert "数字法治实施纲要" in page.locator("#panel h2").inner_text()
    page.click("#language")
    assert "Document cited, not read" in page.locator("#panel").inner_text()
    page.focus("#canvas")
    page.keyboard.press("Escape")
    assert "Select a node" in page.locator("#panel").inner_text()


def test_pictures_are_saved(visit: Open) -> None:
    page = visit(view_page(hostile_view())).page
    for button, head in (("#png", b"\x89PNG"), ("#svg", b"<svg")):
        with page.expect_download() as download:
            page.click(button)
        content = download.value.path().read_bytes()
        assert content.startswith(head)
        assert b"<script" not in content


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_of_a_document_runs(visit: Open, width: int) -> None:
    seen = visit(view_page(hostile_view()), width)
    page = seen.page
    page.click("#by-layers")
    page.click("#all summary")
    buttons = page.locator("#nodes button")
    expect(buttons).to_have_count(len(HOSTILE))
    for i in range(len(HOSTILE)):
        buttons.nth(i).evaluate("button => button.click()")
    page.fill("#query", "script")
    page.keyboard.press("Enter")
    page.click("#language")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.querySelectorAll('img[src=x], #panel script, svg[onload]').length") == 0
    assert (outside(seen), seen.errors) == ([], [])


def test_a_thousand_nodes(visit: Open) -> None:
    seen = visit(view_page(large_view(1000)))
    ready = seen.page.evaluate("performance.now()")
    assert ready < 15_000
    seen.page.fill("#query", "第42项")
    seen.page.keyboard.press("Enter")
    assert "关于第42项工作的通知" in seen.page.locator("#panel h2").inner_text()
