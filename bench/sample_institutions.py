"""Draw linked mentions of institutions by seed and print each with its words, for judging by reading.

usage: python -m bench.sample_institutions FOLDER… [--seed N] [--count N]

The same texts, seed and code draw the same mentions. Nothing is written; verdicts are kept in
``bench/judged/institutions.tsv`` (source, start, end, verdict, reason, seed; no text).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from kg.build.document import extract_document
from kg.model.entities import InstitutionEntity
from kg.model.extraction import Extraction, FoundMention
from kg.model.mentions import Label
from kg.read import read_path

_AROUND = 40


def links(folders: list[Path]) -> Iterator[tuple[str, str, Extraction, FoundMention]]:
    """All linked mentions of institutions: short source, source text, extraction, mention."""
    for folder in folders:
        for file in sorted(folder.glob("*.txt")):
            if file.stem.isupper():
                continue
            for source in read_path(file):
                x = extract_document(source)
                for m in x.mentions:
                    if m.label == Label.INSTITUTION and m.entity is not None:
                        yield f"{folder.name}/{file.name}", source.text, x, m


def main() -> None:
    """Print the sample."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folders", type=Path, nargs="+")
    ap.add_argument("--seed", type=int, default=20)
    ap.add_argument("--count", type=int, default=200)
    args = ap.parse_args()
    drawn = list(links(args.folders))
    random.Random(args.seed).shuffle(drawn)
    for i, (name, text, x, m) in enumerate(drawn[: args.count], 1):
        bodies = {e.key: e for e in x.entities if isinstance(e, InstitutionEntity)}
        body = bodies[m.entity or ""]
        above = bodies.get(body.parent or "")
        words = (
            text[max(0, m.start - _AROUND) : m.start] + "【" + m.text + "】" + text[m.end : m.end + _AROUND]
        )
        print(f"{i}\t{name}\t{m.start}\t{m.end}\t{'、'.join(x.document.issuers)} {x.document.date}")
        print(f"\t-> {body.name} ^ {above.name if above else None}\n\t{' '.join(words.split())}")


if __name__ == "__main__":
    main()
