"""The SPARQL 1.1 Protocol, to read only: GET, POST of a form or of the query, content negotiation, service description."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Final
from urllib.parse import parse_qs

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.graph.export import SYNTAXES
from kg.model.errors import WenmaiError
from kg.web.html import Pages
from kg.web.page import language, received, said
from kg.web.workbench import Workbench

ROWS: Final = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""Media type → form of the rows of SELECT and the answer of ASK, the preferred first."""
TRIPLES: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/xml": "rdfxml",
    "text/plain": "ntriples",
}
"""Media type → form of the triples of CONSTRUCT and DESCRIBE, the preferred first."""
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_DATASET: Final = ("default-graph-uri", "named-graph-uri")
_MOST_BODY: Final = 200_000


class Protocol:
    """The endpoint; a browser that asks for a page gets the page of queries at the same address."""

    def __init__(self, bench: Workbench, pages: Pages) -> None:
        self.bench = bench
        self.pages = pages

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        accept = request.headers.get("accept", "*/*")
        if request.method != "POST" and "text/html" in accept:
            return await run_in_threadpool(self.pages.sparql, request)
        try:
            given = await _given(request)
        except _RefusedError as refused:
            return PlainTextResponse(refused.reason, refused.status)
        rows, triples = negotiated(accept, ROWS), negotiated(accept, TRIPLES)
        if given is None:
            return _described(request, triples)
        if rows is None and triples is None:
            return PlainTextResponse(f"not acceptable: {accept[:200]}", 406)
        try:
            text, form = await run_in_threadpool(
                self.bench.protocol, given, ROWS.get(rows or "", ""), TRIPLES.get(triples or "", "")
            )
        except WenmaiError as error:
            return PlainTextResponse(said(error, language(request)), 400)
        media = rows if rows and ROWS[rows] == form else triples
        return Response(text.encode(), media_type=media, headers={"vary": "accept"})


class _RefusedError(Exception):
    """A request that is not answered."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


async def _given(request: Request) -> str | None:
    """The query of a request, or None where a GET has none."""
    fields = {name: request.query_params.getlist(name) for name in request.query_params}
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _body(request)
        if kind == _QUERY:
            fields["query"] = [body]
        elif kind == _FORM:
            fields |= parse_qs(body, keep_blank_values=True)
        else:
            raise _RefusedError(415, f"send {_FORM} or {_QUERY}")
    if "update" in fields:
        raise _RefusedError(403, "this server is read only")
    if any(name in fields for name in _DATASET):
        raise _RefusedError(400, "the dataset is fixed; use GRAPH")
    queries = fields.get("query", [])
    if len(queries) > 1 or (request.method == "POST" and not queries):
        raise _RefusedError(400, "give one query")
    return queries[0] if queries else None


async def _body(request: Request) -> str:
    body = await received(request, _MOST_BODY)
    if body is None:
        raise _RefusedError(413, f"more than {_MOST_BODY} bytes")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise _RefusedError(400, "not UTF-8") from None


def negotiated(accept: str, offered: dict[str, str]) -> str | None:
    """The media type offered that an Accept header likes best, or None.

    Args:
        accept: the header; the first of several types of one quality.
        offered: media type → form, the preferred first, which ``*/*`` takes.
    """
    for wanted in sorted(_accepted(accept), key=lambda x: -x[1]):
        kind, quality = wanted
        if quality <= 0:
            continue
        start = kind.removesuffix("*")
        for media in offered:
            if kind in (media, "*/*") or (kind.endswith("/*") and media.startswith(start)):
                return media
    return None


def _accepted(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(",")[:50]:
        kind, *parameters = (x.strip().lower() for x in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
        yield kind, quality


def _described(request: Request, media: str | None) -> Response:
    """The service description, for a GET without a query."""
    chosen = media or "text/turtle"
    data = files("kg.web").joinpath("service.ttl").read_bytes()
    base = str(request.url.replace(query=""))
    triples = [q.triple for q in ox.parse(data, format=ox.RdfFormat.TURTLE, base_iri=base)]
    text = ox.serialize(triples, format=SYNTAXES[TRIPLES[chosen]]) or b""
    return Response(text, media_type=chosen, headers={"vary": "accept"})
