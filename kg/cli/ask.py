"""Commands that ask the graph: query, trace."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import checks
from kg.cli.checks import AsJson, Folder, Output
from kg.cli.lang import language, t

if TYPE_CHECKING:
    from kg.query import Table
    from kg.store import Answer


class QueryFormat(StrEnum):
    """Forms of a query's answer."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"


class TraceFormat(StrEnum):
    """Forms of a trace."""

    TREE = "tree"
    JSON = "json"
    MERMAID = "mermaid"
    GRAPHML = "graphml"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        help=t(
            "用 SPARQL 查询。例：kg query exports/graph --name most-cited",
            "Ask in SPARQL. Example: kg query exports/graph --name most-cited",
        )
    )(query)
    app.command(
        help=t(
            "谁引用了它、它依据什么。例：kg trace exports/graph 国发〔2015〕1号 --up --depth 2",
            "Who cites a document, what it rests on. Example: kg trace exports/graph 国发〔2015〕1号 --up --depth 2",
        )
    )(trace)


def query(
    folder: Folder,
    sparql: Annotated[str | None, typer.Argument(help=t("SPARQL 语句", "the query"))] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(help=t("命名查询的参数", "parameters of a named query"))
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", "-f", callback=checks.existing, help=t("查询所在文件", "file that holds the query")
        ),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", "-n", help=t("命名查询", "a named query"))] = None,
    listed: Annotated[bool, typer.Option("--list", help=t("列出命名查询", "list the named queries"))] = False,
    form: Annotated[
        QueryFormat, typer.Option("--format", help=t("输出格式", "form of the answer"))
    ] = QueryFormat.TABLE,
    as_json: AsJson = False,
) -> None:
    """Print the answer to a query: SPARQL, a file, or a query of the library with its parameters."""
    from kg.api import open_graph

    if listed:
        typer.echo(_library())
        return
    if sum(map(bool, (name, file))) > 1 or not (name or file or sparql):
        raise typer.BadParameter(
            t("给出 SPARQL、--file 或 --name 之一", "give one of SPARQL, --file or --name")
        )
    with open_graph(folder) as graph:
        if name:
            answer = graph.named(
                name, _named_parameters(name, [*([sparql] if sparql else []), *(parameters or ())])
            )
        else:
            answer = graph.query(file.read_text(encoding="utf-8") if file else sparql or "")
        typer.echo(_printed(answer, QueryFormat.JSON if as_json else form), nl=False)


def _library() -> str:
    from kg.query import named_queries

    lines = []
    for q in named_queries().values():
        parameters = " ".join(p.name if p.default is None else f"[{p.name}]" for p in q.parameters)
        lines.append(f"{q.name:24} {parameters:24} {t(q.zh, q.en)}")
    return "\n".join(lines)


def _named_parameters(name: str, values: list[str]) -> dict[str, str]:
    """Parameters by position, or as ``name=value``."""
    from kg.query import named_queries

    found = named_queries().get(name)
    names = [p.name for p in found.parameters] if found else []
    given = {}
    for value in values:
        key, sep, rest = value.partition("=")
        if sep and key in names:
            given[key] = rest
        else:
            free = next((n for n in names if n not in given), None)
            if free is None:
                raise typer.BadParameter(t(f"参数太多：{value}", f"too many parameters: {value}"))
            given[free] = value
    return given


def _printed(answer: Answer, form: QueryFormat) -> str:
    from kg.query import serialize, table

    if form is QueryFormat.TABLE:
        return _drawn(table(answer))
    text = serialize(answer, form.value)
    return text if text.endswith("\n") else f"{text}\n"


def _drawn(found: Table) -> str:
    """Columns side by side; a 汉字 takes two places."""
    from rich.cells import cell_len

    rows = [found.columns, *(tuple(c.replace("\n", " ") for c in row) for row in found.rows)]
    widths = [min(60, max(cell_len(row[i]) for row in rows)) for i in range(len(found.columns))]
    lines = []
    for row in rows:
        cells = (cell + " " * max(0, width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    lines.append(t(f"（{len(found.rows)} 行）", f"({len(found.rows)} rows)"))
    return "\n".join(lines) + "\n"


def trace(
    folder: Folder,
    document: Annotated[
        str,
        typer.Argument(help=t("文号、标题、标题的一部分或 IRI", "number, title, part of a title, or IRI")),
    ],
    up: Annotated[
        bool, typer.Option("--up/--down", help=t("它的依据 / 谁引用它", "what it rests on / who cites it"))
    ] = False,
    depth: Annotated[int, typer.Option(min=1, max=20, help=t("步数", "steps"))] = 1,
    types: Annotated[
        list[str] | None, typer.Option("--type", help=t("只看这些引用方式", "only these citation functions"))
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help=t("只看此日（含）以前的文件", "only documents dated by then"), callback=checks.day),
    ] = None,
    form: Annotated[
        TraceFormat, typer.Option("--format", help=t("输出格式", "form of the answer"))
    ] = TraceFormat.TREE,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Print the tree of citations from one document, with dates, types and sentences."""
    from kg.api import open_graph
    from kg.query.renderers import graphml, mermaid, tree_json, tree_text
    from kg.query.trace import Direction
    from kg.render import trace_view, view_page

    way = Direction.UP if up else Direction.DOWN
    with open_graph(folder) as graph:
        root = graph.trace(document, way, depth=depth, types=types or (), as_of=as_of)
        if as_json or form is TraceFormat.JSON:
            text = json.dumps(tree_json(root), ensure_ascii=False, indent=2) + "\n"
        elif form is TraceFormat.HTML:
            text = view_page(trace_view(graph.store, root, way), language())
        elif form is TraceFormat.MERMAID:
            text = mermaid(root, way)
        elif form is TraceFormat.GRAPHML:
            text = graphml(root, way)
        else:
            text = tree_text(root)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")
