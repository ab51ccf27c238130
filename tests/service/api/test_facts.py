"""Lists of terms, facts and their trends over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import facts, interactions, transcripts
from service.store.analyses import NewAnalysis
from service.store.facts import NewFact
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.api.sent import bearer
from tests.service.store.made import MORNING, make_analyzed

LIST = {"kind": "competitor", "terms": [{"name": "Telekom", "aliases": ["T-Mobile"]}, {"name": "Vodafone"}]}
DAY = MORNING.date().isoformat()


@pytest.fixture
def admin(client: TestClient, make_key: Callable[..., str]) -> dict[str, str]:
    """The header of a key that may change lists."""
    return bearer(make_key("admin"))


def call(app: FastAPI, text: str, *names: str, no_reason: str | None = None) -> str:
    """An analysed call in which the customer names competitors; its id."""
    with app.state.database.transaction() as session:
        row = make_analyzed(session, analysis=NewAnalysis(no_reason=no_reason))
        interactions.mark_transcribed(session, row.id)
        interactions.mark_analyzed(session, row.id)
        turns = [NewTurn(party="customer", text=text, start_ms=500, end_ms=900)]
        transcripts.replace(session, row.id, NewTranscript(engine="x", engine_version="1"), turns=turns)
        found = [
            NewFact(
                turn=0,
                party="customer",
                start_char=text.index(name),
                end_char=text.index(name) + len(name),
                kind="competitor",
                name=name,
            )
            for name in names
        ]
        facts.replace(session, row.id, found)
        return str(row.id)


def test_a_list_is_written_read_changed_and_forgotten(client: TestClient, admin: dict[str, str]) -> None:
    made = client.put("/v1/term-lists/rivals", json=LIST, headers=admin)
    assert (made.status_code, made.json()["version"]) == (201, 1)
    assert client.put("/v1/term-lists/rivals", json=LIST, headers=admin).json()["version"] == 1
    changed = {"kind": "product", "terms": [{"name": "One", "exact_case": True}]}
    stale = {**admin, "If-Match": '"other"'}
    assert client.put("/v1/term-lists/rivals", json=changed, headers=stale).status_code == 412
    current = {**admin, "If-Match": made.headers["ETag"]}
    assert client.put("/v1/term-lists/rivals", json=changed, headers=current).json()["version"] == 2
    assert client.get("/v1/term-lists/rivals").json()["kind"] == "product"
    assert [one["name"] for one in client.get("/v1/term-lists").json()["items"]] == ["rivals"]
    assert client.delete("/v1/term-lists/rivals", headers=admin).status_code == 204
    assert client.get("/v1/term-lists/rivals").json()["code"] == "term_list_not_found"
    assert client.put("/v1/term-lists/rivals", json=LIST).status_code == 403


@pytest.mark.parametrize(
    ("wanted", "field", "code"),
    [
        (
            {"kind": "competitor", "terms": [{"name": "A1"}, {"name": "a1"}]},
            "terms.1.name",
            "duplicate_field",
        ),
        (
            {"kind": "competitor", "terms": [{"name": "A1"}, {"name": "B", "aliases": ["A1 "]}]},
            "terms.1.aliases.0",
            "duplicate_field",
        ),
        ({"kind": "competitor", "terms": [{"name": "…"}]}, "terms.0.name", "bad_term"),
        ({"kind": "enemy", "terms": [{"name": "A"}]}, "kind", "invalid_field"),
        ({"kind": "competitor", "terms": []}, "terms", "invalid_field"),
        ({"kind": "competitor", "terms": [{"name": "A", "alias": "b"}]}, "terms.0.alias", "unknown_field"),
    ],
)
def test_a_mistake_in_a_list_is_told_with_its_place(
    client: TestClient, admin: dict[str, str], wanted: dict[str, Any], field: str, code: str
) -> None:
    answer = client.put("/v1/term-lists/x", json=wanted, headers=admin)

    assert answer.status_code == 422
    assert (field, code) in [(error["field"], error["code"]) for error in answer.json()["errors"]]


def test_facts_are_shown_with_their_words_and_filter_interactions(app: FastAPI, client: TestClient) -> None:
    wanted = call(app, "I go to Vodafone now", "Vodafone")
    call(app, "All is well")
    (fact,) = client.get(f"/v1/interactions/{wanted}/facts").json()["items"]

    assert (fact["kind"], fact["name"], fact["text"], fact["party"]) == (
        "competitor",
        "Vodafone",
        "Vodafone",
        "customer",
    )
    assert (fact["turn"], fact["start"], fact["end"], fact["start_ms"]) == (0, 8, 16, 500)
    for asked in ({"fact": "Vodafone"}, {"fact_kind": "competitor"}):
        page = client.get("/v1/interactions", params=asked).json()["items"]
        assert [one["id"] for one in page] == [wanted]


def test_a_trend_counts_interactions_that_name_something(app: FastAPI, client: TestClient) -> None:
    call(app, "Vodafone or Telekom", "Vodafone", "Telekom")
    call(app, "Vodafone, yes Vodafone", "Vodafone")
    call(app, "nothing", no_reason="language_not_supported")
    call(app, "noise", no_reason="unreliable")
    asked = {"kind": "competitor", "first": DAY, "last": DAY}
    trend = client.get("/v1/trends/facts", params=asked).json()

    assert [(row["name"], row["count"]) for row in trend["rows"]] == [("Vodafone", 2), ("Telekom", 1)]
    assert (trend["analysed"], trend["measurable"], trend["mentions_in"]) == (4, 3, 2)
    assert trend["rows"][0]["share"] == pytest.approx(2 / 3)
    table = client.get("/v1/trends/facts", params={**asked, "format": "csv"}).text
    assert table.splitlines()[1].startswith("Vodafone,,2,")


def test_lists_are_applied_by_a_job(app: FastAPI, client: TestClient, admin: dict[str, str]) -> None:
    call(app, "Vodafone", "Vodafone")
    answer = client.post("/v1/term-lists/apply", headers=admin)

    assert answer.status_code == 202, answer.text
    run = client.get(answer.headers["Location"]).json()
    assert (run["kind"], run["state"], run["total"]) == ("facts", "queued", 1)
    assert client.get("/v1/archive-runs", params={"kind": "facts"}).json()["items"] == [run]
