"""Classes with a quick ``__init__`` behave as the dataclasses that they are."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from kg.model.mentions import Label, Mention
from kg.model.quick import quick
from kg.model.spans import Span


@quick
@dataclass(frozen=True, slots=True, order=True)
class Sample:
    first: int
    second: str = "二"
    third: list[int] = field(default_factory=list, compare=False)


def test_defaults_keywords_and_equality() -> None:
    assert Sample(1) == Sample(first=1, second="二") != Sample(2)
    assert Sample(1) < Sample(2)
    assert Sample(1).third is not Sample(1).third
    assert repr(Sample(1, third=[3])) == "Sample(first=1, second='二', third=[3])"
    assert replace(Sample(1), second="三").second == "三"
    with pytest.raises(TypeError):
        Sample()  # type: ignore[call-arg]


def test_frozen_and_checked() -> None:
    with pytest.raises(FrozenInstanceError):
        Sample(1).first = 2  # type: ignore[misc]
    with pytest.raises(ValueError, match="not a span"):
        Span(2, 1)


def test_copies_travel() -> None:
    mention = Mention(Label.MEASURE, 0, 2, "甲制", "rule")
    assert pickle.loads(pickle.dumps(mention)) == mention == copy.deepcopy(mention)
    assert hash(pickle.loads(pickle.dumps(mention))) == hash(mention)
