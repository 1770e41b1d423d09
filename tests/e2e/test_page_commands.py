"""The commands that make pages, as people call them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.build.run import build_graph
from kg.cli.main import app
from kg.data import sample_files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages") / "graph"
    build_graph([sample_files()], out)
    return out


def run(*arguments: str | int | Path) -> list[str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output.split()


def test_view_whole_and_around(folder: Path, tmp_path: Path) -> None:
    assert run("view", folder) == [str(folder / "view.html")]
    page = tmp_path / "deep" / "around.html"
    run("view", folder, "--around", "中华人民共和国行政许可法", "--depth", 2, "-o", page, "--lang", "en")
    text = page.read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "<title>中华人民共和国行政许可法</title>" in text


def test_same_graph_same_page(folder: Path, tmp_path: Path) -> None:
    pages = [tmp_path / f"{i}.html" for i in range(2)]
    for page in pages:
        run("view", folder, "-o", page)
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_dossier(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "dossier.html"
    run("dossier", folder, "中华人民共和国行政许可法", "-o", page)
    assert "中华人民共和国行政许可法" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("一窗通办", "一窗通办"),  # a measure, though titles of documents hold its name
        ("澜汀市司法局", "澜汀市司法局"),
        ("国发[2021]901号", "国务院关于印发数字化法治服务建设实施纲要（2021-2025年）的通知"),
        ("岚江省行政服务条例", "岚江省行政服务条例"),
    ],
)
def test_dossier_of_what_a_name_means(folder: Path, tmp_path: Path, asked: str, title: str) -> None:
    run("dossier", folder, asked, "-o", tmp_path / "a.html")
    assert f"<title>{title}</title>" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_every_sample_reads(tmp_path: Path) -> None:
    for file in sorted(sample_files().glob("*.txt")):
        page = tmp_path / f"{file.stem}.html"
        run("read", file, "-o", page)
        assert '<mark id="m0"' in page.read_text(encoding="utf-8")
