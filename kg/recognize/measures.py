"""Named initiatives."""

from __future__ import annotations

import re

from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import Label, MeasureName, Mention

_NAME = re.compile(r"“放管服”改革|“双随机、一公开”监管")


def recognize_measures(
    doc: CleanDoc, structure: Structure, taken: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Mentions of measures in order of the text, outside of ``taken``."""
    return tuple(
        Mention(Label.MEASURE, m.start(), m.end(), m.group(), "stub", value=MeasureName(m.group(), "reform"))
        for m in _NAME.finditer(doc.text)
        if not any(t.start < m.end() and m.start() < t.end for t in taken)
    )
