"""Draw citations by seed and print each with its sentence, for judging by reading.

usage: python -m bench.sample FOLDER… [--seed N] [--count N]

The same texts, seed and code draw the same citations. Nothing is written; verdicts are kept in
``bench/judged/citations.tsv`` (source, start, end, type, verdict, reason, seed; no text).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from kg.build.document import extract_document
from kg.model.entities import DocumentEntity
from kg.model.extraction import Extraction, FoundCitation
from kg.read import read_path

_AROUND = 130


def citations(folders: list[Path]) -> Iterator[tuple[str, str, Extraction, FoundCitation]]:
    """All citations of all texts: short source, source text, extraction, citation."""
    for folder in folders:
        for file in sorted(folder.glob("*.txt")):
            if file.stem.isupper():
                continue
            for source in read_path(file):
                x = extract_document(source)
                for c in x.citations:
                    yield f"{folder.name}/{file.name}", source.text, x, c


def main() -> None:
    """Print the sample."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folders", type=Path, nargs="+")
    ap.add_argument("--seed", type=int, default=20)
    ap.add_argument("--count", type=int, default=200)
    args = ap.parse_args()
    drawn = list(citations(args.folders))
    random.Random(args.seed).shuffle(drawn)
    for i, (name, text, x, c) in enumerate(drawn[: args.count], 1):
        cited = next(e for e in x.entities if e.key == c.cited)
        title = (cited.title or cited.number) if isinstance(cited, DocumentEntity) else c.cited
        left, right = max(0, c.start - _AROUND), c.end + _AROUND
        words = text[left : c.start] + "【" + text[c.start : c.end] + "】" + text[c.end : right]
        print(f"{i}\t{name}\t{c.start}\t{c.end}\t{c.type.value}\t{c.rule}\t{x.document.title}")
        print(f"\t-> {title}\n\t{' '.join(words.split())}")


if __name__ == "__main__":
    main()
