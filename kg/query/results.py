"""Answers of SPARQL queries as tables and in the formats that other tools read."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.export import SYNTAXES
from kg.graph.terms import PREFIXES
from kg.model.errors import WenmaiError
from kg.store import Answer, Term

_SOLUTIONS = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_TRIPLES = {
    **{name: SYNTAXES[name] for name in ("turtle", "ntriples", "rdfxml", "jsonld")},
    "json": SYNTAXES["jsonld"],
}
FORMATS = ("table", *sorted({*_SOLUTIONS, *_TRIPLES}))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer as people read them; an unbound variable is an empty cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(answer: Answer) -> Table:
    """An answer as a table: SELECT its rows, ASK one cell, CONSTRUCT its triples in order of their text."""
    if isinstance(answer, ox.QueryBoolean):
        return Table(("answer",), (("true" if answer else "false",),))
    if isinstance(answer, ox.QueryTriples):
        rows = sorted((readable(t.subject), readable(t.predicate), readable(t.object)) for t in answer)
        return Table(("subject", "predicate", "object"), tuple(rows))
    columns = tuple(v.value for v in answer.variables)
    return Table(columns, tuple(tuple(readable(term) for term in row) for row in answer))


def readable(term: Term | ox.Triple | None) -> str:
    """A term without syntax: the text of a literal, a short form of an IRI."""
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    if isinstance(term, ox.NamedNode):
        for prefix, iri in PREFIXES.items():
            if term.value.startswith(iri):
                return f"{prefix}:{term.value[len(iri) :]}"
        return term.value
    return str(term)


def serialize(answer: Answer, form: str) -> str:
    """An answer as CSV, JSON, TSV, XML (SPARQL 1.1 results) or, of CONSTRUCT, as RDF.

    Raises:
        WenmaiError: the format does not fit this kind of query.
    """
    if isinstance(answer, ox.QueryTriples):
        if form not in _TRIPLES:
            raise WenmaiError(
                f"CONSTRUCT 与 DESCRIBE 查询不能输出为 {form}",
                f"answers of CONSTRUCT and DESCRIBE have no form {form}",
            )
        prefixes = PREFIXES if form in ("turtle", "rdfxml") else None
        triples = sorted(answer, key=str)
        return (ox.serialize(triples, format=_TRIPLES[form], prefixes=prefixes) or b"").decode()
    if form not in _SOLUTIONS:
        raise WenmaiError(
            f"SELECT 与 ASK 查询不能输出为 {form}", f"answers of SELECT and ASK have no form {form}"
        )
    return (answer.serialize(format=_SOLUTIONS[form]) or b"").decode()
