"""``exports/demo/graph.png``: the page of the sample graph as a browser shows it.

Fonts differ between machines, so the picture is made on purpose and not compared.

usage: python -m scripts.screenshot
"""

from __future__ import annotations

import shutil

from playwright.sync_api import sync_playwright

from scripts.demo import ROOT, workplace

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--no-first-run"]


def main() -> None:
    """Build the sample graph, open its page, save the picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    target = ROOT / "exports" / "demo" / "graph.png"
    with workplace() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto((folder / "exports" / "sample" / "graph.html").as_uri())
        page.wait_for_timeout(2000)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main()
