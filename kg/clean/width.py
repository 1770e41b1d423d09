"""Folding of characters one for one, so that offsets do not move."""

from __future__ import annotations

_FULL = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SINGLE = str.maketrans(
    {
        "(": "（",
        ")": "）",
        "﹝": "〔",
        "﹞": "〕",
        "％": "%",
        "＋": "+",
        "﹒": "·",
        "•": "·",
        "・": "·",
        "‧": "·",
        "﹤": "〈",
        "﹥": "〉",
        "＜": "〈",
        "＞": "〉",
        "「": "“",
        "」": "”",
        "『": "‘",
        "』": "’",
        "\u3000": " ",
        "\xa0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\t": " ",
        "\ufeff": " ",
        "\u200b": " ",
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
_TABLE = {**_FULL, **_SINGLE}


def fold(text: str) -> str:
    """Half-width letters and digits, full-width parentheses, one kind of space; the length stays the same."""
    return text.translate(_TABLE)
