"""What was found, over HTTP: lists, transcripts, analyses, audio, trends, the taxonomy."""

import csv
import io
from typing import Any
from uuid import UUID

import pytest
import structlog
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import analyses, call_reasons, interactions, transcripts
from service.store.analyses import NewAnalysis, NewEmotion, NewFinding, NewReason
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.api.sent import send_recording, wav

PLAYBACK = b"RIFF" + bytes(range(256)) * 8


def analyzed(client: TestClient, app: FastAPI, **fields: Any) -> str:
    """The address of a recording that workers are done with."""
    reason = fields.pop("reason", "billing")
    quarters = fields.pop("quarters", [1.5, -2, None, -4])
    sent = send_recording(client, **fields)
    key = UUID(sent["interaction_id"])
    writer = app.state.blobs.begin()
    writer.write(PLAYBACK)
    blob = writer.commit()
    turns = [
        NewTurn(
            party="customer",
            text="my card [card] was charged",
            start_ms=0,
            end_ms=2000,
            confidence=0.9,
            words=[[0, 500, "my", 0.9], [500, 900, "[card]", None]],
            redactions=[{"kind": "card", "start": 8, "end": 27}],
        ),
        NewTurn(party="agent", text="I see", start_ms=2000, end_ms=3000),
    ]
    found = NewAnalysis(
        sentiment=-2.5,
        sentiment_by_party={"customer": {"score": -2.5, "quarters": quarters}},
        characteristics={"talk_ms": 3000, "interruptions": None},
        models={"call_reasons": "1"},
        thresholds={"call_reasons": 0.5},
        reasons=[NewReason(name=reason, parent=None, score=0.8, is_primary=True, turn=0)] if reason else [],
        emotions=[NewEmotion(party="customer", label="anger", score=0.7)],
        findings=[NewFinding(sentiment=-3.0, emotions=[{"label": "anger", "score": 0.7}]), NewFinding()],
        taxonomy="contact",
        taxonomy_version="1",
        model_version="1",
    )
    with app.state.database.transaction() as session:
        made = NewTranscript(
            engine="sphinx", engine_version="5", notices=[{"code": "fallback_engine", "detail": "x"}]
        )
        transcripts.replace(session, key, made, turns=turns)
        interactions.mark_transcribed(session, key, duration_ms=3000, playback_key=blob.key)
        analyses.replace(session, key, found)
        interactions.mark_analyzed(session, key)
    return str(sent["interaction"])


def test_a_transcript_and_its_words(client: TestClient, app: FastAPI) -> None:
    place = analyzed(client, app)
    found = client.get(f"{place}/transcript").json()
    assert [turn["party"] for turn in found["turns"]] == ["customer", "agent"]
    assert found["turns"][0]["redactions"] == [{"kind": "card", "start": 8, "end": 27}]
    assert found["turns"][0]["words"] is None
    assert found["notices"] == [{"code": "fallback_engine", "detail": "x"}]
    words = client.get(f"{place}/transcript", params={"words": True}).json()["turns"][0]["words"]
    assert words[1] == {"start_ms": 500, "end_ms": 900, "text": "[card]", "confidence": None}


def test_an_analysis(client: TestClient, app: FastAPI) -> None:
    found = client.get(f"{analyzed(client, app)}/analysis").json()
    assert found["call_reasons"] == [
        {"name": "billing", "parent": None, "score": 0.8, "primary": True, "turn": 0}
    ]
    assert found["emotions"] == {"customer": [{"label": "anger", "score": 0.7}]}
    assert (found["sentiment"], found["no_reason"], found["taxonomy"]) == (-2.5, None, "contact")
    assert found["characteristics"]["interruptions"] is None
    assert [turn["sentiment"] for turn in found["turns"]] == [-3.0, None]


def test_the_course_of_the_sentiment_is_told_also_where_it_was_found_before_there_was_one(
    client: TestClient, app: FastAPI
) -> None:
    found = client.get(f"{analyzed(client, app)}/analysis").json()["sentiment_by_party"]["customer"]
    assert found == {"score": -2.5, "quarters": [1.5, -2, None, -4], "shift": None, "turned": None}


def test_interactions_are_found_by_the_shift_of_the_customers_sentiment(
    client: TestClient, app: FastAPI
) -> None:
    worse = analyzed(client, app)
    better = analyzed(client, app, external_id="b", quarters=[-1.0, None, 5, 1.0])
    analyzed(client, app, external_id="c", quarters=[-4.0, None, None, None])

    def listed(shift: str) -> list[tuple[str, float]]:
        items = client.get("/v1/interactions", params={"sentiment_shift": shift}).json()["items"]
        return [(f"/v1/interactions/{item['id']}", item["sentiment_shift"]) for item in items]

    assert listed("worse") == [(worse, -5.5)]
    assert listed("better") == [(better, 2.0)]
    assert client.get("/v1/interactions", params={"sentiment_shift": "up"}).status_code == 422


def test_what_is_not_there_yet_is_said(client: TestClient) -> None:
    place = send_recording(client)["interaction"]
    for part, code in (
        ("transcript", "transcript_not_ready"),
        ("analysis", "analysis_not_ready"),
        ("audio", "audio_not_ready"),
    ):
        answer = client.get(f"{place}/{part}")
        assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_audio_is_played_by_ranges(client: TestClient, app: FastAPI) -> None:
    place = f"{analyzed(client, app)}/audio"
    whole = client.get(place)
    assert (whole.status_code, whole.headers["content-type"]) == (200, "audio/wav")
    assert whole.content == PLAYBACK
    assert whole.headers["accept-ranges"] == "bytes"
    part = client.get(place, headers={"Range": "bytes=4-11"})
    assert (part.status_code, part.content) == (206, PLAYBACK[4:12])
    assert part.headers["content-range"] == f"bytes 4-11/{len(PLAYBACK)}"
    assert client.get(place, headers={"Range": "bytes=-6"}).content == PLAYBACK[-6:]
    beyond = client.get(place, headers={"Range": "bytes=99999-"})
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range_not_satisfiable")
    assert (
        client.get(place, headers={"Range": "bytes=x"}).headers["content-type"] == "application/problem+json"
    )


def test_the_original_is_a_file_and_its_reading_is_logged(client: TestClient) -> None:
    content = wav()
    sent = send_recording(client, content, external_id="secret-name")
    with structlog.testing.capture_logs() as logs:
        answer = client.get(f"{sent['interaction']}/original")
    assert answer.content == content
    assert answer.headers["content-disposition"] == f'attachment; filename="{sent["interaction_id"]}.wav"'
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert [entry["interaction"] for entry in logs if entry["event"] == "original_read"] == [
        sent["interaction_id"]
    ]


def test_interactions_are_filtered_and_paged(client: TestClient, app: FastAPI) -> None:
    billing = analyzed(client, app, queue="a", agent="Kim", started_at="2026-03-01T10:00:00Z")
    parcel = analyzed(client, app, queue="b", reason="delivery", started_at="2026-03-02T10:00:00Z")
    waiting = send_recording(client, queue="a", started_at="2026-03-03T10:00:00Z")["interaction"]

    def listed(**query: object) -> list[str]:
        answer = client.get("/v1/interactions", params=query)
        assert answer.status_code == 200, answer.text
        return [f"/v1/interactions/{item['id']}" for item in answer.json()["items"]]

    assert listed() == [waiting, parcel, billing]
    assert listed(queue="a") == [waiting, billing]
    assert listed(agent="Kim") == [billing]
    assert listed(status="received") == [waiting]
    assert listed(reason="delivery") == [parcel]
    assert listed(emotion="anger", last="2026-03-01") == [billing]
    assert listed(first="2026-03-02", channel="voice") == [waiting, parcel]
    assert listed(text="was charged") == [parcel, billing]
    first = client.get("/v1/interactions", params={"limit": 2, "source": "upload"})
    assert 'rel="next"' in first.headers["Link"]
    address = first.headers["Link"].split(">")[0].removeprefix("<")
    rest = client.get(address)
    assert [f"/v1/interactions/{item['id']}" for item in rest.json()["items"]] == [billing]
    assert "Link" not in rest.headers
    assert rest.json()["items"][0]["call_reasons"][0]["name"] == "billing"


@pytest.mark.parametrize(
    ("query", "code"),
    [({"cursor": "x"}, "bad_cursor"), ({"limit": 201}, "invalid_field"), ({"limit": 0}, "invalid_field")],
)
def test_a_page_that_cannot_be_is_refused(client: TestClient, query: dict[str, object], code: str) -> None:
    answer = client.get("/v1/interactions", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_trends_as_json_and_csv(client: TestClient, app: FastAPI) -> None:
    for day, reason in (("02", "billing"), ("03", "billing"), ("04", "delivery"), ("05", None)):
        analyzed(client, app, reason=reason, started_at=f"2026-03-{day}T10:00:00Z")
    analyzed(client, app, reason="=2+3", started_at="2026-02-27T10:00:00Z")
    period = {"first": "2026-03-02", "last": "2026-03-08", "bucket": "week"}
    trend = client.get("/v1/trends/call-reasons", params=period).json()
    assert (trend["analysed"], trend["measurable"], trend["without_reason"]) == (4, 4, 1)
    assert [(row["name"], row["count"], row["share"]) for row in trend["rows"]][:2] == [
        ("billing", 2, 0.5),
        ("delivery", 1, 0.25),
    ]
    table = client.get("/v1/trends/call-reasons", params=period | {"format": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert (rows[0]["name"], rows[0]["count"], rows[0]["change_points"]) == ("billing", "2", "0.5")
    assert rows[-1]["name"] == "'=2+3"  # no formula
    series = client.get(
        "/v1/trends/call-reasons", params=period | {"part": "series"}, headers={"Accept": "text/csv"}
    )
    assert next(csv.DictReader(io.StringIO(series.text)))["bucket_start"] == "2026-03-02"
    emotions = client.get("/v1/trends/emotions", params=period).json()
    assert [(row["name"], row["parent"], row["count"]) for row in emotions["rows"]] == [
        ("anger", "negative", 4)
    ]
    assert emotions["sentiment"] == -2.5
    wrong = client.get("/v1/trends/call-reasons", params={"first": "2026-03-08", "last": "2026-03-02"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_period")


def test_trends_without_a_period_are_of_four_weeks(client: TestClient) -> None:
    trend = client.get("/v1/trends/emotions").json()
    assert len(trend["buckets"]) == 28


def test_the_taxonomy(client: TestClient, app: FastAPI) -> None:
    assert client.get("/v1/call-reasons").json() == {"taxonomy": None, "version": None, "reasons": []}

    class Reason:
        """One of a taxonomy."""

        name, parent, description = "billing", None, "Bills and payments"

    with app.state.database.transaction() as session:
        call_reasons.replace_taxonomy(session, "contact", "1", [Reason()])
    assert client.get("/v1/call-reasons").json() == {
        "taxonomy": "contact",
        "version": "1",
        "reasons": [{"name": "billing", "parent": None, "description": "Bills and payments"}],
    }
