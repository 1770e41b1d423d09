"""The scripts in the package were built from the sources in ``web/``, and nobody changed them by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WEB, BUILT = ROOT / "web", ROOT / "kg" / "web" / "static" / "built"
OTHERS = {"package.json", "package-lock.json", "tsconfig.json", "vite.config.js"}


def hashes(folder: Path, names: set[str]) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(names)}


def test_built_from_these_sources() -> None:
    recorded = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    if WEB.exists():
        sources = OTHERS | {f"src/{p.name}" for p in (WEB / "src").iterdir()}
        assert recorded["sources"] == hashes(WEB, sources), "run `make web`"
    else:
        pytest.skip("no web/ beside the package")


def test_nothing_built_was_changed_by_hand() -> None:
    recorded = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    built = {p.name for p in BUILT.iterdir()} - {"manifest.json"}
    assert recorded["built"] == hashes(BUILT, built)


def test_small_and_without_a_request_outside() -> None:
    files = list(BUILT.iterdir())
    assert sum(p.stat().st_size for p in files) < 1_500_000
    assert all("@import" not in p.read_text(encoding="utf-8") for p in files if p.suffix == ".css")


def test_the_terms_of_what_is_bundled_are_kept() -> None:
    if not WEB.exists():
        pytest.skip("no web/ beside the package")
    packages = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    bundled = [p for p, about in packages.items() if p and not about.get("dev") and not about.get("optional")]
    terms = (BUILT / "LICENSES.txt").read_text(encoding="utf-8")
    assert len(bundled) > 5
    for path in bundled:
        assert f"{path.removeprefix('node_modules/')} {packages[path]['version']} (" in terms, path
