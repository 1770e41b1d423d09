"""The sample documents, from files to answers, through the library and the command."""

from __future__ import annotations

import filecmp
import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.build.run import build_graph
from kg.data import sample_files

FLAT = ("extraction.jsonl", "graph.nq", "graph.ttl", "citations.csv", "issues.jsonl", "summary.json")
PLAN = "国发〔2021〕901号"


def command(*words: str, lang: str = "zh") -> subprocess.CompletedProcess[str]:
    environment = {"KG_LANG": lang, "PATH": "", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(Path.cwd())}
    return subprocess.run(
        [sys.executable, "-m", "kg", *words],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample") / "graph"
    build_graph([sample_files()], out)
    return out


def test_a_second_run_does_nothing(graph: Path) -> None:
    before = {p.name: p.stat().st_mtime_ns for p in graph.iterdir() if p.name in FLAT}
    report = build_graph([sample_files()], graph)
    assert (report.read, report.removed) == (0, 0)
    assert report.kept == 14
    assert {p.name: p.stat().st_mtime_ns for p in graph.iterdir() if p.name in FLAT} == before


def test_same_bytes_whatever_the_order_and_the_processes(tmp_path: Path) -> None:
    files = sorted(sample_files().glob("*.txt"))
    build_graph(files, tmp_path / "one", jobs=1)
    build_graph(files[::-1], tmp_path / "two", jobs=2)
    equal, different, missing = filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", FLAT, shallow=False)
    assert (sorted(equal), different, missing) == (sorted(FLAT), [], [])


def test_a_file_that_is_gone_leaves_the_graph(tmp_path: Path) -> None:
    files = sorted(sample_files().glob("*.txt"))
    build_graph(files, tmp_path / "grown")
    report = build_graph(files[1:], tmp_path / "grown")
    assert (report.read, report.kept, report.removed) == (0, 13, 1)
    build_graph(files[1:], tmp_path / "never")
    for name in FLAT:
        assert (tmp_path / "grown" / name).read_bytes() == (tmp_path / "never" / name).read_bytes(), name


def test_an_unreadable_file_costs_that_file(tmp_path: Path) -> None:
    good = tmp_path / "in" / "好.txt"
    good.parent.mkdir()
    good.write_text("根据《中华人民共和国行政处罚法》，制定本办法。", encoding="utf-8")
    (tmp_path / "in" / "空.txt").write_bytes(b"")
    (tmp_path / "in" / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    report = build_graph([tmp_path / "in"], tmp_path / "out")
    assert report.summary["sources"] == 1
    issues = [
        json.loads(x) for x in (tmp_path / "out" / "issues.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    failed = {Path(i["source"]).name: i["code"] for i in issues if i["stage"] == "read"}
    assert set(failed) == {"空.txt", "坏.pdf"}
    assert all(failed.values())


def test_every_offset_slices_its_file(graph: Path) -> None:
    for line in (graph / "extraction.jsonl").read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        with Path(found["source"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        for mention in found["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]


def test_the_library_answers(graph: Path) -> None:
    with kg.open(graph) as g:
        root = g.trace(PLAN, "down", depth=2)
        assert len(root.children) >= 3
        assert all(q.sentence for child in root.children for q in child.quotes)
        rows = g.citations()
        assert {"basedOn", "implements", "issues"} <= {r.function for r in rows}
        assert g.validate() == []
        assert g.to_networkx().number_of_nodes() > 50
        assert len(g.to_rdflib()) > 1000


def test_the_command_traces_and_queries(graph: Path) -> None:
    tree = command("trace", str(graph), "国发[2021]901号")
    assert tree.returncode == 0, tree.stderr
    assert "岚江省" in tree.stdout
    answer = command("query", str(graph), "SELECT (COUNT(*) AS ?n) WHERE { ?a kg:cites ?b }", "--json")
    assert int(json.loads(answer.stdout)["results"]["bindings"][0]["n"]["value"]) > 30


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("trace", "GRAPH", "国发〔1900〕1号"), 2, "没有找到"),
        (("query", "GRAPH", "SELECT nonsense"), 2, "SPARQL"),
        (("query", "GRAPH"), 2, "SPARQL"),
        (("validate", "GRAPH"), 0, "0"),
        (("build", "nowhere"), 2, "没有这个文件或文件夹：nowhere"),
        (("extract", "kg/data/sample", "--recognizer", "nope", "--jobs", "2"), 2, "没有名为 nope 的识别器"),
        (("query", "nowhere", "--name", "ghosts"), 2, "没有这个文件夹：nowhere"),
        (("status", "GRAPH", "国发〔2021〕901号", "--as-of", "2022-13"), 2, "日期请写成"),
        (("evaluate", "GRAPH/store"), 2, "没有标注"),
        (("export", "GRAPH", "--format", "neo4j"), 2, "-o"),
        (("extract", "-", "GRAPH"), 2, "- 不能与其他路径同用"),
        (("extract", "README.md", "-o", "/proc/nowhere/x"), 2, "不能读写"),
    ],
)
def test_exit_status(graph: Path, words: tuple[str, ...], status: int, said: str) -> None:
    result = command(*(w.replace("GRAPH", str(graph)) for w in words))
    assert result.returncode == status
    assert said in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_standard_input_is_read() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "extract", "-"],
        input="根据《中华人民共和国行政处罚法》，制定本办法。".encode("gb18030"),
        capture_output=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert (found["source"], [m["text"] for m in found["mentions"]]) == (
        "-",
        ["《中华人民共和国行政处罚法》"],
    )


def test_messages_in_english(graph: Path) -> None:
    assert "findings" in command("validate", str(graph), lang="en").stdout
