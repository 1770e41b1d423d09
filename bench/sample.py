"""Draw citations by seed and print each with its sentence, for judging by reading.

usage: python -m bench.sample FOLDER… [--seed N] [--count N]

The same texts, seed and code draw the same citations. Nothing is written; verdicts are kept in
``bench/judged/citations.tsv`` (source, start, end, type, verdict, reason, seed; no text).
"""

from __future__ import annotations

from bench.draw import drawn
from kg.model.entities import DocumentEntity

_AROUND = 130


def main() -> None:
    """Print the sample."""
    for i, (name, text, x, c) in enumerate(drawn(__doc__, lambda x: x.citations), 1):
        cited = next(e for e in x.entities if e.key == c.cited)
        title = (cited.title or cited.number) if isinstance(cited, DocumentEntity) else c.cited
        left, right = max(0, c.start - _AROUND), c.end + _AROUND
        words = text[left : c.start] + "【" + text[c.start : c.end] + "】" + text[c.end : right]
        print(f"{i}\t{name}\t{c.start}\t{c.end}\t{c.type.value}\t{c.rule}\t{x.document.title}")
        print(f"\t-> {title}\n\t{' '.join(words.split())}")


if __name__ == "__main__":
    main()
