"""Documents as schema.org Legislation in JSON-LD, which search engines and library tools read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.analyze.network import to_networkx
from kg.graph.iris import ID
from kg.store import OxigraphStore


def legislation(store: OxigraphStore) -> dict[str, Any]:
    """All documents as one JSON-LD object of schema.org types, in order of their ids."""
    graph = to_networkx(store)
    names = {n: d.get("label", n) for n, d in graph.nodes(data=True)}
    items = []
    for node, data in graph.nodes(data=True):
        if data["kind"] != "document":
            continue
        out = [(key, b) for _, b, key in sorted(graph.out_edges(node, keys=True))]
        item = {
            "@type": "Legislation",
            "@id": ID + node,
            "name": names[node],
            "legislationIdentifier": data.get("number"),
            "legislationDate": data.get("date"),
            "legislationType": data.get("genre"),
            "legislationPassedBy": [
                {"@type": "GovernmentOrganization", "@id": ID + b, "name": names[b]}
                for key, b in out
                if key == "issuedBy"
            ],
            "citation": [{"@id": ID + b} for key, b in out if key == "cites"],
        }
        items.append({k: v for k, v in item.items() if v})
    return {"@context": "https://schema.org", "@graph": items}


def write_legislation(store: OxigraphStore, path: Path) -> None:
    """Write :func:`legislation` as a file."""
    text = json.dumps(legislation(store), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
