from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.model.errors import WenmaiError
from kg.read import discover, is_address, located
from kg.read.address import look_of, reaching

pytest.importorskip("upath", reason="NO UPATH: addresses not tested (pip install 'wenmai[cluster]')")


@pytest.mark.parametrize(
    ("text", "address"),
    [("s3://b/k", True), ("file:///a", True), ("hdfs://h:8020/a", True), ("a/b", False), ("C:\\a", False)],
)
def test_what_is_an_address(text: str, address: bool) -> None:
    assert is_address(text) is address


def test_files_of_this_machine_are_paths() -> None:
    assert located("a/b") == Path("a/b")
    assert located("file:///a/%E7%94%B2") == Path("/a/甲")


def test_folders_elsewhere_are_walked_by_the_same_rules() -> None:
    root = located("memory://address/in")
    (root / "sub").mkdir(parents=True, exist_ok=True)
    for name in ("甲.txt", "sub/乙.txt", "甲.html", ".hidden.txt", "README.md"):
        (root / name).write_bytes(b"x")
    (root / "meta.jsonl").write_bytes('{"file": "甲.txt", "title": "丙"}'.encode())
    found = discover([root])
    assert [(f.source, f.declared and f.declared.title) for f in found.files] == [
        ("memory://address/in/sub/乙.txt", None),
        ("memory://address/in/甲.txt", "丙"),
    ]
    assert {i.rule for i in found.ignored} == {"hidden", "readme", "sidecar", "page-beside-text"}


def test_a_file_that_changes_looks_otherwise() -> None:
    file = located("memory://address/look.txt")
    file.write_bytes(b"one")
    before = look_of(file)
    file.write_bytes(b"two")
    assert look_of(file) != before
    assert look_of(file) == look_of(file)


@pytest.mark.parametrize(
    ("text", "advice"),
    [("s3://b/k", "pip install s3fs"), ("gs://b/k", "pip install gcsfs"), ("nonsense://b/k", "无法读写")],
)
def test_what_is_missing_is_named(text: str, advice: str) -> None:
    package = advice.removeprefix("pip install ")
    if package != advice and package in sys.modules:
        pytest.skip(f"{package} is installed")
    with pytest.raises(WenmaiError, match=advice):
        located(text)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "upath", None)
    with pytest.raises(WenmaiError, match=r"wenmai\[cluster\]"):
        located("s3://b/k")


def test_errors_on_the_way_say_what_to_look_at() -> None:
    with pytest.raises(WenmaiError, match="凭据"), reaching("s3://b/k"):
        raise PermissionError("Access Denied")
    with pytest.raises(KeyError), reaching("s3://b/k"):
        raise KeyError("a defect")
