"""A graph that grows and shrinks is the graph of the sources that it holds."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build.grow import STALE, add, remove
from kg.build.review import review_items
from kg.build.run import build_graph
from kg.data import sample_files
from kg.graph import terms as t
from kg.graph.candidates import CANDIDATES
from kg.model.errors import WenmaiError

FILES = sorted(sample_files().glob("*.txt"))


def quads(folder: Path) -> set[str]:
    store = ox.Store.read_only(str(folder / "store"))
    return {str(q) for q in store}


def built(files: list[Path], folder: Path) -> set[str]:
    shutil.rmtree(folder, ignore_errors=True)
    build_graph(sorted(files), folder)
    return quads(folder)


@pytest.mark.parametrize("seed", range(2))
def test_adding_and_removing_in_any_order(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    have = set(rng.sample(FILES, 5))
    build_graph(sorted(have), tmp_path / "grown")
    for step in range(9):
        file = rng.choice(FILES)
        if file in have and len(have) > 1:
            assert remove(tmp_path / "grown", str(file)).removed == 1
            have.discard(file)
        elif file not in have:
            assert add(tmp_path / "grown", [file]).added == 1
            have.add(file)
        if step % 4 == 0:
            assert quads(tmp_path / "grown") == built(list(have), tmp_path / "built")
    assert quads(tmp_path / "grown") == built(list(have), tmp_path / "built")


def test_a_changed_file_replaces_its_graph(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "某市人民政府关于甲事项的意见\n\n根据《乙事项管理条例》，提出如下意见。\n"
    file.write_text(text, encoding="utf-8")
    build_graph([file], tmp_path / "graph")
    assert (tmp_path / "graph" / STALE).exists() is False
    file.write_text(text.replace("乙事项", "丙事项"), encoding="utf-8")
    assert add(tmp_path / "graph", [file]).added == 1
    assert (tmp_path / "graph" / STALE).exists()
    found = quads(tmp_path / "graph")
    assert not any("乙事项" in q for q in found)
    assert found == built([file], tmp_path / "again")
    assert add(tmp_path / "graph", [file]).kept == 1
    build_graph([file], tmp_path / "graph")
    assert (tmp_path / "graph" / STALE).exists() is False


def test_candidates_come_and_go_with_their_sources(tmp_path: Path) -> None:
    files = []
    for i, year in enumerate(("2015", "2015", "2005")):
        files.append(tmp_path / f"{i}.txt")
        text = (
            f"某市人民政府关于甲事项的报告之{i}\n\n根据《法治事项实施纲要（{year}-2020年）》，现报告如下。\n"
        )
        files[-1].write_text(text, encoding="utf-8")
    build_graph(files[:2], tmp_path / "graph")
    before = quads(tmp_path / "graph")
    add(tmp_path / "graph", [files[2]])
    grown = quads(tmp_path / "graph")
    assert grown == built(files, tmp_path / "built")
    doubts = {q for q in grown if f"<{CANDIDATES}>" in q}
    assert any('"year-range"' in q for q in doubts)
    assert not {q for q in grown - doubts if t.C_CANDIDATE in q or t.IN_DOUBT in q or t.MAY_BE in q}
    assert [item.reason for item in review_items(tmp_path / "graph")][:1] == ["year-range"]
    remove(tmp_path / "graph", str(files[2]))
    assert quads(tmp_path / "graph") == before


def _ledger(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folder / "shards.sqlite")) as db:
        tables = ("fact", "block", "usage", "ids", "carried")
        return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=str) for name in tables}


def test_the_first_change_goes_on_from_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_graph(FILES[:-1], tmp_path / "grown")

    def anew(*_: object) -> None:
        raise AssertionError("the ledger is made anew")

    monkeypatch.setattr("kg.build.grow.settle", anew)
    assert add(tmp_path / "grown", FILES[-1:]).added == 1
    monkeypatch.undo()
    assert quads(tmp_path / "grown") == built(FILES, tmp_path / "built")
    assert _ledger(tmp_path / "grown") == _ledger(tmp_path / "built")
    assert _ledger(tmp_path / "built")["usage"]


def test_a_ghost_becomes_real_and_keeps_its_id(tmp_path: Path) -> None:
    cited, citing = tmp_path / "cited.txt", tmp_path / "citing.txt"
    citing.write_text("某市工作方案\n\n根据《某市甲事项管理办法》，制定本方案。\n", encoding="utf-8")
    cited.write_text("某市甲事项管理办法\n\n第一条　为了甲事项，制定本办法。\n", encoding="utf-8")
    build_graph([citing], tmp_path / "graph")
    ghost = f"<{t.PREFIXES['id']}document/title/某市甲事项管理办法> <{t.RDF_TYPE}> <{t.C_GHOST}>"
    assert ghost in quads(tmp_path / "graph")
    add(tmp_path / "graph", [cited])
    assert ghost not in quads(tmp_path / "graph")
    assert any(
        q.startswith(f"<{t.PREFIXES['id']}document/title/某市甲事项管理办法> <{t.ATTESTED_BY}>")
        for q in quads(tmp_path / "graph")
    )
    remove(tmp_path / "graph", "某市甲事项管理办法")
    assert quads(tmp_path / "graph") == built([citing], tmp_path / "again")


def test_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WenmaiError, match="kg build"):
        add(tmp_path, FILES[:1])
    build_graph(FILES[:1], tmp_path / "graph")
    with pytest.raises(WenmaiError, match="没有找到"):
        remove(tmp_path / "graph", "没有这份文件")


@pytest.mark.slow
def test_killed_at_any_point(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    build_graph(FILES[:8], folder)
    before = quads(folder)
    after = built(FILES, tmp_path / "built")
    rng = random.Random(7)
    code = "import sys; from pathlib import Path; from kg.build.grow import add; print('ready', flush=True); "
    code += "add(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]])"
    for _ in range(int(os.environ.get("KG_KILLS", "3"))):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(copy), *map(str, FILES)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(rng.uniform(0, 0.9))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert quads(copy) in (before, after)
        add(copy, FILES)
        assert quads(copy) == after
