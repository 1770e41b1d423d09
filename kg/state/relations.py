"""Who does what under which text."""

from __future__ import annotations

import re

from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import DocumentEntity, Resolution
from kg.model.spans import covered
from kg.model.statements import Citation, Evidence, Figure, Relation, Status
from kg.state.acting import acts
from kg.state.constructions import Told, constructions
from kg.state.figures import figures, reported_year
from kg.state.skeleton import Skeleton, skeletons
from kg.state.status import Sections, directive
from kg.state.tables import table_relations

SELF = "self"
_ENTRIES = 4
_CONTENTS = re.compile(rf"^[^。]*(?:第[一二三四五六七八九十]{{1,3}}[章节][^。]{{2,30}}){{{_ENTRIES}}}")
_BEARERS = frozenset(("leads", "carriesOut", "takesPartIn"))


def state_relations(
    doc: CleanDoc,
    structure: Structure,
    context: Context,
    source: DocumentEntity,
    resolution: Resolution,
    citations: tuple[Citation, ...],
) -> tuple[tuple[Relation, ...], tuple[Figure, ...]]:
    """Relations and figures in order of the text."""
    orders = directive(doc.text, structure)
    sections = None if orders else Sections(doc.text, structure)
    relations = list(table_relations(doc, resolution))
    borne = frozenset(r.object for r in relations)
    numbers: list[Figure] = []
    year = reported_year(structure)
    for skeleton in skeletons(doc, resolution):
        begin = skeleton.clean(0)
        if _is_contents(skeleton.text) or covered(structure.skipped, begin, begin):
            continue
        base = sections.status(begin) if sections else Status.PLANNED
        built = tuple(constructions(skeleton, base))
        taken = borne | frozenset(
            t.object.entity or "" for t in built if t.subject and t.predicate in _BEARERS
        )
        pairs = {(t.subject.entity, t.object.entity) for t in built if t.subject}
        plain = (
            t
            for t in acts(skeleton, base, taken)
            if not (t.subject and (t.subject.entity, t.object.entity) in pairs)
        )
        for told in (*built, *plain):
            relations.extend(_relations(skeleton, told, context, source, orders))
        numbers.extend(figures(skeleton, base, year))
    order = sorted(
        relations, key=lambda r: (r.evidence.start, r.evidence.end, r.predicate, r.subject, r.object)
    )
    return _once(order), tuple(numbers)


def _is_contents(text: str) -> bool:
    """Whether a paragraph is a table of contents that lost its line breaks."""
    return text.count("第") >= _ENTRIES and _CONTENTS.search(text) is not None


def _relations(
    skeleton: Skeleton, told: Told, context: Context, source: DocumentEntity, orders: bool
) -> list[Relation]:
    if told.object.entity is None:
        return []
    if told.subject is not None:
        subjects: tuple[str, ...] = (told.subject.entity or "",)
        predicate = told.predicate
    elif orders and told.predicate == "carriesOut":
        subjects, predicate = (SELF,), "providesFor"
    elif orders and told.predicate != "setsUp" and told.status is not Status.DONE:
        return []
    else:
        subjects, predicate = context.issuer_keys, told.predicate
    evidence = Evidence(skeleton.clean(told.start), skeleton.clean_end(told.end), told.rule, told.score)
    thing = SELF if told.object.entity == source.key else told.object.entity
    named = (SELF if s == source.key else s for s in subjects)
    around = _around(evidence, told)
    return [Relation(s, predicate, thing, told.status, evidence, around) for s in named if s and s != thing]


def _around(evidence: Evidence, told: Told) -> tuple[int, int] | None:
    """The evidence and what it relates, where a measure stands sentences before its bearer (（某局负责）)."""
    ends = [told.object.mention, *([told.subject.mention] if told.subject else [])]
    low, high = min(m.start for m in ends), max(m.end for m in ends)
    apart = low < evidence.start or high > evidence.end
    return (min(low, evidence.start), max(high, evidence.end)) if apart else None


def _once(relations: list[Relation]) -> tuple[Relation, ...]:
    """Each relation of one place once; a construction goes before the plain verb."""
    kept: dict[tuple[str, str, str, int], Relation] = {}
    for r in relations:
        key = (r.subject, r.predicate, r.object, r.evidence.start)
        if key not in kept or r.evidence.score > kept[key].evidence.score:
            kept[key] = r
    return tuple(kept.values())
