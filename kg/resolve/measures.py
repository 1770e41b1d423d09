"""Which measure a name stands for."""

from __future__ import annotations

from collections import defaultdict

from kg.grammar.measures import core_name, known, normal_name
from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import Linked, MeasureEntity, Resolution
from kg.model.mentions import MeasureName, Mention


def resolve_measures(
    doc: CleanDoc, structure: Structure, context: Context, mentions: tuple[Mention, ...]
) -> Resolution:
    """Link the mentions of measures: variants of punctuation and head noun are one entity.

    A known measure goes by the name of the lexicon, any other by its shortest form in the document (the first
    of several); ``broader`` is what the lexicon says.
    """
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        groups[core_name(m.text)].append(m)
    entities = tuple(_entity(core, group) for core, group in groups.items())
    linked = tuple(Linked(m, _key(core), score=m.score) for core, group in groups.items() for m in group)
    return Resolution(linked, entities)


def _key(core: str) -> str:
    return f"measure/{core}"


def _entity(core: str, group: list[Mention]) -> MeasureEntity:
    forms = dict.fromkeys(m.text for m in group)
    entry = known().get(core)
    name = entry.name if entry else min(forms, key=len)
    broader = core_name(normal_name(entry.broader)) if entry and entry.broader else None
    first = group[0].value
    kind = entry.kind if entry else first.kind if isinstance(first, MeasureName) else ""
    aliases = tuple(sorted(f for f in forms if f != name))
    return MeasureEntity(_key(core), name, aliases, kind, _key(broader) if broader else None)
