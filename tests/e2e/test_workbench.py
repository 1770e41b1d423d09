"""The workbench in a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import axe_playwright_python
import pytest
import uvicorn
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette

from kg.web.app import create_app
from tests.e2e.conftest import WIDTHS, note_errors, note_outside
from tests.views import HOSTILE
from tests.workbench import write_graph, write_hostile

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
MADE = "img[src=x], svg[onload], [onclick], [onerror], a[href^=javascript]"
pytestmark = pytest.mark.browser


@dataclass
class Site:
    """A running workbench and what its pages did."""

    address: str
    errors: list[str]
    outside: list[str]
    open: Callable[..., Page]


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The address of an app while it runs."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(create_app(write_graph(tmp_path_factory.mktemp("site")), edit=True)) as address:
        yield address


@pytest.fixture
def site(address: str, browser: Browser) -> Iterator[Site]:
    contexts = []
    errors: list[str] = []
    outside: list[str] = []

    def open_page(path: str, width: int = 1440, locale: str = "zh-CN") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=locale)
        contexts.append(context)
        page = context.new_page()
        note_errors(page, errors)
        note_outside(page, address, outside)
        page.goto(address + path)
        return page

    yield Site(address, errors, outside, open_page)
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_search_entity_trace_sentence_reader(site: Site, width: int) -> None:
    page = site.open("/", width)
    page.get_by_role("searchbox").fill("岚政发[2022]13号")
    page.keyboard.press("Enter")
    page.locator(".hits a").first.click()
    assert "行动计划" in page.locator("h1").inner_text()
    page.get_by_role("link", name="溯源：它依据什么").click()
    page.locator(".tree summary").first.click()
    place = page.locator(".tree blockquote a").first
    place.click()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert "/read/" in page.url
    held = page.evaluate("String([...CSS.highlights.get('place')][0])")
    assert held.startswith(("根据", "贯彻落实"))
    page.locator("mark.k-document").first.click()
    page.get_by_role("link", name="打开它的页面").click()
    page.wait_for_url("**/entity/document/**", wait_until="load")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (site.errors, site.outside) == ([], [])


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_fails_nowhere(site: Site, width: int) -> None:
    entity = "/document/number/岚政发〔2022〕13号"
    paths = [f"/{kind}{entity}" for kind in ("entity", "trace", "graph", "dossier", "explore")]
    page = site.open("/", width, "en-GB")
    ways = [f"/trace{entity}?direction=up&as={shape}" for shape in ("time", "layers")]
    paths += [*ways, "/adopters/measure/双随机一公开", "/sparql?name=cited-by"]
    for path in (*paths, "/audit", "/review", "/sparql?name=most-cited&p.least=1", "/api"):
        page.goto(site.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert (site.errors, site.outside) == ([], [])


def test_language_is_kept(site: Site) -> None:
    page = site.open("/review")
    assert page.locator("h1").inner_text() == "归一复核"
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Review"
    page.goto(site.address + "/audit")
    assert page.locator("h1").inner_text() == "Audit"


def test_tables_sort(site: Site) -> None:
    page = site.open("/sparql?name=most-cited&p.least=1")
    head = page.locator("th button").first
    head.click()
    up = page.locator("tbody tr td:first-child").all_inner_texts()
    head.click()
    assert page.locator("tbody tr td:first-child").all_inner_texts() == up[::-1]
    assert up == sorted(up, key=int)


def test_review_by_keys(site: Site) -> None:
    page = site.open("/review")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.wait_for_url("**/review?saved")
    assert "已保存" in page.locator("[role=status]").inner_text()
    assert page.locator(".queue .decided").count() == 1


def test_nothing_of_a_document_runs(site: Site) -> None:
    page = site.open("/?q=window")
    links = [a.get_attribute("href") or "" for a in page.locator(".hits a").all()]
    assert links
    seen = [
        *links,
        *(
            x.replace("/entity/", f"/{kind}/")
            for kind in ("graph", "dossier", "explore", "trace")
            for x in links[:3]
        ),
    ]
    page.goto(site.address + links[0])
    seen += [a.get_attribute("href") or "" for a in page.locator("a[href^='/read/']").all()]
    hostile = ("/?q=<script>window.ran=1</script>", "/sparql?query=<img src=x onerror=ran=1>")
    marks = f"document.querySelectorAll({MADE!r}).length"
    for path in (*seen, "/audit", "/review", *hostile):
        page.goto(site.address + path)
        assert page.evaluate("window.ran") is None, path
        assert page.evaluate(marks) == 0
    refused = [e for e in site.errors if "400" not in e and "404" not in e]
    assert (refused, site.outside) == ([], [])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(create_app(write_hostile(tmp_path_factory.mktemp("hostile") / "graph"))) as address:
        yield address


@pytest.mark.parametrize("width", WIDTHS)
def test_texts_that_no_rule_has_cleaned_stay_texts(hostile: str, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
    errors: list[str] = []
    note_errors(page, errors)
    centre, first = "document/title/centre", "document/title/0"
    paths = [f"/{kind}/{centre}" for kind in ("entity", "trace", "graph", "dossier", "explore")]
    paths += [f"/trace/{centre}?as={shape}" for shape in ("time", "layers")]
    paths += [
        f"/{kind}/{key}" for kind in ("entity", "dossier") for key in (first, "institution/1", "measure/2")
    ]
    paths += [f"/adopters/measure/{i}" for i in range(len(HOSTILE))]
    query = "SELECT ?text WHERE { ?x rdfs:label ?text }"
    paths += ["/", "/?q=window", "/?kind=document", "/audit", f"/sparql?query={quote(query)}"]
    for path in paths:
        page.goto(hostile + path)
        page.wait_for_timeout(150)
        assert page.evaluate("window.ran") is None, path
        assert page.evaluate(f"document.querySelectorAll({MADE!r}).length") == 0, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{hostile}/entity/{centre}")
    assert all(text[:300] in page.inner_text("main", timeout=5000) for text in HOSTILE[:4])
    assert errors == []
    page.close()


def test_measure_adopters_document(site: Site) -> None:
    page = site.open("/?kind=measure")
    page.locator(".hits a", has_text="双随机").first.click()
    page.get_by_role("link", name="首倡与扩散").click()
    assert page.locator("svg circle").count() == 1
    page.locator("th button", has_text="发文机关").click()
    page.locator("tbody a").first.click()
    assert "行动计划" in page.locator("h1").inner_text()
    assert (site.errors, site.outside) == ([], [])


def test_a_named_query_is_loaded_asked_for_and_run(site: Site) -> None:
    page = site.open("/sparql")
    page.get_by_label("现成的查询").select_option("cited-by")
    page.wait_for_url("**/sparql?name=cited-by")
    page.locator(".CodeMirror").wait_for()
    page.get_by_label("文件（题名或文号）").fill("岚发〔2021〕7号")
    page.get_by_role("button", name="运行").first.click()
    page.wait_for_selector("tbody tr")
    assert (
        "<https://w3id.org/wenmai/id/document/number/岚发〔2021〕7号>" in page.locator("#query").input_value()
    )
    assert (site.errors, site.outside) == ([], [])


def test_another_site_can_do_nothing(site: Site, browser: Browser, tmp_path: Path) -> None:
    evil = tmp_path / "evil.html"
    evil.write_text(
        f"""<form id=f method=post action="{site.address}/review"><input name=action value=merge>
        <input name=key value=a><input name=target value=b></form><iframe src="{site.address}/"></iframe>"""
    )
    page = browser.new_page()
    page.goto(evil.as_uri())
    assert (
        page.evaluate(f"fetch('{site.address}/api/search').then(() => 'read', () => 'refused')") == "refused"
    )
    page.evaluate("document.getElementById('f').submit()")
    page.wait_for_url("**/review")
    assert "Origin" in page.inner_text("body")
    page.close()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_no_serious_defect_of_accessibility(address: str, browser: Browser, locale: str) -> None:
    context = browser.new_context(bypass_csp=True, locale=locale)
    page = context.new_page()
    entity = "/document/number/岚政发〔2022〕13号"
    paths = [f"/{kind}{entity}" for kind in ("entity", "trace", "graph", "dossier", "explore")]
    page.goto(f"{address}/entity{entity}")
    paths.append(page.locator("a[href^='/read/']").first.get_attribute("href") or "")
    paths += [
        "/",
        "/?q=数字",
        "/explore",
        "/audit",
        "/review",
        "/sparql",
        "/sparql?name=most-cited&p.least=1",
        "/sparql?name=cited-by-function",
        f"/trace{entity}?direction=up&as=time",
        f"/trace{entity}?direction=up&as=layers",
        "/adopters/measure/双随机一公开",
        "/api",
    ]
    for path in (*paths, "/nowhere"):
        page.goto(address + path)
        page.wait_for_timeout(300)
        assert defects(page) == [], path
    context.close()


def defects(page: Page) -> list[str]:
    """What axe-core finds that is serious or critical."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [v["id"] for v in found if v["impact"] in ("serious", "critical")]


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=zh><title>x</title><main><h1>x</h1><button></button></main></html>")
    assert defects(page) == ["button-name"]
    page.close()
