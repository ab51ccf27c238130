"""Places a mail by its head: who wrote to whom, when, in which thread, and which side is the customer."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime

from service.intake.mail_scan import MailHead
from service.intake.mail_subject import subject_key, subject_text
from service.intake.metadata import CLOCK_SKEW, EARLIEST
from service.store.threads import MailPlace

_MESSAGE_ID = re.compile(r"<([^<>\s]{1,500})>")
_MAX_COMMENTS = 20  # the address reader descends once per bracket
_LONGEST_NAME = 200
_MAX_IDS = 100
_DELIVERED = ("delivered-to", "x-original-to")


@dataclass(frozen=True, slots=True)
class Address:
    """One mail address with its shown name; both as the mail has them, the address in lower case."""

    address: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Own:
    """What is the centre's own: domains with all below them, and single addresses."""

    domains: frozenset[str]
    addresses: frozenset[str]

    def has(self, address: Address) -> bool:
        """Whether an address is ours."""
        domain = address.address.rpartition("@")[2]
        within = any(domain == name or domain.endswith("." + name) for name in self.domains)
        return within or address.address in self.addresses


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What a mail's head says; None where it is silent or cannot be read.

    ``ids`` are its own Message-ID and those it names, the oldest first. ``customer`` is the side that is not
    ours. ``is_machine``: its head says plainly that no person sent it, so nobody is made a customer by it.
    """

    message_id: str | None
    ids: tuple[str, ...]
    sent_at: datetime | None
    direction: str | None
    customer: Address | None
    subject_key: str | None
    is_reply: bool
    is_machine: bool

    @property
    def place(self) -> MailPlace:
        """What tells its thread."""
        return MailPlace(self.ids, self.subject_key, self.is_reply)


def read_head(
    head: MailHead,
    *,
    own_domains: Collection[str],
    own_addresses: Collection[str] = (),
    direction: str | None = None,
) -> MailFacts:
    """Facts from a scanned head. A ``direction`` that is given is kept.

    Ours are the centre's domains and addresses, and whoever the mail was delivered to.
    """
    own = Own(
        frozenset(domain.lower().lstrip("@") for domain in own_domains),
        frozenset(address.lower() for address in own_addresses)
        | {one.address for name in _DELIVERED for one in addresses(head.get(name))},
    )
    authors = addresses(head.get("from")) or addresses(head.get("sender"))
    recipients = addresses(head.get("to")) + addresses(head.get("cc"))
    direction, customer = _sides(authors[:1], recipients, own=own, direction=direction)
    message_id = _first_id(head.get("message-id"))
    parties = (customer,) if customer else (*authors[:1], *recipients[:1])
    key, is_reply = subject_key(subject_text(head.get("subject")), (one.address for one in parties))
    is_machine = _is_machine(head, authors)
    return MailFacts(
        message_id=message_id,
        ids=_ids(message_id, head),
        sent_at=_date(head.get("date")),
        direction=direction,
        customer=None if is_machine else customer,
        subject_key=key,
        is_reply=is_reply,
        is_machine=is_machine,
    )


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
    own: Own,
    direction: str | None,
) -> tuple[str | None, Address | None]:
    """Direction and the outside party; a mail among ourselves has none."""
    outside = next((one for one in recipients if not own.has(one)), None)
    if direction is None and author:
        ours = own.has(author[0])
        among = "internal" if recipients else None
        direction = "inbound" if not ours else "outbound" if outside else among
    if direction == "inbound":
        return direction, author[0] if author and not own.has(author[0]) else None
    return direction, outside if direction == "outbound" else None


def _is_machine(head: MailHead, author: tuple[Address, ...]) -> bool:
    """RFC 3834, RFC 3464, RFC 2369 and what older programs write; the models look at more than the head."""
    submitted = _text(head.get("auto-submitted")).strip().lower()
    sender = author[0].address.partition("@")[0] if author else ""
    return (
        bool(submitted and not submitted.startswith("no"))
        or head.get("return-path").strip() == b"<>"
        or sender in ("mailer-daemon", "postmaster")
        or _text(head.get("precedence")).strip().lower() in ("bulk", "list", "junk", "auto_reply")
        or bool(head.get("list-id") or head.get("list-unsubscribe"))
        or _text(head.get("content-type")).strip().lower().startswith("multipart/report")
    )


def _ids(message_id: str | None, head: MailHead) -> tuple[str, ...]:
    named = [
        found
        for name in ("references", "in-reply-to")
        for found in _MESSAGE_ID.findall(_text(head.get(name)))
        if found.isprintable()
    ]
    own = [message_id] if message_id else []
    return tuple(dict.fromkeys([*own, *named]))[:_MAX_IDS]


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
