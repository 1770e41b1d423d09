"""One build of N documents, single machine or cluster: time of each stage, memory of each process, store, queries.

usage: python -m bench.scale COUNT FOLDER [--jobs 2] [--shards [--workers 2]] [--keep]
       python -m bench.scale --table

The documents are made by :mod:`bench.generate` in FOLDER/in and built into FOLDER/out. With ``--shards`` the whole build runs on
a Dask cluster of ``--workers`` processes on this machine, into shards. The figures are added to ``bench/scale.json``, of each
size and way the last; ``--table`` (and every run) writes them into ``docs/scaling.md`` between its marks, with exponents.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

from bench.generate import document
from bench.run import exponent

HERE = Path(__file__).parent
RESULTS = HERE / "scale.json"
PAGE = HERE.parent / "docs" / "scaling.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_TICK = os.sysconf("SC_CLK_TCK")
_QUERIES = {
    "count all documents": "SELECT (COUNT(*) AS ?n) WHERE { ?d a kg:Document }",
    "ten most cited": """SELECT ?d (COUNT(?c) AS ?n) WHERE { ?c kg:cites ?d }
        GROUP BY ?d ORDER BY DESC(?n) LIMIT 10""",
    "all known of one document": "SELECT ?p ?o WHERE { %s ?p ?o }",
    "all that cite the most cited one": "SELECT ?c WHERE { ?c kg:cites %s }",
    "and what cites these, up to two steps": "SELECT DISTINCT ?c WHERE { ?c kg:cites/kg:cites? %s }",
}


@dataclass
class Watch:
    """Seconds and peak memory by stage and by process, of this process and all below it."""

    stages: dict[str, dict[str, float]] = field(default_factory=dict)
    peaks: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    cpu: dict[int, float] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Look at all processes four times a second."""
        thread = threading.Thread(target=self._look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()
            self.see()

    def _look(self) -> None:
        while not self._stop.wait(0.25):
            self.see()

    def see(self) -> None:
        """Note memory and processor time of every process below this one."""
        for pid in _below(os.getpid()):
            try:
                status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
                stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            peak = next((int(x.split()[1]) for x in status.splitlines() if x.startswith("VmHWM")), 0)
            self.peaks[pid] = max(self.peaks.get(pid, 0), peak // 1024)
            self.cpu[pid] = (int(stat[11]) + int(stat[12])) / _TICK

    def total(self) -> float:
        """Processor seconds of all processes so far."""
        self.see()
        return sum(self.cpu.values())

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call, whose time is added to a stage."""

        @wraps(call)
        def timing(*given: Any, **named: Any) -> Any:
            wall, cpu = time.perf_counter(), self.total()
            try:
                return call(*given, **named)
            finally:
                stage = self.stages.setdefault(name, {"wall": 0.0, "cpu": 0.0})
                stage["wall"] += time.perf_counter() - wall
                stage["cpu"] += self.total() - cpu

        return timing


def _below(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text(encoding="utf-8").split())
            except OSError:
                continue
    return found


def generate(count: int, folder: Path) -> None:
    """Make what documents are missing, a thousand a folder."""
    for index in range(count):
        sub = folder / f"{index // 1000:05}"
        file = sub / f"{index:08}.txt"
        if index % 1000 == 0:
            sub.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_text(document(index), encoding="utf-8")


def _time_stages(watch: Watch) -> None:
    from kg.build import runners

    plain = runners.in_order

    def in_order(each: Any, function: Any, arguments: Any) -> Any:
        name = arguments[0][0].__name__ if arguments else "nothing"
        return watch.timed(f"stage {name}", plain)(each, function, arguments)

    runners.in_order = in_order


def single(documents: Path, out: Path, jobs: int, watch: Watch) -> dict[str, Any]:
    """The build of one machine."""
    from kg.build import graph, run

    _time_stages(watch)
    for module, name, told in (
        (run, "refresh", "read documents"),
        (graph, "write_lines", "graph.ttl"),
        (graph, "load_store", "load store"),
        (graph, "_fill", "ledger"),
        (run, "write_flat", "extraction.jsonl, issues.jsonl"),
        (run, "write_tables", "citations.csv, graph.html"),
    ):
        setattr(module, name, watch.timed(told, getattr(module, name)))
    report = run.build_graph([documents], out, jobs=jobs)
    return report.summary


@contextmanager
def dask(workers: int, folder: Path) -> Iterator[str]:
    """A scheduler and workers as processes of their own."""
    file = folder / "scheduler.json"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    at = ("--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard")
    words = [["scheduler", *at, "--port", "0"], *[["worker", *at, "--nthreads", "1", "--no-nanny"]] * workers]
    started = [subprocess.Popen([sys.executable, "-m", "dask", *each], **quiet) for each in words]
    while not file.exists():
        time.sleep(0.1)
    try:
        yield str(file)
    finally:
        for process in started:
            process.kill()
            process.wait()


def sharded(documents: Path, out: Path, workers: int, watch: Watch) -> dict[str, Any]:
    """The build of a cluster."""
    from kg.build import sharded as module

    _time_stages(watch)
    module._read = watch.timed("read documents", module._read)
    module._graph = watch.timed("all stages behind reading", module._graph)
    with tempfile.TemporaryDirectory() as folder, dask(workers, Path(folder)) as address:
        return module.build_sharded([documents], out.as_uri(), cluster=address).summary


def queries(store: Path) -> dict[str, float]:
    """Least milliseconds of each query out of five, the store once opened."""
    from kg.query import query, table
    from kg.store import OxigraphStore

    times = {}
    with OxigraphStore.open(store) as opened:
        top = str(next(iter(opened.query(_QUERIES["ten most cited"])))[0])  # type: ignore[arg-type]
        for name, sparql in _QUERIES.items():
            asked = sparql.replace("%s", top)
            spent = []
            for _ in range(5):
                began = time.process_time()
                table(query(opened, asked))
                spent.append((time.process_time() - began) * 1000)
            times[name] = min(spent)
    return times


def size_of(path: Path) -> float:
    """MB of a folder or file."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files) / 1e6


def measure(count: int, folder: Path, jobs: int, workers: int) -> dict[str, Any]:
    """Generate, build, measure."""
    generate(count, folder / "in")
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    watch = Watch()
    load = os.getloadavg()[1]
    began = time.perf_counter()
    with watch.running():
        if workers:
            summary = sharded(folder / "in", out, workers, watch)
        else:
            summary = single(folder / "in", out, jobs, watch)
    wall = time.perf_counter() - began
    return {
        "documents": count,
        "way": f"{workers} workers" if workers else f"{jobs} processes",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} at the start",
        "megabytes": {"sources": size_of(folder / "in")}
        | {p.name: size_of(p) for p in sorted(out.iterdir()) if size_of(p) > 0.05},
        "wall": wall,
        "cpu": watch.total(),
        "largest_mb": max(watch.peaks.values()),
        "peaks_mb": sorted(watch.peaks.values(), reverse=True)[:8],
        "stages": watch.stages,
        "quads": summary["quads"],
        "summary": summary,
        "queries_ms": {} if workers else queries(out / "store"),
    }


def keep(figures: dict[str, Any]) -> None:
    """Add figures to the file, in place of those of the same size and way."""
    held = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    same = (figures["documents"], figures["way"])
    rest = [f for f in held if (f["documents"], f["way"]) != same]
    ordered = sorted([*rest, figures], key=lambda f: (f["way"], f["documents"]))
    RESULTS.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def tables() -> str:
    """All figures as Markdown, a table for each way."""
    held = json.loads(RESULTS.read_text(encoding="utf-8"))
    parts = []
    for way in sorted({f["way"] for f in held}):
        runs = [f for f in held if f["way"] == way]
        parts += [_table(way, runs), ""]
    return "\n".join(parts)


def _table(way: str, runs: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for f in runs for name in f["stages"]))
    rows: list[tuple[str, list[float | None], str]] = [
        ("whole build, wall s", [f["wall"] for f in runs], ".0f"),
        ("whole build, processor s", [f["cpu"] for f in runs], ".1f"),
    ]
    rows += [(f"{n}, processor s", [f["stages"].get(n, {}).get("cpu") for f in runs], ".1f") for n in names]
    rows += [
        ("largest process, MB", [f["largest_mb"] for f in runs], ".0f"),
        ("quads, million", [f["quads"] / 1e6 for f in runs], ".2f"),
    ]
    for name in list(dict.fromkeys(n for f in runs for n in f["megabytes"])):
        rows.append((f"`{name}`, MB", [f["megabytes"].get(name) for f in runs], ".0f"))
    for name in list(dict.fromkeys(n for f in runs for n in f["queries_ms"])):
        rows.append((f"query: {name}, ms", [f["queries_ms"].get(name) for f in runs], ".1f"))
    sizes = [f["documents"] for f in runs]
    lines = [
        f"**{way}**",
        "",
        "| | " + " | ".join(f"{n:,} documents" for n in sizes) + " | exponent |",
        "|---|" + "---:|" * (len(sizes) + 1),
    ]
    for name, values, form in rows:
        cells = ["" if v is None else format(v, form) for v in values]
        points = [(n, v) for n, v in zip(sizes, values, strict=True) if v and v >= 0.05]
        slope = f"{exponent(points):.2f}" if len(points) > 1 else ""
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {slope} |")
    return "\n".join([*lines, "", *(f"{f['documents']:,}: {f['machine']}." for f in runs)])


def write_page() -> None:
    """Put the tables into ``docs/scaling.md``."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables()}\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Measure one size, or write the table anew."""
    parser = argparse.ArgumentParser(prog="bench.scale")
    parser.add_argument("count", nargs="?", type=int)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--shards", action="store_true", help="the whole build on a cluster, into shards")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="leave the graph where it was built")
    parser.add_argument(
        "--table", action="store_true", help="only write docs/scaling.md from bench/scale.json"
    )
    asked = parser.parse_args()
    if not asked.table:
        folder = asked.folder / str(asked.count)
        figures = measure(asked.count, folder, asked.jobs, asked.workers if asked.shards else 0)
        keep(figures)
        print(json.dumps(figures, indent=1, ensure_ascii=False))
        if not asked.keep:
            shutil.rmtree(folder / "out")
    write_page()
    print(tables())


if __name__ == "__main__":
    main()
