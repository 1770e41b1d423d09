"""Messages for people in Chinese or English, by the environment variable ``KG_LANG`` (zh unless it says en)."""

from __future__ import annotations

import os


def t(zh: str, en: str) -> str:
    """The one of two wordings that the user asked for."""
    return en if os.environ.get("KG_LANG", "zh").lower().startswith("en") else zh
