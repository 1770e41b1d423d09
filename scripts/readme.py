"""The outputs in ``README.md`` and ``ontology/README.md``: every ``console`` block is run again on the sample graph.

A block holds one command, ``$ kg …``, perhaps cut with ``| head -N``, and what it prints.
"""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path

from scripts.demo import ROOT, run, workplace

PAGES = (ROOT / "README.md", ROOT / "ontology" / "README.md")
_BLOCK = re.compile(r"```console\n\$ kg (?P<command>[^\n]+)\n(?P<output>.*?)```\n", re.DOTALL)
_HEAD = re.compile(r" \| head -(\d+)$")
_SECONDS = re.compile(r"用时 [\d.]+ 秒")


@cache
def files() -> dict[Path, str]:
    """What this module generates."""
    with workplace():
        return {page: _BLOCK.sub(_renewed, page.read_text(encoding="utf-8")) for page in PAGES}


def _renewed(block: re.Match[str]) -> str:
    command = block["command"]
    cut = _HEAD.search(command)
    printed = _SECONDS.sub("用时 0.5 秒", run(*shlex.split(_HEAD.sub("", command))))
    lines = [line.rstrip() for line in printed.rstrip("\n").split("\n")]
    if cut:
        lines = lines[: int(cut[1])]
    return f"```console\n$ kg {command}\n" + "\n".join(lines) + "\n```\n"
