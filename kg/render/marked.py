"""A source text as HTML, its spans marked; what the browser holds is the text, character for character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

# HTML parsers turn CR LF into LF, drop NUL and refuse surrogates: offsets would no longer fit.
_KEPT = str.maketrans({"\x00": "\ufffd", **{chr(c): "\ufffd" for c in range(0xD800, 0xE000)}})


@dataclass(frozen=True, slots=True)
class Marking:
    """A span and the attributes of its element; the first piece of it gets ``id``."""

    start: int
    end: int
    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def marked(text: str, markings: Sequence[Marking]) -> Markup:
    """The text with a ``<mark>`` around each marking.

    Markings may nest and cross; one that crosses the end of another is cut in pieces. The concatenated text
    of the result has as many code points as ``text``. Markings that are empty or reach out of the text are
    left out.

    Args:
        text: the source text.
        markings: in any order; of two equal spans the first is the outer one.
    """
    valid = [m for m in markings if 0 <= m.start < m.end <= len(text)]
    opening: dict[int, list[Marking]] = {}
    for m in sorted(valid, key=lambda m: (m.start, -m.end)):
        opening.setdefault(m.start, []).append(m)
    out: list[str] = []
    stack: list[Marking] = []
    done = 0
    for at in sorted({*opening, *(m.end for m in valid)}):
        out.append(_text(text[done:at]))
        done = at
        stack = _close(out, stack, at)
        for m in opening.get(at, ()):
            out.append(_tag(m, first=True))
            stack.append(m)
    out.append(_text(text[done:]))
    return Markup("".join(out))  # noqa: S704


def _close(out: list[str], stack: list[Marking], at: int) -> list[Marking]:
    """End what ends here; what was opened inside of it and goes on is ended and begun again."""
    outermost = next((i for i, m in enumerate(stack) if m.end == at), len(stack))
    inner = stack[outermost:]
    going_on = [m for m in inner if m.end != at]
    out.append("</mark>" * len(inner))
    out.extend(_tag(m, first=False) for m in going_on)
    return stack[:outermost] + going_on


def _tag(m: Marking, *, first: bool) -> str:
    named = {"id": m.id, **m.attributes} if first else m.attributes
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in named.items())
    return f"<mark{attributes}>"


def _text(text: str) -> str:
    return str(escape(text.translate(_KEPT))).replace("\r", "&#13;")
