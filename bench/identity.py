"""Draws merges and near misses of a collection by seed, for people to judge in ``bench/judged/identity.tsv``.

``python -m bench.identity PATH… [--seed 1] [--count 200]`` prints keys and reasons, and the figures before and
after identity; it prints no text of any document.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

from kg.build.jsonl import loads
from kg.build.lines import extract_lines
from kg.identify import Identity, KeyTable, identify
from kg.model.issues import Issue

JUDGED = Path(__file__).parent / "judged" / "identity.tsv"


def identified(paths: list[Path]) -> tuple[KeyTable, Identity]:
    """Facts and id map of a collection, each content once."""
    table, seen = KeyTable(), set()
    for line in extract_lines(paths):
        if isinstance(line, Issue):
            continue
        x = loads(line)
        if x.sha256 not in seen:
            seen.add(x.sha256)
            table.add(x)
    return table, identify(table)


def pairs(identity: Identity) -> dict[str, list[tuple[str, str, str]]]:
    """All merges and all near misses: key, the other key, reason; sorted."""
    merges = [(k, identity.ids[k], r) for k, r in identity.reasons.items()]
    near = [(c.left, c.right, c.reason) for c in identity.candidates if not c.reason.startswith("ambiguous")]
    return {"merge": sorted(merges), "near": sorted(near)}


def judged() -> dict[tuple[str, str, str], tuple[str, str]]:
    """What people judged: kind and both keys → verdict and reason."""
    rows = (line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()[1:])
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows}


def main() -> None:
    """Print the sample, with the verdicts that are known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    asked = parser.parse_args()
    table, identity = identified(asked.paths)
    known = judged() if JUDGED.is_file() else {}
    print(
        f"# keys {len(table)}, entities {len(identity.groups)}, {dict(Counter(identity.reasons.values()))}",
        file=sys.stderr,
    )
    for kind, found in pairs(identity).items():
        drawn = sorted(random.Random(asked.seed).sample(found, min(asked.count, len(found))))
        verdicts = Counter(known.get((kind, a, b), ("open", ""))[0] for a, b, _ in drawn)
        print(
            f"# {kind}: {len(found)}, drawn {len(drawn)}, {dict(sorted(verdicts.items()))}", file=sys.stderr
        )
        for a, b, reason in drawn:
            verdict, why = known.get((kind, a, b), ("open", ""))
            print(kind, a, b, verdict, why or reason, sep="\t")


if __name__ == "__main__":
    main()
