"""A headless Chromium that reports every request and every error of a page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTHS = (1440, 390)


@dataclass
class Visit:
    """A page and what it did."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def note_errors(page: Page, errors: list[str]) -> None:
    """Add to ``errors`` what goes wrong in a page from now on."""
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)


def note_outside(page: Page, address: str, outside: list[str]) -> None:
    """Add to ``outside`` what a page asks for from now on that is not at ``address``."""
    page.on(
        "request",
        lambda r: outside.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None,
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: browser tests not run")
    playwright_api = pytest.importorskip("playwright.sync_api", reason="NO PLAYWRIGHT: browser tests not run")
    arguments = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
    arguments += ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # WebGL without a graphics card
    with playwright_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Open HTML from a file, with a viewport width."""
    pages: list[Page] = []

    def open_page(html: str, width: int = 1440) -> Visit:
        path = tmp_path / f"page{len(pages)}.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900}, accept_downloads=True)
        pages.append(page)
        seen = Visit(page)
        page.on("request", lambda r: seen.requests.append(r.url))
        note_errors(page, seen.errors)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        seen.requests.remove(path.as_uri())
        return seen

    yield open_page
    for page in pages:
        page.close()
