from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx as nx
import pytest

from kg.analyze import (
    MEASURES,
    analyze,
    bibliographic_coupling,
    citation_network,
    co_citation,
    communities,
    legislation,
    statistics,
    write_neo4j,
)
from kg.analyze.measures import _pagerank
from kg.model.statements import CitationType
from kg.store import OxigraphStore, QueryError
from tests.unit.graph.built import default_lines, sample_store
from tests.unit.graph.sample import NOTICE, OLD, OUTLINE, PLAN, document, source

B = CitationType.BASED_ON


def web() -> OxigraphStore:
    a, b, c, d = (document(f"甲发〔2020〕{i}号", f"第{i}号事项意见") for i in range(1, 5))
    xs = [source(c, "甲乙丙丁戊", (a, B), (b, B)), source(d, "己庚辛壬癸", (a, B), (b, B), (c, B))]
    store = OxigraphStore.create()
    store.load(default_lines(xs))
    return store


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_gives_ranked_figures(name: str) -> None:
    scores = analyze(sample_store(), name)
    assert scores or name in ("cited-across-levels", "betweenness")
    assert [s.value for s in scores] == sorted((s.value for s in scores), reverse=True)
    assert scores == analyze(sample_store(), name)


def test_most_cited_and_time_slices() -> None:
    assert [s.value for s in analyze(web(), "cited")] == [2, 2, 1]
    store = sample_store()
    assert {s.id for s in analyze(store, "cited", since="2021-06")} == {OUTLINE.key, PLAN.key}
    assert {s.id for s in analyze(store, "cited", until="2021-06")} == {OUTLINE.key, OLD.key}
    with pytest.raises(QueryError, match="pagerank"):
        analyze(store, "fame")


def test_pagerank_agrees_with_networkx() -> None:
    graph = citation_network(web())
    theirs = nx.algorithms.link_analysis.pagerank_alg._pagerank_python(graph, tol=1e-12)
    ours = _pagerank(graph)
    assert all(abs(theirs[n] - ours[n]) < 1e-6 for n in graph)


def test_pairs() -> None:
    (pair,) = co_citation(web())
    assert (pair.left.number, pair.right.number, pair.shared) == ("甲发〔2020〕1号", "甲发〔2020〕2号", 2)
    (pair,) = bibliographic_coupling(web())
    assert (pair.left.number, pair.right.number, pair.shared) == ("甲发〔2020〕3号", "甲发〔2020〕4号", 2)


def test_communities_cover_what_is_connected() -> None:
    groups = communities(web())
    assert sorted(s.number for g in groups for s in g) == [f"甲发〔2020〕{i}号" for i in range(1, 5)]


def test_statistics() -> None:
    found = statistics(sample_store())
    assert found["nodes"] == {"document": 4, "institution": 3, "measure": 1}
    assert found["documents"]["held"] == 3
    assert found["documents"]["ghosts"] == 1
    assert found["edges"]["cites"] == 3


def test_neo4j_files(tmp_path: Path) -> None:
    nodes, edges = write_neo4j(sample_store(), tmp_path)
    with nodes.open(encoding="utf-8", newline="") as file:
        rows = {r["id:ID"]: r for r in csv.DictReader(file)}
    assert rows[OLD.key][":LABEL"] == "Document;Ghost"
    with edges.open(encoding="utf-8", newline="") as file:
        links = list(csv.DictReader(file))
    assert all(r[":START_ID"] in rows and r[":END_ID"] in rows for r in links)
    found = [r for r in links if r[":START_ID"] == PLAN.key and r[":TYPE"] == "CITES"]
    assert [r["functions:string[]"] for r in found] == ["basedOn;implements"]
    assert {r[":TYPE"] for r in links} >= {"ISSUED_BY", "SUB_ORGANIZATION_OF"}


def test_legislation() -> None:
    found = json.loads(json.dumps(legislation(sample_store())))
    items = {i.get("legislationIdentifier"): i for i in found["@graph"]}
    assert items[NOTICE.number]["legislationPassedBy"][0]["name"] == "某市人民政府"
    assert items[NOTICE.number]["citation"] == [{"@id": items[PLAN.number]["@id"]}]
