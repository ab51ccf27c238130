"""Looks at a mail's bytes before any parser does: the parser is quadratic in places."""

import re

from nlp.errors import UnreadableMessage

MAX_BYTES = 25 * 1024**2
_MAX_HEADER_BLOCK = 256 * 1024
_MAX_HEADER = 64 * 1024
_MAX_HEADER_LINES = 1_000
_MAX_LINES = 500_000
_MAX_BOUNDARIES = 100
_MAX_DELIMITERS = 1_200
_MAX_NESTED_MAILS = 100
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"boundary\*?0?\*?\s*=\s*\"?([^\"\s;]{1,200})", re.IGNORECASE)
_HEADER_NAME = re.compile(
    rb"^(?:From|To|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Content-Type|Reply-To)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


def check(content: bytes) -> None:
    """Raises UnreadableMessage: ``unreadable_mail`` for what is no mail, ``mail_bomb`` for what is a trap."""
    if not content.strip():
        raise _unreadable("The file is empty.")
    if len(content) > MAX_BYTES:
        raise _bomb(f"it is larger than {MAX_BYTES} bytes")
    head = _head(content)
    if not _HEADER_NAME.search(head):
        raise _unreadable("The file has none of the header lines that every mail has.")
    _check_head(head)
    _check_structure(content)


def _head(content: bytes) -> bytes:
    blank = _BLANK_LINE.search(content)
    return content[: blank.start()] if blank else content


def _check_head(head: bytes) -> None:
    if len(head) > _MAX_HEADER_BLOCK:
        raise _bomb(f"its header block is larger than {_MAX_HEADER_BLOCK} bytes")
    size = lines = 0
    for line in head.splitlines():
        continued = line[:1] in (b" ", b"\t")
        size, lines = (size + len(line), lines + 1) if continued else (len(line), 1)
        if size > _MAX_HEADER or lines > _MAX_HEADER_LINES:
            raise _bomb(f"one header is larger than {_MAX_HEADER} bytes or {_MAX_HEADER_LINES} lines")


def _check_structure(content: bytes) -> None:
    if content.count(b"\n") + content.count(b"\r") > 2 * _MAX_LINES:
        raise _bomb(f"it has more than {_MAX_LINES} lines")
    boundaries = _BOUNDARY.findall(content)
    if len(boundaries) > _MAX_BOUNDARIES:
        raise _bomb(f"it declares more than {_MAX_BOUNDARIES} multipart boundaries")
    if content.lower().count(b"message/rfc822") > _MAX_NESTED_MAILS:
        raise _bomb(f"it holds more than {_MAX_NESTED_MAILS} mails")
    if sum(content.count(b"\n--" + boundary) for boundary in set(boundaries)) > _MAX_DELIMITERS:
        raise _bomb(f"it has more than {_MAX_DELIMITERS} parts")


def _bomb(reason: str) -> UnreadableMessage:
    return UnreadableMessage(
        "mail_bomb", f"The mail was not read because {reason}.", "Send the text without the wrapping."
    )


def _unreadable(detail: str) -> UnreadableMessage:
    return UnreadableMessage("unreadable_mail", detail, "Send a raw mail (message/rfc822, .eml).")
