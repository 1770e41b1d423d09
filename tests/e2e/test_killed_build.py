"""A build that is killed anywhere is taken up again, and ends in the bytes of one that was not disturbed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.build.run import build_graph
from kg.data import sample_files

FILES = sorted(sample_files().glob("*.txt"))
CODE = """import sys
from pathlib import Path
from kg.build.run import build_graph
print('ready', flush=True)
build_graph([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]))"""
FLAT = ("graph.nq", "graph.ttl", "citations.csv", "extraction.jsonl", "issues.jsonl", "summary.json")


def flat(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FLAT}


@pytest.mark.slow
@pytest.mark.parametrize("start", ["empty", "built"])
def test_a_build_killed_at_any_point(tmp_path: Path, start: str) -> None:
    build_graph(FILES[:6], tmp_path / "before")
    build_graph(FILES, tmp_path / "after")
    wanted, folder = flat(tmp_path / "after"), tmp_path / "killed"
    rng, cut = random.Random(7), 0
    for _ in range(int(os.environ.get("KG_KILLS", "2"))):
        shutil.rmtree(folder, ignore_errors=True)
        if start == "built":
            shutil.copytree(tmp_path / "before", folder)
        words = [sys.executable, "-c", CODE, str(folder), *map(str, FILES)]
        with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(rng.uniform(0, 2.5))
            cut += process.poll() is None
            process.send_signal(signal.SIGKILL)
        build_graph(FILES, folder)
        assert flat(folder) == wanted
    assert cut
