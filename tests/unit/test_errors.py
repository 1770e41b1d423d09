"""Errors for people cross from one process to another as they are."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

import kg.read
from kg.model.errors import READ_ERRORS, EngineError, ReadError, WenmaiError


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
    assert codes == READ_ERRORS.keys()
