"""Swapped roles: all that is derived follows, the recording is not heard again, trends lose nothing."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.store import analyses, interactions, keys, transcripts, trends
from tests.service.store.made import MORNING
from tests.workers.conftest import accept
from tests.workers.test_runner import view
from workers.context import Context
from workers.loop import drain


@pytest.fixture
def client(context: Context) -> Iterator[TestClient]:
    """A caller of the service on the same database."""
    with context.database.transaction() as session:
        token = keys.create(session, "test", ["ingest", "read"])[1]
    with TestClient(create_app(context.settings)) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def call(context: Context) -> UUID:
    """An angry customer on the agent's side of the recording, analysed."""
    task_id = accept(context, "agent: MY BILL IS WRONG", channel="voice")
    drain(context)
    return view(context, task_id).interaction_id


def counted(context: Context) -> tuple[int, dict[str, int]]:
    with context.database.reading() as session:
        day = MORNING.date()
        found = trends.emotions(session, first=day, last=day)
        return found.analysed, {line.name: line.count for line in found.rows}


def test_everything_found_follows_the_roles(context: Context, client: TestClient) -> None:
    interaction = call(context)
    heard = context.transcription.obedience.seen.total()  # type: ignore[attr-defined] # a fake counts
    assert counted(context) == (1, {})
    answer = client.patch(f"/v1/interactions/{interaction}", json={"roles": "swap"})
    assert (answer.status_code, answer.json()["stage"]) == (202, "analyze")
    assert counted(context) == (1, {}), "counted as before until the new findings are there"
    assert drain(context) == 1
    assert counted(context) == (1, {"anger": 1})
    task = client.get(answer.headers["Location"]).json()
    assert (task["state"], task["interaction_id"]) == ("done", str(interaction))
    with context.database.reading() as session:
        assert [turn.party for turn in transcripts.turns(session, interaction)] == ["customer"]
        assert [row.party for row in analyses.emotions(session, interaction)] == ["customer"]
    found = client.get(f"/v1/interactions/{interaction}").json()
    assert found["channel_map"] == {"0": "customer", "1": "agent"}
    assert context.transcription.obedience.seen.total() == heard  # type: ignore[attr-defined] # not heard again


def test_a_transcript_is_made_anew_unless_its_original_is_gone(context: Context, client: TestClient) -> None:
    interaction = call(context)
    answer = client.post(f"/v1/interactions/{interaction}/transcript")
    assert (answer.status_code, answer.json()["stage"]) == (202, "transcribe")
    assert client.post(f"/v1/interactions/{interaction}/transcript").json()["id"] == answer.json()["id"]
    assert drain(context) == 2
    assert client.get(answer.headers["Location"]).json()["state"] == "done"
    with context.database.transaction() as session:
        interactions.get(session, interaction).original_deleted_at = MORNING
    refused = client.post(f"/v1/interactions/{interaction}/transcript")
    assert (refused.status_code, refused.json()["code"]) == (404, "original_deleted")


def test_a_change_that_is_impossible_is_told(context: Context, client: TestClient) -> None:
    task_id = accept(context, "agent: Hello", channel="voice")
    waiting = f"/v1/interactions/{view(context, task_id).interaction_id}"
    assert client.patch(waiting, json={"roles": "swap"}).json()["code"] == "transcript_not_ready"
    known = f"/v1/interactions/{call(context)}"
    for body, status, code in (
        ({}, 422, "ambiguous_roles"),
        ({"roles": "swap", "channel_map": {"0": "agent"}}, 422, "ambiguous_roles"),
        ({"roles": "turn"}, 422, "invalid_field"),
        ({"channel_map": {"0": "robot"}}, 422, "invalid_channel_map"),
        ({"channel_map": {"1": "agent"}}, 422, "incomplete_channel_map"),
        ({"speakers": {"first": "agent"}}, 422, "invalid_speaker"),
        ({"speakers": {"0": "agent"}}, 409, "no_voices"),
        ({"role": "swap"}, 422, "unknown_field"),
    ):
        answer = client.patch(known, json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), body
