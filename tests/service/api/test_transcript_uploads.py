"""Transcripts come in instead of a recording, or beside one."""

import json
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import interactions, tasks
from tests.service.api.sent import said, wav

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Agent>Hello."
SRT = b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello."
ANALYTICS = json.dumps({"Participants": [], "Transcript": []}).encode()
WTF = json.dumps({"transcript": {"text": ""}, "segments": [], "metadata": {}}).encode()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (VTT, "text/vtt"),
        (b"\xef\xbb\xbf" + VTT, "text/vtt"),
        (SRT, "application/x-subrip"),
        (ANALYTICS, "application/json"),
        (WTF, "application/json"),
    ],
)
def test_a_transcript_is_a_call_without_sound(
    app: FastAPI, client: TestClient, content: bytes, media_type: str
) -> None:
    answer = client.put("/v1/transcripts", content=content, headers=said(agent="Kim", external_id="c1"))

    assert answer.status_code == 202, answer.text
    interaction = client.get(answer.json()["interaction"]).json()
    assert (interaction["channel"], interaction["media_type"]) == ("voice", media_type)
    assert (interaction["agent"], interaction["has_audio"]) == ("Kim", False)
    with app.state.database.reading() as session:
        row = interactions.find_by_external_id(session, "upload", "c1")
        assert row is not None
        assert row.transcript_key == row.blob_key
        assert tasks.view(session, UUID(answer.json()["task_id"])).job_queue == "text"
    again = client.put("/v1/transcripts", content=content, headers=said(agent="Kim", external_id="c1"))
    assert (again.status_code, again.json()["created"]) == (200, False)


@pytest.mark.parametrize("content", [b"RIFF", b"{}", b"[1]", b'{"channel": "chat"}', b"Agent: hello"])
def test_what_is_no_transcript_is_refused_at_the_door(client: TestClient, content: bytes) -> None:
    answer = client.put("/v1/transcripts", content=content)

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_transcript")


def test_an_empty_transcript_is_refused(client: TestClient) -> None:
    assert client.put("/v1/transcripts", content=b" \n").json()["code"] == "empty_file"


def test_a_recording_takes_its_transcript_along(app: FastAPI, client: TestClient) -> None:
    sound = wav()
    files = {"file": ("call.wav", sound, "audio/wav"), "transcript": ("call.vtt", VTT, "text/vtt")}
    answer = client.post("/v1/recordings", files=files, data={"metadata": '{"external_id": "c2"}'})

    assert answer.status_code == 202, answer.text
    with app.state.database.reading() as session:
        row = interactions.find_by_external_id(session, "upload", "c2")
        assert row is not None
        assert row.transcript_key is not None
        assert app.state.blobs.path(row.transcript_key).read_bytes() == VTT
        assert app.state.blobs.path(row.blob_key).read_bytes() == sound
    again = client.post("/v1/recordings", files=files, data={"metadata": '{"external_id": "c2"}'})
    assert again.status_code == 200
    alone = client.put("/v1/recordings", content=sound, headers=said(external_id="c2"))
    assert (alone.status_code, alone.json()["code"]) == (409, "external_id_conflict")


def test_a_transcript_beside_a_recording_is_judged_too(client: TestClient) -> None:
    files = {"file": ("call.wav", wav(), "audio/wav"), "transcript": ("call.vtt", b"nothing", "text/vtt")}

    assert client.post("/v1/recordings", files=files).json()["code"] == "unsupported_transcript"


def test_a_mail_takes_no_transcript(client: TestClient) -> None:
    files = {"file": ("a.eml", b"From: a@b.example\n\nHello"), "transcript": ("call.vtt", VTT, "text/vtt")}

    assert client.post("/v1/emails", files=files).json()["code"] == "unexpected_transcript"
