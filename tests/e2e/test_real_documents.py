"""The real thing: annotated documents, and the 931 texts that nobody annotated."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.build.lines import extract_lines
from kg.build.run import annotated_files, build_graph
from kg.evaluate import evaluate, report
from kg.evaluate.norm import norm_number
from tests.shared import CORPUS, GOLD, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]
FOLDERS = ("notices", "state-council", "covid-2020", "ministry-letters", "work-reports")
F1_FLOORS = {
    ("mentions", "INSTITUTION"): 0.97,
    ("mentions", "DOCUMENT"): 0.99,
    ("overlap", "MEASURE"): 0.90,
    ("mentions", "MEASURE"): 0.80,
    ("entities", "INSTITUTION"): 0.93,
    ("entities", "DOCUMENT"): 0.98,
    ("entities", "MEASURE"): 0.85,
}


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return [x for x in extract_lines(annotated_files(GOLD, CORPUS)) if isinstance(x, str)]


@pytest.fixture(scope="module")
def figures(lines: list[str]) -> dict[str, Any]:
    return evaluate(GOLD, map(json.loads, lines), CORPUS).figures()


@pytest.mark.parametrize(("part", "label"), F1_FLOORS)
def test_scores(figures: dict[str, Any], part: str, label: str) -> None:
    assert figures[part][label]["f1"] >= F1_FLOORS[part, label]


def test_links_citations_and_metadata(figures: dict[str, Any]) -> None:
    assert figures["linking"]["INSTITUTION"]["accuracy"] >= 0.95
    assert figures["linking"]["DOCUMENT"]["accuracy"] >= 0.98
    assert figures["parents"]["accuracy"] >= 0.95
    assert min(figures["b3"].values()) >= 0.97
    assert figures["numbers"]["f1"] == 1.0
    assert figures["citations"]["f1"] >= 0.95
    assert figures["issuer"]["f1"] == 1.0
    assert all(share["right"] == share["of"] for share in figures["metadata"].values())


def test_prints_the_figures_of_the_reference_scorer(lines: list[str], tmp_path: Path) -> None:
    found = tmp_path / "found.jsonl"
    found.write_text("\n".join(lines), encoding="utf-8")
    words = [sys.executable, str(GOLD / "score.py"), str(GOLD), str(found)]
    reference = subprocess.run(words, capture_output=True, text=True, check=True, encoding="utf-8")
    scores = evaluate(GOLD, map(json.loads, lines), CORPUS)
    assert "\n".join(report(scores)) == reference.stdout.rstrip("\n")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus") / "graph"
    build_graph([CORPUS / name for name in FOLDERS], out, jobs=2)
    return out


def test_every_text_is_read_or_named(graph: Path) -> None:
    summary = json.loads((graph / "summary.json").read_text(encoding="utf-8"))
    assert summary["sources"] == 931
    assert summary["failures"] == 0


def test_a_second_run_does_nothing(graph: Path) -> None:
    again = build_graph([CORPUS / name for name in FOLDERS], graph)
    assert (again.read, again.kept, again.removed) == (0, 931, 0)
    assert {rule for _, rule in again.ignored} == {"page-beside-text", "sidecar", "source-note"}


def test_every_offset_slices_its_file(graph: Path) -> None:
    for line in (graph / "extraction.jsonl").read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        with Path(found["source"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        for m in found["mentions"]:
            assert text[m["start"] : m["end"]] == m["text"], (found["source"], m)


def test_the_graph_keeps_its_shapes(graph: Path) -> None:
    with kg.open(graph) as opened:
        assert opened.validate() == []


def test_heads_of_the_state_council(graph: Path) -> None:
    lines = map(json.loads, (graph / "extraction.jsonl").open(encoding="utf-8"))
    found = {Path(x["source"]).name: x["document"] for x in lines if "state-council" in x["source"]}
    numbers = issuers = 0
    for meta in map(json.loads, (CORPUS / "state-council" / "meta.jsonl").open(encoding="utf-8")):
        own = found[meta["file"]]
        issuers += any(name.endswith(meta["issuer"].split("、")[0]) for name in own["issuer"])
        text = "".join((CORPUS / "state-council" / meta["file"]).read_text(encoding="utf-8").split())
        stands = meta["docnum"] in text
        numbers += not stands or norm_number(own.get("number")) == norm_number(meta["docnum"])
    assert numbers >= 0.98 * len(found)
    assert issuers >= 0.98 * len(found)
