"""The JSON interface: the same answers as the command line, described by OpenAPI."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse

from kg import __version__
from kg.graph import terms as t
from kg.query import named_queries
from kg.query.renderers import tree_json
from kg.web.explorer import MOST_NODES
from kg.web.index import FACETS
from kg.web.workbench import Workbench

Params = tuple[tuple[str, str], ...]
PATHS: Final[tuple[tuple[str, tuple[str, str], Params], ...]] = (
    (
        "/api/search",
        (
            "按题名、文号（括号不拘）、名称检索，附分面。",
            "Entities by title, number in any bracket style, or name, with facets.",
        ),
        (("q", "string"), ("kind", "string"), ("level", "string"), ("year", "string"), ("offset", "integer")),
    ),
    (
        "/api/graph/{id}",
        ("一个实体及与它关联的，附原句。", "An entity and what is linked to it, with sentences."),
        (("depth", "integer"),),
    ),
    (
        "/api/neighbours/{id}",
        (
            "与一个实体关联的，被引多的在前，每批至多 500 个。",
            "What is linked to an entity, the most cited first, in lots of at most 500.",
        ),
        (("offset", "integer"), ("limit", "integer")),
    ),
    (
        "/api/facts/{id}",
        (
            "一个实体，及它与被引最多的邻居之间的原句。",
            "An entity, and the sentences that link it to its most cited neighbours.",
        ),
        (),
    ),
    (
        "/api/trace/{id}",
        (
            "谁引用了一份文件（direction=down），或它依据什么（up）。",
            "Who cites a document (direction=down), or what it rests on (up).",
        ),
        (("direction", "string"), ("depth", "integer"), ("type", "string")),
    ),
    ("/api/queries", ("现成的查询及其参数。", "The named queries and their parameters."), ()),
    (
        "/api/query/{name}",
        (
            "一条现成查询的结果；参数用各自的名字给出。",
            "Rows of a named query; its parameters as they are named.",
        ),
        (),
    ),
    (
        "/api/sparql",
        ("SPARQL 查询的结果，至多 1000 行。", "Rows of a SPARQL query, at most 1,000."),
        (("query", "string"),),
    ),
    (
        "/api/audit",
        (
            "值得核对的：依据已废止、文号有误、缺号等。",
            "What to look into: repealed bases, slips in numbers, gaps.",
        ),
        (),
    ),
    (
        "/api/review",
        ("可能是同一个的两项，待人判断。", "Pairs that may be one thing, for people to decide."),
        (),
    ),
)


class Api:
    """Handlers of the JSON interface."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench

    def search(self, request: Request) -> JSONResponse:
        """Entities that fit."""
        given = request.query_params
        chosen = {name: given.get(name, "") for name in FACETS}
        offset = _number(request, "offset", 0, 10_000_000)
        hits = self.bench.now.index.search(given.get("q", "")[:200], chosen, offset)
        return JSONResponse(asdict(hits))

    def graph(self, request: Request) -> JSONResponse:
        """An entity and what is around it."""
        return JSONResponse(asdict(self.bench.view(request.path_params["id"], _depth(request, 1))))

    def neighbours(self, request: Request) -> JSONResponse:
        """A lot of what is linked to an entity."""
        offset = _number(request, "offset", 0, 10_000_000)
        limit = max(1, _number(request, "limit", 100, MOST_NODES))
        return JSONResponse(asdict(self.bench.neighbours(request.path_params["id"], offset, limit)))

    def facts(self, request: Request) -> JSONResponse:
        """An entity with the sentences that link it to others."""
        return JSONResponse(asdict(self.bench.facts(request.path_params["id"])))

    def trace(self, request: Request) -> JSONResponse:
        """The tree of citations."""
        direction = "up" if request.query_params.get("direction") == "up" else "down"
        types = tuple(x for x in request.query_params.getlist("type") if x in t.V_FUNCTION)
        root = self.bench.trace(request.path_params["id"], direction, _depth(request, 1), types)
        return JSONResponse(tree_json(root))

    def queries(self, request: Request) -> JSONResponse:
        """The named queries."""
        return JSONResponse([asdict(q) for q in named_queries().values()])

    def query(self, request: Request) -> JSONResponse:
        """Rows of a named query."""
        found = self.bench.named(request.path_params["name"], dict(request.query_params))
        return JSONResponse(asdict(found))

    def sparql(self, request: Request) -> JSONResponse:
        """Rows of a query."""
        return JSONResponse(asdict(self.bench.sparql(request.query_params.get("query", ""))))

    def audit(self, request: Request) -> JSONResponse:
        """Findings."""
        return JSONResponse([asdict(f) for f in self.bench.now.findings])

    def review(self, request: Request) -> JSONResponse:
        """The review queue."""
        return JSONResponse([asdict(d) for d in self.bench.doubts()])

    def openapi(self, request: Request) -> JSONResponse:
        """The description of this interface."""
        return JSONResponse(openapi())


def openapi() -> dict[str, Any]:
    """OpenAPI 3.1 description of :data:`PATHS`."""
    answers = {
        "200": {"description": "JSON"},
        "400": {"description": "wrong use"},
        "404": {"description": "not found"},
    }

    def operation(path: str, about: str, params: Params) -> dict[str, Any]:
        inside = [(name[1:-1], "string") for name in path.split("/") if name.startswith("{")]
        parameters = [
            {"name": name, "in": where, "required": where == "path", "schema": {"type": kind}}
            for where, some in (("path", inside), ("query", params))
            for name, kind in some
        ]
        return {"get": {"summary": about, "parameters": parameters, "responses": answers}}

    return {
        "openapi": "3.1.0",
        "info": {"title": "Wenmai", "version": __version__},
        "paths": {path: operation(path, about[1], params) for path, about, params in PATHS},
    }


def _number(request: Request, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name, "")
    return min(most, int(text)) if len(text) < 9 and text.isdecimal() else default


def _depth(request: Request, default: int) -> int:
    text = request.query_params.get("depth", "")
    return min(6, max(1, int(text))) if len(text) == 1 and text.isdecimal() else default
