"""Chats, notes and comments as JSON documents."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nlp.errors import UnreadableMessage
from nlp.messages import Message, read_messages
from nlp.transcript import Party


def written(tmp_path: Path, document: object) -> Path:
    path = tmp_path / "chat.json"
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return path


def test_reads_a_chat(tmp_path: Path) -> None:
    chat = {
        "channel": "chat",
        "messages": [
            {"party": "customer", "text": " Hi\r\n", "sent_at": "2025-01-06T10:00:00+02:00"},
            {"party": "system", "text": ""},
            {"party": "agent", "text": "Hello"},
        ],
        "queue": "sales",
    }
    assert read_messages(written(tmp_path, chat)) == [
        Message(Party.CUSTOMER, "Hi", datetime(2025, 1, 6, 8, tzinfo=UTC)),
        Message(Party.AGENT, "Hello", None),
    ]


def test_a_note_is_the_agents_and_a_comment_the_customers(tmp_path: Path) -> None:
    assert (
        read_messages(written(tmp_path, {"channel": "note", "text": "Called back"}))[0].party is Party.AGENT
    )
    assert read_messages(written(tmp_path, {"channel": "comment", "text": "Nice"}))[0].party is Party.CUSTOMER


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", "unreadable_messages"),
        (b"\xff\xfe", "unreadable_messages"),
        (b"[" * 100_000, "unreadable_messages"),
        ([], "unreadable_messages"),
        ({"messages": {}}, "unreadable_messages"),
        ({"messages": ["x"]}, "unreadable_messages"),
        ({"messages": [{"party": "customer", "text": 1}]}, "unreadable_messages"),
        ({"messages": [{"party": "customer", "text": "x", "sent_at": "noon"}]}, "unreadable_messages"),
        ({"messages": [{"party": "robot", "text": "x"}]}, "unknown_party"),
        ({"messages": [{"party": ["agent"], "text": "x"}]}, "unknown_party"),
        ({"messages": [{"text": "x"}]}, "unknown_party"),
        ({"messages": []}, "no_text"),
        ({"messages": [{"party": "customer", "text": " \n"}]}, "no_text"),
        ({"channel": "note"}, "no_text"),
    ],
)
def test_refuses_what_is_no_document(tmp_path: Path, document: object, code: str) -> None:
    with pytest.raises(UnreadableMessage) as raised:
        read_messages(written(tmp_path, document))
    assert raised.value.code == code
