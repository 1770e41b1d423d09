"""Gazetteers, lexicons and rule tables; each file says where it comes from and under which terms."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def sample_files() -> Path:
    """The folder of the sample documents, written for this project."""
    return _HERE / "sample"
