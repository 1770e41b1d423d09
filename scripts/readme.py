"""The outputs in ``README.md`` and other pages: every ``console`` block is run again on the sample graph.

A block holds one command, ``$ kg …``, perhaps cut with ``| head -N`` or answered with ``$ printf '…' | kg …``, and
what it prints. A block that begins with ``$ kg serve … &`` holds a request, ``$ curl -s URL``, and what it
answers. Each page has a graph of its own, which its blocks change in their order.
"""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from scripts.demo import ROOT, run, workplace

PAGES = (ROOT / "README.md", ROOT / "ontology" / "README.md", ROOT / "docs" / "commands.md")
_BLOCK = re.compile(
    r"```console\n\$ (?P<piped>printf '(?P<answers>[^'\n]*)' \| )?kg (?P<command>[^\n]+)\n(?P<output>.*?)```\n",
    re.DOTALL,
)
_SERVED = re.compile(r" &$")
_REQUEST = re.compile(r"^\$ curl -s '?(?P<url>http://127\.0\.0\.1:(?P<port>\d+)/[^'\n]*)'?$", re.MULTILINE)
_HEAD = re.compile(r" \| head -(\d+)$")
_SECONDS = re.compile(r"用时 [\d.]+ 秒")


@cache
def files() -> dict[Path, str]:
    """What this module generates."""
    found = {}
    for page in PAGES:
        with workplace():
            found[page] = _BLOCK.sub(_renewed, page.read_text(encoding="utf-8"))
    return found


def _renewed(block: re.Match[str]) -> str:
    command = block["command"]
    if _SERVED.search(command):
        return f"```console\n$ kg {command}\n{_served(_SERVED.sub('', command), block['output'])}\n```\n"
    cut = _HEAD.search(command)
    answers = (block["answers"] or "").replace("\\n", "\n")
    printed = _SECONDS.sub("用时 0.5 秒", run(*shlex.split(_HEAD.sub("", command)), answers=answers))
    lines = [line.rstrip() for line in printed.rstrip("\n").split("\n")]
    if cut:
        lines = lines[: int(cut[1])]
    return f"```console\n$ {block['piped'] or ''}kg {command}\n" + "\n".join(lines) + "\n```\n"


def _served(command: str, shown: str) -> str:
    """What a server says when it starts, the request that the page shows, and its answer.

    The server takes a port that is free; the page keeps its own.
    """
    request = _REQUEST.search(shown)
    if request is None:
        raise SystemExit(f"kg {command} &: no request in the block")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    words = [sys.executable, "-m", "kg", *shlex.split(command), "--port", port]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=_environment()
    ) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline().strip().replace(port, request["port"])
            answer = _asked(request["url"].replace(request["port"], port, 1))
        finally:
            server.terminate()
    return f"{said}\n{request[0]}\n{answer.rstrip()}"


def _environment() -> dict[str, str]:
    """Unbuffered, with this checkout to import from."""
    return os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}


def _asked(url: str) -> str:
    """The answer to a request, once somebody listens."""
    for _ in range(300):
        try:
            with urlopen(url) as answer:
                return str(answer.read().decode())
        except URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)
    raise SystemExit(f"nobody answers {url}")
