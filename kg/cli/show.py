"""Commands that write the graph in other forms or check it: export, validate."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.checks import AsJson, Folder, Output
from kg.cli.lang import t


class ExportFormat(StrEnum):
    """Forms of the whole graph."""

    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    NQUADS = "nquads"
    TRIG = "trig"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CSV = "csv"
    NEO4J = "neo4j"
    LEGISLATION = "legislation"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        help=t(
            "导出图谱。例：kg export exports/graph --format graphml -o 图谱.graphml",
            "Write the graph in another form. Example: kg export exports/graph --format graphml -o graph.graphml",
        )
    )(export)
    app.command(
        help=t(
            "按 SHACL 形状检查。例：kg validate exports/graph",
            "Check the graph against the SHACL shapes. Example: kg validate exports/graph",
        )
    )(validate)


def export(
    folder: Folder,
    form: Annotated[ExportFormat, typer.Option("--format", help=t("格式", "form"))] = ExportFormat.TURTLE,
    output: Output = None,
) -> None:
    """Write the graph as RDF, as a network for Gephi or Neo4j, as schema.org Legislation, or its citations as CSV."""
    from kg.api import open_graph
    from kg.build.exports import export_graph

    with open_graph(folder) as graph:
        export_graph(graph.store, form.value, output)


def validate(folder: Folder, as_json: AsJson = False) -> None:
    """Say what breaks a shape and where it comes from; exit status 1 when anything does."""
    from dataclasses import asdict

    from kg.api import open_graph

    with open_graph(folder) as graph:
        found = graph.validate()
    if as_json:
        typer.echo(json.dumps([asdict(f) for f in found], ensure_ascii=False, indent=2))
    else:
        for f in found:
            typer.echo(f"{f.shape} {f.kind} {f.node} {f.path} {f.value}  {f.message}  {'、'.join(f.sources)}")
        typer.echo(t(f"{len(found)} 处不符合形状", f"{len(found)} findings"))
    if found:
        raise typer.Exit(1)
