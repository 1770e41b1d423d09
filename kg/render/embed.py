"""Putting text of documents into a page so that none of it runs; scripts that a policy names by hash."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from jinja2 import DictLoader, Environment
from markupsafe import Markup

Lang = Literal["zh", "en"]

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


@dataclass(frozen=True, slots=True)
class Shell:
    """What every template asks for beside its own values."""

    lang: Lang
    scripts: tuple[Markup, ...]
    style: Markup

    @property
    def html_lang(self) -> str:
        """Language of the page by BCP 47."""
        return "en" if self.lang == "en" else "zh-CN"

    @property
    def policy(self) -> str:
        """The content security policy of the page."""
        return policy(self.scripts, self.style)

    @property
    def noscript(self) -> str:
        """What people without scripts are told."""
        return strings()["noscript"][self.lang == "en"]


def shell(lang: Lang, scripts: Sequence[str], styles: Sequence[str], libraries: Sequence[str] = ()) -> Shell:
    """Scripts and style sheets of the assets for one page, our own scripts in one closed scope.

    Args:
        lang: language the page opens in.
        scripts: names of our scripts, in order.
        styles: names of style sheets, in order.
        libraries: code of other scripts, which come first.
    """
    own = script("(() => {", '"use strict";', *map(asset, scripts), "})();")
    return Shell(lang, (*map(script, libraries), own), Markup("".join(map(asset, styles))))  # noqa: S704


def templates(name: str) -> Environment:
    """An environment that escapes everything and knows one template of the assets."""
    return Environment(loader=DictLoader({name: asset(name)}), autoescape=True)


def page(
    name: str,
    lang: Lang,
    data: Mapping[str, object],
    scripts: Sequence[str],
    styles: Sequence[str],
    **values: Any,
) -> str:
    """The page ``name.html`` with its data as JSON."""
    everything = {"lang": lang, "strings": strings(), **data}
    template = templates(f"{name}.html").get_template(f"{name}.html")
    html = template.render(shell=shell(lang, scripts, styles), data=safe_json(everything), **values)
    return str(html) + "\n"
