"""The command ``kg``: a thin shell over the library, one function a command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, help="文脉：从公文到知识图谱")


@app.callback()
def main() -> None:
    """文脉：从公文到知识图谱。"""


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(help="files or folders")],
    output: Annotated[Path | None, typer.Option("--output", "-o")] = None,
) -> None:
    """One JSON object a line for each document."""
    from kg.build.document import extract_document
    from kg.build.jsonl import dumps
    from kg.read import read_path

    out = output.open("w", encoding="utf-8", newline="\n") if output else sys.stdout
    for path in paths:
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            for source in read_path(file):
                out.write(dumps(extract_document(source)) + "\n")


def run() -> None:
    """Entry point of the command."""
    app()
