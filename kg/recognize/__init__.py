"""From clean text to mentions; the default engine is rules and gazetteers."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points

from kg.model.errors import EngineError
from kg.model.protocols import Recognizer
from kg.recognize.mix import MixedRecognizer
from kg.recognize.rules import RulesRecognizer

__all__ = ["RulesRecognizer", "recognizer", "recognizer_names"]

GROUP = "wenmai.recognizers"
"""Entry points of third parties: ``name = "package:factory"``; the factory takes what follows the colon."""


def recognizer(spec: str = "rules") -> Recognizer:
    """The recogniser of a specification.

    Args:
        spec: ``rules``, ``lac``, ``spacy:MODEL``, ``hanlp:MODEL`` or the name of an entry point of the group
            ``wenmai.recognizers``. ``rules+lac`` lets the engine fill what the rules leave.

    Raises:
        EngineError: when there is no such engine, or it or its model is not on this machine.
    """
    fill = spec.startswith("rules+")
    name, _, model = spec.removeprefix("rules+").partition(":")
    if name == "rules" and not fill:
        return RulesRecognizer()
    return MixedRecognizer(_engine(name, model), fill=fill)


def recognizer_names() -> tuple[str, ...]:
    """Names that a specification may begin with, sorted."""
    return tuple(sorted({"rules", *_ENGINES, *(e.name for e in entry_points(group=GROUP))}))


def _engine(name: str, model: str) -> Recognizer:
    if name in _ENGINES:
        return _ENGINES[name](model)
    for point in entry_points(group=GROUP, name=name):
        engine = point.load()(model)
        if not isinstance(engine, Recognizer):
            raise EngineError(
                "unknown-engine", f"扩展 {name} 没有给出识别器", f"the extension {name} gives no recogniser"
            )
        return engine
    raise EngineError(
        "unknown-engine",
        f"没有名为 {name} 的识别器；可用：{'、'.join(recognizer_names())}",
        f"no recogniser is named {name}; there are {', '.join(recognizer_names())}",
    )


def _lac(model: str) -> Recognizer:
    from kg.recognize.engines.lac import lac

    return lac()


def _spacy(model: str) -> Recognizer:
    from kg.recognize.engines.spacy_engine import spacy_engine

    return spacy_engine(model)


def _hanlp(model: str) -> Recognizer:
    from kg.recognize.engines.hanlp import hanlp_engine

    return hanlp_engine(model)


_ENGINES: dict[str, Callable[[str], Recognizer]] = {"lac": _lac, "spacy": _spacy, "hanlp": _hanlp}
