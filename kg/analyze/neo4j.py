"""``nodes.csv`` and ``edges.csv`` for ``neo4j-admin database import``."""

from __future__ import annotations

import csv
from pathlib import Path

from kg.analyze.network import to_networkx
from kg.store import OxigraphStore

_NODES = ("id:ID", "label", ":LABEL", "number", "date", "genre", "level", "institution_kind", "measure_kind")
_LABELS = {"document": "Document", "institution": "Institution", "measure": "Measure"}


def write_neo4j(store: OxigraphStore, folder: Path) -> tuple[Path, Path]:
    """Write both files, with the head lines that the importer reads types from.

    Returns:
        Paths of the two files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    graph = to_networkx(store)
    nodes, edges = folder / "nodes.csv", folder / "edges.csv"
    with nodes.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*_NODES, "ghost:boolean"))
        for node, data in graph.nodes(data=True):
            kind = _LABELS[data["kind"]] + (";Ghost" if data["ghost"] else "")
            rest = (data.get(name, "") for name in _NODES[3:])
            writer.writerow((node, data.get("label", node), kind, *rest, str(data["ghost"]).lower()))
    with edges.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((":START_ID", ":END_ID", ":TYPE", "functions:string[]"))
        for a, b, key, data in graph.edges(keys=True, data=True):
            writer.writerow((a, b, _type(key), data.get("functions", "").replace(" ", ";")))
    return nodes, edges


def _type(name: str) -> str:
    """``issuedBy`` → ``ISSUED_BY``."""
    return "".join(f"_{c}" if c.isupper() else c.upper() for c in name)
