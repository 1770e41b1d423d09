"""What all pages of the workbench share: their language, their words, addresses and policy."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg.graph import iris
from kg.model.errors import WenmaiError
from kg.render import Lang
from kg.render.embed import strings as page_strings
from kg.web.workbench import entity_address

_HERE: Final = Path(__file__).parent
_POLICY: Final = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


@cache
def strings() -> dict[str, tuple[str, str]]:
    """All words of pages by key, Chinese and English."""
    own = json.loads((_HERE / "strings.json").read_text(encoding="utf-8"))
    return {**page_strings(), **{key: (zh, en) for key, (zh, en) in own.items()}}


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, trim_blocks=True)


def language(request: Request) -> Lang:
    """The language of a person: a cookie, else what the browser asks for."""
    asked = request.cookies.get("lang") or request.headers.get("accept-language", "zh")[:2]
    return "en" if asked == "en" else "zh"


def said(error: Exception, lang: Lang) -> str:
    """An error in words."""
    return error.said(lang) if isinstance(error, WenmaiError) else str(error)


def wording(lang: Lang) -> Callable[..., str]:
    """The function that puts a key into words."""

    def say(key: str, *values: object) -> str:
        text = strings().get(key, (key, key))[lang == "en"]
        for i, value in enumerate(values):
            text = text.replace(f"{{{i}}}", str(value))
        return text

    return say


def address(entity: str) -> str:
    """The page of an entity by IRI, canonical id or ``id:`` name."""
    if entity.startswith(iris.ID):
        return entity_address(entity)
    return "/entity/" + quote(entity.removeprefix("id:"), safe="/")


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of a template."""
    lang = language(request)
    text = (
        _templates()
        .get_template(f"{template}.html")
        .render(t=wording(lang), lang=lang, here=request.url.path, address=address, **values)
    )
    return HTMLResponse(text, status)


def own_page(text: str) -> HTMLResponse:
    """A page that carries its scripts and names them in a policy of its own."""
    found = _POLICY.search(text)
    assert found is not None
    policy = entities.unescape(found[1]) + "; frame-ancestors 'none'"
    return HTMLResponse(text, headers={"content-security-policy": policy})


async def received(request: Request, most: int) -> bytes | None:
    """The body of a request; None, and no more of it is read, where it is longer than ``most`` bytes."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return body
