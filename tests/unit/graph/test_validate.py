from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph import iris
from kg.graph import terms as t
from kg.graph.assemble import citation_reading
from kg.graph.shapes import constraints
from kg.graph.validate import validate, validate_reference
from tests.unit.graph.built import all_lines
from tests.unit.graph.sample import OUTLINE, PLAN, PROVINCE, SOURCES, WINDOW

XSD = t.PREFIXES["xsd"]
SOURCE = SOURCES[0][0]
GRAPH = iris.source(SOURCE.sha256)
READING = citation_reading(SOURCE.sha256, 0, 2, SOURCE.citations[0].cited, SOURCE.citations[0].type)


def store(*without: str, more: str = "") -> ox.Store:
    made = ox.Store()
    lines = [line for line in all_lines() if not any(part in line for part in without)]
    made.load(("".join(lines) + more).encode(), format=ox.RdfFormat.N_QUADS)
    return made


def test_the_graph_is_clean() -> None:
    assert validate(store()) == []
    conforms, report = validate_reference(store())
    assert conforms, report


BROKEN = [
    ("no citation without evidence", [f"<{t.HAS_READING}>"], "", ("Citation", "minCount")),
    ("no institution without kind", [f"<{t.INSTITUTION_KIND}>"], "", ("Institution", "minCount")),
    (
        "no institution without name",
        [f"{iris.entity(PROVINCE.key)} <{t.RDFS_LABEL}>"],
        "",
        ("Institution", "minCount"),
    ),
    (
        "one name",
        [],
        f'{iris.entity(OUTLINE.key)} <{t.RDFS_LABEL}> "又名" .\n',
        ("Document", "maxCount"),
    ),
    (
        "years in range",
        [],
        f"{iris.entity('document/title/x')} <{t.RDF_TYPE}> <{t.C_DOCUMENT}> .\n"
        f'{iris.entity("document/title/x")} <{t.RDFS_LABEL}> "x" .\n'
        f'{iris.entity("document/title/x")} <{t.YEAR}> "21015"^^<{XSD}integer> .\n',
        ("Document", "maxInclusive"),
    ),
    (
        "dates are dates",
        [f"{iris.entity(PLAN.key)} <{t.DCTERMS_ISSUED}>"],
        f'{iris.entity(PLAN.key)} <{t.DCTERMS_ISSUED}> "去年" .\n',
        ("Document", "pattern"),
    ),
    (
        "no cycle of superiors",
        [],
        f"{iris.entity(PROVINCE.key)} <{t.ORG_SUB_ORGANIZATION_OF}> {iris.entity(PROVINCE.key)} .\n",
        ("Institution", "sparql"),
    ),
    (
        "documents are issued by institutions",
        [],
        f"{iris.entity(PLAN.key)} <{t.ISSUED_BY}> {iris.entity(WINDOW.key)} .\n",
        ("Document", "class"),
    ),
    (
        "spans inside of the text",
        [],
        f"{READING} <{t.OA_HAS_SELECTOR}> {iris.span(SOURCE.sha256, 0, 999)} {GRAPH} .\n"
        f'{iris.span(SOURCE.sha256, 0, 999)} <{t.OA_END}> "999"^^<{XSD}integer> {GRAPH} .\n',
        ("Reading", "sparql"),
    ),
    (
        "spans do not end before they begin",
        [],
        f'{iris.span(SOURCE.sha256, 0, 2)} <{t.OA_START}> "7"^^<{XSD}integer> {GRAPH} .\n',
        ("Selector", "lessThanOrEquals"),
    ),
    (
        "scores from 0 to 1",
        [],
        f'{READING} <{t.SCORE}> "1.5"^^<{XSD}decimal> {GRAPH} .\n',
        ("Reading", "maxInclusive"),
    ),
    ("a place has a text", [f"<{t.OA_EXACT}>"], "", ("Selector", "minCount")),
]


@pytest.mark.parametrize(("without", "more", "expected"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_what_is_broken_is_found_as_pyshacl_finds_it(
    without: list[str], more: str, expected: tuple[str, str]
) -> None:
    broken = store(*without, more=more)
    found = validate(broken)
    assert expected in {(f.shape, f.kind) for f in found}
    conforms, report = validate_reference(broken)
    assert not conforms
    for f in found:
        assert f.message in report


def test_a_finding_names_its_files() -> None:
    found = validate(store(more=f'{READING} <{t.SCORE}> "2"^^<{XSD}decimal> {GRAPH} .\n'))
    assert {f.sources for f in found} == {(SOURCE.source,)}


def test_only_what_changed_is_checked() -> None:
    broken = store(more=f'{READING} <{t.SCORE}> "2"^^<{XSD}decimal> {GRAPH} .\n')
    assert validate(broken, [SOURCES[1][0].sha256]) == []
    assert validate(broken, [SOURCE.sha256])


def test_every_constraint_says_what_must_hold() -> None:
    assert len(constraints()) > 50
    assert all(c.message for c in constraints())
