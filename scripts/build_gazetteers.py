"""Build ``kg/data/places`` from the shared gazetteers.

``python -m scripts.build_gazetteers --shared ../shared`` writes the tables, ``--check`` compares them with
what is there. The result is a pure function of the input files.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

OUT = Path(__file__).parents[1] / "kg" / "data" / "places"
LEVELS = {"省级": "province", "地级": "prefecture", "县级": "county"}
OPEN = 9999
CURRENT_YEAR = 2026
"""Year of ``divisions-current.json`` where the history does not reach it."""


@dataclass
class Segment:
    """A line of the history: a code, a name and superiors that held for some years."""

    code: str
    province: str
    prefecture: str
    name: str
    level: str
    since: int
    until: int
    new: tuple[tuple[str, int], ...]
    key: str = ""
    parent: str = ""
    next: list[str] = field(default_factory=list)


def read_history(path: Path) -> list[Segment]:
    """Segments in order of code and time; a new code without a year takes over when the old one ends."""
    segments = []
    with path.open(encoding="utf-8-sig", newline="") as f:
        for row in csv.DictReader(f):
            until = int(row["变更/弃用时间"] or OPEN)
            new = tuple(
                (code, int(year) if year else until)
                for code, year in re.findall(r"(\d{6})(?:\[(\d{4})\])?", row["新代码"])
            )
            segments.append(
                Segment(
                    row["代码"],
                    row["一级行政区"],
                    row["二级行政区"],
                    row["名称"],
                    LEVELS[row["级别"]],
                    int(row["启用时间"]),
                    until,
                    new,
                )
            )
    return sorted(segments, key=lambda s: (s.code, s.since, s.name))


def add_current(segments: list[Segment], path: Path) -> None:
    """Divisions that the current list has and the history does not yet, and the reverse."""
    current: dict[str, tuple[str, str, str]] = {}
    for province, p in json.loads(path.read_text(encoding="utf-8"))["provinces"].items():
        for city, c in p["cities"].items():
            for county, code in c["counties"].items():
                current[code[:6]] = (province, city or "直辖", county)
    known = {s.code for s in segments if s.until == OPEN}
    for s in segments:
        if s.until == OPEN and s.level == "county" and s.code not in current:
            s.until = CURRENT_YEAR
    for code in sorted(current.keys() - known):
        province, city, name = current[code]
        segments.append(Segment(code, province, city, name, "county", CURRENT_YEAR, OPEN, ()))
    segments.sort(key=lambda s: (s.code, s.since, s.name))


def give_keys(segments: list[Segment]) -> None:
    """One key for each place and spell: consecutive segments of one name and level are one place."""
    starts: dict[tuple[str, int], list[Segment]] = {}
    for s in segments:
        starts.setdefault((s.code, s.since), []).append(s)
    follows: dict[int, Segment] = {}
    for s in segments:
        for code, year in s.new:
            for t in starts.get((code, year), ()):
                if year == s.until and t.name == s.name and t.level == s.level:
                    follows[id(t)] = s
    for s in segments:
        first = s
        while id(first) in follows:
            first = follows[id(first)]
        s.key = f"division/{first.code}-{first.since}"
    for s in segments:
        targets = {t.key for code, year in s.new for t in starts.get((code, year), ())}
        s.next = sorted(targets - {s.key})


def give_parents(segments: list[Segment]) -> None:
    """The superior of a segment is the division of its name that was there longest at the same time."""
    named: dict[tuple[str, str], list[Segment]] = {}
    for s in segments:
        named.setdefault((s.level, s.name), []).append(s)
    for s in segments:
        if s.level == "province":
            continue
        if s.level == "county" and s.prefecture not in ("", "直辖"):
            above = [t for t in named.get(("prefecture", s.prefecture), []) if t.province == s.province]
        else:
            above = named.get(("province", s.province), [])
        shared = [(min(s.until, t.until) - max(s.since, t.since), t.key) for t in above]
        if shared:
            s.parent = max(shared)[1]


def division_lines(segments: Iterable[Segment]) -> list[str]:
    """The table of divisions: one line a segment."""
    lines = ["# key\tname\tlevel\tcode\tsince\tuntil\tparent\tnext; see ../README.md for source and licence"]
    for s in sorted(segments, key=lambda s: (s.key, s.since, s.code)):
        until = "" if s.until == OPEN else str(s.until)
        row = (s.key, s.name, s.level, s.code, str(s.since), until, s.parent, " ".join(s.next))
        lines.append("\t".join(row))
    return lines


def town_lines(path: Path) -> list[str]:
    """Towns and streets of today: code of the county, then name and last three digits of each."""
    lines = ["# county code\tname:serial …; see ../README.md for source and licence"]
    for code, county in sorted(json.loads(path.read_text(encoding="utf-8")).items()):
        towns = sorted(county["townships"].items(), key=lambda t: t[1])
        lines.append(code[:6] + "\t" + " ".join(f"{name}:{serial[6:9]}" for name, serial in towns))
    return lines


def event_lines(path: Path) -> list[str]:
    """Changes since 1984 that are more than a new code: year, kind, old and new code and name, number."""
    rows = set()
    for e in json.loads(path.read_text(encoding="utf-8"))["events"]:
        if e["type"] == "同名改码" or e["year"] < 1984:
            continue
        old, new = e["old"] or {}, e["new"] or {}
        cells = [str(e["year"]), e["type"]]
        for side in (old, new):
            cells += [(side.get("code") or "")[:6], side.get("name") or ""]
        cells.append(e.get("doc_no") or "")
        rows.add("\t".join(re.sub(r"\s+", "", c) for c in cells))
    return ["# year\tkind\told code\told name\tnew code\tnew name\tnumber; see ../README.md", *sorted(rows)]


def tables(gazetteers: Path) -> dict[str, str]:
    """The files to write, by name."""
    segments = read_history(gazetteers / "division-codes-history.csv")
    add_current(segments, gazetteers / "divisions-current.json")
    give_keys(segments)
    give_parents(segments)
    made = {
        "divisions.tsv": division_lines(segments),
        "towns.tsv": town_lines(gazetteers / "townships-current.json"),
        "events.tsv": event_lines(gazetteers / "division-changes.json"),
    }
    return {name: "\n".join(lines) + "\n" for name, lines in made.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds gazetteers/")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    args = parser.parse_args()
    stale = []
    for name, content in tables(args.shared / "gazetteers").items():
        target = OUT / name
        if args.check:
            if not target.exists() or target.read_text(encoding="utf-8") != content:
                stale.append(name)
        else:
            OUT.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8", newline="\n")
    if stale:
        sys.exit(f"not up to date: {', '.join(stale)}; run python -m scripts.build_gazetteers")


if __name__ == "__main__":
    main()
