"""A decision taken in the browser holds after the graph is built anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.build.run import build_graph
from kg.web.app import create_app
from tests.e2e.test_workbench import served
from tests.workbench import write_graph

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("key", "left"), [("m", 1), ("s", 2)])
def test_a_decision_survives_a_rebuild(browser: Browser, tmp_path: Path, key: str, left: int) -> None:
    graph = write_graph(tmp_path)
    with served(create_app(graph, edit=True)) as address:
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        page.goto(f"{address}/review")
        (doubt,) = page.locator(".queue li").all()
        assert "年份区间不同" in doubt.inner_text()
        page.keyboard.press("j")
        page.keyboard.press(key)
        page.wait_for_url("**/review?saved")
        build_graph([tmp_path / "texts"], graph)
        page.goto(f"{address}/?q=数字法治纲要&kind=cited")
        assert page.locator(".hits li").count() == left
        page.goto(f"{address}/review")
        assert page.get_by_role("button", name="是同一个", exact=True).count() == 0
        context.close()
