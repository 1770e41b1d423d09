"""Pages and JSON of the workbench, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from kg.build.run import build_graph
from kg.build.search import full_text
from kg.query import named_queries
from kg.web.api import openapi
from kg.web.app import create_app
from tests.workbench import OUTLINE, write_graph

PLAN = "/entity/" + quote("document/number/岚政发〔2022〕13号")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("workbench"))


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(folder), base_url="http://localhost") as client:
        client.headers.update({"accept-language": "zh", "accept": "text/html,*/*;q=0.8"})
        yield client


@pytest.mark.parametrize("asked", ["岚政发〔2022〕13号", "岚政发[2022]13号", "岚政发（2022）13号"])
def test_a_number_is_found_however_it_is_written(client: TestClient, asked: str) -> None:
    assert PLAN in client.get("/", params={"q": asked}).text


def test_facets_narrow_and_count(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "数字法治"}).json()
    assert found["total"] >= 3
    kinds = found["facets"]["kind"]
    assert sum(kinds.values()) == found["total"]
    for kind, count in kinds.items():
        assert client.get("/api/search", params={"q": "数字法治", "kind": kind}).json()["total"] == count


def test_entity_trace_and_reader_lead_on(client: TestClient) -> None:
    entity = client.get(PLAN).text
    assert OUTLINE.replace("—", "-") in entity or OUTLINE in entity
    assert "制定本计划" in entity
    trace = client.get(PLAN.replace("/entity/", "/trace/"), params={"direction": "up"}).text
    assert "数字法治纲要" in trace
    place = re.search(r'href="(/read/[0-9a-f]{32})#char=(\d+),(\d+)"', entity)
    assert place
    reader = client.get(place[1])
    assert reader.status_code == 200
    assert 'id="text"' in reader.text
    assert "/entity/" in reader.text


def test_every_page_forbids_what_it_does_not_need(client: TestClient) -> None:
    for path in (
        "/",
        PLAN,
        PLAN.replace("entity", "graph"),
        PLAN.replace("entity", "dossier"),
        "/audit",
        "/none",
    ):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert (
            "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        )
        assert headers["x-content-type-options"] == "nosniff"


def test_pages_have_no_script_of_their_own(client: TestClient) -> None:
    for path in ("/", PLAN, "/audit", "/review", "/sparql"):
        text = client.get(path).text
        assert re.findall(r"<script(?![^>]*src=)", text) == []
        assert not re.search(r"\sstyle=|\son\w+=", re.sub(r">[^<]*<", "><", text))


def test_a_named_query_asks_for_its_parameters_and_shows_what_it_ran(client: TestClient) -> None:
    asks = client.get("/sparql", params={"name": "cited-by"}).text
    assert 'name="p.document"' in asks and "文件（题名或文号）" in asks and "<tbody>" not in asks
    ran = client.get("/sparql", params={"name": "cited-by", "p.document": "岚发〔2021〕7号"}).text
    assert "document/number/岚发〔2021〕7号&gt;" in ran and "<tbody>" in ran
    assert client.get("/sparql", params={"name": "cited-by", "p.document": "没有"}).status_code == 400


@pytest.mark.parametrize(
    ("shape", "holds"), [("tree", 'class="tree"'), ("time", "<h2>"), ("layers", 'id="canvas"')]
)
def test_a_trace_is_seen_in_three_ways(client: TestClient, shape: str, holds: str) -> None:
    text = client.get(PLAN.replace("/entity/", "/trace/"), params={"direction": "up", "as": shape}).text
    assert holds in text and OUTLINE in text


def test_first_adopters(client: TestClient) -> None:
    (measure,) = client.get("/api/search", params={"kind": "measure", "q": "双随机"}).json()["entries"]
    found = client.get("/adopters/" + quote(measure["id"]))
    assert found.status_code == 200
    assert "岚江省人民政府" in found.text and "<circle" in found.text
    assert client.get(PLAN.replace("/entity/", "/adopters/")).status_code == 404


def test_sparql(client: TestClient) -> None:
    assert client.get("/api/sparql", params={"query": "SELECT (1 AS ?x) {}"}).json()["rows"] == [["1"]]
    assert client.get("/api/sparql", params={"query": "SELECT nonsense"}).status_code == 400
    assert client.get("/api/sparql", params={"query": "SELECT * {SERVICE <http://x/> {}}"}).status_code == 400
    assert client.get("/sparql", params={"query": "SELEC"}).status_code == 400
    page = client.get("/sparql", params={"name": "most-cited", "p.least": "1"})
    assert page.status_code == 200
    assert "数字法治纲要" in page.text


def test_every_named_query_is_offered(client: TestClient) -> None:
    text = client.get("/sparql").text
    assert all(f'value="{name}"' in text for name in named_queries())


def test_openapi_describes_every_path(client: TestClient) -> None:
    described = set(client.get("/api/openapi.json").json()["paths"])
    assert described == set(openapi()["paths"])
    routes = {re.sub(r":path", "", r.path) for r in client.app.routes}  # type: ignore[attr-defined]
    assert described == {p for p in routes if p.startswith("/api/") and p != "/api/openapi.json"}


@pytest.mark.parametrize(
    "path", ["/entity/nothing", "/read/0", "/static/../app.py", "/api/graph/nothing", "/none"]
)
def test_what_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


def test_language(client: TestClient) -> None:
    assert "归一复核" in client.get("/review").text
    with TestClient(client.app, base_url="http://localhost") as other:
        away = other.get("/lang/en", headers={"referer": "http://evil.example/x"}, follow_redirects=False)
        assert away.headers["location"] == "/"
        back = other.get("/lang/en", headers={"referer": "http://localhost/audit"}, follow_redirects=False)
        assert back.headers["location"] == "/audit"
        assert "Identity" in other.get("/review").text or "Review" in other.get("/review").text


def test_read_only_keeps_nothing(client: TestClient, folder: Path) -> None:
    form = {"action": "merge", "key": "a", "target": "b"}
    assert client.post("/review", data=form).status_code == 403
    assert client.post("/review", data=form, headers={"origin": "http://localhost"}).status_code == 400
    assert not (folder / "curation.csv").exists()


def test_a_decision_survives_a_rebuild(tmp_path: Path) -> None:
    folder = write_graph(tmp_path)
    with TestClient(create_app(folder, edit=True), base_url="http://localhost") as client:
        doubts = client.get("/api/review").json()
        pair = next(d["candidate"] for d in doubts if "数字法治纲要" in d["left"])
        form = {"action": "merge", "key": pair["left"], "target": pair["right"]}
        saved = client.post("/review", data=form, headers={"origin": "http://localhost"})
        assert saved.status_code == 200
        before = client.get("/api/search", params={"q": "数字法治纲要"}).json()["total"]
        build_graph([tmp_path / "texts"], folder)
        after = client.get("/api/search", params={"q": "数字法治纲要"}).json()["total"]
        assert after == before - 1
        build_graph([tmp_path / "texts"], folder)
        assert client.get("/api/search", params={"q": "数字法治纲要"}).json()["total"] == after


def test_passages_of_the_texts_are_found(tmp_path: Path) -> None:
    folder = write_graph(tmp_path)
    with TestClient(create_app(folder), base_url="http://localhost") as client:
        assert "正文中出现" not in client.get("/", params={"q": "制定本计划"}).text
        full_text(folder).close()
        text = client.get("/", params={"q": "制定本计划"}).text
        assert "正文中出现" in text
        assert re.search(r'href="/read/[0-9a-f]{32}#char=\d+,\d+"', text)
