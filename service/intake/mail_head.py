"""Places a mail by its head: who wrote to whom, when, in which thread, and which side is the customer."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime

from service.intake.mail_scan import MailHead
from service.intake.metadata import CLOCK_SKEW, EARLIEST

_MESSAGE_ID = re.compile(r"<([^<>\s]{1,500})>")
_MAX_COMMENTS = 20  # the address reader descends once per bracket
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Address:
    """One mail address with its shown name; both as the mail has them, the address in lower case."""

    address: str
    name: str | None


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What a mail's head says; None where it is silent or cannot be read.

    ``thread`` is the first Message-ID of the conversation. ``customer`` is the side that is not ours.
    """

    message_id: str | None
    thread: str | None
    sent_at: datetime | None
    direction: str | None
    customer: Address | None


def read_head(head: MailHead, *, own_domains: Collection[str], direction: str | None = None) -> MailFacts:
    """Facts from a scanned head; ``own_domains`` are the centre's. A ``direction`` that is given is kept."""
    own = frozenset(domain.lower().lstrip("@") for domain in own_domains)
    authors = addresses(head.get("from")) or addresses(head.get("sender"))
    recipients = addresses(head.get("to")) + addresses(head.get("cc"))
    direction, customer = _sides(authors[:1], recipients, own=own, direction=direction)
    message_id = _first_id(head.get("message-id"))
    thread = _first_id(head.get("references")) or _first_id(head.get("in-reply-to")) or message_id
    return MailFacts(message_id, thread, _date(head.get("date")), direction, customer)


def addresses(value: bytes) -> tuple[Address, ...]:
    """The addresses of one raw header; those that cannot be read are left out."""
    text = _text(value)
    if text.count("(") > _MAX_COMMENTS:
        return ()
    found = getaddresses([text])  # its ``strict`` came with a later 3.11
    return tuple(
        Address(address.lower(), _decoded(name)) for name, address in found if _looks_like_one(address)
    )


def _sides(
    author: tuple[Address, ...],
    recipients: tuple[Address, ...],
    *,
    own: frozenset[str],
    direction: str | None,
) -> tuple[str | None, Address | None]:
    """Direction and the outside party; a mail among ourselves has neither."""
    outside = next((one for one in recipients if not _is_own(one, own)), None)
    if direction is None and author:
        ours = _is_own(author[0], own)
        direction = "inbound" if not ours else "outbound" if outside else None
    if direction == "inbound":
        return direction, author[0] if author and not _is_own(author[0], own) else None
    return direction, outside if direction == "outbound" else None


def _is_own(address: Address, own: frozenset[str]) -> bool:
    domain = address.address.rpartition("@")[2]
    return any(domain == name or domain.endswith("." + name) for name in own)


def _looks_like_one(address: str) -> bool:
    local, at, domain = address.rpartition("@")
    return (
        bool(at and local and domain) and address.isprintable() and len(address) <= 320 and " " not in address
    )


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _decoded(name: str) -> str | None:
    """A shown name out of its encoded words; None where that fails or nothing is left."""
    try:
        text = str(make_header(decode_header(name)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return None
    printable = "".join(sign for sign in text if sign.isprintable()).strip()
    return printable[:_LONGEST_NAME] or None


def _first_id(value: bytes) -> str | None:
    match = _MESSAGE_ID.search(_text(value))
    return match[1] if match and match[1].isprintable() else None


def _date(value: bytes) -> datetime | None:
    """When it was sent; None where the head does not say it, or says a time that cannot be."""
    try:
        sent_at = parsedate_to_datetime(_text(value))
        moment = (sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if EARLIEST <= moment <= datetime.now(UTC) + CLOCK_SKEW else None
