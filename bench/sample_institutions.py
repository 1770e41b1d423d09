"""Draw linked mentions of institutions by seed and print each with its words, for judging by reading.

usage: python -m bench.sample_institutions FOLDER… [--seed N] [--count N]

The same texts, seed and code draw the same mentions. Nothing is written; verdicts are kept in
``bench/judged/institutions.tsv`` (source, start, end, verdict, reason, seed; no text).
"""

from __future__ import annotations

from bench.draw import drawn
from kg.model.entities import InstitutionEntity
from kg.model.extraction import Extraction, FoundMention
from kg.model.mentions import Label

_AROUND = 40


def links(x: Extraction) -> list[FoundMention]:
    """Linked mentions of institutions."""
    return [m for m in x.mentions if m.label == Label.INSTITUTION and m.entity is not None]


def main() -> None:
    """Print the sample."""
    for i, (name, text, x, m) in enumerate(drawn(__doc__, links), 1):
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
