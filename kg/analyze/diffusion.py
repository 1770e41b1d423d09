"""How a measure spreads (政策扩散): who takes it up when, from whom, how fast, how far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg.graph import terms as t
from kg.query.lookup import Found, one_entity
from kg.store import Store

_USES = """
SELECT ?document ?title ?number (STR(?issued) AS ?date) ?level ?body ?name WHERE {
  ?document kg:mentions|kg:providesFor ?measure ; a kg:Document ; rdfs:label ?title .
  OPTIONAL { ?document kg:number ?number }
  OPTIONAL { ?document dcterms:issued ?issued }
  OPTIONAL { ?document kg:level/skos:notation ?level }
  OPTIONAL { ?document kg:issuedBy ?body . ?body rdfs:label ?name }
}"""
_BODIES = (
    "SELECT (COUNT(DISTINCT ?body) AS ?bodies) WHERE { ?document kg:issuedBy ?body ; kg:attestedBy ?source }"
)
_LEVELS = {name: i for i, name in enumerate(("national", "province", "prefecture", "county", "township"))}


@dataclass(frozen=True, slots=True)
class Adoption:
    """A body's first document that names the measure.

    Attributes:
        date: of the document, as far as it is known.
        body: name of the body.
        level: of the document: ``national`` … ``township``, or None.
        document: canonical IRI, number and title in one line for people.
        step: ``first``, ``down`` (after a higher level), ``up`` (after lower levels only), ``level``
            (after its own level only), or ``unknown`` where a level is not known.
    """

    date: str
    body: str
    level: str | None
    document: str
    step: str


@dataclass(frozen=True, slots=True)
class Diffusion:
    """The spread of one measure through the collection.

    Attributes:
        measure: the measure.
        adoptions: first uses by body, by date.
        documents: documents that name it (强度).
        bodies: bodies that have a document that names it.
        breadth: bodies among all bodies that issue documents in the collection (广度), 0 to 1.
        per_year: bodies that took it up a year, from the first to the last (速度); None within one day.
        directions: step → how many (方向).
        covered: share of the documents that have both a date and an issuer; the rest cannot be placed.
    """

    measure: Found
    adoptions: tuple[Adoption, ...]
    documents: int
    bodies: int
    breadth: float
    per_year: float | None
    directions: tuple[tuple[str, int], ...]
    covered: float


def diffusion(store: Store, measure: str) -> Diffusion:
    """The spread of a measure.

    Args:
        store: the graph.
        measure: its name, part of it, or its IRI.

    Raises:
        NotFoundError: no measure fits.
        AmbiguousError: several fit.
    """
    found = one_entity(store, measure, t.C_MEASURE)
    answer = store.query(_USES, {"measure": ox.NamedNode(found.iri)})
    assert isinstance(answer, ox.QuerySolutions)
    rows = [{v: _value(row, v) for v in _COLUMNS} for row in answer]
    documents = {r["document"] for r in rows}
    placed = sorted(
        {
            (r["date"], r["name"], r["level"], r["document"], r["number"] or r["title"])
            for r in rows
            if r["date"] and r["body"]
        }
    )
    first: dict[str, tuple[str, str, str, str, str]] = {}
    for use in placed:
        first.setdefault(use[1], use)
    adoptions = _steps(sorted(first.values()))
    steps = [a.step for a in adoptions]
    total = _bodies(store)
    return Diffusion(
        found,
        adoptions,
        len(documents),
        len(first),
        round(len(first) / total, 4) if total else 0.0,
        _per_year(adoptions),
        tuple(
            (step, steps.count(step)) for step in ("first", "down", "level", "up", "unknown") if step in steps
        ),
        round(len({use[3] for use in placed}) / len(documents), 4) if documents else 0.0,
    )


_COLUMNS = ("document", "title", "number", "date", "level", "body", "name")


def _value(row: ox.QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def _steps(uses: list[tuple[str, str, str, str, str]]) -> tuple[Adoption, ...]:
    made: list[Adoption] = []
    for when, name, level, _, label in uses:
        before = [a for a in made if a.date < when]
        made.append(Adoption(when, name, level or None, label, _step(level, before)))
    return tuple(made)


def _step(level: str, before: list[Adoption]) -> str:
    if not before:
        return "first"
    known = [_LEVELS[a.level] for a in before if a.level]
    if level not in _LEVELS or not known:
        return "unknown"
    here = _LEVELS[level]
    if min(known) < here:
        return "down"
    return "level" if here in known else "up"


def _bodies(store: Store) -> int:
    answer = store.query(_BODIES)
    assert isinstance(answer, ox.QuerySolutions)
    return next((int(_value(row, "bodies")) for row in answer), 0)


def _per_year(adoptions: tuple[Adoption, ...]) -> float | None:
    if len(adoptions) < 2:
        return None
    days = (_day(adoptions[-1].date) - _day(adoptions[0].date)).days
    return round(len(adoptions) / (days / 365.25), 2) if days > 0 else None


def _day(text: str) -> date:
    """A date at its first day, where only the month or the year is known."""
    year, month, day = (int(x) for x in (text + "-01-01")[:10].split("-"))
    return date(year, month, day)
