"""Gazetteers, lexicons and rule tables; each file says where it comes from and under which terms."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def sample_files() -> Path:
    """The folder of the sample documents, written for this project."""
    return _HERE / "sample"


def ontology_file(name: str) -> Path:
    """The path of a file of the ontology (``kg.ttl``, ``shapes.ttl``, ``vocabularies.ttl``).

    A wheel ships the folder inside of the package; a checkout keeps it at its root.

    Raises:
        FileNotFoundError: there is no such file in either place.
    """
    for folder in (_HERE / "ontology", _HERE.parents[1] / "ontology"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"ontology/{name}")
