"""What the samples for judging share: all findings of all texts, and a draw of them by seed."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from kg.build.document import extract_document
from kg.model.extraction import Extraction
from kg.read import read_path

T = TypeVar("T")
Found = tuple[str, str, Extraction, T]
"""Short source (folder and file), source text, extraction, finding."""


def findings(folders: Iterable[Path], of: Callable[[Extraction], Iterable[T]]) -> Iterator[Found[T]]:
    """What ``of`` takes from the extraction of each text; notes on a collection (``SOURCE.txt``) are left out."""
    for folder in folders:
        for file in sorted(folder.glob("*.txt")):
            if file.stem.isupper():
                continue
            for source in read_path(file):
                x = extract_document(source)
                for item in of(x):
                    yield f"{folder.name}/{file.name}", source.text, x, item


def drawn(description: str | None, of: Callable[[Extraction], Iterable[T]]) -> list[Found[T]]:
    """The sample that the command line asks for: folders, ``--seed``, ``--count``."""
    ap = argparse.ArgumentParser(description=description)
    ap.add_argument("folders", type=Path, nargs="+")
    ap.add_argument("--seed", type=int, default=20)
    ap.add_argument("--count", type=int, default=200)
    args = ap.parse_args()
    found = list(findings(args.folders, of))
    random.Random(args.seed).shuffle(found)
    return found[: args.count]
