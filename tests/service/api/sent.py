"""What senders send: recordings, mails, headers."""

import itertools
import json
import struct
from typing import Any

from starlette.testclient import TestClient

_number = itertools.count(1)


def bearer(token: str) -> dict[str, str]:
    """The header that carries a key."""
    return {"Authorization": f"Bearer {token}"}


def said(**fields: Any) -> dict[str, str]:
    """Metadata as a header."""
    return {"Overtone-Metadata": json.dumps(fields)}


def wav(
    *, frames: int = 800, rate: int = 8000, channels: int = 2, number: int | None = None, before: bytes = b""
) -> bytes:
    """A PCM16 recording; each has other content unless ``number`` is given."""
    sample = struct.pack("<h", (next(_number) if number is None else number) % 30000)
    data = sample * frames * channels
    width = 2 * channels
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, rate, rate * width % 2**32, width, 16)
    body = b"WAVE" + before + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mail(**fields: str) -> bytes:
    """A raw mail; fields by their names, ``body`` aside."""
    known = {
        "From": "Ada Byron <ada@example.com>",
        "To": "Help <help@centre.example>",
        "Date": "Tue, 03 Mar 2026 10:00:00 +0100",
        "Message-ID": f"<{next(_number)}@example.com>",
        "Subject": "My bill",
    }
    body = fields.pop("body", "There is a wrong charge on it.")
    known |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in known.items() if value)
    return f"{head}\r\n{body}\r\n".encode()


def send_recording(client: TestClient, content: bytes | None = None, **fields: Any) -> Any:
    """The answer to a recording that must be taken."""
    answer = client.put("/v1/recordings", content=content or wav(), headers=said(**fields))
    assert answer.status_code == 202, answer.text
    return answer.json()
