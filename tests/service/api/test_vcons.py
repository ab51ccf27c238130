"""vCons come in: calls with their parties, chats, old versions, and what is refused."""

import base64
import hashlib
import json
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.intake.sniff import sniff
from service.intake.vcon_content import audio_channels
from service.store import interactions
from tests.requirements import data_folder
from tests.service.api.sent import said, wav

UUID_1 = "01928e10-193e-8231-b9a2-279e0d16bc46"
PARTIES = [
    {"tel": "+12025550100", "name": "Alice", "role": "customer"},
    {"mailto": "bob@centre.example", "name": "Bob", "role": "agent"},
]


def text64(content: bytes) -> str:
    """Base64url without padding, as the draft wants it."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def hash_of(content: bytes) -> str:
    """The content_hash of a body."""
    return "sha512-" + text64(hashlib.sha512(content).digest())


def call(content: bytes, **fields: Any) -> dict[str, Any]:
    """A recording dialog with its sound inside."""
    known = {"type": "recording", "start": "2026-03-02T12:15:30Z", "parties": [0, 1], "originator": 0}
    body = {"mediatype": "audio/x-wav", "body": text64(content), "encoding": "base64url"}
    return known | body | fields


def wtf(*said_by: tuple[object, str], **fields: Any) -> dict[str, Any]:
    """A WTF analysis of the first dialog."""
    segments = [
        {"start": at, "end": at + 1, "text": text, "speaker": speaker}
        for at, (speaker, text) in enumerate(said_by)
    ]
    return {
        "type": "wtf_transcription",
        "dialog": 0,
        "vendor": "someone",
        "encoding": "json",
        "body": {"transcript": {"text": ""}, "segments": segments, **fields},
    }


def vcon(*dialogs: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A vCon of today."""
    known = {"vcon": "0.4.0", "uuid": UUID_1, "created_at": "2026-03-02T13:00:00Z", "parties": PARTIES}
    return known | {"dialog": list(dialogs)} | fields


def refused(client: TestClient, document: dict[str, Any]) -> str:
    """The code with which a vCon is refused, and nothing of it is kept."""
    answer = client.post("/v1/vcons", json=document)
    assert answer.status_code in (413, 415, 422), answer.text
    assert client.get("/v1/interactions").json()["items"] == []
    return str(answer.json()["code"])


def test_a_recording_in_a_vcon_becomes_a_call(app: FastAPI, client: TestClient) -> None:
    sound = wav(channels=2)
    answer = client.post("/v1/vcons", json=vcon(call(sound, content_hash=hash_of(sound), campaign="spring")))

    assert answer.status_code == 202, answer.text
    interaction = client.get(answer.json()["items"][0]["interaction"]).json()
    known = {name: interaction[name] for name in ("channel", "external_id", "source", "direction", "agent")}
    assert known == {
        "channel": "voice",
        "external_id": UUID_1,
        "source": "vcon",
        "direction": "inbound",
        "agent": "Bob",
    }
    assert (interaction["campaign"], interaction["started_at"]) == ("spring", "2026-03-02T12:15:30Z")
    assert interaction["channel_map"] == {"0": "customer", "1": "agent"}
    assert interaction["attributes"] == {"vcon": UUID_1, "vcon_dialog": 0}
    customer = client.get(f"/v1/customers/{interaction['customer_id']}").json()
    assert customer["name"] == "Alice"
    with app.state.database.reading() as session:
        row = interactions.find_by_external_id(session, "vcon", UUID_1)
        assert row is not None
        assert app.state.blobs.path(row.blob_key).read_bytes() == sound


def test_sending_it_again_makes_nothing_new(client: TestClient) -> None:
    document = vcon(call(wav()))
    first, second = client.post("/v1/vcons", json=document), client.post("/v1/vcons", json=document)

    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json()["items"][0]["task_id"] == second.json()["items"][0]["task_id"]


def test_a_mono_call_has_no_channel_map_whoever_took_part(client: TestClient) -> None:
    answer = client.post("/v1/vcons", json=vcon(call(wav(channels=1))))

    assert client.get(answer.json()["items"][0]["interaction"]).json()["channel_map"] is None


def test_several_recordings_are_several_calls_of_one_thread(client: TestClient) -> None:
    answer = client.post("/v1/vcons", json=vcon(call(wav()), {"type": "transfer"}, call(wav())))
    found = [client.get(item["interaction"]).json() for item in answer.json()["items"]]

    assert [one["external_id"] for one in found] == [UUID_1, f"{UUID_1}#2"]
    assert {one["thread"] for one in found} == {UUID_1}
    assert answer.json()["left_out"][0] == {
        "part": "dialog 1",
        "code": "no_content",
        "detail": "A transfer dialog has no content of its own.",
    }


def test_old_names_are_understood(client: TestClient) -> None:
    sound = wav()
    old = {
        "type": "recording",
        "start": "2024-05-17T12:19:16.365982",
        "parties": [1, 0],
        "mimetype": "audio/x-wav",
        "alg": "SHA-512",
        "signature": hash_of(sound).removeprefix("sha512-"),
        "body": base64.b64encode(sound).decode(),
        "meta": {"direction": "out"},
    }
    parties = [
        {"meta": {"role": "agent"}, "name": "Louis"},
        {"meta": {"role": "customer"}, "email": "b@example.com"},
    ]
    document = vcon(old, parties=parties, vcon="0.0.1", must_support=["cc"], appended={})
    answer = client.post("/v1/vcons", json=document)
    interaction = client.get(answer.json()["items"][0]["interaction"]).json()

    assert (interaction["agent"], interaction["direction"]) == ("Louis", "outbound")
    assert interaction["started_at"] == "2024-05-17T12:19:16.365982Z"
    assert interaction["channel_map"] == {"0": "customer", "1": "agent"}


def test_its_transcript_is_taken_and_speakers_are_called_by_their_role(
    app: FastAPI, client: TestClient
) -> None:
    speakers = {"0": {"id": 0, "label": "alice"}}
    analysis = wtf((0, "Hello"), (1, "Good day"), speakers=speakers)
    answer = client.post("/v1/vcons", json=vcon(call(wav()), analysis=[analysis]))

    assert answer.status_code == 202, answer.text
    with app.state.database.reading() as session:
        row = interactions.find_by_external_id(session, "vcon", UUID_1)
        assert row is not None
        assert row.transcript_key not in (None, row.blob_key)
        kept = json.loads(app.state.blobs.path(row.transcript_key).read_bytes())
    assert [segment["speaker"] for segment in kept["segments"]] == ["customer", "Speaker 1"]


def test_a_recording_behind_a_url_is_not_fetched_but_its_transcript_is_taken(client: TestClient) -> None:
    far = {"type": "recording", "start": "2026-03-02T12:15:30Z", "url": "https://elsewhere.example/a.wav"}

    assert refused(client, vcon(far)) == "external_content"
    answer = client.post("/v1/vcons", json=vcon(far, analysis=[wtf((0, "Hello"))]))
    assert answer.status_code == 202, answer.text
    assert answer.json()["left_out"][0]["code"] == "external_content"


def test_text_dialogs_are_the_messages_of_a_chat(app: FastAPI, client: TestClient) -> None:
    second = {"type": "text", "start": "2026-03-02T12:01:00Z", "originator": 1, "body": "How can I help?"}
    first = {
        "type": "text",
        "start": "2026-03-02T12:00:00Z",
        "parties": [0, 1],
        "body": "Hi",
        "encoding": "none",
    }
    answer = client.post("/v1/vcons", json=vcon(second, first))

    assert answer.status_code == 202, answer.text
    with app.state.database.reading() as session:
        row = interactions.find_by_external_id(session, "vcon", UUID_1)
        assert row is not None
        assert row.channel == "chat"
        kept = json.loads(app.state.blobs.path(row.blob_key).read_bytes())
    assert [(one["party"], one["text"]) for one in kept["messages"]] == [
        ("customer", "Hi"),
        ("agent", "How can I help?"),
    ]


def test_an_identifier_that_is_none_is_left_out_and_the_call_is_kept(client: TestClient) -> None:
    parties = [{"tel": "not a number", "role": "customer"}, PARTIES[1]]
    answer = client.post("/v1/vcons", json=vcon(call(wav()), parties=parties))

    assert answer.status_code == 202, answer.text
    assert answer.json()["left_out"][0]["part"] == "the customer's phone"


def test_what_the_request_says_goes_before_what_the_vcon_says(client: TestClient) -> None:
    document = vcon(call(wav()))
    answer = client.post("/v1/vcons", json=document, headers=said(source="acd", agent="Kim"))
    interaction = client.get(answer.json()["items"][0]["interaction"]).json()

    assert (interaction["source"], interaction["agent"]) == ("acd", "Kim")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"payload": "x", "signatures": []}, "signed_vcon"),
        ({"ciphertext": "x", "recipients": []}, "encrypted_vcon"),
        (vcon(call(b"RIFF"), uuid="7"), "invalid_vcon"),
        (vcon(uuid=UUID_1), "empty_vcon"),
        (vcon(call(wav()), critical=["teleportation"]), "unsupported_extension"),
        (vcon(call(wav(), body="!!")), "invalid_vcon"),
        (vcon(call(wav(), body=7)), "invalid_vcon"),
        (vcon(call(wav(), encoding="gzip")), "invalid_vcon"),
        (vcon(call(wav(), content_hash=hash_of(b"another"))), "content_hash_mismatch"),
        (vcon(call(wav(), content_hash=["sha512-é"])), "content_hash_mismatch"),
        (vcon(call(b"not a recording at all")), "unsupported_audio"),
        (vcon(call(b"")), "empty_file"),
        (vcon(call(wav(), start="yesterday")), "invalid_time"),
        (vcon(call(wav(), start="2999-01-01T00:00:00Z")), "invalid_time"),
        (vcon(call(wav(), type="hologram")), "invalid_vcon"),
        (vcon("no object"), "invalid_vcon"),  # type: ignore[arg-type]
        (vcon(call(wav()), parties={}), "invalid_vcon"),
        (vcon({"type": "text", "body": "Hi", "parties": [7]}), "unknown_party"),
        (
            vcon({"type": "text", "body": "Hi", "originator": 0, "mediatype": "text/html"}),
            "unsupported_dialog",
        ),
        (vcon({"type": "text", "url": "https://a.example/", "originator": 0}), "external_content"),
        (vcon(call(wav()), call(wav(), body="!!")), "invalid_vcon"),
    ],
)
def test_what_cannot_be_taken_is_refused_as_a_whole(
    client: TestClient, document: dict[str, Any], code: str
) -> None:
    assert refused(client, document) == code


@pytest.mark.parametrize("content", [b"[]", b"{", b"\xff", b'{"a":' * 5000, b""])
def test_what_is_no_json_is_refused(client: TestClient, content: bytes) -> None:
    assert client.post("/v1/vcons", content=content).json()["code"] == "body_not_json"


@pytest.mark.parametrize(
    ("content", "channels"),
    [
        (wav(channels=2), 2),
        (b"OggS" + bytes(24) + b"OpusHead\x01\x02" + bytes(20), 2),
        (b"\xff\xfb\x90\xc4" + bytes(400), 1),
        (b"\xff\xfb\x90\x64" + bytes(400), 2),
        (b"ID3\x03\x00\x00\x00\x00\x00\x02" + b"xx" + b"\xff\xfb\x90\xc4" + bytes(400), 1),
        (b"OggS" + bytes(100), None),
    ],
)
def test_audio_channels_are_counted_where_the_head_says_them(content: bytes, channels: int | None) -> None:
    assert audio_channels(content, sniff(content)) == channels


@pytest.mark.data
def test_a_real_vcon_of_the_first_version_comes_in_with_its_recording_inside(client: TestClient) -> None:
    folder = data_folder("vcon_synthetic_calls") / "audio"
    path = next(path for path in sorted(folder.glob("*.vcon.json")) if path.stat().st_size < 1024**2)
    document = json.loads(path.read_text())
    sound = (folder / document["dialog"][0]["filename"]).read_bytes()
    document["dialog"][0] |= {"body": text64(sound), "encoding": "base64url"}
    answer = client.post("/v1/vcons", json=document)

    assert answer.status_code == 202, answer.text
    interaction = client.get(answer.json()["items"][0]["interaction"]).json()
    assert (interaction["media_type"], interaction["direction"]) == ("audio/mpeg", "inbound")
    assert interaction["channel_map"] is None
    assert interaction["agent"] == document["parties"][0]["name"]
