"""The graph in the forms that other tools read."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from kg.analyze import write_citations, write_network
from kg.analyze.legislation import write_legislation
from kg.analyze.neo4j import write_neo4j
from kg.graph.export import SYNTAXES, write_rdf
from kg.model.errors import WenmaiError
from kg.store import OxigraphStore


def export_graph(store: OxigraphStore, form: str, output: Path | None) -> None:
    """Write a graph.

    Args:
        store: the graph.
        form: one of the RDF syntaxes, ``graphml``, ``gexf``, ``csv`` (the citations), ``legislation``
            (schema.org), or ``neo4j`` (a folder).
        output: file to write, whole or not at all; standard output where it is None. Of ``neo4j`` the
            folder for ``nodes.csv`` and ``edges.csv``.

    Raises:
        WenmaiError: there is no such form, or it needs a folder and none is given.
    """
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
    if form == "neo4j":
        _write_tables(store, output)
        return
    writer = _writer(store, form)
    if output is not None:
        partial = output.with_name(f"{output.name}.part")
        writer(partial)
        partial.replace(output)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        writer(path)
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)


def _write_tables(store: OxigraphStore, folder: Path | None) -> None:
    """The two files of ``neo4j``, each whole or not at all."""
    if folder is None:
        raise WenmaiError(
            "neo4j 格式是一个文件夹，请用 -o 指明", "neo4j is written to a folder; name it with -o"
        )
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as partial:
        for path in write_neo4j(store, Path(partial)):
            path.replace(folder / path.name)


def _writer(store: OxigraphStore, form: str) -> Callable[[Path], object]:
    if form in SYNTAXES:
        return lambda path: write_rdf(store.raw, path, form)
    if form in {"graphml", "gexf"}:
        return lambda path: write_network(store, path, form)
    if form == "csv":
        return lambda path: write_citations(store, path)
    if form == "legislation":
        return lambda path: write_legislation(store, path)
    raise WenmaiError(f"不支持的格式：{form}", f"no such form: {form}")
