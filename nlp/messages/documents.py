"""Chats, notes, comments, survey answers and posts, as the JSON document that the API takes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nlp.errors import UnreadableMessage
from nlp.messages.authors import Authors, authors_of
from nlp.messages.chat_log import log_lines
from nlp.messages.posts import post_text
from nlp.plain_text import clean
from nlp.transcript import Party

_MAX_BYTES = 25 * 1024**2
_MAX_MESSAGES = 20_000
_MAX_TEXT = 200_000  # characters of one message
# Who writes where the document does not say: nobody can tell in a chat.
_WRITERS = {
    "note": Party.AGENT,
    "comment": Party.CUSTOMER,
    "survey": Party.CUSTOMER,
    "social": Party.CUSTOMER,
}
_PARTIES = {**{party.value: party for party in Party}, "bot": Party.SYSTEM}
_EVENTS = {"join": "(joined)", "leave": "(left)"}  # what stands for them where they have no text
_UNSEEN = "typing"
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
    """The document's messages in its order, empty ones and typing left out.

    Raises UnreadableMessage: ``unreadable_messages``, ``unknown_party``, ``no_text``.
    """
    document = _document(path)
    entries = _entries(document)
    named = [entry.get("author") for entry in entries if entry.get("party") is None]
    authors = authors_of(document, [name for name in named if isinstance(name, str)])
    found = [_message(entry, document.get("channel", "chat"), authors) for entry in entries]
    messages = [message for message in found if message.text]
    if not messages and not _has_scores(document):
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


def _entries(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The messages in one form, whatever form the document has."""
    if isinstance(document.get("log"), str):
        return log_lines(document["log"][: _MAX_MESSAGES * 1000])[:_MAX_MESSAGES]
    if isinstance(document.get("answers"), list):
        return [entry for answer in document["answers"] for entry in _answer(answer)]
    entries = document.get("messages")
    if entries is None:
        entries = [document]
    if not isinstance(entries, list) or len(entries) > _MAX_MESSAGES:
        raise _unreadable(f"messages must be a list of at most {_MAX_MESSAGES}")
    if not all(isinstance(entry, dict) for entry in entries):
        raise _unreadable("every message must be an object")
    return [entry for entry in entries if entry.get("kind") != _UNSEEN]


def _answer(answer: object) -> list[dict[str, Any]]:
    """A question as the system's turn and what was written in answer to it; a score alone has no turn."""
    if not isinstance(answer, dict):
        raise _unreadable("every answer must be an object")
    text = answer.get("text")
    if not isinstance(text, str) or not text.strip():
        return []
    question = {"party": "system", "text": answer.get("question") or ""}
    return [question, {"party": "customer", "text": text}]


def _has_scores(document: Mapping[str, Any]) -> bool:
    answers = document.get("answers")
    return isinstance(answers, list) and any(
        isinstance(one, dict) and one.get("score") is not None for one in answers
    )


def _message(entry: Mapping[str, Any], channel: object, authors: Authors) -> Message:
    text = entry.get("text") or _EVENTS.get(str(entry.get("kind")), "")
    if not isinstance(text, str) or len(text) > _MAX_TEXT:
        raise _unreadable(f"text must be a string of at most {_MAX_TEXT} characters")
    said = clean(text).strip()
    if channel == "social":
        said = post_text(said)
    if entry.get("kind") in _EVENTS:
        return Message(Party.SYSTEM, said, _time(entry.get("sent_at")))
    return Message(_party(entry, channel, authors), said, _time(entry.get("sent_at")))


def _party(entry: Mapping[str, Any], channel: object, authors: Authors) -> Party:
    value, author = entry.get("party"), entry.get("author")
    if isinstance(value, str) and value in _PARTIES:
        return _PARTIES[value]
    if value is None and channel in ("note", "comment", "survey"):
        return _WRITERS[str(channel)]
    if value is None and isinstance(author, str) and author.strip():
        return authors.party(author, otherwise=_WRITERS.get(str(channel), Party.UNKNOWN))
    if value is None and isinstance(channel, str) and channel in _WRITERS:
        return _WRITERS[channel]
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
