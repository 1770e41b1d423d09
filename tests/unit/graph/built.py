"""The invented extractions as a store."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.graph.assemble import source_graph
from kg.graph.candidates import candidate_lines
from kg.graph.derive import entity_lines, statement_lines
from kg.graph.vocabularies import vocabulary_lines
from kg.identify import KeyTable, identify
from kg.identify.decisions import Decision
from kg.model.extraction import Extraction
from kg.store import OxigraphStore
from tests.unit.graph.sample import SOURCES


def table_of(xs: Sequence[Extraction]) -> KeyTable:
    """The facts of all keys."""
    table = KeyTable()
    for x in xs:
        table.add(x)
    return table


def doubtful_lines(xs: Sequence[Extraction]) -> list[str]:
    """The graph of candidates."""
    return candidate_lines(identify(table_of(xs)).candidates)


def default_lines(xs: Sequence[Extraction], decisions: Sequence[Decision] = ()) -> list[str]:
    """The derived graph without the vocabularies."""
    table = table_of(xs)
    identity = identify(table, decisions)
    lines = entity_lines(table, identity, identity.groups)
    return sorted({*lines, *(line for x in xs for line in statement_lines(x, identity))})


def all_lines() -> list[str]:
    """The whole graph of the invented extractions."""
    lines = default_lines([x for x, _ in SOURCES]) + list(vocabulary_lines())
    return lines + [line for x, text in SOURCES for line in source_graph(x, text, "0.0.0")]


@cache
def sample_store() -> OxigraphStore:
    """The graph of the invented extractions, in memory."""
    store = OxigraphStore.create()
    store.load(all_lines())
    return store
