"""What the pages ask of a store: nodes with their facts, edges with their sentences, always in lots."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import pyoxigraph as ox

from kg.graph import terms as t
from kg.graph.iris import ID
from kg.render.model import LEVELS, Quote, ViewEdge, ViewNode
from kg.store import Store

RELATIONS: Final = {
    t.CITES: "cites",
    t.ISSUED_BY: "issuedBy",
    t.DRAFTED_BY: "draftedBy",
    t.FORWARDED_BY: "forwardedBy",
    t.CARRIED_BY: "carriedBy",
    t.ORG_SUB_ORGANIZATION_OF: "subOrganizationOf",
    t.ORG_MEMBER_OF: "memberOf",
    t.CARRIES_OUT: "carriesOut",
    t.LEADS: "leads",
    t.TAKES_PART_IN: "takesPartIn",
    t.PROVIDES_FOR: "providesFor",
    t.RESTS_ON: "restsOn",
    t.SETS_UP: "setsUp",
    t.REPLACES: "replaces",
    t.PART_OF_MEASURE: "partOfMeasure",
}
"""The properties that are drawn, and their names on the page."""
_FUNCTIONS: Final = {iri: name for name, iri in t.V_FUNCTION.items()}
_EVENTS: Final = {iri: name for name, iri in t.V_EVENT.items()}
_CODES: Final = {iri: name for v in (t.V_GENRE, t.V_LEVEL, t.V_MEASURE_KIND) for name, iri in v.items()}
NODE_KINDS: Final = {
    t.C_GHOST: "cited",
    t.C_DOCUMENT: "document",
    t.C_INSTITUTION: "institution",
    t.C_MEASURE: "measure",
}
_DIVISION: Final = re.compile(r"division/(\d{2})(\d{2})(\d{2})(\d*)")
_NUMBER_YEAR: Final = re.compile(r"〔(\d{4})〕")
_LOT: Final = 400

_DESCRIBE: Final = f"""SELECT ?node ?p ?o WHERE {{ VALUES ?node {{ %s }} ?node ?p ?o
  FILTER(?p IN (rdf:type, rdfs:label, kg:number, dcterms:issued, kg:year, kg:genre, kg:level, skos:altLabel,
    kg:institutionKind, kg:kind, kg:since, kg:until, kg:division, kg:attestedBy, <{t.ISSUED_BY}>,
    <{t.ORG_SUB_ORGANIZATION_OF}>)) }}"""
_LABELS: Final = "SELECT ?node ?label WHERE { VALUES ?node { %s } ?node rdfs:label ?label }"
_DIVISIONS: Final = "SELECT ?node ?label WHERE { VALUES ?node { %s } ?node kg:division ?label }"
_PATHS: Final = "SELECT ?node ?label WHERE { VALUES ?node { %s } GRAPH ?node { ?node kg:path ?label } }"
_SOURCES: Final = "SELECT ?source ?path WHERE { GRAPH ?source { ?source kg:path ?path } }"
_AFFECTED: Final = """SELECT ?node ?kind ?date ?by WHERE { VALUES ?node { %s }
  ?event kg:affects ?node ; kg:eventKind ?kind ; kg:madeBy/rdfs:label ?by .
  OPTIONAL { ?event kg:eventDate ?date } }"""
_CITATIONS: Final = """SELECT ?node ?other ?type ?text ?start ?end ?path WHERE { VALUES (?node ?other) { %s }
  ?citation cito:hasCitingEntity ?node ; cito:hasCitedEntity ?other .
  ?citation kg:function ?type ; kg:hasReading ?reading .
  GRAPH ?source { ?reading kg:sentence ?span .
    ?span oa:exact ?text ; oa:start ?start ; oa:end ?end . ?source kg:path ?path } }"""
_STATEMENTS: Final = """SELECT ?node ?other ?type ?text ?start ?end ?path WHERE { VALUES (?node ?other) { %s }
  ?statement kg:subject ?node ; kg:object ?other ; kg:relation ?type ; kg:hasReading ?reading .
  GRAPH ?source { ?reading kg:sentence ?span .
    ?span oa:exact ?text ; oa:start ?start ; oa:end ?end . ?source kg:path ?path } }"""
Row = dict[str, str]
Ends = tuple[str, str]


def rows(store: Store, sparql: str, nodes: Iterable[str | Ends] | None = None) -> Iterator[Row]:
    """Rows of a SELECT as strings; ``%s`` in the query is filled with lots of ``nodes``, or of pairs of them."""
    lots = [""] if nodes is None else _lots(nodes)
    for lot in lots:
        answer = store.query(sparql if nodes is None else sparql.replace("%s", lot))
        assert isinstance(answer, ox.QuerySolutions)
        names = [v.value for v in answer.variables]
        for solution in answer:
            pairs = zip(names, solution, strict=True)
            yield {name: term.value for name, term in pairs if isinstance(term, ox.NamedNode | ox.Literal)}


def _lots(nodes: Iterable[str | Ends]) -> Iterator[str]:
    source = iter(nodes)
    while lot := list(islice(source, _LOT)):
        yield " ".join(_term(x) if isinstance(x, str) else f"({_term(x[0])} {_term(x[1])})" for x in lot)


def _term(iri: str) -> str:
    return str(ox.NamedNode(iri))


def described(store: Store, sizes: Mapping[str, float]) -> dict[str, ViewNode]:
    """Nodes with labels and facts.

    Args:
        store: the graph.
        sizes: IRI of each node and what its size stands for.
    """
    values: dict[str, dict[str, list[str]]] = {iri: defaultdict(list) for iri in sizes}
    for row in rows(store, _DESCRIBE, sizes):
        values[row["node"]][row["p"]].append(row["o"])
    near = sorted(
        {o for v in values.values() for p in (t.ISSUED_BY, t.ORG_SUB_ORGANIZATION_OF) for o in v[p]}
    )
    labels = _names(store, _LABELS, near)
    divisions = _names(store, _DIVISIONS, near)
    paths = _names(store, _PATHS, sorted({o for v in values.values() for o in v[t.ATTESTED_BY]}))
    events: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(store, _AFFECTED, sizes):
        events[row["node"]].append((_EVENTS[row["kind"]], f"{row.get('date', '')} {row['by']}".strip()))
    nodes = {}
    for iri, v in values.items():
        level = _level(iri, v, divisions)
        facts = (*_facts(v, labels, paths, level), *sorted(events[iri]), ("id", iri))
        nodes[iri] = ViewNode(
            iri,
            label_of(iri, v, paths),
            _kind(v[t.RDF_TYPE]),
            min(v[t.NUMBER], default=""),
            _year(v),
            level,
            sizes[iri],
            facts,
        )
    return nodes


def _year(v: Mapping[str, list[str]]) -> int | None:
    """The year of the date, else that of the number (国发〔2015〕1号)."""
    numbered = _NUMBER_YEAR.search(min(v[t.NUMBER], default=""))
    found = min(v[t.YEAR], default=numbered[1] if numbered else "")
    return int(found) if found.isdecimal() else None


def source_paths(store: Store) -> dict[str, str]:
    """IRI and path of every source."""
    return {row["source"]: row["path"] for row in rows(store, _SOURCES)}


def label_of(iri: str, v: Mapping[str, list[str]], paths: Mapping[str, str]) -> str:
    """The label of an entity by its properties; for a document without title and number the name of its file."""
    own = iri.removeprefix(ID)
    label = min(v[t.RDFS_LABEL], default=own)
    files = (paths[o].rpartition("/")[2] for o in v[t.ATTESTED_BY] if o in paths)
    return label if label != own else min(files, default=own)


def _names(store: Store, sparql: str, nodes: Sequence[str]) -> dict[str, str]:
    return {row["node"]: row["label"] for row in rows(store, sparql, nodes)}


def _kind(types: list[str]) -> str:
    return next((kind for iri, kind in NODE_KINDS.items() if iri in types), "document")


def _level(iri: str, v: Mapping[str, list[str]], divisions: Mapping[str, str]) -> str | None:
    """The stated level, else that of the division of the body itself or of its issuer."""
    if v[t.LEVEL]:
        return _CODES.get(min(v[t.LEVEL]))
    bodies = [iri, *v[t.ISSUED_BY]]
    if any(body.startswith(f"{ID}institution/cn/") for body in bodies):
        return "national"
    known = [*v[t.DIVISION], *(divisions[b] for b in bodies if b in divisions)]
    found = {level for division in known if (level := _division_level(division))}
    return min(found, key=LEVELS.index, default=None)


def _division_level(iri: str) -> str | None:
    """The level by the digits of an administrative code (GB/T 2260): 440000, 441800, 441802, 441802001."""
    code = _DIVISION.search(iri)
    if code is None:
        return None
    if code[4]:
        return "township"
    if code[3] != "00":
        return "county"
    return "prefecture" if code[2] != "00" else "province"


def _facts(
    v: Mapping[str, list[str]], labels: Mapping[str, str], paths: Mapping[str, str], level: str | None
) -> Iterator[tuple[str, str]]:
    def joined(values: Iterable[str]) -> str:
        return "、".join(sorted(set(values)))

    found = {
        "number": joined(v[t.NUMBER]),
        "issuer": joined(labels[o] for o in v[t.ISSUED_BY] if o in labels),
        "date": joined(v[t.DCTERMS_ISSUED]),
        "genre": joined(_CODES.get(o, o) for o in v[t.GENRE]),
        "level": level or "",
        "kind": joined([*v[t.INSTITUTION_KIND], *(_CODES.get(o, o) for o in v[t.KIND])]),
        "parent": joined(labels[o] for o in v[t.ORG_SUB_ORGANIZATION_OF] if o in labels),
        "since": joined(v[t.SINCE]),
        "until": joined(v[t.UNTIL]),
        "aliases": joined(v[t.SKOS_ALT_LABEL]),
        "source": joined(paths[o] for o in v[t.ATTESTED_BY] if o in paths),
    }
    return ((name, value) for name, value in found.items() if value)


def edges_between(
    store: Store, pairs: Iterable[tuple[str, str, str]], dates: Mapping[str, str]
) -> list[ViewEdge]:
    """Edges with their sentences; ``cites`` becomes one edge for each function, if it has any.

    Args:
        store: the graph.
        pairs: subject, IRI of the property, object.
        dates: dates of documents by their IRIs.
    """
    drawn = {(a, b, RELATIONS.get(p, "mentions")) for a, p, b in pairs}
    quotes: dict[tuple[str, str, str], set[Quote]] = {key: set() for key in drawn if key[2] != "cites"}
    for row in rows(store, _CITATIONS, sorted((a, b) for a, b, name in drawn if name == "cites")):
        quotes.setdefault((row["node"], row["other"], _FUNCTIONS[row["type"]]), set()).add(_quote(row))
    stated = {(a, b) for a, b, name in drawn if name not in ("cites", "mentions")}
    for row in rows(store, _STATEMENTS, sorted(stated | {(b, a) for a, b in stated})):
        name = RELATIONS.get(row["type"], "")
        for key in ((row["node"], row["other"], name), (row["other"], row["node"], name)):
            if key in quotes:
                quotes[key].add(_quote(row))
    typed = {(a, b) for a, b, _ in quotes}
    quotes.update({key: set() for key in drawn if key[2] == "cites" and key[:2] not in typed})
    return [
        ViewEdge(a, b, name, tuple(sorted(found, key=_place)), dates.get(a))
        for (a, b, name), found in sorted(quotes.items())
    ]


def _quote(row: Row) -> Quote:
    return Quote(row["text"], row["path"], int(row["start"]), int(row["end"]))


def _place(q: Quote) -> tuple[str, int]:
    return q.source, q.start or 0
