"""Which measure a name stands for."""

from __future__ import annotations

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import Linked, MeasureEntity, Resolution
from kg.model.mentions import MeasureName, Mention


def resolve_measures(
    doc: CleanDoc, structure: Structure, context: Context, mentions: tuple[Mention, ...]
) -> Resolution:
    """Link the mentions of measures by normalised name."""
    linked, entities = [], {}
    for m in mentions:
        name = m.value.name if isinstance(m.value, MeasureName) else m.text
        entity = MeasureEntity(f"measure/{name}", m.text)
        entities[entity.key] = entity
        linked.append(Linked(m, entity.key))
    return Resolution(tuple(linked), tuple(entities.values()))
