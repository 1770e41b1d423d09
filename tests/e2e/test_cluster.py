"""A Dask cluster of separate processes gives the bytes of one machine, though a worker dies midway."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.build.run import build_graph
from kg.data import sample_files
from kg.model.errors import WenmaiError

pytest.importorskip("distributed", reason="NO DASK: cluster tests not run (pip install 'wenmai[cluster]')")
FLAT = ("extraction.jsonl", "graph.nq", "graph.ttl", "citations.csv", "issues.jsonl", "summary.json")
COPIES = 20


def dask(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[Path, list[subprocess.Popen[bytes]]]]:
    file = tmp_path / "scheduler.json"
    where = ("--scheduler-file", str(file))
    started = [dask("scheduler", *where, "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
    worker = ("worker", *where, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--no-nanny")
    started += [dask(*worker), dask(*worker)]
    for _ in range(300):
        if file.exists():
            break
        time.sleep(0.1)
    try:
        yield file, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def many(folder: Path) -> Path:
    """The sample documents many times over, each copy another text."""
    folder.mkdir()
    for file in sorted(sample_files().glob("*.txt")):
        text = file.read_bytes()
        for i in range(COPIES):
            (folder / f"{i:02}-{file.name}").write_bytes(text + f"\n{i}\n".encode())
    return folder


def test_same_bytes_though_a_worker_dies(
    tmp_path: Path, scheduler: tuple[Path, list[subprocess.Popen[bytes]]]
) -> None:
    file, workers = scheduler
    documents = many(tmp_path / "in")
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if not killed and 0 < done < total:
            workers[0].kill()
            killed.append(done)

    build_graph([documents], tmp_path / "cluster", cluster=str(file), progress=kill_one)
    assert killed, "no worker died midway"
    build_graph([documents], tmp_path / "one")
    for name in FLAT:
        assert (tmp_path / "cluster" / name).read_bytes() == (tmp_path / "one" / name).read_bytes(), name


def test_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(WenmaiError, match="调度器"):
        build_graph([sample_files()], tmp_path / "out", cluster=str(tmp_path / "none.json"))
