"""``exports/demo``: the graph of the sample documents, to look at before installing."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from typer.testing import CliRunner

from kg.cli.main import app

ROOT = Path(__file__).resolve().parents[1]
_EXPORTS = {"graph.ttl": "turtle", "citations.csv": "csv", "graph.graphml": "graphml"}


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """An empty folder with ``exports/sample`` built in it, as the working directory; messages in Chinese."""
    before, lang = Path.cwd(), os.environ.pop("KG_LANG", None)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            run("demo")
            yield Path(folder)
        finally:
            os.chdir(before)
            if lang is not None:
                os.environ["KG_LANG"] = lang


def run(*words: str, answers: str = "") -> str:
    """What ``kg WORDS`` prints, given the answers that somebody types.

    Raises:
        SystemExit: when the command fails.
    """
    result = CliRunner().invoke(app, list(words), input=answers, catch_exceptions=False)
    if result.exit_code not in {0, 1}:
        raise SystemExit(f"kg {' '.join(words)}: status {result.exit_code}\n{result.output}")
    return result.output


@cache
def files() -> dict[Path, str]:
    """What this module generates."""
    found = {}
    with workplace() as folder, contextlib.redirect_stdout(io.StringIO()):
        for name, form in _EXPORTS.items():
            run("export", "exports/sample", "--format", form, "-o", name)
            found[ROOT / "exports" / "demo" / name] = (folder / name).read_bytes().decode()
    return found
