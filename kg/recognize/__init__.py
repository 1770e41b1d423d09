"""From clean text to mentions; the default engine is rules and gazetteers."""

from __future__ import annotations

from kg.recognize.rules import RulesRecognizer

__all__ = ["RulesRecognizer"]
