"""The web application: routes, and errors that people can read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.model.errors import WenmaiError
from kg.query import NotFoundError
from kg.render.embed import asset
from kg.web.api import Api
from kg.web.guard import Guard
from kg.web.html import Pages
from kg.web.page import language, page, said, wording
from kg.web.protocol import Protocol
from kg.web.workbench import Workbench

_STATIC = {
    "app.css": "app.css",
    "app.js": "app.js",
    "explore.js": "built/explore.js",
    "layout.js": "built/layout.js",
    "sparql.js": "built/sparql.js",
    "sparql.css": "built/sparql.css",
}
_TYPES = {".css": "text/css", ".js": "text/javascript"}


def create_app(folder: Path, *, edit: bool = False, hosts: tuple[str, ...] = ()) -> Starlette:
    """The workbench over the graph in a folder.

    Args:
        folder: what `kg build` wrote.
        edit: whether decisions may be saved.
        hosts: names besides those of this machine that a browser may call the server by.

    Raises:
        StoreError: there is no graph in the folder.
    """
    bench = Workbench(folder, edit)
    bench.warm()
    pages, api = Pages(bench), Api(bench)
    routes = [
        Route("/", pages.search),
        Route("/entity/{id:path}", pages.entity),
        Route("/trace/{id:path}", pages.trace),
        Route("/adopters/{id:path}", pages.adopters),
        Route("/graph/{id:path}", pages.graph),
        Route("/explore", pages.explore_around),
        Route("/explore/{id:path}", pages.explore),
        Route("/dossier/{id:path}", pages.dossier),
        Route("/read/{name}", pages.read),
        Route("/sparql", Protocol(bench, pages).answer, methods=["GET", "POST"]),
        Route("/audit", pages.audit),
        Route("/review", pages.review),
        Route("/review", pages.decide, methods=["POST"]),
        Route("/api", pages.api),
        Route("/api/openapi.json", api.openapi),
        Route("/api/search", api.search),
        Route("/api/graph/{id:path}", api.graph),
        Route("/api/neighbours/{id:path}", api.neighbours),
        Route("/api/facts/{id:path}", api.facts),
        Route("/api/trace/{id:path}", api.trace),
        Route("/api/queries", api.queries),
        Route("/api/query/{name}", api.query),
        Route("/api/sparql", api.sparql),
        Route("/api/audit", api.audit),
        Route("/api/review", api.review),
        Route("/lang/{to}", pages.lang),
        Route("/static/{name}", static),
    ]
    handlers: dict[type[Exception] | int, Callable[..., object]] = {
        WenmaiError: failed,
        HTTPException: missing,
    }
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers=handlers,  # type: ignore[arg-type]
    )


def static(request: Request) -> Response:
    """A file of the front end, by its name in a fixed list."""
    name = request.path_params["name"]
    if name == "base.css":
        text = asset(name)
    elif name in _STATIC:
        text = (Path(__file__).parent / "static" / _STATIC[name]).read_text(encoding="utf-8")
    else:
        raise HTTPException(404)
    return Response(text, media_type=_TYPES[Path(name).suffix], headers={"cache-control": "no-cache"})


async def failed(request: Request, error: Exception) -> Response:
    """What cannot be done, in words."""
    status = 404 if isinstance(error, NotFoundError) else 400
    return await _say(request, status, said(error, language(request)))


async def missing(request: Request, error: Exception) -> Response:
    """A page that does not exist."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return await _say(
        request, status, wording(language(request))("notFound") if status == 404 else str(error)
    )


async def _say(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status)
    heading = wording(language(request))("error")
    return await run_in_threadpool(page, request, "message", status, heading=heading, message=message)
