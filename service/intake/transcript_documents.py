"""Which kind of document JSON or captions are: a transcript, a vCon, a message document."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic_core import from_json

from service.errors import InvalidInput, UnsupportedMedia

JsonKind = Literal["transcript", "vcon", "messages"]
MAX_BYTES = 25 * 1024**2  # what the models read of one transcript
_CUE = re.compile(r"\s*(?:\d{1,4}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}\s*-->")
_BOM = b"\xef\xbb\xbf"
_KINDS = "WebVTT, SubRip, Amazon Transcribe Call Analytics JSON or WTF JSON"


class TranscriptInspector:
    """Keeps a transcript as it passes, and judges it when it is whole; ``media_type`` is what it is."""

    def __init__(self) -> None:
        self.media_type = ""
        self._content = bytearray()

    def feed(self, piece: bytes) -> None:
        """The next bytes."""
        self._content += piece

    def end(self) -> None:
        """There are no more. Raises as ``media_type_of`` does."""
        self.media_type = media_type_of(bytes(self._content))
        self._content.clear()


def media_type_of(content: bytes) -> str:
    """Judge a transcript. Raises InvalidInput(empty_file), UnsupportedMedia(unsupported_transcript)."""
    if not content.strip():
        raise InvalidInput("empty_file", "The file is empty.", "Send the transcript as the body.")
    head = _head(content)
    if head.startswith("WEBVTT"):
        return "text/vtt"
    if any(_CUE.match(line) for line in head.lstrip().split("\n")[:2]):
        return "application/x-subrip"
    if len(content) <= MAX_BYTES and json_kind(content) == "transcript":
        return "application/json"
    raise UnsupportedMedia(
        "unsupported_transcript",
        "The content is not a transcript of a kind that is taken, whatever its name says.",
        f"Send {_KINDS}, of at most {MAX_BYTES // 1024**2} MiB.",
    )


def json_kind(content: bytes) -> JsonKind:
    """What a JSON document is by its keys; whatever else it may be, the messages' reader will tell."""
    try:
        document: Any = from_json(content.removeprefix(_BOM))
    except ValueError:
        return "messages"
    if not isinstance(document, Mapping):
        return "messages"
    keys = document.keys()
    segmented = isinstance(document.get("segments"), list) and isinstance(document.get("transcript"), dict)
    if {"Transcript", "Participants"} <= keys or segmented:
        return "transcript"
    is_vcon = "vcon" in keys or ("uuid" in keys and isinstance(document.get("dialog"), list))
    return "vcon" if is_vcon or {"payload", "signatures"} <= keys or "ciphertext" in keys else "messages"


def _head(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content[:2000].decode(encoding, "replace").replace("\r\n", "\n")
