"""Who is let in, and which queries."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from kg.store import QueryError
from kg.web.guard import Guard, checked_query


async def nothing(*_: object) -> None:
    raise AssertionError


@pytest.mark.parametrize(
    ("method", "path", "headers", "let_in"),
    [
        ("GET", "/", {"host": "127.0.0.1:8017"}, True),
        ("GET", "/", {"host": "localhost"}, True),
        ("GET", "/", {"host": "[::1]:8017"}, True),
        ("GET", "/", {"host": "evil.example"}, False),
        ("GET", "/", {"host": "127.0.0.1.evil.example"}, False),
        ("GET", "/", {}, False),
        ("GET", "/", {"host": "localhost", "sec-fetch-site": "cross-site"}, True),
        ("GET", "/sparql", {"host": "localhost", "sec-fetch-site": "cross-site"}, False),
        ("GET", "/api/search", {"host": "localhost", "sec-fetch-site": "cross-site"}, False),
        ("GET", "/api/search", {"host": "localhost", "origin": "http://evil.example"}, False),
        ("POST", "/review", {"host": "localhost:1", "origin": "http://localhost:1"}, True),
        ("POST", "/review", {"host": "localhost:1", "origin": "http://localhost:2"}, False),
        ("POST", "/review", {"host": "localhost:1", "origin": "null"}, False),
        ("POST", "/review", {"host": "localhost:1"}, False),
    ],
)
def test_requests(method: str, path: str, headers: dict[str, str], let_in: bool) -> None:
    assert (Guard(nothing).refusal(method, path, Headers(headers)) is None) == let_in


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service<http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }",
        "SELECT * { }SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVICEkg:x { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT <http://x/> { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2)SERVICE?x#>\n{ ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '" + "x" * 20_000 + "' }",
    ],
)
def test_queries_that_reach_out(sparql: str) -> None:
    with pytest.raises(QueryError):
        checked_query(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service a kg:Measure . ?service kg:kind $serviceMode }",
        "SELECT * { ?m kg:kind/skos:notation 'service-mode' }",
    ],
)
def test_queries_that_stay(sparql: str) -> None:
    assert checked_query(sparql) == sparql
