"""Reads a mail in a limited child process that can be killed."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from nlp.errors import UnreadableMessage
from nlp.messages import prescan
from nlp.messages.mail import Address, Mail, Recognised
from nlp.transcript import Attachment, Automatic

_WALL_SECONDS = 60.0  # the CPU limit of the child is 10 s; a busy machine may take longer to give them
_ROOT = Path(__file__).resolve().parent.parent.parent
# The child needs the standard library and this package only: isolated, it starts in some 80 ms.
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from nlp.messages.child import main; "
    "main(*map(int, sys.argv[2:]))"
)


def read_email(path: Path) -> Mail:
    """The mail in this file (message/rfc822).

    Raises UnreadableMessage with ``unreadable_mail`` for what is no mail and ``mail_bomb`` for what would
    take too much time or memory to read. Opens nothing but this file, fetches nothing.
    """
    return _mail(json.loads(_ask_child(path)))


def save_attachment(path: Path, position: int, target: Path) -> None:
    """Write the decoded bytes of the attachment at this position (from 0) of the mail in ``path``.

    Raises UnreadableMessage as ``read_email`` does, ``no_attachment`` where there is none or a whole mail.
    """
    target.write_bytes(_ask_child(path, str(position)))


def _ask_child(path: Path, *arguments: str) -> bytes:
    with path.open("rb") as file:
        content = file.read(prescan.MAX_BYTES + 1)
    prescan.check(content)
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, str(_ROOT), *arguments]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and module, no shell, mail on standard input
            command, input=content, capture_output=True, timeout=_WALL_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise _bomb() from None
    if done.returncode < 0:  # killed: out of CPU time or memory
        raise _bomb()
    if done.returncode:
        raise UnreadableMessage(
            "unreadable_mail", "The mail is damaged beyond reading.", "Send the raw mail as it was received."
        )
    mark, answer = done.stdout[:1], done.stdout[1:]
    if mark == b"E":
        raise UnreadableMessage(*json.loads(answer))
    return answer


def _bomb() -> UnreadableMessage:
    return UnreadableMessage(
        "mail_bomb", "The mail takes too much time or memory to read.", "Send the text without the wrapping."
    )


def _mail(fields: Mapping[str, Any]) -> Mail:
    return Mail(
        **{
            **fields,
            "from_": Address(**fields["from_"]) if fields["from_"] else None,
            "to": tuple(Address(**address) for address in fields["to"]),
            "cc": tuple(Address(**address) for address in fields["cc"]),
            "date": datetime.fromisoformat(fields["date"]) if fields["date"] else None,
            "references": tuple(fields["references"]),
            "languages": tuple(fields["languages"]),
            "automatic": _recognised(fields["automatic"]),
            "attachments": tuple(Attachment(**attachment) for attachment in fields["attachments"]),
        }
    )


def _recognised(fields: Mapping[str, str] | None) -> Recognised | None:
    return Recognised(Automatic(fields["kind"]), fields["sign"]) if fields else None
