"""Later layers import earlier ones, never the reverse; stages do not import each other."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "kg"
LAYERS = (
    ("model",),
    ("data",),
    ("grammar",),
    ("read", "clean", "structure", "recognize", "resolve", "state"),
    ("identify",),
    ("graph",),
    ("store",),
    ("query",),
    ("analyze",),
    ("render",),
    ("evaluate",),
    ("build",),
    ("api",),
    ("web",),
    ("cli",),
)
LEVEL = {name: i for i, names in enumerate(LAYERS) for name in names}


def imports(path: Path) -> set[str]:
    """The layers that a module imports, wherever in the module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [node.module or ""]
        found |= {name.split(".")[1] for name in names if name.startswith("kg.")}
    return found


def test_every_package_has_a_layer() -> None:
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")}
    modules = {p.stem for p in ROOT.glob("*.py")} - {"__init__", "__main__"}
    assert packages | modules == set(LEVEL)


@pytest.mark.parametrize("path", sorted(ROOT.glob("*/**/*.py")), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_point_backwards(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    for other in imports(path):
        assert other in LEVEL, f"{path} imports kg.{other}, which no layer names"
        assert other == own or LEVEL[other] < LEVEL[own], f"kg.{own} imports kg.{other}: {path}"


def test_model_uses_the_standard_library_only() -> None:
    allowed = {"kg", *sys.stdlib_module_names}
    for path in ROOT.glob("model/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] in allowed, path
            elif isinstance(node, ast.Import):
                assert {a.name.split(".")[0] for a in node.names} <= allowed, path
