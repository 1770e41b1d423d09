"""What all sources together say of each local key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kg.model.documents import PartKind
from kg.model.entities import DocumentEntity, Entity, InstitutionEntity
from kg.model.extraction import Extraction
from kg.model.mentions import Label
from kg.model.statements import EventKind

OWN = 1 << 20
"""Weight of what a document says of itself against what others say of it."""

Row = tuple[str, str, str, str, int]
"""Label, key, attribute, value, weight (1, or ``OWN`` for a document of itself)."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The text of a work that one source holds.

    Attributes:
        sha256: of the source.
        date: on which this text was adopted or last amended, or None.
        part: the book or part of the work that the source holds, None for the whole.
    """

    sha256: str
    date: str | None = None
    part: str | None = None

    @classmethod
    def read(cls, value: str) -> Edition:
        """The edition in a value of the attribute ``edition``."""
        sha256, date, part = value.split("|", 2)
        return cls(sha256, date or None, part or None)

    def value(self) -> str:
        """The value of the attribute ``edition``."""
        return f"{self.sha256}|{self.date or ''}|{self.part or ''}"


def observations(x: Extraction) -> Iterator[Row]:
    """What one source says of keys, each pair of key and attribute value once."""
    seen: dict[tuple[str, str, str, str], int] = {}
    named = {e.name: e.key for e in x.entities if isinstance(e, InstitutionEntity)}
    for e in (x.document, *x.entities):
        weight = OWN if e is x.document else 1
        for attribute, value in _attributes(e, named):
            row = (e.label.value, e.key, attribute, value)
            seen[row] = max(seen.get(row, 0), weight)
            if attribute == "issuer" and value not in named.values():
                seen.setdefault((Label.INSTITUTION.value, value, "name", value.rsplit("/", 1)[1]), 1)
    for key in _referenced(x):
        seen.setdefault((Label.DOCUMENT.value, key, "key", key), 1)
    for p in x.parts:
        if p.document and p.kind is PartKind.CARRIED and p.document != x.document.key:
            seen.setdefault((Label.DOCUMENT.value, p.document, "carrier", x.document.key), 1)
    own = x.document
    seen[Label.DOCUMENT.value, own.key, "source", x.sha256] = OWN
    seen[Label.DOCUMENT.value, own.key, "edition", Edition(x.sha256, own.date, own.part).value()] = OWN
    for v in x.events:
        if v.kind is EventKind.AMENDED and v.date:
            seen.setdefault((Label.DOCUMENT.value, v.document, "amended", v.date), 1)
    if not (x.document.title or x.document.number):
        seen[Label.DOCUMENT.value, x.document.key, "file", PurePosixPath(x.source).name] = OWN
    for (label, key, attribute, value), weight in seen.items():
        yield label, key, attribute, value, weight


def _referenced(x: Extraction) -> Iterator[str]:
    """Keys of documents that statements name, whether or not an entity describes them."""
    for c in x.citations:
        yield c.cited
        if c.citing:
            yield c.citing
    yield from (p.document for p in x.parts if p.document)
    for v in x.events:
        yield v.document
        if v.by:
            yield v.by


def issuer_key(name: str, named: Mapping[str, str]) -> str:
    """The key of an issuing body: that of the body of this name in the source, or one of the bare name."""
    return named.get(name) or f"institution/name/{name}"


def _attributes(e: Entity, named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    single: tuple[tuple[str, str | None], ...]
    if isinstance(e, DocumentEntity):
        single = (
            ("title", e.title),
            ("number", e.number),
            ("version", e.version),
            ("date", e.date),
            ("genre", e.genre),
            ("level", e.level),
            ("carrier", e.carrier),
        )
        yield from (("issuer", issuer_key(name, named)) for name in e.issuers)
    elif isinstance(e, InstitutionEntity):
        single = (
            ("name", e.name),
            ("kind", e.kind),
            ("division", e.division),
            ("parent", e.parent),
            ("since", e.since),
            ("until", e.until),
        )
    else:
        single = (("name", e.name), ("kind", e.kind), ("broader", e.broader))
    yield "key", e.key
    yield from ((a, v) for a, v in single if v)
    yield from (("alias", alias) for alias in e.aliases)


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """The attribute values of a key and the weight behind each.

    Attributes:
        key: the local key.
        label: ``DOCUMENT``, ``INSTITUTION`` or ``MEASURE``.
        values: attribute → value → weight (sources, plus ``OWN`` for each that speaks of itself).
    """

    key: str
    label: str
    values: Mapping[str, Mapping[str, int]]

    def all(self, attribute: str) -> tuple[str, ...]:
        """The values of an attribute, best supported first, then by text."""
        found = self.values.get(attribute, {})
        return tuple(sorted(found, key=lambda v: (-found[v], v)))

    def best(self, attribute: str) -> str | None:
        """The best supported value, or None."""
        values = self.all(attribute)
        return values[0] if values else None

    @property
    def attested(self) -> bool:
        """Whether a source holds the document itself."""
        return "source" in self.values

    @property
    def support(self) -> int:
        """Weight of all sources that name the key."""
        return self.values.get("key", {}).get(self.key, 0)


def merged(facts: Iterable[KeyFacts]) -> dict[str, dict[str, int]]:
    """The values of several keys that stand for one thing, weights added."""
    total: dict[str, dict[str, int]] = {}
    for f in facts:
        for attribute, values in f.values.items():
            into = total.setdefault(attribute, {})
            for value, weight in values.items():
                into[value] = into.get(value, 0) + weight
    return total


class KeyTable:
    """Accumulates observations; memory grows with distinct keys, not with text.

    The table is the same whatever the order of the sources.
    """

    def __init__(self) -> None:
        self._facts: dict[str, KeyFacts] = {}
        self._values: dict[str, dict[str, dict[str, int]]] = {}

    def add(self, x: Extraction) -> None:
        """Take in what one source says; each source (by content hash) is to be added once."""
        self.add_rows(observations(x))

    def add_rows(self, rows: Iterable[Row]) -> None:
        """Take in observations."""
        for label, key, attribute, value, weight in rows:
            facts = self._facts.get(key)
            if facts is None:
                values: dict[str, dict[str, int]] = {}
                self._values[key] = values
                self._facts[key] = KeyFacts(key, label, values)
            counts = self._values[key].setdefault(attribute, {})
            counts[value] = counts.get(value, 0) + weight

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, key: object) -> bool:
        return key in self._facts

    def __getitem__(self, key: str) -> KeyFacts:
        return self._facts[key]

    def keys(self, label: str | None = None) -> list[str]:
        """Keys in order, all of them or those of one label."""
        return sorted(k for k, f in self._facts.items() if label is None or f.label == label)
