from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.document import extract_document
from kg.model.extraction import Extraction
from kg.read import read_bytes


def _read(text: str) -> Extraction:
    return extract_document(next(iter(read_bytes(text.encode(), Path("a.txt"), "a.txt"))))


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        (
            "（一）推行“一窗受理”改革。做好衔接。（水利部负责）",
            "推行“一窗受理”改革。做好衔接。（水利部负责）",
        ),
        ("（一）“一窗受理”改革由水利部负责实施。做好衔接。", "改革由水利部负责实施。"),
    ],
)
def test_the_sentence_of_a_relation_holds_what_it_relates(item: str, shown: str) -> None:
    text = f"国务院办公厅关于某事项的通知\n\n各省人民政府：\n{item}\n国务院办公厅\n2020年1月2日\n"
    found = _read(text)
    shows = {text[slice(*r.sentence)] for r in found.relations if r.predicate == "carriesOut"}
    assert any(s.endswith(shown) for s in shows), shows


def test_measures_and_figures_come_with_their_sentence() -> None:
    sentence = "全面推行“一窗受理”改革，累计办理事项1200件。"
    text = f"某县2020年工作报告\n\n一、工作成效\n{sentence}群众满意。\n"
    found = _read(text)
    assert [text[slice(*f.sentence)] for f in found.figures] == [sentence]
    assert [m.sentence and text[slice(*m.sentence)] for m in found.mentions if m.label == "MEASURE"] == [
        sentence
    ]
