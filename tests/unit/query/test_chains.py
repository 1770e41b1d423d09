from __future__ import annotations

import pytest

from kg.analyze.diffusion import diffusion
from kg.query import NotFoundError
from kg.query.chains import Coverage, basis_chains, coverage, shortest_chain
from tests.unit.graph.built import sample_store
from tests.unit.graph.sample import NOTICE, OLD, OUTLINE, PLAN


def test_shortest_chain() -> None:
    chain = shortest_chain(sample_store(), NOTICE.number or "", OLD.number or "")
    assert [(s.citing.number, s.cited.number) for s in chain] == [
        (NOTICE.number, PLAN.number),
        (PLAN.number, OUTLINE.number),
        (OUTLINE.number, OLD.number),
    ]
    assert all(s.quotes and s.quotes[0].sentence for s in chain)
    assert shortest_chain(sample_store(), OLD.number or "", NOTICE.number or "") == ()
    assert shortest_chain(sample_store(), NOTICE.number or "", OLD.number or "", ["basedOn"]) == ()
    with pytest.raises(NotFoundError):
        shortest_chain(sample_store(), "没有", OLD.number or "")


def test_coverage() -> None:
    assert coverage(sample_store()) == Coverage(3, 3, 1)


def test_basis_chains_end_where_nothing_leads_on() -> None:
    (chain,) = basis_chains(sample_store(), NOTICE.number or "")
    assert [s.cited.number for s in chain] == [PLAN.number, OUTLINE.number]
    assert basis_chains(sample_store(), OLD.number or "") == ()


def test_diffusion() -> None:
    found = diffusion(sample_store(), "一窗受理")
    assert [(a.date, a.body, a.step) for a in found.adoptions] == [
        ("2021-06-02", "某省人民政府", "first"),
        ("2021-09", "某市人民政府", "unknown"),
    ]
    assert (found.documents, found.bodies, found.covered) == (2, 2, 1.0)
    assert found.breadth == pytest.approx(2 / 3, abs=1e-3)
    assert found.per_year is not None
