"""Phrase lists and searches over HTTP."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import phrase_hits, phrase_lists, transcripts
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.api.sent import bearer
from tests.service.store.made import later, make_interaction

LIST = {
    "phrases": [
        {
            "name": "cancels",
            "query": "cancel* (contract | account)",
            "party": "customer",
            "window": "first 2m",
        },
        {"name": "bye", "query": "thank you goodbye", "sound": True},
    ]
}


@pytest.fixture
def admin(client: TestClient, make_key: Callable[..., str]) -> dict[str, str]:
    """The header of a key that may change lists."""
    return bearer(make_key("admin"))


def archive(app: FastAPI, *texts: str) -> list[str]:
    """Transcribed calls, a minute apart, the customer's words in each; their ids, newest last."""
    found = []
    with app.state.database.transaction() as session:
        for number, text in enumerate(texts):
            row = make_interaction(session, started_at=later(number), agent="Kim")
            row.transcribed_at = later(60)
            turns = [
                NewTurn(party="agent", text="How can I help?", start_ms=0, end_ms=1000),
                NewTurn(party="customer", text=text, start_ms=1000, end_ms=2000),
            ]
            transcripts.replace(session, row.id, NewTranscript(engine="x", engine_version="1"), turns=turns)
            lists = phrase_lists.list_all(session)
            hits = phrase_hits.matched(lists, transcripts.turns(session, row.id), duration_ms=2000)
            phrase_hits.replace(session, row.id, hits)
            found.append(str(row.id))
    return found


def search(client: TestClient, query: str, **asked: Any) -> list[dict[str, Any]]:
    """Every hit, page by page."""
    items: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        answer = client.get("/v1/phrases/search", params={"query": query, **asked, **cursor})
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        if answer.json()["next_cursor"] is None:
            return items
        cursor = {"cursor": answer.json()["next_cursor"]}


def test_a_list_is_written_read_changed_and_forgotten(client: TestClient, admin: dict[str, str]) -> None:
    made = client.put("/v1/phrase-lists/complaints", json=LIST, headers=admin)
    assert (made.status_code, made.json()["version"]) == (201, 1)
    same = client.put("/v1/phrase-lists/complaints", json=LIST, headers=admin)
    assert (same.status_code, same.json()["version"]) == (200, 1)
    changed = {"phrases": [{"name": "money", "query": "refund"}]}
    stale = {**admin, "If-Match": '"other"'}
    assert client.put("/v1/phrase-lists/complaints", json=changed, headers=stale).status_code == 412
    current = {**admin, "If-Match": made.headers["ETag"]}
    assert client.put("/v1/phrase-lists/complaints", json=changed, headers=current).json()["version"] == 2
    assert [one["name"] for one in client.get("/v1/phrase-lists").json()["items"]] == ["complaints"]
    assert client.delete("/v1/phrase-lists/complaints", headers=admin).status_code == 204
    assert client.get("/v1/phrase-lists/complaints").json()["code"] == "phrase_list_not_found"


def test_only_an_administrator_changes_lists(client: TestClient) -> None:
    assert client.put("/v1/phrase-lists/complaints", json=LIST).status_code == 403


@pytest.mark.parametrize(
    ("phrase", "field", "code"),
    [
        ({"name": "a", "query": "cancel AND (contract"}, "phrases.0.query", "bad_phrase"),
        ({"name": "a", "query": "refund", "window": "sometimes"}, "phrases.0.window", "bad_phrase"),
        ({"name": "a", "query": "refund", "window": "first 10s: x) OR (y"}, "phrases.0.window", "bad_phrase"),
        ({"name": "a", "query": "order 66", "sound": True}, "phrases.0.query", "bad_phrase"),
        ({"name": "a", "query": "bye", "sound": True, "window": "last 9s"}, "phrases.0.window", "bad_phrase"),
        ({"name": "a", "query": ""}, "phrases.0.query", "invalid_field"),
        ({"name": "a", "query": "b", "party": "nobody"}, "phrases.0.party", "invalid_field"),
    ],
)
def test_a_mistake_is_told_with_its_place_when_a_list_is_saved(
    client: TestClient, admin: dict[str, str], phrase: dict[str, Any], field: str, code: str
) -> None:
    answer = client.put("/v1/phrase-lists/x", json={"phrases": [phrase]}, headers=admin)

    assert answer.status_code == 422
    assert (field, code) in [(error["field"], error["code"]) for error in answer.json()["errors"]]
    assert client.get("/v1/phrase-lists").json()["items"] == []


def test_two_phrases_of_a_list_have_two_names(client: TestClient, admin: dict[str, str]) -> None:
    twice = {"phrases": [{"name": "a", "query": "b"}, {"name": "a", "query": "c"}]}
    answer = client.put("/v1/phrase-lists/x", content=json.dumps(twice), headers=admin)

    assert answer.json()["errors"][0]["field"] == "phrases.1.name"


def test_hits_are_shown_with_their_words_and_filter_interactions(
    app: FastAPI, client: TestClient, admin: dict[str, str]
) -> None:
    client.put("/v1/phrase-lists/complaints", json=LIST, headers=admin)
    wanted, _ = archive(app, "Please cancel contract now.", "All is well.")
    hits = client.get(f"/v1/interactions/{wanted}/phrases").json()["items"]

    assert [(hit["phrase_list"], hit["phrase"], hit["text"]) for hit in hits] == [
        ("complaints", "cancels", "cancel contract")
    ]
    for asked in ({"phrase": "cancels"}, {"phrase_list": "complaints"}):
        page = client.get("/v1/interactions", params=asked).json()["items"]
        assert [one["id"] for one in page] == [wanted]
    assert client.get("/v1/interactions", params={"phrase": "bye"}).json()["items"] == []


def test_the_archive_is_searched_newest_first_page_by_page(app: FastAPI, client: TestClient) -> None:
    ids = archive(app, *(f"I want a refund number {number}, a refund!" for number in range(5)))
    hits = search(client, "refund", limit=3)

    assert [hit["interaction_id"] for hit in hits] == [one for one in reversed(ids) for _ in range(2)]
    assert (hits[0]["before"], hits[0]["text"]) == ("I want a ", "refund")
    assert (hits[0]["party"], hits[0]["agent"]) == ("customer", "Kim")


def test_a_search_is_narrowed_by_party_window_and_days(app: FastAPI, client: TestClient) -> None:
    archive(app, "help me")

    assert len(search(client, "help")) == 2
    assert len(search(client, "help", party="agent")) == 1
    assert len(search(client, "help", window="first 0.9s")) == 1
    assert search(client, "help", first="2027-01-01") == []


def test_a_query_that_cannot_be_read_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/phrases/search", params={"query": "(a"})

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_phrase")
    assert (
        client.get("/v1/phrases/search", params={"query": "a", "cursor": "x"}).json()["code"] == "bad_cursor"
    )


def test_a_list_is_applied_by_a_job(app: FastAPI, client: TestClient, admin: dict[str, str]) -> None:
    archive(app, "one", "two")
    client.put("/v1/phrase-lists/complaints", json=LIST, headers=admin)
    answer = client.post("/v1/phrase-lists/complaints/apply", headers=admin)

    assert answer.status_code == 202, answer.text
    run = client.get(answer.headers["Location"]).json()
    assert (run["kind"], run["phrase_list"], run["state"], run["total"]) == (
        "apply",
        "complaints",
        "queued",
        2,
    )


def test_sound_is_searched_by_a_job(client: TestClient) -> None:
    answer = client.post("/v1/phrases/sound-searches", json={"phrases": ["thank you"], "party": "agent"})

    assert answer.status_code == 202, answer.text
    run = client.get(answer.headers["Location"]).json()
    assert (run["kind"], run["phrases"], run["total"]) == ("sound", ["thank you"], 0)
    assert client.get(f"{answer.headers['Location']}/hits").json() == {"items": [], "next_cursor": None}
    bad = client.post("/v1/phrases/sound-searches", json={"phrases": ["a* OR b"]})
    assert bad.json()["code"] == "bad_phrase"
