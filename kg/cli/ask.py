"""Commands that ask the graph: query, trace."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.lang import t

Graph = Annotated[
    Path, typer.Argument(help=t("kg build 所写的文件夹", "folder that kg build wrote"), exists=True, file_okay=False)
]
AsJson = Annotated[bool, typer.Option("--json", help=t("输出 JSON", "print JSON"))]


class Format(StrEnum):
    """Forms of a query's result."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


class TraceFormat(StrEnum):
    """Forms of a trace."""

    TREE = "tree"
    JSON = "json"
    MERMAID = "mermaid"
    GRAPHML = "graphml"
