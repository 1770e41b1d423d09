"""The workbench over a graph and a browser to look at it, for the scripts that measure what a person waits for."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_WITHOUT_CARD = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
_PATIENCE = 120


@contextmanager
def served(graph: Path) -> Iterator[tuple[str, float]]:
    """Address of `kg serve` in a process of its own, and the seconds until its first page was there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(graph), "--port", str(port)], stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urlopen(address, timeout=_PATIENCE).read()
                break
            except URLError:
                if process.poll() is not None or time.perf_counter() - started > _PATIENCE:
                    raise
                time.sleep(0.01)
        yield address, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium that draws WebGL in software."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *_WITHOUT_CARD])
        yield browser
        browser.close()
