"""What documents state as columns, for tools that read tables: a row each, on canonical ids, with source and place."""

from __future__ import annotations

from typing import Any

from kg.identify import Identity
from kg.model.extraction import Extraction

_PLACE = ("source", "sha256", "start", "end", "score", "rule")
COLUMNS = {
    "mentions": (*_PLACE, "text", "label", "id", "key", "recognizer"),
    "citations": (*_PLACE, "citing", "cited", "function", "article", "sentence_start", "sentence_end"),
    "relations": (*_PLACE, "subject", "predicate", "object", "status"),
    "events": (*_PLACE, "document", "kind", "date", "by"),
    "figures": (*_PLACE, "measure", "indicator", "value", "unit", "as_of"),
}
"""Table → its columns. Spans count code points of the source text."""


class Tables:
    """Gathers the rows of some documents.

    Args:
        identity: ids of their keys.
    """

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}

    def add(self, x: Extraction) -> None:
        """Take in one document; what is said of rejected things is left in, under their ids."""
        identity, rows = self._identity, self._rows
        own = x.document.key

        def at(found: Any) -> tuple[Any, ...]:
            return x.source, x.sha256, found.start, found.end, found.score, found.rule

        for m in x.mentions:
            linked = identity(m.entity) if m.entity else None
            rows["mentions"].append((*at(m), m.text, m.label, linked, m.entity, m.recognizer))
        for c in x.citations:
            pair = identity(c.citing or own), identity(c.cited)
            rows["citations"].append((*at(c), *pair, c.type.value, c.article, *c.sentence))
        for r in x.relations:
            subject = identity(own if r.subject == "self" else r.subject)
            rows["relations"].append((*at(r), subject, r.predicate, identity(r.object), r.status.value))
        for v in x.events:
            rows["events"].append((*at(v), identity(v.document), v.kind.value, v.date, identity(v.by or own)))
        for f in x.figures:
            rows["figures"].append((*at(f), identity(f.measure), f.indicator, f.value, f.unit, f.as_of))

    def columns(self) -> dict[str, dict[str, list[Any]]]:
        """The tables that have rows."""
        return {
            name: dict(zip(COLUMNS[name], map(list, zip(*rows, strict=True)), strict=True))
            for name, rows in self._rows.items()
            if rows
        }
