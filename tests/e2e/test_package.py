"""The wheel and the sdist hold all that the package needs at run time."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = {".tsv", ".json", ".txt", ".rq", ".ttl", ".js", ".css", ".html", ".py", ".md", ".typed"}


def wanted() -> set[str]:
    """Every file of the package, and the ontology where a wheel keeps it."""
    package = {
        p.relative_to(ROOT).as_posix()
        for p in (ROOT / "kg").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts and (p.suffix in NEEDED or p.name == "py.typed")
    }
    return package | {f"kg/data/ontology/{p.name}" for p in (ROOT / "ontology").iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return out


def test_the_wheel_holds_every_file_of_the_package(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    assert wanted() <= names, sorted(wanted() - names)


def test_the_sdist_holds_the_sources(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    missing = {n for n in wanted() if not n.startswith("kg/data/ontology/")} - names
    assert not missing, sorted(missing)
    assert {"ontology/kg.ttl", "ontology/shapes.ttl", "README.md", "LICENSE", "pyproject.toml"} <= names
    sources = {p.relative_to(ROOT).as_posix() for p in (ROOT / "web" / "src").iterdir()}
    assert {*sources, "web/package.json", "web/package-lock.json", "web/vite.config.js"} <= names
    assert not any("node_modules" in name for name in names)
