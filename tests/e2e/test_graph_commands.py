"""The commands for a graph that lives, on the sample documents."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.analyze import MEASURES
from kg.analyze.network import to_networkx
from kg.api import open_graph
from kg.build.grow import STALE
from kg.build.run import build_graph
from kg.cli.look_commands import Measure
from kg.cli.main import app
from kg.data import sample_files
from kg.graph.iris import ID

FILES = sorted(sample_files().glob("*.txt"))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    build_graph(FILES, folder)
    return folder


def kg(*arguments: str | Path, answers: str = "", status: int = 0) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=answers)
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


def test_remove_and_add(graph: Path, tmp_path: Path) -> None:
    copy = tmp_path / "graph"
    shutil.copytree(graph, copy)
    assert "移除 1" in kg("remove", copy, str(FILES[0]))
    assert (copy / STALE).exists()
    assert json.loads(kg("add", copy, FILES[0], "--json"))["added"] == 1
    assert "未变 14" in kg("add", copy, FILES[0].parent)


def test_search(graph: Path) -> None:
    hits = json.loads(kg("search", graph, "办法", "--json"))
    assert hits
    for h in hits:
        assert Path(h["path"]).read_text(encoding="utf-8")[h["start"] : h["end"]] == "办法"
    assert "共 0 份" in kg("search", graph, "此词不存在于样本")


def test_stats_and_analysis(graph: Path) -> None:
    counts = json.loads(kg("stats", graph, "--json"))
    shown = kg("stats", graph)
    assert f"有原文 {counts['documents']['held']}，" in shown
    assert re.search(rf"^引用 +{counts['edges']['cites']}$", shown, re.MULTILINE)
    assert re.search(r"^2022 +\d+  █+$", shown, re.MULTILINE)
    assert counts["documents"]["held"] == len(FILES)
    ranks = json.loads(kg("analyze", graph, "cited", "--json", "--top", "3"))
    assert len(ranks) == 3
    for name in ("pagerank", "cited-across-levels", "betweenness", "co-citation", "coupling", "communities"):
        kg("analyze", graph, name)
    assert {m.value for m in Measure} == {*MEASURES, "co-citation", "coupling", "communities"}


def test_status_and_audit(graph: Path) -> None:
    repealed = json.loads(kg("query", graph, "--name", "repealed", "--json"))["results"]["bindings"]
    assert repealed
    iri = repealed[0]["other"]["value"]
    found = json.loads(kg("status", graph, iri, "--as-of", "2100-01-01", "--json"))
    assert found["state"] != "unknown"
    assert found["events"][0]["sentence"]
    assert json.loads(kg("status", graph, iri, "--as-of", "1950-01-01", "--json"))["state"] == "unknown"
    assert "—" in kg("status", graph, iri) or "〕" in kg("status", graph, iri)
    for finding in json.loads(kg("audit", graph, "--json")):
        assert finding["sentence"] or finding["kind"] == "series-gap"
    assert "共 " in kg("audit", graph)


def test_review_by_keystroke_by_sheet_and_undone(graph: Path, tmp_path: Path) -> None:
    copy = tmp_path / "graph"
    shutil.copytree(graph, copy)
    items = json.loads(kg("review", copy, "--json"))
    assert items
    kg("review", copy, "--who", "甲", "--when", "2024-01-01", answers="s\nq\n")
    lines = (copy / "curation.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("split,")
    assert ",甲,2024-01-01," in lines[1]
    assert len(json.loads(kg("review", copy, "--json"))) == len(items) - 1
    assert "split" in kg("review", copy, "--undo", "1")
    assert json.loads(kg("review", copy, "--json")) == items
    sheet = tmp_path / "sheet.csv"
    kg("review", copy, "--write", sheet)
    text = sheet.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    text[1] = text[1].replace(",,,,", ",reject,乙,2024,核对")
    sheet.write_text("".join(text), encoding="utf-8-sig")
    assert "reject" in kg("review", copy, "--read", sheet)


def test_chains_and_diffusion(graph: Path) -> None:
    chains = json.loads(kg("chain", graph, "禾政办发〔2022〕15号", "--json"))
    assert chains
    last = chains[0][-1]["cited"]["iri"]
    (shortest,) = json.loads(kg("chain", graph, "禾政办发〔2022〕15号", last, "--json"))
    assert len(shortest) <= len(chains[0])
    assert "→ [" in kg("chain", graph, "禾政办发〔2022〕15号", last)
    rows = json.loads(kg("query", graph, "--name", "measures", "--json"))["results"]["bindings"]
    found = json.loads(kg("diffusion", graph, rows[0]["other"]["value"], "--json"))
    assert found["documents"] == int(rows[0]["documents"]["value"])
    assert "强度" in kg("diffusion", graph, rows[0]["other"]["value"])


def test_export_for_neo4j_holds_the_whole_network(graph: Path, tmp_path: Path) -> None:
    kg("export", graph, "--format", "neo4j", "-o", tmp_path / "neo4j")
    assert sorted(p.name for p in (tmp_path / "neo4j").iterdir()) == ["edges.csv", "nodes.csv"]
    nodes, edges = (
        list(csv.DictReader((tmp_path / "neo4j" / name).open(encoding="utf-8", newline="")))
        for name in ("nodes.csv", "edges.csv")
    )
    with open_graph(graph) as held:
        network = to_networkx(held.store)
    assert {n["id:ID"]: (n["label"], n["ghost:boolean"] == "true") for n in nodes} == {
        n: (d.get("label", n), d["ghost"]) for n, d in network.nodes(data=True)
    }
    assert [(e[":START_ID"], e[":END_ID"], e["functions:string[]"].split(";")) for e in edges] == [
        (a, b, d.get("functions", "").split(" ")) for a, b, d in network.edges(data=True)
    ]
    kg("export", graph, "--format", "neo4j", status=1)


def test_export_as_legislation_holds_every_document(graph: Path, tmp_path: Path) -> None:
    kg("export", graph, "--format", "legislation", "-o", tmp_path / "a.json")
    items = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["@graph"]
    with open_graph(graph) as held:
        network = to_networkx(held.store)
    documents = {n for n, d in network.nodes(data=True) if d["kind"] == "document"}
    assert {i["@id"].removeprefix(ID) for i in items} == documents
    assert {(i["@id"], c["@id"]) for i in items for c in i.get("citation", ())} == {
        (ID + a, ID + b) for a, b, key in network.edges(keys=True) if key == "cites"
    }


@pytest.mark.parametrize("way", ["--down", "--up"])
def test_trace_as_a_page(graph: Path, tmp_path: Path, way: str) -> None:
    page = tmp_path / "trace.html"
    asked = ("trace", graph, "禾政办发〔2022〕15号", way, "--depth", "2")
    kg(*asked, "--format", "html", "-o", page)
    text = page.read_text(encoding="utf-8")
    tree = json.loads(kg(*asked, "--json"))
    assert tree["children"]
    for child in tree["children"]:
        assert child["title"] in text
        assert child["iri"] in text
    assert kg(*asked, "--format", "html") == text
