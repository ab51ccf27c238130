"""Chats, notes, comments and survey answers, as the JSON document that the API takes."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nlp.errors import UnreadableMessage
from nlp.plain_text import clean
from nlp.transcript import Party

_MAX_BYTES = 25 * 1024**2
_MAX_MESSAGES = 20_000
_MAX_TEXT = 200_000  # characters of one message
# Who writes where the document does not say: nobody can tell in a chat.
_WRITERS = {"note": Party.AGENT, "comment": Party.CUSTOMER, "survey": Party.CUSTOMER}
_SHAPE = (
    'Send {"channel": "chat", "messages": [{"party": "customer", "text": "..."}]} or a note with its text.'
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message: who wrote what, and when (aware, None if unknown)."""

    party: Party
    text: str
    sent_at: datetime | None


def read_messages(path: Path) -> list[Message]:
    """The document's messages in its order, empty ones left out.

    Raises UnreadableMessage: ``unreadable_messages``, ``unknown_party``, ``no_text``.
    """
    document = _document(path)
    channel = document.get("channel", "chat")
    entries = document.get("messages")
    if entries is None:
        entries = [document]
    if not isinstance(entries, list) or len(entries) > _MAX_MESSAGES:
        raise _unreadable(f"messages must be a list of at most {_MAX_MESSAGES}")
    found = [_message(entry, channel) for entry in entries]
    messages = [message for message in found if message.text]
    if not messages:
        raise UnreadableMessage("no_text", "No message has any text.", "Send at least one message with text.")
    return messages


def _document(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        content = file.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise _unreadable(f"it is larger than {_MAX_BYTES} bytes")
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _unreadable("it is no JSON in UTF-8") from None
    if not isinstance(document, dict):
        raise _unreadable("it is no JSON object")
    return document


def _message(entry: object, channel: object) -> Message:
    if not isinstance(entry, dict):
        raise _unreadable("every message must be an object")
    text = entry.get("text", "")
    if not isinstance(text, str) or len(text) > _MAX_TEXT:
        raise _unreadable(f"text must be a string of at most {_MAX_TEXT} characters")
    return Message(_party(entry.get("party"), channel), clean(text).strip(), _time(entry.get("sent_at")))


def _party(value: object, channel: object) -> Party:
    if value is None and isinstance(channel, str) and channel in _WRITERS:
        return _WRITERS[channel]
    if value in (Party.CUSTOMER, Party.AGENT, Party.SYSTEM):
        return Party(str(value))
    raise UnreadableMessage(
        "unknown_party", "A message comes from a party that does not exist.", "Use customer, agent or system."
    )


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        sent = datetime.fromisoformat(str(value))
    except ValueError:
        raise _unreadable("sent_at must be an ISO 8601 date and time") from None
    return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)


def _unreadable(reason: str) -> UnreadableMessage:
    return UnreadableMessage("unreadable_messages", f"The document cannot be read: {reason}.", _SHAPE)
