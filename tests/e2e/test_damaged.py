"""A graph whose files are gone, damaged, locked or out of reach: it is made again, or the message says what to do."""

from __future__ import annotations

import shutil
import socket
import sqlite3
from pathlib import Path

import pytest

from kg.api import open_graph
from kg.build.graph import extractions
from kg.build.grow import add
from kg.build.run import build_graph
from kg.build.shards import Shards
from kg.cli import view_commands
from kg.data import sample_files
from kg.model.errors import WenmaiError

FILES = sorted(sample_files().glob("*.txt"))[:2]
ANOTHER = sorted(sample_files().glob("*.txt"))[2]
OWN = {"run.json", "shards.sqlite", "store"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    build_graph(FILES, folder)
    return folder


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "graph"))


def flat(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name not in OWN}


def test_whatever_is_deleted_is_made_again(graph: Path, built: Path) -> None:
    expected = flat(built)
    for name in sorted(expected):
        (graph / name).unlink()
        assert build_graph(FILES, graph).read == 0
        assert flat(graph) == expected, name
    shutil.rmtree(graph / "store")
    build_graph(FILES, graph)
    with open_graph(graph) as again, open_graph(built) as before:
        assert len(again.store) == len(before.store) > 0


def test_a_damaged_store_is_named_and_made_again(graph: Path, built: Path) -> None:
    for part in (graph / "store").glob("*.sst"):
        part.write_bytes(b"x")
    with pytest.raises(WenmaiError, match="kg build"):
        open_graph(graph)
    shutil.rmtree(graph / "store")
    build_graph(FILES, graph)
    with open_graph(graph) as again, open_graph(built) as before:
        assert len(again.store) == len(before.store)


def test_damaged_shards_are_named(graph: Path) -> None:
    (graph / "shards.sqlite").write_bytes(b"no database at all " * 300)
    with pytest.raises(WenmaiError, match=r"shards\.sqlite"):
        build_graph(FILES, graph)


def test_a_graph_that_another_program_writes_to(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0.1}))
    other = connect(graph / "shards.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WenmaiError, match="另一个程序"):
        add(graph, [ANOTHER])
    other.close()


def test_a_graph_on_a_disc_that_cannot_be_written_to(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.build.shards.os.access", lambda *_: False)
    with Shards(graph / "shards.sqlite") as shards:
        assert len(list(extractions(shards))) == len(FILES)
        with pytest.raises(sqlite3.OperationalError), shards.transaction() as db:
            db.execute("DELETE FROM marker")


def test_a_port_that_is_taken(graph: Path) -> None:
    pytest.importorskip("uvicorn")
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(WenmaiError, match="--port"),
    ):
        view_commands.serve(graph, port=taken.getsockname()[1])
