"""Corrections over HTTP: who said what beside the model's label, and what trends and accuracy make of it."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import call_reasons, reason_models, taxonomies
from service.store.analyses import NewAnalysis, NewReason
from tests.fakes import FakeTaxonomy
from tests.service.api.one_database import database_url
from tests.service.store.made import MORNING, make_analyzed

__all__ = ["database_url"]

DAY = str(MORNING.date())


@pytest.fixture
def interaction(app: FastAPI) -> str:
    """One that the model labelled."""
    with app.state.database.transaction() as session:
        known = FakeTaxonomy()
        call_reasons.replace_taxonomy(session, known.name, known.version, known.reasons)
        found = [NewReason(name="orders and delivery", parent=None, score=0.9, is_primary=True)]
        analysis = NewAnalysis(reasons=found, taxonomy="fake", taxonomy_version="1", model_version="9")
        return str(make_analyzed(session, analysis=analysis).id)


def test_a_correction_stands_beside_the_model(client: TestClient, interaction: str) -> None:
    place = f"/v1/interactions/{interaction}/reason-corrections"
    said = client.put(place, json={"reasons": ["Wrong charge", "orders and delivery"]}).json()
    assert said["reasons"] == [
        {"name": "wrong charge", "parent": "billing and payments"},
        {"name": "orders and delivery", "parent": None},
    ]
    assert (said["author"], said["model_reason"], said["counts"]) == ("test", "orders and delivery", True)
    assert client.get(place).json()["items"] == [said]
    found = client.get(f"/v1/interactions/{interaction}/analysis").json()["call_reasons"]
    assert [one["name"] for one in found] == ["orders and delivery"]

    days = {"first": DAY, "last": DAY}
    by_people = client.get("/v1/trends/call-reasons", params=days).json()
    by_model = client.get("/v1/trends/call-reasons", params={**days, "labels": "model"}).json()
    assert [row["name"] for row in by_people["rows"]] == ["billing and payments"]
    assert [row["name"] for row in by_model["rows"]] == ["orders and delivery"]
    assert by_people["models"] == [{"taxonomy": "fake", "version": "1", "model": "9", "count": 1}]
    accuracy = client.get("/v1/call-reasons/accuracy", params={**days, "level": "top"}).json()
    assert (accuracy["looked_at"], accuracy["agreement"]["value"]) == (1, 0.0)

    assert client.delete(place).status_code == 204
    assert client.get(place).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"verdict": "maybe"}, "invalid_field"),
        ({"reasons": ["<script>"]}, "unknown_reason"),
        ({"reasons": []}, "bad_correction"),
        ({"verdict": "none", "reasons": ["wrong charge"]}, "bad_correction"),
        ({"verdict": "none", "turn": 0}, "unknown_turn"),
    ],
)
def test_what_says_nothing_is_refused(
    client: TestClient, interaction: str, body: dict[str, object], code: str
) -> None:
    answer = client.put(f"/v1/interactions/{interaction}/reason-corrections", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_breaks_are_told_as_json_and_csv(
    client: TestClient, app: FastAPI, interaction: str, make_key: Callable[..., str]
) -> None:
    with app.state.database.transaction() as session:
        source = taxonomies.version(session, "fake", "1")
        row = taxonomies.copy(session, "own", source)
        taxonomies.publish(session, "own", author="Kim")
        model = reason_models.add(session, row, 1, author="Kim")
        reason_models.record(session, model.id, digest="0" * 64, report={}, examples=0, corrections=0)
        reason_models.activate(session, model, author="Kim", day=MORNING.date())
    days = {"first": DAY, "last": DAY}
    told = client.get("/v1/trends/call-reasons", params=days).json()["breaks"]
    assert [(one["at"], one["from_taxonomy"], one["to_taxonomy"], one["changes"]) for one in told] == [
        (DAY, "fake", "own", [])
    ]
    lines = client.get("/v1/trends/call-reasons", params={**days, "format": "csv", "part": "breaks"}).text
    assert lines.splitlines()[1] == f"{DAY},fake,1,own,1,"
    assert client.get("/v1/call-reasons").json()["taxonomy"] == "own"
