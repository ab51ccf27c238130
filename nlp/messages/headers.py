"""Header lines of a mail as plain values; long ones are cut first, since header parsers are slow."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from nlp.messages.charsets import decoded
from nlp.messages.mail import Address
from nlp.plain_text import clean

_MAX_VALUE = 8_192  # characters of one header that are read
_MAX_ADDRESSES = 200
_MAX_REFERENCES = 100
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,998})>")


def text_of(value: object) -> str:
    """A header's value with encoded words decoded, on one line."""
    raw = _raw(value)
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError):
        parts = [(raw, None)]
    pieces = [
        part
        if isinstance(part, str)
        else decoded(part, None if charset in (None, "unknown-8bit") else charset)
        for part, charset in parts
    ]
    return " ".join(clean("".join(pieces)).split())


def _raw(value: object) -> str:
    """A header's value, encoded words not yet decoded; raw bytes are read as the charsets of bodies are."""
    if isinstance(value, Header):  # what the parser makes of a header with raw bytes
        pieces = decode_header(value)
        text = "".join(decoded(part, None) if isinstance(part, bytes) else part for part, _ in pieces)
    else:
        text = "" if value is None else str(value)
    return text[:_MAX_VALUE]


def addresses(message: Message, name: str) -> tuple[Address, ...]:
    """The addresses of all headers of this name."""
    values = [_raw(value) for value in (message.get_all(name) or [])[:10]]
    try:
        pairs = getaddresses(values)
    except (ValueError, IndexError, RecursionError):
        return ()
    # Names are decoded after the list is cut: a comma in an encoded name is no separator.
    found = (Address(text_of(label), text_of(mailbox).lower()) for label, mailbox in pairs)
    return tuple(address for address in found if "@" in address.address)[:_MAX_ADDRESSES]


def date(message: Message) -> datetime | None:
    """When the mail says it was sent, aware and in UTC; None if it does not say or cannot be read."""
    try:
        sent = parsedate_to_datetime(text_of(message.get("Date")))
        return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def message_id(message: Message) -> str | None:
    """The mail's own id without angle brackets."""
    return next(iter(_ids([message.get("Message-ID")])), None)


def references(message: Message) -> tuple[str, ...]:
    """Ids of the thread, oldest first, the answered mail last."""
    ids = _ids([message.get("References"), message.get("In-Reply-To")])
    return tuple(dict.fromkeys(ids))[-_MAX_REFERENCES:]


def languages(message: Message) -> tuple[str, ...]:
    """ISO 639-1 codes that the Content-Language header claims."""
    listed = text_of(message.get("Content-Language")).split(",")
    return tuple(dict.fromkeys(code.strip()[:2].lower() for code in listed if code.strip()[:2].isalpha()))


def _ids(values: Iterable[object]) -> list[str]:
    """A header may carry thousands of ids: its end is the near past."""
    return [
        found
        for value in values
        if value is not None
        for found in _MESSAGE_ID.findall(str(value)[-_MAX_VALUE:])
    ]
