"""The graph in the forms that other tools read."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from kg.analyze import write_citations, write_network
from kg.graph.export import SYNTAXES, write_rdf
from kg.model.errors import WenmaiError
from kg.store import OxigraphStore


def export_graph(store: OxigraphStore, form: str, output: Path | None) -> None:
    """Write a graph.

    Args:
        store: the graph.
        form: one of the RDF syntaxes, ``graphml``, ``gexf``, or ``csv`` (the citations).
        output: file to write, whole or not at all; standard output where it is None.

    Raises:
        WenmaiError: there is no such form.
    """
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


def _writer(store: OxigraphStore, form: str) -> Callable[[Path], object]:
    if form in SYNTAXES:
        return lambda path: write_rdf(store.raw, path, form)
    if form in {"graphml", "gexf"}:
        return lambda path: write_network(store, path, form)
    if form == "csv":
        return lambda path: write_citations(store, path)
    raise WenmaiError(f"不支持的格式：{form}")
