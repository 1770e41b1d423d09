"""The reader in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.render import read_page
from tests.e2e.conftest import WIDTHS, Visit
from tests.readings import hostile_reading, reading

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_text_stands_as_it_is(visit: Open, width: int) -> None:
    text, x = reading()
    seen = visit(read_page(text, x), width)
    assert seen.page.evaluate("document.getElementById('text').textContent") == text
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert (seen.requests, seen.errors) == ([], [])


def test_hover_names_the_entity_and_click_lists_its_places(visit: Open) -> None:
    text, x = reading()
    page = visit(read_page(text, x)).page
    page.locator("mark", has_text="《纲要》").hover()
    tip = page.locator("#tip").inner_text()
    assert "数字法治纲要" in tip and "依据" in tip and "国发〔2021〕7号" in tip
    page.locator("mark", has_text="《纲要》").click()
    chosen = page.locator("#selected")
    assert "出现 2 次" in chosen.inner_text()
    assert page.locator("mark.on").count() == 2
    page.get_by_role("button", name="下一处").click()
    assert "数字法治纲要" in chosen.inner_text()


def test_address_of_a_place_marks_these_characters(visit: Open) -> None:
    text, x = reading()
    page = visit(read_page(text, x)).page
    m = x.mentions[2]
    page.evaluate(f"location.hash = 'char={m.start},{m.end}'")
    page.wait_for_function("CSS.highlights.size === 1")
    assert page.evaluate("String([...CSS.highlights.get('place')][0])") == m.text


def test_links_lead_to_the_cited_document(visit: Open) -> None:
    text, x = reading()
    page = visit(read_page(text, x, "en", {"document/title/数字法治纲要": "outline.html"})).page
    page.locator("mark", has_text="《纲要》").click()
    assert page.get_by_role("link", name="Open its page").get_attribute("href") == "outline.html"


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_of_a_document_runs(visit: Open, width: int) -> None:
    text, x = hostile_reading()
    seen = visit(read_page(text, x), width)
    page = seen.page
    held = page.evaluate("document.getElementById('text').textContent")
    assert held == text.replace("\x00", "\ufffd")
    for mark in page.locator("mark[data-m]").all():
        mark.evaluate("mark => mark.click()")
    page.click("#language")
    assert page.evaluate("window.ran") is None
    assert (
        page.evaluate("document.querySelectorAll('article *:not(mark), #panel img, #panel script').length")
        == 0
    )
    assert page.evaluate("document.querySelectorAll('a[href^=javascript]').length") == 0
    assert (seen.requests, seen.errors) == ([], [])
