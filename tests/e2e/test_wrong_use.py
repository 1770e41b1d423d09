"""What people get wrong: every command says so in a line, in their language, and what to do."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.build.run import build_graph
from kg.cli.main import run
from kg.data import sample_files


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str


Kg = Callable[..., Said]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a graph, and one of each thing that is none."""
    folder = tmp_path_factory.mktemp("文件 夹")
    build_graph([next(iter(sorted(sample_files().glob("*.txt"))))], folder / "图 谱")
    for name in ("空", "other", "notes"):
        (folder / name).mkdir()
    (folder / "other" / "x.bin").write_bytes(b"\x00\x01")
    (folder / "0.pdf").write_bytes(b"")
    (folder / "a.txt").write_text("甲", encoding="utf-8")
    (folder / "notes" / "a.json").write_text("[1]", encoding="utf-8")
    (folder / "sheet.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    return folder


@pytest.fixture
def kg(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kg:
    here = tmp_path / "here"
    shutil.copytree(place, here)
    monkeypatch.chdir(here)

    def call(line: str, language: str = "zh") -> Said:
        monkeypatch.setenv("KG_LANG", language)
        monkeypatch.setattr(sys, "argv", ["kg", *(w.replace("+", " ") for w in line.split(" "))])
        with pytest.raises(SystemExit) as end:
            run()
        said = capsys.readouterr()
        return Said(end.value.code if isinstance(end.value.code, int) else 0, said.out, said.err)

    return call


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("build 没有", "没有这个文件或文件夹", "no such file or folder"),
        ("build 空 -o out", "没有可读的文件：空", "nothing to read in 空"),
        ("build other -o out", "other/x.bin（unknown-format）", "other/x.bin（unknown-format）"),
        ("build - -o out", "kg extract", "kg extract"),
        ("extract a.txt --recognizer nope", "可用：hanlp、lac、rules、spacy", "there are hanlp, lac, rules, spacy"),
        ("extract 空", "没有可读的文件：空", "nothing to read in 空"),
        ("extract - 0.pdf", "不能与其他路径同用", "stands alone"),
        ("add 空 0.pdf", "请先运行 kg build", "run kg build"),
        ("remove 空 甲", "请先运行 kg build", "run kg build"),
        ("review 空", "请先运行 kg build", "run kg build"),
        ("search 空 甲", "请先运行 kg build", "run kg build"),
        ("serve 空", "请先运行 kg build", "run kg build"),
        ("export 空", "请先运行 kg build", "run kg build"),
        ("search 图+谱 +", "请给出要找的词", "give the words"),
        ("trace 图+谱 没有的文件", "没有找到“没有的文件”", "nothing fits “没有的文件”"),
        ("remove 图+谱 没有的文件", "没有找到“没有的文件”", "nothing fits “没有的文件”"),
        ("status 图+谱 甲 --as-of 2023-02-29", "2020-06-30", "2020-06-30"),
        ("status 图+谱 甲 --as-of 二〇二三", "2020-06-30", "2020-06-30"),
        ("query 图+谱 SELECT", "SPARQL 有误", "the SPARQL is wrong"),
        ("query 图+谱 --name nope", "可用：", "there are "),
        ("query 图+谱 --name cites", "缺少参数 document", "lacks its parameter document"),
        ("export 图+谱 --format neo4j", "-o", "-o"),
        ("read 空", "空 是文件夹", "空 is a folder"),
        ("read 0.pdf", "文件是空的", "the file holds no text"),
        ("read other/x.bin", "不认识的文件格式", "this format is not known"),
        ("evaluate 空", "没有标注", "no annotations"),
        ("evaluate notes", "不是标注文件", "is no file of annotations"),
        ("review 图+谱 --read sheet.csv", "缺少列 action、key", "lacks the columns action, key"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_use_is_named(kg: Kg, line: str, zh: str, en: str, language: str) -> None:
    said = kg(line, language)
    assert said.status == 2, said
    assert said.err.startswith("kg: ")
    assert (zh if language == "zh" else en) in said.err
    assert "Traceback" not in said.err
    assert not Path("out").exists()
    assert not list(Path("空").iterdir())


def test_an_extraction_that_is_none(kg: Kg) -> None:
    Path("gold").mkdir()
    note = {"file": "a.txt", "entities": [], "mentions": []}
    Path("gold/a.json").write_text(json.dumps(note), encoding="utf-8")
    assert "不是 kg extract 所写的文件" in kg("evaluate gold --corpus . --extraction sheet.csv").err


def test_a_file_that_cannot_be_read_costs_that_file(kg: Kg) -> None:
    said = kg("extract 0.pdf", "en")
    assert (said.status, said.err.strip()) == (1, "0.pdf: the file holds no text (empty)")


def test_the_folder_of_an_output_is_made(kg: Kg) -> None:
    assert kg("export 图+谱 --format csv -o 新/目录/a.csv").status == 0
    assert Path("新/目录/a.csv").read_text(encoding="utf-8-sig").startswith("citing,")
