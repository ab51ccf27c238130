"""Chats, notes and comments over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

CHAT: dict[str, Any] = {
    "channel": "chat",
    "external_id": "chat-1",
    "queue": "web",
    "customer": {"email": "ada@example.com"},
    "messages": [
        {"party": "customer", "text": "Where is my parcel?", "sent_at": "2026-03-02T10:00:00+01:00"},
        {"party": "agent", "text": "On its way.", "sent_at": "2026-03-02T10:01:00+01:00"},
    ],
}


def without(document: dict[str, Any], *names: str) -> dict[str, Any]:
    """The document without some fields."""
    return {name: value for name, value in document.items() if name not in names}


def test_a_chat_begins_with_its_first_message(client: TestClient) -> None:
    answer = client.post("/v1/messages", json=CHAT)
    assert answer.status_code == 202
    found = client.get(answer.json()["interaction"]).json()
    assert (found["channel"], found["queue"], found["started_at"]) == ("chat", "web", "2026-03-02T09:00:00Z")
    assert found["customer_id"]
    task = client.get(answer.headers["Location"]).json()
    assert (task["state"], task["stage"], task["place_in_line"]) == ("queued", "transcribe", 1)
    assert client.post("/v1/messages", json=CHAT).status_code == 200


@pytest.mark.parametrize("channel", ["note", "comment", "survey"])
def test_a_single_text(client: TestClient, channel: str) -> None:
    answer = client.post(
        "/v1/messages", json={"channel": channel, "party": "agent", "text": "Called back.\n"}
    )
    assert client.get(answer.json()["interaction"]).json()["channel"] == channel


@pytest.mark.parametrize(
    ("document", "code", "field"),
    [
        (CHAT | {"messages": [{"party": "robot", "text": "hi"}]}, "unknown_party", "messages.0.party"),
        (CHAT | {"messages": []}, "no_text", "body"),
        (CHAT | {"messages": [{"party": "customer", "text": " \n"}]}, "no_text", "body"),
        (CHAT | {"text": "and a note"}, "ambiguous_content", "body"),
        (CHAT | {"colour": "red"}, "unknown_field", "colour"),
        (
            CHAT | {"messages": [{"party": "agent", "text": "a", "mood": 1}]},
            "unknown_field",
            "messages.0.mood",
        ),
        (CHAT | {"channel": "voice"}, "invalid_field", "channel"),
        (without(CHAT, "channel"), "missing_field", "channel"),
        (CHAT | {"customer": {"phone": "call me"}}, "invalid_phone", "customer.phone"),
        (
            CHAT | {"messages": [{"party": "agent", "text": "x" * 100_001}]},
            "invalid_field",
            "messages.0.text",
        ),
        (
            CHAT | {"messages": [{"party": "agent", "text": "a", "sent_at": "2026-03-02T10:00:00"}]},
            "invalid_time",
            "messages.0.sent_at",
        ),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, document: dict[str, Any], code: str, field: str) -> None:
    answer = client.post("/v1/messages", json=document)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["errors"][0]["field"] == field


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"text"', b"\xff", b"[" * 100_000, b'{"a": NaN}'])
def test_what_is_no_json_object_is_said(client: TestClient, content: bytes) -> None:
    answer = client.post("/v1/messages", content=content)
    assert (answer.status_code, answer.json()["code"]) == (422, "body_not_json")
