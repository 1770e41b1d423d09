"""A Dask cluster of separate processes gives the bytes of one machine, though a worker dies midway."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.build.run import build_graph
from kg.build.sharded import build_sharded
from kg.data import sample_files
from kg.model.errors import WenmaiError
from kg.read import located

pytest.importorskip("distributed", reason="NO DASK: cluster tests not run (pip install 'wenmai[cluster]')")
pq = pytest.importorskip("pyarrow.parquet", reason="NO PYARROW: cluster tests not run")
FLAT = ("extraction.jsonl", "graph.nq", "graph.ttl", "citations.csv", "issues.jsonl", "summary.json")
COPIES = 20
Scheduler = tuple[Path, list[subprocess.Popen[bytes]]]


def dask(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[Scheduler]:
    file = tmp_path / "scheduler.json"
    where = ("--scheduler-file", str(file))
    started = [dask("scheduler", *where, "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
    worker = ("worker", *where, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--no-nanny")
    started += [dask(*worker), dask(*worker)]
    for _ in range(300):
        if file.exists():
            break
        time.sleep(0.1)
    try:
        yield file, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def many(folder: Path) -> Path:
    """The sample documents many times over, each copy another text; one of them twice, and a file that is none."""
    folder.mkdir()
    files = sorted(sample_files().glob("*.txt"))
    for file in files:
        text = file.read_bytes()
        for i in range(COPIES):
            (folder / f"{i:02}-{file.name}").write_bytes(text + f"\n{i}\n".encode())
    (folder / "again.txt").write_bytes((folder / f"00-{files[0].name}").read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def killing(worker: subprocess.Popen[bytes], killed: list[int]) -> Callable[[int, int], None]:
    """Kills a worker once something is done and something is left."""

    def progress(done: int, total: int) -> None:
        if not killed and 0 < done < total:
            worker.kill()
            killed.append(done)

    return progress


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Documents and their graph, built on one machine."""
    folder = tmp_path_factory.mktemp("one")
    documents = many(folder / "in")
    build_graph([documents], folder / "graph")
    return documents, folder / "graph"


def test_reading_on_a_cluster(tmp_path: Path, scheduler: Scheduler, one: tuple[Path, Path]) -> None:
    file, workers = scheduler
    documents, graph = one
    killed: list[int] = []
    build_graph([documents], tmp_path / "out", cluster=str(file), progress=killing(workers[0], killed))
    assert killed, "no worker died midway"
    for name in FLAT:
        assert (tmp_path / "out" / name).read_bytes() == (graph / name).read_bytes(), name


def rows(url: str, folder: str) -> list[dict[str, Any]]:
    """The rows of all Parquet files of a folder."""
    found = []
    for path in sorted((located(url) / folder).iterdir(), key=str):
        with path.open("rb") as file:
            found += pq.read_table(file).to_pylist()
    return found


def assert_same(url: str, graph: Path) -> None:
    """The shards at an address hold what the folder holds that one machine made."""
    place = located(url)
    manifest = json.loads((place / "manifest.json").read_bytes())
    quads = b"".join(gzip.decompress((place / name).read_bytes()) for name in manifest["nquads"])
    assert quads == (graph / "graph.nq").read_bytes()
    assert (place / "summary.json").read_bytes().rstrip() == (graph / "summary.json").read_bytes().rstrip()
    documents = [r for r in rows(url, "extraction") if r["source"]]
    lines = [r["line"] + "\n" for r in sorted(documents, key=lambda r: r["source"])]
    assert "".join(lines) == (graph / "extraction.jsonl").read_text(encoding="utf-8")
    issues = [json.loads(line) for line in (graph / "issues.jsonl").read_text(encoding="utf-8").splitlines()]
    told = [{k: v for k, v in r.items() if v is not None} for r in rows(url, "tables/issues")]
    assert sorted(map(str, map(sorted, map(dict.items, told)))) == sorted(
        map(str, map(sorted, map(dict.items, issues)))
    )
    figures = json.loads((graph / "summary.json").read_bytes())
    entities = rows(url, "tables/entities")
    assert len(entities) == len({e["id"] for e in entities}) == sum(figures["entities"].values())
    assert len(rows(url, "tables/keys")) == sum(figures["keys"].values())
    for table in ("mentions", "citations", "relations"):
        assert len(rows(url, f"tables/{table}")) == figures[table], table


def files_of(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def test_shards_on_a_cluster(
    tmp_path: Path, scheduler: Scheduler, one: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.build.sharded._FILES", 40)
    file, workers = scheduler
    documents, graph = one
    killed: list[int] = []
    url = (tmp_path / "shards").as_uri()
    report = build_sharded([documents], url, cluster=str(file), progress=killing(workers[0], killed))
    assert killed, "no worker died midway"
    assert report.summary["failures"] == 1
    assert_same(url, graph)
    before = files_of(tmp_path / "shards")
    again = build_sharded([documents], url, cluster=str(file))
    assert (again.read, again.summary) == (0, report.summary)
    assert files_of(tmp_path / "shards") == before, "what was finished was done again"
    assert not (tmp_path / "shards" / "work").exists() or not any((tmp_path / "shards" / "work").rglob("*.*"))


def test_a_changed_file_costs_its_shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.build.sharded._FILES", 4)
    documents = tmp_path / "in"
    documents.mkdir()
    for file in sorted(sample_files().glob("*.txt")):
        (documents / file.name).write_bytes(file.read_bytes())
    url = (tmp_path / "shards").as_uri()
    first = build_sharded([documents], url)
    assert first.read == len(list(documents.iterdir()))
    last = sorted(documents.iterdir())[-1]
    last.write_bytes(last.read_bytes() + "\n补充一句。\n".encode())
    second = build_sharded([documents], url)
    assert 0 < second.read <= 4
    build_graph([documents], tmp_path / "graph")
    assert_same(url, tmp_path / "graph")


def test_stopped_between_stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = (tmp_path / "shards").as_uri()
    documents = sorted(sample_files().glob("*.txt"))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.build.derived.settle", stop)
        stop.__name__ = "settle"
        with pytest.raises(KeyboardInterrupt):
            build_sharded(documents, url)
    done = files_of(tmp_path / "shards" / "work")
    assert any("describe" in name for name in done)
    report = build_sharded(documents, url)
    assert report.read == 0
    build_graph(documents, tmp_path / "graph")
    assert_same(url, tmp_path / "graph")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A file server of its own: what is written there goes through the network."""
    authorizers = pytest.importorskip(
        "pyftpdlib.authorizers", reason="NO FTP SERVER: remote shards not tested"
    )
    from pyftpdlib.handlers import FTPHandler
    from pyftpdlib.servers import ThreadedFTPServer

    root = tmp_path / "served"
    root.mkdir()
    authorizer = authorizers.DummyAuthorizer()
    authorizer.add_user("user", "secret", str(root), perm="elradfmwMT")
    handler = type("Handler", (FTPHandler,), {"authorizer": authorizer})
    ftp = ThreadedFTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=ftp.serve_forever, daemon=True)
    thread.start()
    yield f"ftp://user:secret@127.0.0.1:{ftp.address[1]}"
    ftp.close_all()


def test_sources_and_shards_on_a_server(tmp_path: Path, scheduler: Scheduler, server: str) -> None:
    file, _ = scheduler
    documents = tmp_path / "served" / "in"
    documents.mkdir()
    for text in sorted(sample_files().glob("*.txt")):
        (documents / text.name).write_bytes(text.read_bytes())
    build_sharded([located(f"{server}/in")], f"{server}/out", cluster=str(file))
    build_graph([located(f"{server}/in")], tmp_path / "graph")
    assert_same((tmp_path / "served" / "out").as_uri(), tmp_path / "graph")


def test_an_object_store(tmp_path: Path) -> None:
    documents = sorted(sample_files().glob("*.txt"))
    build_sharded(documents, "memory://bucket/graph")
    build_graph(documents, tmp_path / "graph")
    assert_same("memory://bucket/graph", tmp_path / "graph")


@pytest.mark.parametrize("address", ["none.json", "tcp://127.0.0.1:1", "nonsense"])
def test_nobody_answers(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.build.cluster._TIMEOUT", "1s")
    with pytest.raises(WenmaiError, match="调度器"):
        build_graph([sample_files()], tmp_path / "out", cluster=address)


@pytest.mark.parametrize(
    ("address", "advice"), [("s3://bucket/graph", "pip install s3fs"), ("nonsense://a/b", "无法读写")]
)
def test_an_address_that_nothing_can_write(address: str, advice: str) -> None:
    if "s3fs" in advice:
        sys.modules.get("s3fs") and pytest.skip("s3fs is installed")
    with pytest.raises(WenmaiError, match=advice):
        build_sharded([sample_files()], address)
