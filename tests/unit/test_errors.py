"""Errors for people cross from one process to another as they are."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

import kg.read
from kg.build import parallel
from kg.build.document import extract_document
from kg.build.lines import extract_lines
from kg.model.documents import SourceDoc
from kg.model.errors import READ_ERRORS, EngineError, ReadError, WenmaiError
from kg.model.extraction import Extraction
from kg.model.issues import Issue
from kg.model.protocols import Recognizer


@pytest.mark.parametrize("error", [EngineError("no-model", "没有模型"), ReadError("empty", "文件是空的")])
def test_coded_errors_travel(error: EngineError | ReadError) -> None:
    there = pickle.loads(pickle.dumps(error))
    assert (type(there), there.code, str(there)) == (type(error), error.code, str(error))


def test_messages_in_both_languages_travel() -> None:
    error = WenmaiError("没有", "nothing")
    assert [pickle.loads(pickle.dumps(error)).said(lang) for lang in ("zh", "en")] == ["没有", "nothing"]
    assert WenmaiError("没有").said("en") == "没有"
    assert ReadError("empty", "文件是空的").said("en") == READ_ERRORS["empty"]


def test_every_code_of_a_reader_has_english_words() -> None:
    sources = Path(str(kg.read.__file__)).parent.glob("*.py")
    codes = {
        c for p in sources for c in re.findall(r'ReadError\(\s*"([a-z-]+)"', p.read_text(encoding="utf-8"))
    }
    assert len(codes) > 15
    assert codes | {"internal-error"} == READ_ERRORS.keys()


def test_a_defect_in_one_file_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name} 甲市人民政府", encoding="utf-8")
    whole = extract_document

    def broken(source: SourceDoc, engine: Recognizer) -> Extraction:
        if source.source.endswith("a.txt"):
            raise RecursionError("too deep")
        return whole(source, engine)

    monkeypatch.setattr(parallel, "extract_document", broken)
    first, second = extract_lines([tmp_path])
    assert isinstance(first, Issue)
    assert first.code == "internal-error"
    assert "RecursionError: too deep" in first.message
    assert isinstance(second, str)
    with pytest.raises(EngineError):
        list(extract_lines([tmp_path], recognizer="none"))
