"""Subjects of mails without the marks of answers and forwards, in the languages of mail programs."""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MARKS = (
    "re|res|fw|fwd|aw|antw|antwort|wg|wtr|vá|va|továbbítás|tovabb|tr|réf|rif|r|i|rv|enc|odp|pd|sv|vs|vb|"
    "vl|vp|ynt|ilt|bls|doorst|ha|απ|σχετ|πρθ|на|ответ|отв|השב|תגובה|הועבר|回复|回覆|转发|返信|답장"
)
_PREFIX = re.compile(rf"^\s*(?:(?:{_MARKS})\s*(?:[\[(]\s*\d+\s*[\])]|\^?\d+)?\s*[:：]\s*)+", re.IGNORECASE)
_TAG = re.compile(r"^\s*\[[^\]]{1,40}\]\s*")  # of a mailing list or a ticket system
_LONGEST = 500


def subject_text(raw: bytes) -> str:
    """The subject out of its encoded words, on one line; raw bytes are UTF-8, else Windows-1252."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    with suppress(HeaderParseError, LookupError, UnicodeError, ValueError):
        text = str(make_header(decode_header(text)))
    return " ".join(_INVISIBLE.sub("", text).split())[:_LONGEST]


def bare_subject(subject: str) -> tuple[str, bool]:
    """The subject without marks, folded, and whether there were any."""
    rest, marked = unicodedata.normalize("NFC", subject), False
    while True:
        shorter = _PREFIX.sub("", rest)
        marked |= shorter != rest
        shorter = _TAG.sub("", shorter)
        if shorter == rest:
            return rest.casefold().strip(), marked
        rest = shorter


def subject_key(subject: str, parties: Iterable[str]) -> tuple[str | None, bool]:
    """Subject and parties as one text, None where either is missing, and whether it is an answer."""
    bare, marked = bare_subject(subject)
    known = sorted({party for party in parties if party})
    return (f"{bare}\n{' '.join(known)}" if bare and known else None), marked
