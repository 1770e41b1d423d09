"""The SKOS concepts of genres, functions, levels and kinds, which stand in the default graph."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg.data import ontology_file


@cache
def vocabulary_lines() -> tuple[str, ...]:
    """The concepts as N-Quads lines of the default graph, sorted."""
    text = ontology_file("vocabularies.ttl").read_bytes()
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE)
    lines = ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES)
    return tuple(sorted(line + "\n" for line in (lines or b"").decode().splitlines()))
