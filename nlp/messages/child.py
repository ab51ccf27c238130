"""What runs in the child process: takes limits on, reads a mail from standard input, answers in JSON."""

import json
import resource
import sys
from dataclasses import asdict

from nlp.errors import UnreadableMessage
from nlp.messages.parsing import parse

CPU_SECONDS = 10
_MEMORY_BYTES = 1536 * 1024**2
_LIMITS = (
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_AS, _MEMORY_BYTES),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_FSIZE, 0),
)


def main() -> None:
    """Answers ``{"mail": {...}}`` or ``{"error": [code, detail, remedy]}``."""
    for kind, amount in _LIMITS:
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):  # some systems know no such limit; the parent's clock remains
            continue
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read())))


def _answer(content: bytes) -> dict[str, object]:
    try:
        mail = asdict(parse(content))
    except UnreadableMessage as error:
        return {"error": [error.code, error.detail, error.remedy]}
    except (RecursionError, MemoryError):
        return {"error": ["mail_bomb", "The mail is nested too deeply or needs too much memory.", ""]}
    mail["date"] = mail["date"].isoformat() if mail["date"] else None
    return {"mail": mail}
