"""Themes and new words over HTTP."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import archive_runs, interactions, themes, transcripts
from service.store.analyses import NewAnalysis
from service.store.themes import NewTheme
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.api.sent import bearer
from tests.service.store.made import MORNING, make_analyzed

DAY = MORNING.date()


@pytest.fixture
def admin(client: TestClient, make_key: Callable[..., str]) -> dict[str, str]:
    """The header of a key that may seek themes."""
    return bearer(make_key("admin"))


def call(app: FastAPI, text: str, *, days_ago: int = 0, reliable: bool = True) -> str:
    """An analysed call without a reason; its id."""
    with app.state.database.transaction() as session:
        row = make_analyzed(session, analysis=NewAnalysis(), started_at=MORNING - timedelta(days=days_ago))
        interactions.mark_transcribed(session, row.id)
        interactions.mark_analyzed(session, row.id)
        made = NewTranscript(engine="x", engine_version="1", reliable=reliable)
        transcripts.replace(session, row.id, made, turns=[NewTurn(party="customer", text=text)])
        return str(row.id)


def test_a_job_seeks_themes_and_its_findings_are_read(
    app: FastAPI, client: TestClient, admin: dict[str, str]
) -> None:
    assert client.get("/v1/themes").json() == {"items": []}
    call(app, "The thunder bundle is gone")
    answer = client.post("/v1/themes/searches", json={"fewest": 2}, headers=admin)
    assert answer.status_code == 202, answer.text
    run = client.get(answer.headers["Location"]).json()
    assert (run["kind"], run["total"], run["parameters"]["fewest"]) == ("themes", 1, 2)
    with app.state.database.transaction() as session:
        row = archive_runs.latest(session, "themes", limit=1)[0]
        read = themes.read(session, row)
        found = [NewTheme(("thunder bundle",), 0.9, [(read[0][0], 0, "The thunder bundle is gone")])]
        themes.write(session, row, found, read_of=1)
    (theme,) = client.get("/v1/themes").json()["items"]

    assert (theme["label"], theme["size"], theme["accepted_reason"]) == (["thunder bundle"], 1, None)
    assert theme["quotes"][0]["text"] == "The thunder bundle is gone"
    assert client.get(f"/v1/themes/{theme['id']}/members").json()["items"] == theme["quotes"]
    assert client.get("/v1/themes", params={"run": theme["id"]}).json()["code"] == "run_not_found"


def test_words_that_are_said_more_than_before_are_told(app: FastAPI, client: TestClient) -> None:
    for number in range(30):
        call(app, f"The bill number {number} is wrong", days_ago=7)
        call(app, f"The bill number {number} is wrong" + (", the thunder bundle" if number < 12 else ""))
    call(app, "noise noise", reliable=False)
    asked = {"first": str(DAY), "last": str(DAY + timedelta(days=6)), "limit": 3}
    found = client.get("/v1/trends/new-words", params=asked).json()

    assert found["rows"][0]["term"] == "thunder bundle"
    assert (found["rows"][0]["count"], found["rows"][0]["previous_count"]) == (12, 0)
    assert (found["read"], found["previous_read"], found["complete"]) == (30, 30, True)
    assert "noise" not in [row["term"] for row in found["rows"]]
