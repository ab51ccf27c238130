"""What runs in the child process: takes limits on, reads a mail from standard input, answers.

The answer is a mark and what it announces: ``M`` the mail or ``E`` an error, as JSON; ``A`` the bytes of an
attachment.
"""

import json
import resource
import sys
from dataclasses import asdict

from nlp.errors import UnreadableMessage
from nlp.messages.parsing import attachment, parse

CPU_SECONDS = 10
_MEMORY_BYTES = 1536 * 1024**2
_LIMITS = (
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_AS, _MEMORY_BYTES),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_FSIZE, 0),
)


def main(position: int | None = None) -> None:
    """Answers with the mail, or with the bytes of its attachment at this position."""
    for kind, amount in _LIMITS:
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):  # some systems know no such limit; the parent's clock remains
            continue
    content = sys.stdin.buffer.read()
    try:
        answer = _mail(content) if position is None else _attachment(content, position)
    except UnreadableMessage as error:
        answer = _error(error.code, error.detail, error.remedy)
    except (RecursionError, MemoryError):
        answer = _error("mail_bomb", "The mail is nested too deeply or needs too much memory.", "")
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def _mail(content: bytes) -> bytes:
    mail = asdict(parse(content))
    mail["date"] = mail["date"].isoformat() if mail["date"] else None
    return b"M" + json.dumps(mail).encode()


def _attachment(content: bytes, position: int) -> bytes:
    found = attachment(content, position)
    if found is None:
        detail = "The mail has no attachment with bytes of its own at this position."
        raise UnreadableMessage("no_attachment", detail, "Count from 0 in the order of its attachments.")
    return b"A" + found


def _error(code: str, detail: str, remedy: str) -> bytes:
    return b"E" + json.dumps([code, detail, remedy]).encode()
