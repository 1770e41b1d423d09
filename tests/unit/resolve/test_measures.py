"""Which measure a name stands for: variants, abbreviations, parts and wholes."""

from __future__ import annotations

import pytest

from kg.clean import clean
from kg.model.context import Context
from kg.model.documents import SourceDoc, Structure
from kg.model.entities import MeasureEntity, Resolution
from kg.recognize.measures import recognize_measures
from kg.resolve.measures import resolve_measures


def resolved(text: str) -> Resolution:
    doc = clean(SourceDoc("x.txt", "", "text/plain", text))
    return resolve_measures(doc, Structure(), Context(), recognize_measures(doc, Structure(), ()))


def entities(text: str) -> list[MeasureEntity]:
    return [e for e in resolved(text).entities if isinstance(e, MeasureEntity)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("推行“双随机、一公开”监管。扩大“双随机一公开”监管模式。", ["双随机、一公开"]),
        ("实施“邻里办”改革。推广“邻里办”服务模式。推行“邻里办”。", ["“邻里办”"]),
        ("落实首问负责制。落实首问责任制度。", ["首问责任制"]),
        ("深化行政审批制度改革。加大审批制度改革力度。", ["行政审批制度改革"]),
        (
            "实行“窗口无否决权”服务机制（以下简称“无否决权”机制）。推行“无否决权”机制。",
            ["“窗口无否决权”服务机制"],
        ),
    ],
)
def test_variants_are_one_entity(text: str, names: list[str]) -> None:
    found = entities(text)
    assert len(found) == len(names)
    assert [e.name.strip("“”") for e in found] == [n.strip("“”") for n in names]


def test_parts_of_a_sum_are_narrower() -> None:
    text = "推行村务公开责任制、民情走访责任制和矛盾包保责任制（以下统称“三项责任制”）。落实“三项责任制”。"
    broader = {e.name: e.broader for e in entities(text)}
    assert broader["村务公开责任制"] == "measure/三项责任制"
    assert broader["“三项责任制”"] is None


def test_known_parts_are_narrower() -> None:
    (found,) = entities("全面推行行政执法公示制度。")
    assert (found.kind, found.broader) == ("system", "measure/行政执法三项制度")


def test_every_mention_is_linked() -> None:
    found = resolved("推行“放管服”改革、河长制和“邻里办”服务模式。")
    keys = {e.key for e in found.entities}
    assert len(found.linked) == 3
    assert all(x.entity in keys for x in found.linked)
