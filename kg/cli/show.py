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
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="URL",
            help=t(
                "改为送入 SPARQL 1.1 服务器：其 Graph Store Protocol 地址，各图整个替换",
                "send it to a SPARQL 1.1 server instead: the address of its Graph Store Protocol; graphs there are replaced",
            ),
        ),
    ] = None,
) -> None:
    """Write the graph as RDF, as a network for Gephi or Neo4j, as schema.org Legislation, its citations as CSV, or to a server."""
    from kg.api import open_graph
    from kg.build.exports import export_graph

    with open_graph(folder) as graph:
        if store is None:
            export_graph(graph.store, form.value, output)
            return
        from kg.graph.export import graphs_of
        from kg.store.remote import SparqlEndpoint

        sent = SparqlEndpoint(store, store).replace(graphs_of(graph.store.raw))
    typer.echo(t(f"已送出 {sent} 条三元组", f"{sent} triples sent"))


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
