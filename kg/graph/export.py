"""The graph as flat files: N-Quads, Turtle, JSON-LD and the other syntaxes that RDF tools read."""

from __future__ import annotations

import heapq
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import pyoxigraph as ox

from kg.graph import terms as t

if TYPE_CHECKING:
    import rdflib

SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Format name → syntax. Those without named graphs hold the default graph alone."""
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML may hold; U+FFFD stands for them."""
_RUN = 200_000
_LOT = 2000


def sorted_unique(lines: Iterable[str]) -> Iterator[str]:
    """Lines in order of their text, each once; beyond 200,000 at a time through temporary files."""
    source = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterable[str]] = []
        while run := sorted(set(islice(source, _RUN))):
            if len(run) == _RUN or runs:
                file: TextIO = stack.enter_context(
                    tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")
                )
                file.writelines(run)
                file.seek(0)
                runs.append(file)
            else:
                runs.append(run)
        last = None
        for line in heapq.merge(*runs):
            if line != last:
                yield line
            last = line


def write_rdf(store: ox.Store, path: Path, syntax: str) -> None:
    """Write the graph in one of :data:`SYNTAXES`, triples in order of their text.

    Syntaxes without named graphs hold the default graph; N-Quads, TriG and JSON-LD hold everything.
    """
    graph = None if SYNTAXES[syntax].supports_datasets else ox.DefaultGraph()
    quads = store.quads_for_pattern(None, None, None, graph)
    write_lines(sorted_unique(f"{quad} .\n" for quad in quads), path, syntax)


def write_lines(lines: Iterable[str], path: Path, syntax: str) -> None:
    """Write N-Quads lines in one of :data:`SYNTAXES`, in the order in which they come; they never all stand in memory."""
    form = SYNTAXES[syntax]
    prefixes = t.PREFIXES if syntax in ("turtle", "trig", "rdfxml") else None
    quads = _parsed(lines)
    with path.open("wb") as file:
        if form.supports_datasets:
            ox.serialize(quads, file, format=form, prefixes=prefixes)
        else:
            triples = (q.triple for q in quads)
            ox.serialize(
                map(_sayable, triples) if syntax == "rdfxml" else triples,
                file,
                format=form,
                prefixes=prefixes,
            )


def _sayable(triple: ox.Triple) -> ox.Triple:
    """A triple that XML can hold."""
    value = triple.object
    if not isinstance(value, ox.Literal) or not NO_XML.search(value.value):
        return triple
    text = NO_XML.sub("\ufffd", value.value)
    said = (
        ox.Literal(text, language=value.language)
        if value.language
        else ox.Literal(text, datatype=value.datatype)
    )
    return ox.Triple(triple.subject, triple.predicate, said)


def _parsed(lines: Iterable[str]) -> Iterator[ox.Quad]:
    source = iter(lines)
    while lot := "".join(islice(source, _LOT)):
        yield from ox.parse(lot, format=ox.RdfFormat.N_QUADS)


def graphs_of(store: ox.Store) -> Iterator[tuple[str, Iterator[str]]]:
    """Every graph of a store, the default graph (``""``) first, with its triples as N-Triples lines."""
    for name in (None, *sorted(store.named_graphs(), key=str)):
        quads = store.quads_for_pattern(None, None, None, name or ox.DefaultGraph())
        yield ("" if name is None else name.value), (f"{q.triple} .\n" for q in quads)


def to_rdflib(store: ox.Store) -> rdflib.Dataset:
    """The whole graph as an rdflib dataset, for its serialisers and tools; it all stands in memory."""
    import rdflib  # noqa: PLC0415 - slow to import and only wanted here

    def term(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Identifier:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, ox.BlankNode):
            return rdflib.BNode(value.value)
        if isinstance(value, ox.Literal):
            kind = None if value.language else rdflib.URIRef(value.datatype.value)
            return rdflib.Literal(value.value, lang=value.language, datatype=kind, normalize=False)
        raise TypeError(f"rdflib has no quoted triples: {value}")

    dataset = rdflib.Dataset(default_union=False)
    for name in (None, *store.named_graphs()):
        graph = dataset.graph(rdflib.URIRef(name.value) if name else rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
        for q in store.quads_for_pattern(None, None, None, name or ox.DefaultGraph()):
            graph.add((term(q.subject), term(q.predicate), term(q.object)))
    for prefix, iri in t.PREFIXES.items():
        dataset.bind(prefix, iri)
    return dataset
