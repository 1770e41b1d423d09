"""Versions and parts of a work, from what its sources say of themselves and of its amendments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.grammar.titles import split_edition
from kg.graph import iris
from kg.graph import terms as t
from kg.identify import KeyFacts
from kg.identify.facts import Edition

_LEGAL = frozenset(("法", "法典", "条例", "规定", "办法", "细则", "规则", "解释"))
"""Genres that are amended and stay what they are; a later notice of the same title is another document."""


@dataclass(slots=True)
class _Version:
    date: str | None
    mark: str | None
    sources: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)


def version_lines(canonical: str, label: str, genre: str | None, facts: Iterable[KeyFacts]) -> Iterator[str]:
    """The versions and parts of one work as lines.

    Args:
        canonical: id of the work.
        label: what it is called.
        genre: 文种.
        facts: of all its keys.

    A version is told by the day on which its text was adopted or amended, or by the mark of a title that names no
    more (2017年修订), which means the only version of that year. A work of which one text alone is known has none.
    """
    keys = list(facts)
    held = [Edition.read(value) for f in keys for value in f.all("edition")]
    found = _versions(held, keys) if genre in _LEGAL else {}
    if len(found) > 1 or any(v.mark for v in found.values()):
        for name in sorted(found):
            yield from _version(canonical, label, name, found[name])
    yield from _parts(canonical, label, held)


def _versions(held: Iterable[Edition], keys: Iterable[KeyFacts]) -> Mapping[str, _Version]:
    found: dict[str, _Version] = {}
    for f in keys:
        for date in f.all("amended"):
            found.setdefault(date, _Version(date, None))
    for e in held:
        if e.date:
            found.setdefault(e.date, _Version(e.date, None)).sources.add(e.sha256)
    for f in keys:
        mark = next((m for title in f.all("title") if (m := split_edition(title)[1])), None)
        if mark:
            name = _of_mark(mark, found)
            found.setdefault(name, _Version(None, mark)).keys.add(f.key)
    return found


def _of_mark(mark: str, found: Mapping[str, _Version]) -> str:
    """The version that a mark means: the only one of its year, else one of its own."""
    same = [name for name, v in found.items() if v.date and v.date[:4] == mark[:4]]
    return same[0] if len(same) == 1 else mark


def _version(canonical: str, label: str, name: str, v: _Version) -> Iterator[str]:
    node = iris.entity(f"version/{canonical.removeprefix('document/')}/{name}")
    yield f"{node} <{t.RDF_TYPE}> <{t.C_VERSION}> .\n"
    yield f"{node} <{t.VERSION_OF}> {iris.entity(canonical)} .\n"
    yield f"{node} <{t.RDFS_LABEL}> {iris.text(f'{label}（{name}）')} .\n"
    if v.date:
        yield f"{node} <{t.DCTERMS_ISSUED}> {iris.date(v.date)} .\n"
    if v.mark:
        yield f"{node} <{t.VERSION}> {iris.text(v.mark)} .\n"
    for sha in sorted(v.sources):
        yield f"{node} <{t.ATTESTED_BY}> {iris.source(sha)} .\n"
    for key in sorted(v.keys):
        yield f"{iris.local(key)} <{t.IDENTIFIED_AS_VERSION}> {node} .\n"


def _parts(canonical: str, label: str, held: Iterable[Edition]) -> Iterator[str]:
    for e in held:
        if e.part:
            node = iris.entity(f"part/{canonical.removeprefix('document/')}/{e.part}")
            yield f"{node} <{t.RDF_TYPE}> <{t.C_PART}> .\n"
            yield f"{node} <{t.PART_OF}> {iris.entity(canonical)} .\n"
            yield f"{node} <{t.RDFS_LABEL}> {iris.text(f'{label}·{e.part}')} .\n"
            yield f"{node} <{t.ATTESTED_BY}> {iris.source(e.sha256)} .\n"
