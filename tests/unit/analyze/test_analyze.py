from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import pytest

from kg.analyze import citation_network, citations, to_networkx, write_citations, write_network
from kg.graph.export import SYNTAXES, to_rdflib, write_rdf
from tests.unit.graph.built import all_lines, sample_store
from tests.unit.graph.sample import NOTICE, OUTLINE, PLAN, SOURCES


def test_citation_rows_slice_their_source() -> None:
    texts = {x.source: text for x, text in SOURCES}
    rows = list(citations(sample_store()))
    assert len(rows) == sum(len(x.citations) for x, _ in SOURCES)
    for row in rows:
        assert row.sentence == texts[row.source]
        assert 0 <= row.start < row.end <= len(texts[row.source])
    assert {(r.citing_number, r.function, r.cited_number) for r in rows} >= {
        (PLAN.number, "implements", OUTLINE.number),
        (NOTICE.number, "basedOn", PLAN.number),
    }


def test_citations_csv(tmp_path: Path) -> None:
    path = tmp_path / "citations.csv"
    write_citations(sample_store(), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    assert {r["citing_date"] for r in rows} == {"2021-03-01", "2021-06-02", "2021-09"}


def test_network() -> None:
    graph = to_networkx(sample_store())
    assert graph.nodes[PLAN.key]["kind"] == "document"
    assert graph.edges[PLAN.key, OUTLINE.key, "cites"]["functions"] == "basedOn implements"
    assert set(citation_network(sample_store()).edges) == {
        (a, b) for a, b, k in graph.edges(keys=True) if k == "cites"
    }


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_network_files_come_back(tmp_path: Path, form: str, read: object) -> None:
    path = tmp_path / f"graph.{form}"
    write_network(sample_store(), path, form)
    back = read(path)  # type: ignore[operator]
    graph = to_networkx(sample_store())
    assert set(back.nodes) == set(graph.nodes)
    assert back.number_of_edges() == graph.number_of_edges()
    first = path.read_bytes()
    write_network(sample_store(), path, form)
    assert path.read_bytes() == first


@pytest.mark.parametrize("syntax", sorted(SYNTAXES))
def test_every_syntax_comes_back(tmp_path: Path, syntax: str) -> None:
    import pyoxigraph as ox

    path = tmp_path / "graph"
    write_rdf(sample_store().raw, path, syntax)
    back = ox.Store()
    back.load(path.read_bytes(), format=SYNTAXES[syntax])
    form = SYNTAXES[syntax]
    kept = [q for q in sample_store().raw if form.supports_datasets or q.graph_name == ox.DefaultGraph()]
    assert set(back) == set(kept)
    assert kept


def test_rdflib_holds_every_quad() -> None:
    dataset = to_rdflib(sample_store().raw)
    assert sum(1 for _ in dataset.quads()) == len(set(all_lines()))
