"""Runs one engine over text files in a process of its own and prints what it cost as JSON.

usage: python -m bench.one ENGINE CHARACTERS FILE…
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from bench.engines import load
from kg.build.parallel import collecting_rarely


def main() -> None:
    """Read files up to the number of characters, run the engine once, print the cost.

    Garbage is collected as rarely as in a build, whichever engine runs.
    """
    name, limit, files = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    texts: list[str] = []
    size = 0
    for file in files:
        text = Path(file).read_text(encoding="utf-8")
        if size + len(text) > limit and texts:
            break
        texts.append(text)
        size += len(text)
    run = load(name)
    run(texts[:1])
    with collecting_rarely():
        started, cpu = time.perf_counter(), time.process_time()
        found = run(texts)
        seconds, spent = time.perf_counter() - started, time.process_time() - cpu
    print(
        json.dumps(
            {
                "characters": size,
                "found": found,
                "seconds": seconds,
                "cpu": spent,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
