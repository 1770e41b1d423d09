"""Pictures a second of the explorer while it is dragged and zoomed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_SECONDS = 4
_COUNT = """(ms) => { window.shown = null; const begin = performance.now(); let n = 0;
  const next = () => { n++; const t = performance.now() - begin; if (t < ms) requestAnimationFrame(next); else window.shown = n / t * 1000; };
  requestAnimationFrame(next); }"""
_GROW = """async (most) => {
  const { graph, grow, place } = window.explorer;
  const path = (id) => id.split('/').map(encodeURIComponent).join('/');
  const ask = async (address) => (await fetch(address)).json();
  const begin = async () => { for (const e of (await ask('/api/search?offset=' + (window.begun = (window.begun ?? -30) + 30))).entries) waiting.push(e.id); };
  const waiting = graph.nodes();
  for (let i = window.grown ?? 0; graph.order < most; window.grown = ++i) {
    if (i >= waiting.length) await begin();
    if (i >= waiting.length) break;
    for (let next = 0; next !== null && graph.order < most;) {
      const lot = await ask(`/api/neighbours/${path(waiting[i])}?limit=500&offset=${next}`);
      lot.nodes = lot.nodes.slice(0, Math.max(1, most - graph.order));
      for (const node of lot.nodes) if (!graph.hasNode(node.id)) waiting.push(node.id);
      grow(lot);
      next = lot.next;
    }
  }
  place();
  return [graph.order, graph.size]; }"""
_BARE = """() => { const { picture } = window.explorer; picture.setSetting('renderLabels', false);
  picture.setSetting('edgeReducer', (_id, a) => ({ ...a, hidden: true })); }"""

_WHOLE = "window.explorer.picture.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 })"


def frames(browser: Browser, site: str, sizes: list[int]) -> list[dict[str, Any]]:
    """Pictures a second with nothing in the explorer, then for each number of nodes as it is and bare."""
    found = []
    for size in [0, *sizes]:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{site}/explore")
        page.wait_for_selector("html[data-ready]", state="attached")
        began = time.perf_counter()
        nodes, edges = page.evaluate(_GROW, size) if size else (0, 0)
        grown = time.perf_counter() - began
        while size and page.evaluate("document.documentElement.dataset.placed") != str(nodes):
            page.wait_for_timeout(100)
        placed = time.perf_counter() - began - grown
        page.wait_for_timeout(500)
        row = {"nodes": nodes, "edges": edges, "grown": grown, "placed": placed, **moved(page)}
        if size:
            page.evaluate(_WHOLE)
            page.evaluate(_BARE)
            row |= {f"bare_{name}": value for name, value in moved(page).items()}
        found.append(row)
        page.close()
    return found


def moved(page: Page) -> dict[str, float]:
    """Pictures a second while the picture is dragged from an empty corner, and while the wheel turns."""
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    left, top = box["x"] + 6, box["y"] + 6

    def drag(step: int) -> None:
        page.mouse.move(left + (step * 7) % 300, top + (step * 5) % 200)

    def zoom(step: int) -> None:
        page.mouse.wheel(0, -120 if step % 8 < 4 else 120)
        page.wait_for_timeout(40)

    page.mouse.move(left, top)
    page.mouse.down()
    dragged = counted(page, drag)
    page.mouse.up()
    page.mouse.move(left + box["width"] / 2, top + box["height"] / 2)
    return {"drag": dragged, "zoom": counted(page, zoom)}


def counted(page: Page, move: Callable[[int], None]) -> float:
    """Pictures a second while something moves."""
    page.evaluate(_COUNT, _SECONDS * 1000)
    step = 0
    while (shown := page.evaluate("window.shown")) is None:
        move(step)
        step += 1
    return float(shown)
