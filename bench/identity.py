"""Draws merges, near misses and neighbours of a collection by seed, judged by reading in ``bench/judged/identity.tsv``.

``python -m bench.identity PATH… [--seed 1] [--count 200]`` prints keys, verdicts and reasons, and figures on standard
error; it prints no text of any document. A path may be the file that `kg extract` wrote.

A neighbour is a pair of keys whose titles are alike by another measure than the one that ties them (cosine of trigrams),
drawn evenly from bands of that measure, not both of texts that are held, each key once: of those that are one work, the
share that was merged is the recall.
``--keys 10000`` measures instead how long so many keys of invented titles take.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from kg.build.jsonl import loads
from kg.build.lines import extract_lines
from kg.identify import Identity, KeyTable, identify
from kg.model.issues import Issue
from kg.model.mentions import Label

JUDGED = Path(__file__).parent / "judged" / "identity.tsv"
BANDS = (0.6, 0.7, 0.8, 0.9, 0.97, 1.01)
_SIZE = 1 << 12
_NEAREST = 3
_LOT = 500
Pair = tuple[str, str, str]
"""Key, the other key, reason."""


def identified(paths: list[Path]) -> tuple[KeyTable, Identity]:
    """Facts and id map of a collection, each content once."""
    table, seen = KeyTable(), set()
    for line in _lines(paths):
        x = loads(line)
        if x.sha256 not in seen:
            seen.add(x.sha256)
            table.add(x)
    return table, identify(table)


def _lines(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        if path.suffix == ".jsonl":
            yield from path.read_text(encoding="utf-8").splitlines()
        else:
            yield from (line for line in extract_lines([path]) if not isinstance(line, Issue))


def pairs(table: KeyTable, identity: Identity) -> dict[str, dict[str, list[Pair]]]:
    """What there is to draw from: kind → stratum → pairs, sorted."""
    merges = [(k, identity.ids[k], r) for k, r in identity.reasons.items()]
    near = [(c.left, c.right, c.reason) for c in identity.candidates]
    return {"merge": {"": sorted(merges)}, "near": {"": sorted(near)}, "pair": neighbours(table, identity)}


def neighbours(table: KeyTable, identity: Identity) -> dict[str, list[Pair]]:
    """Keys of documents with the nearest others by the trigrams of their titles: band → pairs."""
    titles = {k: t for k in table.keys(Label.DOCUMENT.value) if (t := table[k].best("title")) and len(t) > 5}
    keys = sorted(titles)
    vectors = np.zeros((len(keys), _SIZE), np.float32)
    for row, key in enumerate(keys):
        text = f"^{titles[key]}$"
        for i in range(len(text) - 2):
            vectors[row, zlib.crc32(text[i : i + 3].encode()) % _SIZE] += 1
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found: dict[tuple[str, str], float] = {}
    for start in range(0, len(keys), _LOT):
        cosines = vectors[start : start + _LOT] @ vectors.T
        for i, row in enumerate(cosines):
            row[start + i] = 0
            for j in np.argsort(-row, kind="stable")[:_NEAREST]:
                if row[j] >= BANDS[0]:
                    a, b = sorted((keys[start + i], keys[j]))
                    found[a, b] = float(row[j])
    bands: dict[str, list[Pair]] = {f"{low:.2f}": [] for low in BANDS[:-1]}
    for (a, b), cosine in sorted(found.items()):
        if table[a].attested and table[b].attested:
            continue
        low = max(band for band in BANDS if band <= cosine)
        bands[f"{low:.2f}"].append((a, b, "merged" if identity(a) == identity(b) else "apart"))
    return bands


def drawn(strata: dict[str, list[Pair]], count: int, seed: int) -> list[tuple[str, Pair]]:
    """So many pairs by seed, as many of each stratum, of several each key once: stratum and pair."""
    sample: list[tuple[str, Pair]] = []
    for stratum, found in strata.items():
        shuffled = list(found)
        random.Random(seed).shuffle(shuffled)
        seen: set[str] = set()
        fresh: list[Pair] = []
        for pair in shuffled:
            if len(strata) == 1 or not seen & {*pair[:2]}:
                fresh.append(pair)
                seen.update(pair[:2])
        sample += [(stratum, pair) for pair in sorted(fresh[: count // len(strata)])]
    return sample


def judged() -> dict[tuple[str, str, str], tuple[str, str]]:
    """What people judged: kind and both keys → verdict and reason."""
    rows = (line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()[1:])
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows}


def figures(kind: str, strata: dict[str, list[Pair]], sample: list[tuple[str, Pair]]) -> str:
    """What the verdicts on a sample say."""
    known = judged()
    verdicts = Counter(known.get((kind, a, b), ("open", ""))[0] for _, (a, b, _) in sample)
    text = f"{kind}: {sum(map(len, strata.values()))}, drawn {len(sample)}, {dict(sorted(verdicts.items()))}"
    if kind != "pair":
        return text
    same = [(s, p) for s, p in sample if known.get((kind, *p[:2]), ("", ""))[0] == "same"]
    other = [(s, p) for s, p in sample if known.get((kind, *p[:2]), ("", ""))[0] == "different"]
    weight = {s: len(strata[s]) / max(1, sum(t == s for t, _ in sample)) for s in strata}
    hit = [(s, p) for s, p in same if p[2] == "merged"]
    whole = sum(weight[s] for s, _ in same)
    return (
        f"{text}; of {len(same)} that are one, {len(hit)} merged"
        f" (weighted by band {sum(weight[s] for s, _ in hit) / whole if whole else 1:.3f});"
        f" of {len(other)} that are two, {sum(p[2] == 'merged' for _, p in other)} merged"
    )


def invented(count: int) -> KeyTable:
    """Facts of so many keys: titles of all sorts of subjects and places, one in fifty with a slip."""
    rng = random.Random(count)
    places, acts, genres = (
        ("甲市", "乙省丙市", "丁县", "国务院", ""),
        ("加强", "规范", "推进", "做好"),
        ["意见", "通知", "办法", "规定", "方案"],
    )
    table = KeyTable()
    for i in range(count):
        subject = "".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(rng.randrange(4, 12)))
        title = f"{rng.choice(places)}关于{rng.choice(acts)}{subject}管理工作的{rng.choice(genres)}"
        for t in (title, title.replace(subject[1], "某", 1)) if i % 50 == 0 else (title,):
            key = f"document/title/{t}"
            table.add_rows((("DOCUMENT", key, a, v, 1) for a, v in (("key", key), ("title", t))))
    return table


def main() -> None:
    """Print the sample, with the verdicts that are known; or the time that many keys take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--keys", type=int, action="append", default=[])
    asked = parser.parse_args()
    for count in asked.keys:
        table = invented(count)
        start, cpu = time.perf_counter(), time.process_time()
        identity = identify(table)
        print(
            f"{len(table)} keys: {time.perf_counter() - start:.1f} s, {time.process_time() - cpu:.1f} s of processor,"
            f" {len(identity.candidates)} candidates"
        )
    if not asked.paths:
        return
    table, identity = identified(asked.paths)
    labels = {label: len(table.keys(label)) for label in sorted(Label)}
    entities = Counter(table[keys[0]].label for keys in identity.groups.values())
    reasons = dict(sorted(Counter(identity.reasons.values()).items()))
    print(f"# keys {labels}, entities {dict(sorted(entities.items()))}, merges {reasons}", file=sys.stderr)
    known = judged()
    for kind, strata in pairs(table, identity).items():
        sample = drawn(strata, asked.count, asked.seed)
        print(f"# {figures(kind, strata, sample)}", file=sys.stderr)
        for stratum, (a, b, reason) in sample:
            verdict, why = known.get((kind, a, b), ("open", reason))
            print(kind, a, b, verdict, why, asked.seed, stratum, sep="\t")


if __name__ == "__main__":
    main()
