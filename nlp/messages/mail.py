"""A mail as the models see it: its new text apart from history, signature and attachments."""

from dataclasses import dataclass
from datetime import datetime

from nlp.transcript import Attachment, Automatic


@dataclass(frozen=True, slots=True)
class Address:
    """A display name, empty if none, and a mailbox in lower case. Claimed by the sender, never proved."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A mail that no person wrote, and by what that was seen, for a sentence ("its header ...")."""

    kind: Automatic
    sign: str


@dataclass(frozen=True, slots=True)
class Mail:
    """What one mail says. ``text`` is what its author wrote this time, without quotes and signature.

    ``date`` is aware or None. ``references`` lists the ids of the thread, oldest first, without angle
    brackets. ``languages`` is what the Content-Language header claims. ``automatic`` is there for mails
    that no person wrote. ``truncated`` says that text beyond the limit was left out.
    """

    subject: str
    text: str
    quoted: str
    signature: str
    from_: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    date: datetime | None
    message_id: str | None
    references: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    languages: tuple[str, ...] = ()
    automatic: Recognised | None = None
    truncated: bool = False
