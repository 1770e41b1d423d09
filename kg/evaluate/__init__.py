"""Scores of an extraction against hand annotations."""

from __future__ import annotations

from kg.evaluate.report import report
from kg.evaluate.score import Mistake, Scores, annotation, evaluate

__all__ = ["Mistake", "Scores", "annotation", "evaluate", "report"]
