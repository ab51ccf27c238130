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
from nlp.messages.mail import Address, Attachment, Mail

_WALL_SECONDS = 60.0  # the CPU limit of the child is 10 s; a busy machine may take longer to give them
_ROOT = Path(__file__).resolve().parent.parent.parent
# The child needs the standard library and this package only: isolated, it starts in 40 ms.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from nlp.messages.child import main; main()"


def read_email(path: Path) -> Mail:
    """The mail in this file (message/rfc822).

    Raises UnreadableMessage with ``unreadable_mail`` for what is no mail and ``mail_bomb`` for what would
    take too much time or memory to read. Opens nothing but this file, fetches nothing.
    """
    with path.open("rb") as file:
        content = file.read(prescan.MAX_BYTES + 1)
    prescan.check(content)
    answer = _ask_child(content)
    if "error" in answer:
        raise UnreadableMessage(*answer["error"])
    return _mail(answer["mail"])


def _ask_child(content: bytes) -> dict[str, Any]:
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, str(_ROOT)]
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
    answer: dict[str, Any] = json.loads(done.stdout)
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
            "attachments": tuple(Attachment(**attachment) for attachment in fields["attachments"]),
        }
    )
