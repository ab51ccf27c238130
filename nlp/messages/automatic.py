"""Tells mails that a machine sent from those that a person wrote: headers first, then subject and text.

A customer's mail must never be taken for a machine's: one weak sign is none, an answer to an automatic mail
("Re: Out of office") is a person's, and a list that people write to (a shared mailbox) is no newsletter.
Sources: RFC 3834 (Auto-Submitted), RFC 6522 and 8098 (reports), RFC 2369 and 8058 (List headers), RFC 5546
(calendar), and the headers that Exchange and older responders document for themselves.
"""

import re
from email.message import Message

from nlp.messages.headers import addresses, text_of
from nlp.messages.mail import Recognised
from nlp.messages.wording import (
    AWAY,
    AWAY_TEXT,
    BOUNCED,
    BOUNCED_TEXT,
    FORWARDS,
    READ,
    READ_TEXT,
    fold,
)
from nlp.transcript import Automatic

_RESPONDER_HEADERS = (
    "X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Auto-Respond", "X-Autoreply-From", "X-Mail-Autoreply",
    "X-Autoresponse", "X-Vacation-Id",
)  # fmt: skip
_SENDER_HEADERS = (
    "List-Unsubscribe-Post",
    "Feedback-ID",
    "X-Campaign",
    "X-CampaignId",
    "X-Campaign-ID",
    "X-CSA-Complaints",
)
_DAEMON = re.compile(r"^(?:mailer-daemon|mail-daemon|mailerdaemon)@", re.IGNORECASE)
_POSTMASTER = re.compile(r"^(?:postmaster|microsoftexchange\w+|bounces?)@", re.IGNORECASE)
_NO_REPLY = re.compile(
    r"^(?:no|do-?not|ne)[-_.]?(?:reply|respond|valaszolj\w*)|^(?:newsletter|hirlevel|noreply)\b",
    re.IGNORECASE,
)
_CALENDAR_METHODS = frozenset({"REPLY", "REQUEST", "CANCEL", "COUNTER", "DECLINECOUNTER", "REFRESH"})
_TAG = re.compile(r"^\s*\[[^\]]{1,40}\]")  # [EXTERNAL], [Ticket 7]
_PAUSES = ("", ":", "：", "-", "–", "—", "|", "(", "[", "!", ".")
_OPENING = 1_500  # characters of a mail's text in which a machine says what it is
_MAX_PARTS = 20  # a report or an invitation says what it is in its first parts


def recognised(message: Message, subject: str, text: str) -> Recognised | None:
    """What kind of machine sent this mail and by what that was seen; None for a mail that a person wrote."""
    return (
        _report(message)
        or _bounced(message, subject, text)
        or _answered(message, subject, text)
        or _invited(message, subject)
        or _read(subject, text)
        or _broadcast(message)
    )


def _report(message: Message) -> Recognised | None:
    kinds = {part.get_content_type() for part in _first_parts(message)}
    report = str(message.get_param("report-type") or "").lower()
    if report == "disposition-notification" or "message/disposition-notification" in kinds:
        return Recognised(Automatic.RECEIPT, "its report about reading (disposition-notification)")
    if message.get_content_type() != "multipart/report":
        return None
    if report == "feedback-report":
        return Recognised(Automatic.BOUNCE, "its report about a complaint (feedback-report)")
    return Recognised(Automatic.BOUNCE, "its delivery report (multipart/report)")


def _bounced(message: Message, subject: str, text: str) -> Recognised | None:
    if message.get("X-Failed-Recipients") is not None:
        return Recognised(Automatic.BOUNCE, "its header X-Failed-Recipients")
    sender = _sender(message)
    if _DAEMON.match(sender):
        return Recognised(Automatic.BOUNCE, "its sender MAILER-DAEMON")
    if not fold(subject).lstrip("* ").startswith(BOUNCED):
        return None
    if _null_return_path(message):
        return Recognised(Automatic.BOUNCE, "its empty return path and its subject")
    if _POSTMASTER.match(sender):
        return Recognised(Automatic.BOUNCE, "its sender postmaster and its subject")
    if _says(text, BOUNCED_TEXT):
        return Recognised(Automatic.BOUNCE, "its subject and its text")
    return None


def _answered(message: Message, subject: str, text: str) -> Recognised | None:
    submitted = text_of(message.get("Auto-Submitted")).lower()
    if submitted.startswith("auto-replied"):
        return Recognised(Automatic.AUTO_REPLY, "its header Auto-Submitted")
    for name in _RESPONDER_HEADERS:
        if message.get(name) is not None and text_of(message.get(name)).lower() not in ("no", "false", "0"):
            return Recognised(Automatic.AUTO_REPLY, f"its header {name}")
    for name in ("Precedence", "X-Precedence", "Preference"):
        if text_of(message.get(name)).lower().replace("-", "_") == "auto_reply":
            return Recognised(Automatic.AUTO_REPLY, f"its header {name}")
    if _entitled(subject, AWAY):
        return Recognised(Automatic.AUTO_REPLY, "its subject")
    hinted = (
        "Auto-Submitted" if submitted and not submitted.startswith("no")
        else "X-Auto-Response-Suppress" if message.get("X-Auto-Response-Suppress") is not None
        else "Return-Path" if _null_return_path(message)
        else "Precedence" if _precedence(message) in ("bulk", "junk")
        else ""
    )  # fmt: skip
    if hinted and _says(text, AWAY_TEXT):
        return Recognised(Automatic.AUTO_REPLY, f"its header {hinted} and its text")
    return None


def _invited(message: Message, subject: str) -> Recognised | None:
    if fold(subject.partition(":")[0].strip()) in FORWARDS:
        return None
    for part in _first_parts(message):
        method = str(part.get_param("method") or "").upper()
        attached = part.get_content_disposition() == "attachment"
        if part.get_content_type() == "text/calendar" and method in _CALENDAR_METHODS and not attached:
            return Recognised(Automatic.CALENDAR, f"its calendar part ({method.lower()})")
    return None


def _read(subject: str, text: str) -> Recognised | None:
    if _entitled(subject, READ) and _says(text, READ_TEXT):
        return Recognised(Automatic.RECEIPT, "its subject and its text")
    return None


def _broadcast(message: Message) -> Recognised | None:
    """Mail to many: two signs are wanted, since helpdesks and shared mailboxes set one of them too."""
    if _written_by_people(message):
        return None
    submitted = text_of(message.get("Auto-Submitted")).lower()
    if submitted and not submitted.startswith("no"):
        return Recognised(Automatic.BULK, "its header Auto-Submitted")
    signs = [name for name in ("List-Unsubscribe", *_SENDER_HEADERS) if message.get(name) is not None]
    signs += ["Precedence"] if _precedence(message) in ("bulk", "junk", "list") else []
    signs += ["List-Id"] if message.get("List-Id") is not None else []
    signs += ["From"] if _NO_REPLY.match(_sender(message)) else []
    if len(signs) < 2 or not {"List-Unsubscribe", "Precedence"} & set(signs):
        return None
    return Recognised(Automatic.BULK, f"its headers {signs[0]} and {signs[1]}")


def _written_by_people(message: Message) -> bool:
    """A list that takes posts, or a form whose answer goes to somebody else than its sender."""
    posts = text_of(message.get("List-Post")).lower()
    if (posts and not posts.startswith("no")) or message.get("X-Google-Group-Id") is not None:
        return True
    replies = addresses(message, "Reply-To")
    listed = message.get("List-Unsubscribe") is not None
    return bool(replies) and not listed and replies[0].address != _sender(message)


def _entitled(subject: str, phrases: tuple[str, ...]) -> bool:
    """Whether a subject begins so and ends there or has a colon: "Out of office chairs" is one's own."""
    folded = fold(_TAG.sub("", subject).strip())
    for phrase in phrases:
        rest = folded[len(phrase) :].lstrip()
        if folded.startswith(phrase) and (rest[:1] in _PAUSES or rest.startswith(("re:", "autoreply"))):
            return True
    return False


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    opening = fold(text[:_OPENING])
    return any(phrase in opening for phrase in phrases)


def _first_parts(message: Message) -> list[Message]:
    found = [message]
    for part in found:
        payload = part.get_payload() if part.is_multipart() else []
        found += [child for child in payload if isinstance(child, Message)][: _MAX_PARTS - len(found)]
    return found[:_MAX_PARTS]


def _sender(message: Message) -> str:
    """Who sent it; a bare word is a mailbox of the machine itself ("MAILER-DAEMON")."""
    found = addresses(message, "From")
    return found[0].address if found else text_of(message.get("From")).split("(")[0].strip(" <>") + "@"


def _null_return_path(message: Message) -> bool:
    value = message.get("Return-Path")
    return value is not None and text_of(value).replace(" ", "") in ("<>", "")


def _precedence(message: Message) -> str:
    return text_of(message.get("Precedence")).lower()
