"""Looks at a raw mail's bytes before any parser does: refuses bombs, reads the few fields that place it."""

import re
from dataclasses import dataclass, field

from service.errors import InvalidInput, TooLarge, UnsupportedMedia

MAX_HEADER_BLOCK = 256 * 1024
MAX_HEADER = 64 * 1024
MAX_HEADER_LINES = 1_000
MAX_LINES = 500_000
MAX_BOUNDARIES = 100
MAX_PARTS = 500
MAX_DEPTH = 20
_KEPT_VALUE = 8 * 1024
_OF_EVERY_MAIL = frozenset(
    {"from", "sender", "to", "cc", "subject", "date", "message-id", "references", "in-reply-to", "received"}
)
_KEPT = _OF_EVERY_MAIL | frozenset(
    {"delivered-to", "x-original-to", "return-path", "auto-submitted", "precedence", "list-id"}
    | {"list-unsubscribe", "content-type"}
)
_LONGEST_LINE = 64 * 1024
_FIELD = re.compile(rb"([!-9;-~]{1,80})[ \t]*:(.*)", re.DOTALL)
_BOUNDARY = re.compile(
    rb"boundary[ \t]*\*?0?\*?[ \t]*=[ \t]*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.I
)
_ENCLOSED = re.compile(rb"content-type[ \t]*:[ \t]*message/", re.I)


@dataclass
class MailHead:
    """The first value of each header that is kept, truncated, undecoded."""

    fields: dict[str, bytes] = field(default_factory=dict)

    def get(self, name: str) -> bytes:
        """The raw value of a header, empty where there is none."""
        return self.fields.get(name, b"")


class MailInspector:
    """Reads a mail as it passes, line by line in flat memory, following heads and boundaries.

    ``feed`` and ``end`` raise InvalidInput(empty_file, mail_structure), TooLarge(mail_too_large),
    UnsupportedMedia(not_a_mail). After ``end``, ``head`` is whole.
    """

    def __init__(self) -> None:
        self.head = MailHead()
        self._rest = b""
        self._first_head = self._in_head = True
        self._encloses = False
        self._head_bytes = self._lines = self._boundaries = self._parts = 0
        self._name: str | None = None
        self._value = b""
        self._value_lines = self._value_bytes = 0
        self._open: list[bytes | None] = []  # one boundary per level, None for an enclosed mail

    def feed(self, piece: bytes) -> None:
        """The next bytes. A line that is longer than a piece is judged in several."""
        lines = (self._rest + piece).splitlines(keepends=True)
        self._rest = b""
        if lines and lines[-1][-1:] != b"\n" and len(lines[-1]) < _LONGEST_LINE:
            self._rest = lines.pop()
        for line in lines:
            self._line(line)

    def _line(self, line: bytes) -> None:
        self._lines += 1
        if self._lines > MAX_LINES:
            raise _structure(f"more than {MAX_LINES} lines")
        if line[:2] == b"--" and self._open:
            self._delimiter(line[2:].rstrip())
        if not self._in_head:
            return
        if not line.strip(b"\r\n"):
            self._end_of_head()
            return
        self._head_line(line)
        self._declaration(line)

    def end(self) -> None:
        """There are no more bytes."""
        if self._rest:
            self._line(self._rest)
        self._finish_field()
        if not self._lines:
            raise InvalidInput("empty_file", "The mail is empty.", "Send the whole message as the body.")
        if not _OF_EVERY_MAIL & set(self.head.fields):
            raise UnsupportedMedia(
                "not_a_mail",
                "The content has none of the headers that every mail has.",
                "Send the raw message (RFC 5322), as .eml files hold it.",
            )

    def _end_of_head(self) -> None:
        """After the head of an enclosed mail's part comes that mail's own head."""
        self._finish_field()
        self._first_head = False
        self._in_head, self._encloses = self._encloses, False
        self._head_bytes = 0

    def _head_line(self, line: bytes) -> None:
        self._head_bytes += len(line)
        if self._head_bytes > MAX_HEADER_BLOCK:
            raise _too_large("A header block of the mail is larger than 256 kB.")
        if line[:1] in (b" ", b"\t") and self._name is not None:
            self._continue_field(line)
        else:
            self._finish_field()
            self._begin_field(line)

    def _begin_field(self, line: bytes) -> None:
        match = _FIELD.match(line)
        if match is None:  # an mbox "From " line, or no mail at all: end() tells
            self._name = None
            return
        self._name = match[1].decode("ascii").lower()
        self._value = match[2]
        self._value_lines, self._value_bytes = 1, len(line)
        self._check_field()

    def _continue_field(self, line: bytes) -> None:
        self._value_lines += 1
        self._value_bytes += len(line)
        if len(self._value) < _KEPT_VALUE:
            self._value += line
        self._check_field()

    def _check_field(self) -> None:
        if self._value_bytes > MAX_HEADER or self._value_lines > MAX_HEADER_LINES:
            raise _too_large("One header of the mail is longer than 64 kB or 1000 lines.")

    def _finish_field(self) -> None:
        if self._first_head and self._name in _KEPT:
            self.head.fields.setdefault(self._name, b" ".join(self._value[:_KEPT_VALUE].split()))
        self._name = None

    def _declaration(self, line: bytes) -> None:
        """A boundary opens a multipart, one level deeper; an enclosed message does too."""
        for match in _BOUNDARY.finditer(line):
            self._boundaries += 1
            self._open.append(match[1] or match[2])
        if _ENCLOSED.match(line):
            self._encloses = True
            self._open.append(None)
        if self._boundaries > MAX_BOUNDARIES:
            raise _structure(f"more than {MAX_BOUNDARIES} multipart boundaries")
        if len(self._open) > MAX_DEPTH:
            raise _structure(f"parts nested more than {MAX_DEPTH} deep")

    def _delimiter(self, mark: bytes) -> None:
        for level in range(len(self._open) - 1, -1, -1):
            name = self._open[level]
            if name is not None and mark == name:
                del self._open[level + 1 :]
                self._begin_part()
                return
            if name is not None and mark == name + b"--":
                del self._open[level:]
                return

    def _begin_part(self) -> None:
        self._finish_field()
        self._parts += 1
        self._in_head, self._encloses, self._head_bytes = True, False, 0
        if self._parts > MAX_PARTS:
            raise _structure(f"more than {MAX_PARTS} parts")


def _structure(what: str) -> InvalidInput:
    return InvalidInput(
        "mail_structure", f"The mail has {what}; no mail program writes such.", "Send an ordinary message."
    )


def _too_large(detail: str) -> TooLarge:
    return TooLarge("mail_too_large", detail, "Send an ordinary message.")
