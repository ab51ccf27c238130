"""The search over HTTP."""

from typing import Any
from uuid import UUID

from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import interactions, search_rebuild, transcripts
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.store.made import later, make_interaction


def archive(app: FastAPI, *texts: str, **known: Any) -> list[str]:
    """Transcribed calls, a minute apart, the customer's words in each; their ids, newest last."""
    found = []
    with app.state.database.transaction() as session:
        for number, text in enumerate(texts):
            row = make_interaction(session, started_at=later(number), **known)
            turns = [
                NewTurn(party="agent", text="How can I help?", start_ms=0, end_ms=1000),
                NewTurn(party="customer", text=text, start_ms=1000, end_ms=2000),
            ]
            transcripts.replace(session, row.id, NewTranscript(engine="x", engine_version="1"), turns=turns)
            interactions.mark_transcribed(session, row.id)
            found.append(str(row.id))
    return found


def test_a_hit_says_where_and_why(app: FastAPI, client: TestClient) -> None:
    wanted, _ = archive(app, "I want my <b>refund</b> now", "All is well.", agent="Kim")
    answer = client.get("/v1/search", params={"q": "refund", "party": "customer"})

    assert answer.status_code == 200, answer.text
    (item,) = answer.json()["items"]
    assert (item["interaction_id"], item["agent"], item["turn"], item["party"]) == (
        wanted,
        "Kim",
        1,
        "customer",
    )
    assert (item["start_ms"], item["text"]) == (1000, "I want my <b>refund</b> now")
    assert [item["text"][start:end] for start, end in item["marks"]] == ["refund"]
    assert answer.json()["indexed"] is None


def test_pages_follow_each_other_to_the_end(app: FastAPI, client: TestClient) -> None:
    ids = archive(app, *(["a refund"] * 5))
    found, address = [], "/v1/search?q=refund&order=newest&limit=2"
    while address:
        answer = client.get(address)
        found += [item["interaction_id"] for item in answer.json()["items"]]
        address = answer.headers.get("Link", "").partition(">")[0].lstrip("<")

    assert found == ids[::-1]


def test_every_filter_of_the_list_narrows_a_search(app: FastAPI, client: TestClient) -> None:
    (wanted,) = archive(app, "refund", campaign="spring", language="en")
    archive(app, "refund", campaign="autumn", language="hu")
    for asked in ({"campaign": "spring"}, {"language": "en"}):
        for address in ("/v1/search", "/v1/interactions"):
            query = {"q": "refund"} if address == "/v1/search" else {}
            answer = client.get(address, params={**query, **asked})
            found = [one.get("interaction_id", one.get("id")) for one in answer.json()["items"]]
            assert found == [wanted], (address, asked)
    for asked in ({"recorded": "true"}, {"sentiment_from": "1"}):
        assert client.get("/v1/search", params={"q": "refund", **asked}).json()["items"] == []


def test_a_query_without_sense_is_told_in_a_sentence(client: TestClient) -> None:
    for query in ("", "😡", "-refund", "a*", "x" * 1001, "a " * 40):
        answer = client.get("/v1/search", params={"q": query})
        assert answer.status_code == 422, query
        assert answer.json()["code"] in {"bad_search", "invalid_field"}, answer.text
        assert answer.json()["remedy"]


def test_an_index_that_is_being_made_says_so(app: FastAPI, client: TestClient) -> None:
    archive(app, "one", "two")
    with app.state.database.transaction() as session:
        search_rebuild.begin(session)

    assert client.get("/v1/search", params={"q": "one"}).json()["indexed"] == {"done": 0, "total": 2}

    (one,) = archive(app, "refund")
    with app.state.database.transaction() as session:
        session.delete(interactions.get(session, UUID(one)))

    assert client.get("/v1/search", params={"q": "refund"}).json()["items"] == []
