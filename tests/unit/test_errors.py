"""Errors for people cross from one process to another as they are."""

from __future__ import annotations

import pickle

import pytest

from kg.model.errors import EngineError, ReadError


@pytest.mark.parametrize("error", [EngineError("no-model", "没有模型"), ReadError("empty", "文件是空的")])
def test_coded_errors_travel(error: EngineError | ReadError) -> None:
    there = pickle.loads(pickle.dumps(error))
    assert (type(there), there.code, str(there)) == (type(error), error.code, str(error))
