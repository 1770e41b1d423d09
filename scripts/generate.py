"""Writes the files that are generated from others; ``--check`` fails where one is stale.

usage: python -m scripts.generate [--check]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts import demo, readme, terms

ROOT = Path(__file__).resolve().parents[1]


def stale() -> dict[Path, str]:
    """The files that are not as they would be generated now, with what they should hold."""
    wanted: dict[Path, str] = {}
    for generator in (terms, demo, readme):
        wanted.update(generator.files())
    return {path: text for path, text in wanted.items() if not _is(path, text)}


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def main() -> None:
    """Write, or with ``--check`` compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a generated file is stale")
    check = parser.parse_args().check
    found = stale()
    if check and found:
        names = ", ".join(sorted(p.relative_to(ROOT).as_posix() for p in found))
        raise SystemExit(f"stale: {names}; run python -m scripts.generate")
    for path, text in found.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


if __name__ == "__main__":
    main()
