"""`kg serve` as public clients of the SPARQL 1.1 Protocol see it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.api import open_graph
from kg.graph.terms import PREFIXES
from kg.query import table
from kg.web.protocol import ROWS, TRIPLES, negotiated
from tests.workbench import write_graph

PREFIX = f"PREFIX kg: <{PREFIXES['kg']}>\n"
SELECT = PREFIX + "SELECT ?n WHERE { ?d kg:number ?n } ORDER BY ?n"
CONSTRUCT = PREFIX + "CONSTRUCT { ?d kg:number ?n } WHERE { ?d kg:number ?n }"
SERVICE = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("protocol"))


@pytest.fixture(scope="module")
def endpoint(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "kg", "serve", str(folder), "--port", str(port)])
    try:
        address = f"http://127.0.0.1:{port}/sparql"
        for _ in range(600):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def numbers(folder: Path) -> list[str]:
    with open_graph(folder) as graph:
        found = [row[0] for row in table(graph.query(SELECT)).rows]
    assert len(found) >= 3
    return found


def _wrapper(endpoint: str, query: str, form: str = JSON) -> Any:  # its answers are of many types
    asking = SPARQLWrapper(endpoint, returnFormat=form)
    asking.setQuery(query)
    return asking


@pytest.mark.parametrize(("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_select_by_get_form_and_body(endpoint: str, numbers: list[str], method: str, way: str) -> None:
    asking = _wrapper(endpoint, SELECT)
    asking.setMethod(method)
    asking.setRequestMethod(way)
    found = asking.queryAndConvert()
    assert [b["n"]["value"] for b in found["results"]["bindings"]] == numbers


def test_forms_of_rows_and_triples(endpoint: str, numbers: list[str]) -> None:
    xml = _wrapper(endpoint, SELECT, XML).queryAndConvert().toxml()
    assert all(n in xml for n in numbers)
    for form, end in ((CSV, "\r\n"), (TSV, "\n")):
        text = _wrapper(endpoint, SELECT, form).queryAndConvert().decode()
        assert text.count(end) == len(numbers) + 1
    turtle = _wrapper(endpoint, CONSTRUCT, TURTLE).queryAndConvert()
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    assert len(graph) == len(numbers)
    assert len(_wrapper(endpoint, CONSTRUCT, RDFXML).queryAndConvert()) == len(numbers)
    assert _wrapper(endpoint, PREFIX + "ASK { ?d kg:number ?n }").queryAndConvert()["boolean"] is True


def test_rdflib_asks_the_same(endpoint: str, numbers: list[str]) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        graph: Any = rdflib.Graph(SPARQLStore(endpoint, method=method))
        assert [str(row.n) for row in graph.query(SELECT)] == numbers


def test_a_get_without_a_query_describes_the_service(endpoint: str) -> None:
    graph = rdflib.Graph().parse(endpoint, format="turtle")
    service = rdflib.URIRef(endpoint)
    assert (service, SERVICE.endpoint, service) in graph
    assert (service, SERVICE.supportedLanguage, SERVICE.SPARQL11Query) in graph
    assert len(list(graph.objects(service, SERVICE.resultFormat))) == 8


def test_what_is_wrong_is_said(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed):
        _wrapper(endpoint, "SELECT nonsense").queryAndConvert()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    query = urllib.parse.quote(SELECT)
    for body, headers, status in (
        (f"query={query}", {**form, "Accept": "image/png"}, 406),
        ("x", {"Content-Type": "text/plain"}, 415),
        ("update=CLEAR%20ALL", form, 403),
        ("", form, 400),
        (f"query={query}&query={query}", form, 400),
        (f"query={query}&default-graph-uri=x", form, 400),
        ("query=SELECT%20*%20%7BSERVICE%20%3Chttp://x/%3E%20%7B%7D%7D", form, 400),
        (f"query={'x' * 300_000}", form, 413),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", {"Content-Type": "application/sparql-query"}, 400),
        (f"query={query}", {**form, "Origin": "http://elsewhere.example"}, 403),
    ):
        request = urllib.request.Request(endpoint, body.encode(), headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=30)
        with refused.value as answer:
            assert (answer.code, answer.headers.get_content_type()) == (status, "text/plain"), body[:60]
            assert answer.read()


def test_a_browser_gets_the_page(endpoint: str) -> None:
    request = urllib.request.Request(endpoint, headers={"Accept": "text/html,*/*;q=0.8"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.headers.get_content_type() == "text/html"
    request = urllib.request.Request(f"{endpoint}?query={urllib.parse.quote(SELECT)}")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.headers["Content-Type"].startswith("application/sparql-results+json")
        assert json.load(answer)["head"] == {"vars": ["n"]}


@pytest.mark.parametrize(
    ("accept", "offered", "media"),
    [
        ("*/*", ROWS, "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml", ROWS, "application/sparql-results+xml"),
        ("text/*", ROWS, "text/xml"),
        ("text/turtle", ROWS, None),
        ("text/turtle;q=0, application/n-triples;q=0.1", TRIPLES, "application/n-triples"),
        ("text/turtle;q=x", TRIPLES, None),
        ("", TRIPLES, None),
    ],
)
def test_negotiation(accept: str, offered: dict[str, str], media: str | None) -> None:
    assert negotiated(accept, offered) == media
