"""Named organisations."""

from __future__ import annotations

import re

from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import InstitutionName, Label, Mention

_NAME = re.compile(r"国务院办公厅|国务院|[省市县区](?:人民)?政府|[省市县区]委")


def recognize_institutions(
    doc: CleanDoc, structure: Structure, taken: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Mentions of institutions in order of the text, outside of ``taken``."""
    return tuple(
        Mention(
            Label.INSTITUTION,
            m.start(),
            m.end(),
            m.group(),
            "stub",
            value=InstitutionName("full", "", m.group()),
        )
        for m in _NAME.finditer(doc.text)
        if not any(t.start < m.end() and m.start() < t.end for t in taken)
    )
