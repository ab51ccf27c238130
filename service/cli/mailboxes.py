"""Mailboxes on disk: mbox files in all their variants, and Maildirs with their folders and flags."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_LONGEST_LINE = 64 * 1024
_FROM = re.compile(rb"From \S+.*\b\d{1,2}:\d{2}(?::\d{2})?\b.*\b\d{4}\b|From \S+\s+\w{3}\s+\w{3}\s+\d")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_LARGEST_HEAD = 256 * 1024
# What the folder of sent mails is called by mail programs, without regard to case.
_SENT = frozenset(
    [
        "sent",
        "sent items",
        "sent messages",
        "sent mail",
        "sent-mail",
        "gesendet",
        "gesendete elemente",
        "gesendete objekte",
        "elküldött",
        "elküldött elemek",
        "elküldött üzenetek",
        "éléments envoyés",
        "envoyés",
        "messages envoyés",
        "enviados",
        "elementos enviados",
        "posta inviata",
        "inviati",
        "itens enviados",
        "verzonden",
        "verzonden items",
        "wysłane",
        "elementy wysłane",
        "odeslané",
        "trimise",
        "skickat",
        "sendt",
        "lähetetyt",
        "отправленные",
        "דואר יוצא",
        "פריטים שנשלחו",
        "נשלחו",
    ]
)


@dataclass(frozen=True, slots=True)
class MboxPart:
    """One mail of an mbox: its first byte, its length, and whether lines of it were quoted with ``>``."""

    start: int
    length: int
    quoted: bool

    def read(self, path: Path) -> bytes:
        """The mail as it was before it came into the box."""
        with path.open("rb") as file:
            file.seek(self.start)
            content = file.read(self.length)
        return _QUOTED.sub(rb"\1", content) if self.quoted else content


def mbox_parts(path: Path) -> Iterator[MboxPart]:
    """The mails of an mbox, found line by line in flat memory.

    A mail ends before a line ``From sender date`` that follows an empty line; a sentence that begins with
    From is none. Where Content-Length leads exactly to such a line or to the end (mboxcl2), it is believed
    and nothing is unquoted; elsewhere ``>From `` loses one mark (mboxo, mboxrd).
    """
    with path.open("rb") as file:
        start = _first_mail(file)
        while start is not None:
            told = _told_end(file, start)
            end, following = told if told is not None else _found_end(file, start)
            if end > start:
                yield MboxPart(start, end - start, quoted=told is None)
            start = following


def is_maildir(folder: Path) -> bool:
    """Whether a folder holds cur, new and tmp."""
    return all((folder / name).is_dir() for name in ("cur", "new", "tmp"))


def maildir_of(file: Path) -> Path | None:
    """The Maildir that a file is a mail of; None for any other file."""
    folder = file.parent.parent
    return folder if file.parent.name in ("cur", "new") and is_maildir(folder) else None


def is_left_aside(file: Path) -> bool:
    """Whether the flags of a Maildir's mail say that it is a draft or in the bin."""
    flags = file.name.rpartition(":2,")[2] if ":2," in file.name else ""
    return bool({"D", "T"} & set(flags))


def is_sent_folder(name: str) -> bool:
    """Whether this is what a folder of sent mails is called, the last part of its name."""
    return name.replace("/", ".").rpartition(".")[2].strip().casefold() in _SENT


def _first_mail(file: BinaryIO) -> int | None:
    file.seek(0)
    while line := file.readline(_LONGEST_LINE):
        if _FROM.match(line):
            return file.tell()
        if line.strip():
            return None  # something else than an mbox
    return None


def _told_end(file: BinaryIO, start: int) -> tuple[int, int | None] | None:
    """Where Content-Length says that the mail ends, if that is true, and where the next one begins."""
    file.seek(start)
    head = file.read(_LARGEST_HEAD)
    blank = re.search(rb"\r?\n\r?\n", head)
    match = _LENGTH.search(head, 0, blank.start() + 2) if blank else None
    if blank is None or match is None:
        return None
    end = start + blank.end() + int(match[1])
    file.seek(end)
    after = file.read(_LONGEST_LINE)
    rest = after.lstrip(b"\r\n")
    if not rest:
        return (end, None) if file.tell() >= end and end <= _size(file) else None
    line = rest[: rest.find(b"\n") + 1]
    return (end, end + len(after) - len(rest) + len(line)) if _FROM.match(line) else None


def _found_end(file: BinaryIO, start: int) -> tuple[int, int | None]:
    file.seek(start)
    blank, begins, place = False, True, start
    end = start
    while line := file.readline(_LONGEST_LINE):
        if blank and begins and _FROM.match(line):
            return end, place + len(line)
        if not (begins and line.strip(b"\r\n") == b""):
            end = place + len(line)
            blank = False
        else:
            blank = True
        begins = line.endswith(b"\n")
        place += len(line)
    return place, None


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)
