"""Messages for people in Chinese or English, by the environment variable ``KG_LANG`` (zh unless it says en)."""

from __future__ import annotations

import os
from typing import Literal


def language() -> Literal["zh", "en"]:
    """The language that the user asked for."""
    return "en" if os.environ.get("KG_LANG", "zh").lower().startswith("en") else "zh"


def t(zh: str, en: str) -> str:
    """The one of two wordings that the user asked for."""
    return en if language() == "en" else zh
