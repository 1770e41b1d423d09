"""The data files: each says where it comes from and under which terms."""

from __future__ import annotations

import re
from pathlib import Path

DATA = Path(__file__).parents[2] / "kg" / "data"


def test_every_file_stands_in_the_readme_with_a_licence() -> None:
    rows = [
        row for row in (DATA / "README.md").read_text(encoding="utf-8").splitlines() if row.startswith("| `")
    ]
    named = {name: row for row in rows for name in re.findall(r"`([\w./*-]+)`", row.split("|")[1])}
    for path in sorted(DATA.rglob("*")):
        name = path.relative_to(DATA).as_posix()
        if path.suffix not in {".tsv", ".txt"}:
            continue
        row = (
            named.get(name)
            or named.get(f"{name.rpartition('/')[0]}/*")
            or named.get(f"{name.rpartition('/')[0]}/*.txt")
        )
        assert row, name
        assert re.search("CC0|MIT|同上", row.split("|")[3]), row
    assert all(list(DATA.glob(name)) for name in named), named
