"""Whether a document was in force on a day, as far as dated facts of the collection tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.graph import terms as t
from kg.model.statements import EventKind
from kg.query.lookup import Found, one_document
from kg.store import Bindings, Store

_KINDS = {iri: EventKind(name) for name, iri in t.V_EVENT.items()}
_EVENTS = """
SELECT ?document ?kind (STR(?when) AS ?date) ?by ?byLabel ?byNumber (STR(?issued) AS ?byDate)
       ?sentence ?path ?start ?end WHERE {
  ?event kg:affects ?document ; kg:eventKind ?kind ; kg:madeBy ?by ; kg:hasReading ?reading .
  GRAPH ?source {
    ?reading oa:hasSelector ?span . ?span oa:exact ?sentence ; oa:start ?start ; oa:end ?end .
    ?source kg:path ?path
  }
  ?by rdfs:label ?byLabel .
  OPTIONAL { ?event kg:eventDate ?when }
  OPTIONAL { ?by kg:number ?byNumber }
  OPTIONAL { ?by dcterms:issued ?issued }
}"""
_VERSIONS = """
SELECT (STR(?when) AS ?date) ?path WHERE {
  ?version kg:versionOf ?document ; dcterms:issued ?when .
  OPTIONAL { ?version kg:attestedBy ?source . GRAPH ?source { ?source kg:path ?path } }
}"""
_OF_ONE = _EVENTS.replace("SELECT ?document", "SELECT", 1)


class State(StrEnum):
    """Whether a document is in force."""

    IN_FORCE = "in-force"
    AMENDED = "amended"
    """In force with changes."""
    NOT_YET = "not-yet"
    REPEALED = "repealed"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"
    """No dated fact of the collection tells."""


_ENDS = {
    EventKind.REPEALED: State.REPEALED,
    EventKind.EXPIRED: State.EXPIRED,
    EventKind.SUPERSEDED: State.SUPERSEDED,
}


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact about a document in law, with the words that prove it.

    Attributes:
        kind: what happened.
        date: from when; the date of the instrument where the text names none; None where neither is known.
        stated: whether the text itself names the date.
        by: label of the instrument.
        by_iri: its IRI.
        by_number: its number, or None.
        sentence: the clause.
        path: the source file.
        start: source offset of the clause.
        end: offset behind it.
    """

    kind: EventKind
    date: str | None
    stated: bool
    by: str
    by_iri: str
    by_number: str | None
    sentence: str
    path: str
    start: int
    end: int

    @property
    def ends(self) -> bool:
        """Whether the document is no longer in force after it."""
        return self.kind in _ENDS


@dataclass(frozen=True, slots=True)
class TextVersion:
    """The text of a document from a day on.

    Attributes:
        date: on which it was adopted, amended or revised.
        sources: paths of the files that hold it, sorted; empty where only its amendment is known.
    """

    date: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a document on a day."""

    document: Found
    as_of: str
    state: State
    events: tuple[Event, ...]
    """All facts, by date, those after the day too."""
    versions: tuple[TextVersion, ...] = ()
    """All versions, by date; none where one text alone is known."""

    @property
    def version(self) -> TextVersion | None:
        """The last version of that day or before it."""
        past = [v for v in self.versions if v.date[: len(self.as_of)] <= self.as_of]
        return past[-1] if past else None


def status(store: Store, document: str, as_of: str) -> Standing:
    """Whether a document was in force on a day.

    Args:
        store: the graph.
        document: number, title, part of a title, or IRI.
        as_of: ``YYYY-MM-DD`` (or ``YYYY``, ``YYYY-MM`` for the end of it).

    Raises:
        NotFoundError: no document fits.
        AmbiguousError: several fit.
    """
    found = one_document(store, document)
    bindings = {"document": ox.NamedNode(found.iri)}
    events = events_of(store, bindings)
    return Standing(found, as_of, state_at(events, as_of), events, versions_of(store, bindings))


def versions_of(store: Store, bindings: Bindings) -> tuple[TextVersion, ...]:
    """The dated versions of one document, by date."""
    answer = store.query(_VERSIONS, bindings)
    assert isinstance(answer, ox.QuerySolutions)
    paths: dict[str, set[str]] = {}
    for row in answer:
        paths.setdefault(_text(row, "date"), set()).add(_text(row, "path"))
    return tuple(TextVersion(date, tuple(sorted(paths[date] - {""}))) for date in sorted(paths))


def state_at(events: tuple[Event, ...], as_of: str) -> State:
    """The state that the facts up to a day leave a document in."""
    past = [e for e in events if e.date is not None and e.date[: len(as_of)] <= as_of]
    ended = [e for e in past if e.ends]
    if ended:
        return _ENDS[ended[0].kind]
    if any(e.kind is EventKind.AMENDED for e in past):
        return State.AMENDED
    if any(e.kind is EventKind.IN_FORCE for e in past):
        return State.IN_FORCE
    later = [e for e in events if e.date is not None and e.kind is EventKind.IN_FORCE]
    return State.NOT_YET if later else State.UNKNOWN


def events_of(store: Store, bindings: Bindings) -> tuple[Event, ...]:
    """The facts about one document, by date; those without a date last."""
    answer = store.query(_OF_ONE, bindings)
    assert isinstance(answer, ox.QuerySolutions)
    iri = bindings["document"].value
    return tuple(sorted(_of_others(iri, {_event(row) for row in answer}), key=_order))


def all_events(store: Store) -> dict[str, tuple[Event, ...]]:
    """The facts about every document, by its IRI."""
    answer = store.query(_EVENTS)
    assert isinstance(answer, ox.QuerySolutions)
    found: dict[str, set[Event]] = {}
    for row in answer:
        found.setdefault(_text(row, "document"), set()).add(_event(row))
    return {iri: tuple(sorted(_of_others(iri, found[iri]), key=_order)) for iri in sorted(found)}


def _of_others(iri: str, events: set[Event]) -> set[Event]:
    """Without the end that a text gives to an earlier one of its own title."""
    return {
        e for e in events if not (e.kind in (EventKind.REPEALED, EventKind.SUPERSEDED) and e.by_iri == iri)
    }


def _event(row: ox.QuerySolution) -> Event:
    date, by_date = _text(row, "date"), _text(row, "byDate")
    return Event(
        _KINDS[_text(row, "kind")],
        date or by_date or None,
        bool(date),
        _text(row, "byLabel"),
        _text(row, "by"),
        _text(row, "byNumber") or None,
        _text(row, "sentence"),
        _text(row, "path"),
        int(_text(row, "start")),
        int(_text(row, "end")),
    )


def _text(row: ox.QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def _order(e: Event) -> tuple[str, str, str, int]:
    return e.date or "9", e.kind, e.path, e.start
