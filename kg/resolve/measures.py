"""Which measure a name stands for."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.grammar.measures import core_name, known
from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import Linked, MeasureEntity, Resolution
from kg.model.mentions import MeasureName, Mention

_DEFINES = re.compile(r"”?（以下(?:统一?|简|合)?称为?：?“?")
_LISTED = re.compile(r"”?(?:、|和|与|及|以及)?“?")


def resolve_measures(
    doc: CleanDoc, structure: Structure, context: Context, mentions: tuple[Mention, ...]
) -> Resolution:
    """Link the mentions of measures: variants of punctuation and head noun are one entity.

    What the text abbreviates (以下简称) is one entity, what it sums up (以下统称) is part of the sum. A known
    measure goes by the name of the lexicon, any other by its shortest form in the document.
    """
    same, wider = _defined(doc.text, mentions)
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        core = core_name(m.text)
        groups[same.get(core, core)].append(m)
    entities = tuple(_entity(core, group, wider.get(core)) for core, group in groups.items())
    linked = tuple(Linked(m, _key(core), score=m.score) for core, group in groups.items() for m in group)
    return Resolution(linked, entities)


def _defined(text: str, mentions: tuple[Mention, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """What 以下简称 and 以下统称 say: short name to full name, and part to whole (core names)."""
    same: dict[str, str] = {}
    wider: dict[str, str] = {}
    for i, m in enumerate(mentions):
        before = text[mentions[i - 1].end : m.start] if i else ""
        if not _DEFINES.fullmatch(before):
            continue
        low = i - 1
        while low and _LISTED.fullmatch(text, mentions[low - 1].end, mentions[low].start):
            low -= 1
        parts = [core_name(x.text) for x in mentions[low:i]]
        core = core_name(m.text)
        if len(parts) == 1 and parts[0] != core:
            same[core] = parts[0]
        elif len(parts) > 1:
            wider.update({part: core for part in parts if part != core})
    return same, wider


def _key(core: str) -> str:
    return f"measure/{core}"


def _entity(core: str, group: list[Mention], wider: str | None) -> MeasureEntity:
    forms = dict.fromkeys(m.text for m in group)
    entry = known().get(core)
    own = [f for f in forms if core_name(f) == core] or list(forms)
    name = entry.name if entry else min(own, key=len)
    broader = core_name(entry.broader) if entry and entry.broader else wider
    first = group[0].value
    kind = entry.kind if entry else first.kind if isinstance(first, MeasureName) else ""
    aliases = tuple(sorted(f for f in forms if f != name))
    return MeasureEntity(_key(core), name, aliases, kind, _key(broader) if broader else None)
