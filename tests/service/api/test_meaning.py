"""Searches by meaning over HTTP: answered by a worker, here by hand."""

from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service import searching
from service.store import searches
from service.store.database import new_id
from service.store.searches import Answer
from service.store.tables import SearchRow
from tests.service.api.test_search import archive


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a worker that is not there."""
    monkeypatch.setattr(searching, "WAIT_SECONDS", 0.0)


def answer(app: FastAPI, found: list[str], *, measurable: bool = True) -> None:
    """What a worker would write for the search that waits."""
    with app.state.database.transaction() as session:
        (waiting,) = [row.id for row in session.query(SearchRow) if row.answered_at is None]
        answers = [Answer(UUID(one), 0.9, 1, ("meaning",)) for one in found]
        searches.write(session, waiting, answers, measurable=measurable)


def test_a_search_waits_for_a_worker_and_is_read_page_by_page(app: FastAPI, client: TestClient) -> None:
    ids = archive(app, "a refund", "money back", "my bill")
    first = client.get("/v1/search", params={"q": "refund", "mode": "meaning", "limit": 2})
    assert (first.status_code, first.json()["state"], first.json()["items"]) == (202, "waiting", [])
    address = first.headers["Location"]
    assert client.get(address).status_code == 202
    answer(app, ids)
    page = client.get(address)

    assert (page.status_code, page.json()["state"]) == (200, "done")
    assert [one["interaction_id"] for one in page.json()["items"]] == ids[:2]
    assert page.json()["items"][1]["text"] == "money back"
    assert page.json()["items"][1]["sources"] == ["meaning"]
    rest = client.get(page.headers["Link"].partition(">")[0].lstrip("<")).json()
    assert ([one["interaction_id"] for one in rest["items"]], rest["next_cursor"]) == (ids[2:], None)
    same = client.get("/v1/search", params={"q": "refund", "mode": "meaning"})
    assert same.status_code == 200


def test_similar_interactions_are_asked_for_by_id(app: FastAPI, client: TestClient) -> None:
    one, two = archive(app, "a refund", "money back")
    address = f"/v1/interactions/{one}/similar"
    assert client.get(address).status_code == 202
    answer(app, [two])
    assert [item["interaction_id"] for item in client.get(address).json()["items"]] == [two]
    other = f"/v1/interactions/{two}/similar"
    client.get(other)
    answer(app, [], measurable=False)
    assert client.get(other).json()["measurable"] is False
    assert client.get(f"/v1/interactions/{new_id()}/similar").json()["code"] == "interaction_not_found"


def test_what_makes_no_search_is_refused(client: TestClient) -> None:
    cursor = f"s.{new_id()}.0"
    assert client.get("/v1/search", params={"q": "a", "cursor": cursor}).json()["code"] == "search_not_found"
    for bad in ("s.x.0", f"s.{new_id()}.x", "s."):
        assert client.get("/v1/search", params={"q": "a", "cursor": bad}).json()["code"] == "bad_cursor"
    assert client.get("/v1/search", params={"q": "😡", "mode": "meaning"}).json()["code"] == "bad_search"
