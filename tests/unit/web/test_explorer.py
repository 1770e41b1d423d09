"""Lots of neighbours and facts for the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from kg.web.app import create_app
from tests.workbench import write_graph, write_hubs

PLAN = "document/number/岚政发〔2022〕13号"


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = write_hubs(tmp_path_factory.mktemp("hubs") / "graph", 3, 40)
    with TestClient(create_app(folder), base_url="http://localhost") as client:
        yield client


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = write_graph(tmp_path_factory.mktemp("explorer"))
    with TestClient(create_app(folder), base_url="http://localhost") as client:
        yield client


def test_lots_follow_one_another_until_all_are_there(hubs: TestClient) -> None:
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None:
        lot = hubs.get("/api/neighbours/document/title/h1", params={"offset": offset, "limit": 17}).json()
        assert lot["nodes"][0]["id"] == lot["centre"] == "document/title/h1"
        assert len(lot["nodes"]) <= 18
        seen += [n["id"] for n in lot["nodes"][1:]]
        offset = lot["next"]
    assert len(seen) == len(set(seen)) == lot["total"] == 42
    assert seen[:2] == ["document/title/h0", "document/title/h2"]


def test_a_node_is_sent_with_all_that_leaves_it(hubs: TestClient) -> None:
    lot = hubs.get("/api/neighbours/document/title/h2", params={"limit": 1}).json()
    assert [n["id"] for n in lot["nodes"]] == ["document/title/h2", "document/title/h1"]
    assert lot["links"] == [
        ["document/title/h1", "document/title/h0", "cites"],
        ["document/title/h2", "document/title/h1", "cites"],
    ]


def test_a_lot_has_a_limit(hubs: TestClient) -> None:
    for limit in ("0", "-1", "9" * 30, "x", "٣"):
        answer = hubs.get("/api/neighbours/document/title/h1", params={"limit": limit, "offset": limit})
        assert answer.status_code == 200
        assert len(answer.json()["nodes"]) <= 101


def test_a_citation_has_its_function_for_type(plan: TestClient) -> None:
    links = plan.get(f"/api/neighbours/{quote(PLAN)}").json()["links"]
    assert {x[2] for x in links if x[0] == PLAN and x[1].startswith("document/")} == {"basedOn", "implements"}


def test_facts_come_with_sentences_and_places(plan: TestClient) -> None:
    found = plan.get(f"/api/facts/{quote(PLAN)}").json()
    assert ["number", "岚政发〔2022〕13号"] in found["node"]["facts"]
    based = next(e for e in found["edges"] if e["type"] == "basedOn")
    assert based["source"] == PLAN
    assert "制定本计划" in based["sentences"][0]["text"]
    assert based["sentences"][0]["url"].startswith("/read/")


@pytest.mark.parametrize("kind", ["neighbours", "facts"])
def test_what_is_not_there(plan: TestClient, kind: str) -> None:
    assert plan.get(f"/api/{kind}/document/number/none").status_code == 404


@pytest.mark.parametrize(
    "asked", [PLAN, "岚政发[2022]13号", "岚江省人民政府关于印发岚江省数字法治行动计划的通知"]
)
def test_around_what_people_write(plan: TestClient, asked: str) -> None:
    answer = plan.get("/explore", params={"around": asked}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/explore/" + quote(PLAN))


def test_around_nothing_known(plan: TestClient) -> None:
    assert plan.get("/explore", params={"around": "没有这份文件"}).status_code == 404
    assert plan.get("/explore").status_code == 200
