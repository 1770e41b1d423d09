"""The same rows on a second SPARQL 1.1 server, without a union of graphs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli.main import app
from kg.query import named_query, table
from kg.store import OxigraphStore, Store, StoreError
from kg.store.remote import SparqlEndpoint
from tests.unit.graph.built import all_lines
from tests.unit.graph.sample import NOTICE, OUTLINE
from tests.workbench import write_graph

SERVER = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
pytestmark = pytest.mark.skipif(SERVER is None, reason="NO oxigraph SERVER: pip install oxigraph")
CLOSURE = "SELECT ?a ?b WHERE { ?a (kg:cites)+ ?b } ORDER BY ?a ?b"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert SERVER is not None
    process = subprocess.Popen([SERVER, "serve", "--bind", address], stderr=subprocess.PIPE)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://{address}/", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://{address}"
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def graph_nq(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    path.write_text("".join(sorted(set(all_lines()))), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def stores(server: str, graph_nq: Path) -> tuple[Store, Store]:
    data = graph_nq.read_bytes()
    request = urllib.request.Request(
        f"{server}/store", data, {"Content-Type": "application/n-quads"}, method="POST"
    )
    urllib.request.urlopen(request, timeout=10).close()
    here = OxigraphStore.create()
    here.load(graph_nq.read_text(encoding="utf-8").splitlines(keepends=True))
    return here, SparqlEndpoint(f"{server}/query", f"{server}/store")


def test_citation_closure(stores: tuple[Store, Store]) -> None:
    here, there = (table(s.query(CLOSURE)) for s in stores)
    assert here == there
    assert len(here.rows) == 6


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("cites-all", {"document": NOTICE.number or ""}),
        ("sentences", {"document": OUTLINE.number or ""}),
        ("first-adopters", {"measure": "一窗受理"}),
    ],
)
def test_named_queries(stores: tuple[Store, Store], name: str, parameters: dict[str, str]) -> None:
    here, there = (table(named_query(s, name, parameters)) for s in stores)
    assert here.rows
    assert here == there


def test_a_graph_is_sent_to_a_server_and_replaces_what_is_there(server: str, tmp_path: Path) -> None:
    folder = write_graph(tmp_path / "graph")
    stale = ["<a:stale> <a:p> <a:o> .\n"]
    endpoint = SparqlEndpoint(f"{server}/query", f"{server}/store")
    endpoint.load(stale)
    for _ in range(2):
        done = CliRunner().invoke(app, ["export", str(folder), "--store", f"{server}/store"])
        assert done.exit_code == 0, done.output
    default = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    named = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    with OxigraphStore.open(folder / "store") as here:
        assert table(endpoint.query(default)) == table(here.query(default))
        assert set(table(here.query(named)).rows) <= set(table(endpoint.query(named)).rows)
        assert str(len(here)) in done.output
        assert table(endpoint.query(CLOSURE)) == table(here.query(CLOSURE))
    assert not endpoint.query("ASK { <a:stale> ?p ?o }")


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = write_graph(tmp_path / "graph")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9"):
        CliRunner().invoke(
            app, ["export", str(folder), "--store", "http://127.0.0.1:9/store"], catch_exceptions=False
        )


def test_quads_are_sent_graph_by_graph(server: str) -> None:
    endpoint = SparqlEndpoint(f"{server}/query", f"{server}/store")
    lines = ["<a:s> <a:p> <a:o> .\n", '<a:s> <a:p> "x <y:z> ." .\n', '<a:s> <a:p> "q" <a:g> .\n']
    assert endpoint.load(lines) == 3
    sparql = "SELECT ?o ?g WHERE { { <a:s> <a:p> ?o } UNION { GRAPH ?g { <a:s> <a:p> ?o } } } ORDER BY ?g ?o"
    assert table(endpoint.query(sparql)).rows == (("a:o", ""), ("x <y:z> .", ""), ("q", "a:g"))
