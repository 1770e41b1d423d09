"""What a person waits for at the workbench, measured in a headless Chromium.

usage: python -m bench.pages GRAPH [--rounds 5]

GRAPH is what `kg build` wrote. Every page is loaded in a new browser context, so nothing is cached. Then the explorer is grown, and
pictures a second are counted while it is dragged and zoomed: as it is, without names and lines, and with nothing in it at all, which
is what the browser itself can do on this machine. Writes its part of ``bench/README.md`` and ``bench/results.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from bench.browser import chromium, served
from bench.explorer import frames
from bench.run import HERE, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_WATCH = """window.largest = 0;
new PerformanceObserver((list) => { for (const e of list.getEntries()) window.largest = e.startTime; })
  .observe({ type: 'largest-contentful-paint', buffered: true });"""
_TIMES = """() => { const n = performance.getEntriesByType('navigation')[0];
  return [n.responseStart - n.requestStart, n.domContentLoadedEventEnd, window.largest, n.transferSize / 1000]; }"""
NAMES = ("answer", "usable", "largest", "kilobytes")


def one(browser: Browser, address: str, ready: bool) -> tuple[float, ...]:
    """Milliseconds until the first byte, until the page can be used and until its largest part stands; kilobytes."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.goto(address, wait_until="load")
    usable = None
    if ready:
        page.wait_for_selector("html[data-ready]", state="attached")
        usable = page.evaluate("performance.now()")
    page.wait_for_timeout(300)
    answer, content, largest, size = page.evaluate(_TIMES)
    context.close()
    return answer, usable or content, largest, size


def pages(browser: Browser, site: str, rounds: int) -> dict[str, dict[str, float]]:
    """Medians for each page of interest."""

    def best(kind: str) -> str:
        with urlopen(
            f"{site}/api/search?{urlencode({'kind': kind})}"
        ) as answer:  # the most cited comes first
            return quote(json.load(answer)["entries"][0]["id"])

    text, body, measure = best("cited"), best("institution"), best("measure")
    wanted = {
        "first page": ("/", False),
        "search": ("/?q=" + quote("安全"), False),
        "most cited text": (f"/entity/{text}", False),
        "most named institution": (f"/entity/{body}", False),
        "most named measure": (f"/entity/{measure}", False),
        "trace of the most cited text": (f"/trace/{text}", False),
        "graph around it, one file": (f"/graph/{text}", True),
        "explorer around it": (f"/explore/{text}", True),
        "dossier of it": (f"/dossier/{text}", True),
        "SPARQL": ("/sparql", True),
    }
    found = {}
    for name, (path, ready) in wanted.items():
        runs = [one(browser, site + path, ready) for _ in range(rounds)]
        medians = (statistics.median(column) for column in zip(*runs, strict=True))
        found[name] = dict(zip(NAMES, medians, strict=True))
    return found


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="bench.pages")
    parser.add_argument("graph", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--nodes", type=int, nargs="*", default=[1000, 2000, 5000])
    asked = parser.parse_args()
    figures: dict[str, Any] = {"load": os.getloadavg()[0]}
    with served(asked.graph) as (site, start), chromium() as browser:
        figures |= {"start": start, "pages": pages(browser, site, asked.rounds)}
        figures["explorer"] = frames(browser, site, asked.nodes)
    known = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    print(write(known | {"workbench": figures}))


if __name__ == "__main__":
    main()
