"""The explorer and the SPARQL editor in a real browser."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.web.app import create_app
from tests.e2e.conftest import WIDTHS, note_errors, note_outside
from tests.e2e.test_workbench import served
from tests.workbench import write_graph, write_hubs

pytestmark = pytest.mark.browser
PLAN = "/explore/document/number/岚政发〔2022〕13号"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("explorer")
    with ExitStack() as stack:
        yield {
            "graph": stack.enter_context(served(create_app(write_graph(folder / "graph")))),
            "hubs": stack.enter_context(served(create_app(write_hubs(folder / "hubs", 5, 500)))),
        }


@pytest.fixture
def visit(addresses: dict[str, str], browser: Browser) -> Iterator[Open]:
    contexts = []
    bad: list[str] = []

    def open_page(path: str, site: str = "graph", width: int = 1440, locale: str = "zh-CN") -> Page:
        address = addresses[site]
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=locale, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        note_errors(page, bad)
        note_outside(page, address, bad)
        page.goto(address + path)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert bad == []


def until(page: Page, fits: Callable[[], bool], seconds: float = 60) -> None:
    """Wait (the page's policy forbids to wait for an expression)."""
    end = time.monotonic() + seconds
    while not fits():
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def placed(page: Page) -> int:
    return int(page.evaluate("document.documentElement.dataset.placed ?? 0"))


def shown(page: Page) -> int:
    return int("".join(c for c in page.locator("#listed").inner_text() if c.isdecimal()))


def expand(page: Page) -> None:
    before = page.locator("#list").inner_html()
    page.locator("#panel .actions button").first.click()
    until(page, lambda: page.locator("#list").inner_html() != before)


def test_grows_to_two_thousand_nodes(visit: Open) -> None:
    page = visit("/explore/document/title/h0", "hubs")
    assert shown(page) == 101
    for hub in range(4):
        page.locator("#seek").fill(f"第{hub}号纲要")
        page.get_by_role("button", name=f"第{hub}号纲要", exact=True).last.click()
        while page.locator("#panel .actions button").first.is_enabled():
            count = shown(page) if not page.locator("#seek").input_value() else 0
            page.locator("#panel .actions button").first.click()
            page.locator("#seek").fill("")
            until(page, lambda count=count: shown(page) > count)  # type: ignore[misc]
            page.wait_for_timeout(50)
    assert shown(page) >= 2000
    until(page, lambda: placed(page) >= 2000)
    started = time.monotonic()
    page.focus("#canvas")
    for key in ("n", "+", "ArrowLeft", "n", "-", "n", "0"):
        page.keyboard.press(key)
    assert time.monotonic() - started < 10


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_click_grows_and_double_click_opens(visit: Open) -> None:
    page = visit("/explore")
    page.get_by_role("button", name="中华人民共和国行政处罚法").click()
    until(page, lambda: shown(page) == 2 and placed(page) == 2)
    page.get_by_role("button", name="岚江省人民政府关于印发").first.click()
    page.locator("#panel .actions button").first.click()
    until(page, lambda: placed(page) == 5)
    assert "制定本计划" in page.locator("#panel").inner_text()
    with page.context.expect_page() as opened:
        page.focus("#canvas")
        page.keyboard.press("o")
    assert "/entity/document/" in opened.value.url


def test_a_single_node_under_the_pointer(visit: Open) -> None:
    page = visit("/explore/document/title/h4", "hubs")
    until(page, lambda: placed(page) == 101)
    page.evaluate("document.documentElement.dataset.placed = '0'")
    x, y = middle(page)
    page.keyboard.press("Escape")
    for dx, dy in ((a, b) for r in range(0, 60, 4) for a in (-r, 0, r) for b in (-r, 0, r)):
        page.mouse.click(x + dx, y + dy)
        page.wait_for_timeout(30)
        if page.locator("#panel h2").count():
            break
    assert page.locator("#panel h2").count() == 1


def test_hide_filter_pin_and_save(visit: Open) -> None:
    page = visit(PLAN)
    assert shown(page) == 5
    page.get_by_text("图例与筛选").click()
    page.get_by_role("checkbox", name="机构").uncheck()
    assert shown(page) == 4
    page.get_by_role("checkbox", name="机构").check()
    page.get_by_role("button", name="双随机、一公开").last.click()
    page.get_by_role("button", name="固定").click()
    assert page.get_by_role("button", name="固定").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="隐藏", exact=True).click()
    assert shown(page) == 4
    page.get_by_role("button", name="恢复隐藏的（1）").click()
    assert shown(page) == 5
    with page.expect_download() as download:
        page.get_by_role("button", name="存为 PNG").click()
    data = Path(download.value.path()).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert width > 800
    assert height > 500


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [PLAN, "/explore", "/sparql"])
def test_fits(visit: Open, path: str, width: int) -> None:
    page = visit(path, width=width, locale="en-GB")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_names_run_nothing(visit: Open) -> None:
    page = visit("/explore")
    page.locator("#seek").fill("window.ran")
    page.locator("#stored button").first.wait_for()
    page.wait_for_timeout(500)
    page.locator("#stored button").first.click()
    until(page, lambda: shown(page) > 1)
    for key in ("n", "n", "n", "n"):
        page.focus("#canvas")
        page.keyboard.press(key)
        page.wait_for_timeout(150)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.querySelectorAll('img[src=x], [onclick], [onerror]').length") == 0


def test_a_query_is_written_completed_and_run(visit: Open) -> None:
    page = visit("/sparql")
    page.locator(".CodeMirror").click()
    assert page.locator(".parseErrorIcon").count() == 0
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?d WHERE { ?d a kg:Docu")
    page.locator(".CodeMirror-hints li", has_text="kg:Document").first.wait_for()
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    page.keyboard.type(" } LIMIT 2")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sparql?query=*")
    assert page.locator("tbody tr").count() == 2
    assert "kg:Document" in page.locator(".CodeMirror-code").inner_text()
