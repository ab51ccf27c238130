"""The summary of an interaction over HTTP and on its page."""

from collections.abc import Callable

from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import interactions, picks, transcripts
from service.store.analyses import NewAnalysis
from service.store.picks import NewPick
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.api.sent import bearer
from tests.service.store.made import make_analyzed

TEXT = "Hello. My <b>parcel</b> is late."


def call(app: FastAPI) -> str:
    """An analysed call whose issue is picked; its id."""
    with app.state.database.transaction() as session:
        row = make_analyzed(
            session, analysis=NewAnalysis(no_reason="abstained", models={"summary": "cues-1"})
        )
        interactions.mark_transcribed(session, row.id)
        interactions.mark_analyzed(session, row.id)
        turns = [NewTurn(party="customer", text=TEXT, start_ms=500, end_ms=900)]
        transcripts.replace(session, row.id, NewTranscript(engine="x", engine_version="1"), turns=turns)
        pick = NewPick(kind="issue", turn=0, start_char=7, end_char=len(TEXT), score=0.8)
        picks.replace(session, row.id, [pick])
        return str(row.id)


def test_a_summary_gives_the_words_their_place_and_null_for_the_rest(
    client: TestClient, app: FastAPI
) -> None:
    found = client.get(f"/v1/interactions/{call(app)}/summary").json()

    assert found["issue"] == {
        "turn": 0,
        "party": "customer",
        "start": 7,
        "end": len(TEXT),
        "start_ms": 500,
        "text": "My <b>parcel</b> is late.",
        "score": 0.8,
    }
    assert (found["outcome"], found["next_action"], found["version"]) == (None, None, "cues-1")


def test_before_the_analysis_there_is_no_summary(client: TestClient) -> None:
    unknown = client.get("/v1/interactions/01a20152-a829-7208-88c5-c67a92d0e765/summary")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "interaction_not_found")


def test_the_archive_is_summed_up_by_an_administrator_alone(
    client: TestClient, make_key: Callable[..., str]
) -> None:
    assert client.post("/v1/summaries").status_code == 403
    begun = client.post("/v1/summaries", headers=bearer(make_key("admin")))
    assert (begun.status_code, begun.json()["kind"]) == (202, "summaries")
    assert client.get(begun.headers["Location"]).json()["counts"] == {"picks_before": 0, "picks_after": 0}
