"""Which files of a folder are read, by which rule others are not, and what sidecars state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model.documents import Declared
from kg.model.errors import ReadError
from kg.read import Ignored, discover, read_path
from tests.unit.read.making import pdf, zipped

BODY = "各镇人民政府要加强统筹协调，确保各项任务按时完成。"


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "b/1.txt": BODY.encode(),
        "b/1.html": b"<html></html>",
        "b/1.pdf": b"%PDF-",
        "b/2.html": b"<html></html>",
        "b/SOURCE.txt": b"where from",
        "b/README.md": b"read me",
        "b/meta.jsonl": json.dumps(
            {
                "title": "甲通知",
                "docnum": "甲发〔2020〕1号",
                "issuer": "甲县 乙县",
                "date": "2020/3/5",
                "file": "1.txt",
            }
        ).encode()
        + b"\nnot json\n[]\n",
        "a/3.txt": BODY.encode(),
        "a/3.json": json.dumps({"标题": "丙通知", "发文机关": ["丙局", "丁局"]}).encode(),
        "a/other.json": b"{}",
        "a/photo.png": b"\x89PNG",
        "a/noname": pdf([[(60, 700, BODY)]]),
        ".git/x.txt": b"x",
        "a/.x.txt": b"x",
        "a/~$x.docx": b"x",
        "c/meta.csv": "file,标题,成文日期\n4.txt,戊通知,2021年4月1日\n".encode("gb18030"),
        "c/4.txt": BODY.encode(),
        "c/5.zip": zipped({"a.txt": BODY.encode()}),
    }
    write(tmp_path, files)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    return tmp_path


def test_files_and_ignored(folder: Path) -> None:
    found = discover([folder])
    base = folder.as_posix() + "/"
    assert [f.source.removeprefix(base) for f in found.files] == [
        "a/3.txt", "a/noname", "b/1.txt", "b/2.html", "c/4.txt", "c/5.zip",
    ]  # fmt: skip
    assert {(i.source.removeprefix(base), i.rule) for i in found.ignored} == {
        (".git", "hidden"),
        ("a/.x.txt", "hidden"),
        ("a/~$x.docx", "hidden"),
        ("a/3.json", "sidecar"),
        ("a/other.json", "unknown-format"),
        ("a/photo.png", "unknown-format"),
        ("b/1.html", "page-beside-text"),
        ("b/1.pdf", "page-beside-text"),
        ("b/README.md", "readme"),
        ("b/SOURCE.txt", "source-note"),
        ("b/meta.jsonl", "sidecar"),
        ("c/meta.csv", "sidecar"),
        ("loop", "symlink"),
    }


def test_order_of_paths_does_not_matter(folder: Path) -> None:
    parts = [folder / "a", folder / "b", folder / "c"]
    assert discover(parts) == discover(parts[::-1])
    assert discover([*parts, folder / "b/1.txt"]) == discover(parts)


def test_sidecars(folder: Path) -> None:
    declared = {f.path.name: f.declared for f in discover([folder]).files}
    assert declared["1.txt"] == Declared("甲通知", "甲发〔2020〕1号", ("甲县", "乙县"), "2020-03-05")
    assert declared["3.txt"] == Declared("丙通知", issuers=("丙局", "丁局"))
    assert declared["4.txt"] == Declared("戊通知", date="2021-04-01")
    assert declared["2.html"] is None


def test_a_file_given_by_name_is_read_whatever_the_rules(folder: Path) -> None:
    path = folder / "b/1.html"
    assert [f.path for f in discover([path]).files] == [path]
    assert discover([folder / "b/1.txt"]).files[0].declared == Declared(
        "甲通知", "甲发〔2020〕1号", ("甲县", "乙县"), "2020-03-05"
    )
    assert Ignored(path.as_posix(), "page-beside-text") not in discover([path, folder]).ignored


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        discover([tmp_path / "none"])
    assert caught.value.code == "not-found"
    with pytest.raises(ReadError):
        list(read_path(tmp_path / "none.txt"))


def test_declared_by_sidecar_goes_before_the_page(tmp_path: Path) -> None:
    page = '<html><head><meta name="ArticleTitle" content="关于某事项的通知"></head><body><div id="zoom">'
    path = tmp_path / "a.html"
    path.write_text(f"{page}{BODY}{BODY}</div></body></html>", "utf-8")
    (doc,) = read_path(path, "given/a.html", Declared(number="甲发〔2020〕1号", title="另一标题"))
    assert doc.source == "given/a.html"
    assert (doc.declared.title, doc.declared.number) == ("另一标题", "甲发〔2020〕1号")
