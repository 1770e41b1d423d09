"""Putting text of documents into a page so that none of it runs; scripts that a policy names by hash."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup

_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
# C0 and C1 controls but tab and line feed; marks that turn the direction of text; lone surrogates.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def safe_json(value: object) -> Markup:
    """JSON for a ``<script type="application/json">`` element, with ``<``, ``>``, ``&``, U+2028/9 escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.translate(_ESCAPES))  # noqa: S704


def plain(text: str, limit: int) -> str:
    """Text of a document for people: no controls or direction marks, at most ``limit`` characters."""
    shown = _UNSHOWN.sub("", text[: limit * 2])
    return shown if len(shown) <= limit and len(text) <= limit * 2 else shown[: limit - 1] + "…"


@cache
def asset(name: str) -> str:
    """A text file of ``kg/render/assets``."""
    return files("kg.render").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def strings() -> dict[str, tuple[str, str]]:
    """Wordings of the pages, zh and en, by their keys."""
    return {key: (zh, en) for key, (zh, en) in json.loads(asset("strings.json")).items()}


def script(*parts: str) -> Markup:
    """Trusted scripts joined for one ``<script>`` element."""
    text = "\n".join(parts)
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ValueError("a script contains the end of its element")
    return Markup(text)  # noqa: S704


def policy(scripts: tuple[str, ...], style: str) -> str:
    """A content security policy that lets these scripts and this style sheet in, and no request out."""
    allowed = " ".join(f"'sha256-{_sha256(text)}'" for text in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'sha256-{_sha256(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
