"""What keeps other sites away from a server on this machine, and documents from running in its pages."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.store import QueryError

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
_LOCAL: Final = ("127.0.0.1", "localhost", "[::1]")
_SERVICE: Final = re.compile(r"[?$]\w+|(service)(?!-)", re.IGNORECASE)
"""The keyword needs no space around it (``1SERVICE``, ``SERVICEex:a``): any such letters outside of a variable."""
_ESCAPE: Final = re.compile(r"\\[uU]")
_MAX_QUERY: Final = 20_000


class Guard:
    """ASGI middleware: Host and Origin are checked, headers are set.

    A page of another site can send requests to 127.0.0.1; a name of another site can be made to point there.
    So the Host must be this server's, and what another site sends is refused where it asks for more than a
    page.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = ()) -> None:
        self.app = app
        self.hosts = frozenset((*_LOCAL, *hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reason = self.refusal(scope["method"], scope["path"], Headers(scope=scope))
        if reason:
            await PlainTextResponse(reason, 403)(scope, receive, send)
            return
        await self.app(scope, receive, _with_headers(send))

    def refusal(self, method: str, path: str, headers: Headers) -> str | None:
        """Why a request is refused, or None."""
        host = headers.get("host", "")
        if _name(host) not in self.hosts:
            return f"Host not allowed: {host[:80]}"
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return "Origin not allowed"
        site = headers.get("sec-fetch-site", "none")
        if method == "POST" and path == "/sparql" and site == "none":
            return None  # a query changes nothing, and programs send no Origin
        if method not in ("GET", "HEAD"):
            return None if origin or site == "same-origin" else "Origin missing"
        if site == "cross-site" and path.startswith(("/sparql", "/api", "/static")):
            return "not for other sites"
        return None


def _name(host: str) -> str:
    return re.sub(r":\d{1,5}$", "", host)


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("content-security-policy", POLICY)
        await send(message)

    return sending


def checked_query(sparql: str) -> str:
    """The query, if it stays inside the graph.

    ``SERVICE`` would let a query reach other machines. Escapes (``\\u0053``) could hide the word; they are
    refused, too.

    Raises:
        QueryError: the query is too long or could reach out.
    """
    if len(sparql) > _MAX_QUERY:
        raise QueryError(f"查询超过 {_MAX_QUERY} 字", f"the query is longer than {_MAX_QUERY} characters")
    if any(m[1] for m in _SERVICE.finditer(sparql)) or _ESCAPE.search(sparql):
        raise QueryError(
            "工作台的查询不得使用 SERVICE，也不得使用 \\u 转义",
            "queries of the workbench may use neither SERVICE nor \\u escapes",
        )
    return sparql
