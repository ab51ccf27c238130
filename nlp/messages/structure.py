"""Parts of a mail: which of them is its text, which are attachments; archives are never opened."""

import re
from collections.abc import Iterator
from email.message import Message

from nlp.errors import UnreadableMessage
from nlp.messages.charsets import declared_in_html, decoded
from nlp.messages.headers import text_of
from nlp.messages.html_text import html_to_text
from nlp.transcript import Attachment

_MAX_DEPTH = 20
_MAX_PARTS = 500
_MAX_ATTACHMENTS = 100
_MAX_DECODED = 100 * 1024**2
_MAX_HTML = 3_000_000  # characters of a page that are read; 1 MB/s
# What voicemail systems and telephones send as "some bytes"; other files need no better name.
_SOUND_ENDINGS = {
    ".wav": "audio/wav", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg",
    ".m4a": "audio/mp4", ".aac": "audio/aac", ".amr": "audio/amr", ".3ga": "audio/3gpp",
    ".flac": "audio/flac", ".gsm": "audio/gsm", ".wma": "audio/x-ms-wma",
}  # fmt: skip
_PLACEHOLDER = re.compile(
    r"html\b.{0,80}\b(?:view|client|mail|support|compatible)|view\b.{0,80}\bhtml", re.I | re.S
)


class Parts:
    """What the tree of a mail holds, found in one walk; raises ``mail_bomb`` beyond the limits."""

    def __init__(self, message: Message) -> None:
        self._count = self._decoded = 0
        self.truncated = False
        self.attachments: list[Attachment] = []
        self._attached: list[Message] = []
        texts = [text for text in self._texts(message, depth=0) if text.strip()]
        self.text = "\n\n".join(texts).replace("\u00a0", " ")

    def content(self, position: int) -> bytes | None:
        """The decoded bytes of one attachment; None if there is none at this position or it is a mail."""
        if not 0 <= position < len(self._attached) or self._attached[position].is_multipart():
            return None
        return self._bytes(self._attached[position])

    def _texts(self, part: Message, *, depth: int) -> Iterator[str]:
        self._count += 1
        if depth > _MAX_DEPTH or self._count > _MAX_PARTS or len(self.attachments) > _MAX_ATTACHMENTS:
            raise UnreadableMessage(
                "mail_bomb",
                f"More than {_MAX_PARTS} parts, {_MAX_DEPTH} levels or {_MAX_ATTACHMENTS} attachments.",
                "Send the text without the wrapping.",
            )
        if _attached(part):
            self._attach(part)
        elif part.is_multipart():
            yield from self._within(part, depth)
        elif part.get_content_maintype() == "text":
            yield self._read(part)

    def _within(self, part: Message, depth: int) -> Iterator[str]:
        children = [child for child in part.get_payload() if isinstance(child, Message)]
        if part.get_content_subtype() != "alternative":
            for child in children:
                yield from self._texts(child, depth=depth + 1)
            return
        versions = [list(self._texts(child, depth=depth + 1)) for child in children]
        kinds = [child.get_content_type() for child in children]
        yield from _best(list(zip(kinds, versions, strict=True)))

    def _read(self, part: Message) -> str:
        content = self._bytes(part)
        html = part.get_content_subtype() == "html"
        charset = part.get_param("charset")
        declared = charset[2] if isinstance(charset, tuple) else charset
        if html:
            page = decoded(content, str(declared or declared_in_html(content) or "") or None)
            self.truncated |= len(page) > _MAX_HTML
            return html_to_text(page[:_MAX_HTML])
        text = decoded(content, str(declared) if declared else None)
        return (
            unflowed(text, delete_space=_param(part, "delsp") == "yes")
            if _param(part, "format") == "flowed"
            else text
        )

    def _bytes(self, part: Message) -> bytes:
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        self._decoded += len(content)
        if self._decoded > _MAX_DECODED:
            raise UnreadableMessage(
                "mail_bomb", f"The mail holds more than {_MAX_DECODED} bytes.", "Send it in pieces."
            )
        return content

    def _attach(self, part: Message) -> None:
        name = text_of(part.get_filename()) or text_of(part.get_param("name") or "")
        self._attached.append(part)
        self.attachments.append(
            Attachment(
                name[-255:],  # its end tells what it is
                _media_type(part, name),
                _size_of_mail(part) if part.is_multipart() else len(self._bytes(part)),
                _inline(part),
            )
        )


def _media_type(part: Message, name: str) -> str:
    declared = part.get_content_type()
    vague = declared in ("application/octet-stream", "application/x-unknown", "text/plain")
    ending = "." + name.lower().rpartition(".")[2]
    return _SOUND_ENDINGS.get(ending, declared) if vague else declared


def _size_of_mail(part: Message) -> int:
    """Characters of a mail within the mail, as it was sent, its header lines left out."""
    payloads = (inner.get_payload() for inner in part.walk())
    return sum(len(payload) for payload in payloads if isinstance(payload, str))


def _inline(part: Message) -> bool:
    disposition = part.get_content_disposition()
    return disposition == "inline" or (disposition is None and part.get("Content-ID") is not None)


def _attached(part: Message) -> bool:
    """Everything that is not the mail's own text: files, other mails, images, calendars, reports."""
    disposition = part.get_content_disposition()
    kind = part.get_content_type()
    if part.get_content_maintype() == "multipart":
        return False
    readable = kind in ("text/plain", "text/html", "text/enriched")
    return (
        disposition == "attachment"
        or not readable
        or (disposition != "inline" and part.get_filename() is not None)
    )


def _best(versions: list[tuple[str, list[str]]]) -> list[str]:
    """The plain version, unless it is empty or only says that there is an HTML one."""
    plain = next((texts for kind, texts in versions if kind == "text/plain" and "".join(texts).strip()), None)
    rich = next(
        (texts for kind, texts in reversed(versions) if kind != "text/plain" and "".join(texts).strip()), None
    )
    if plain is None or rich is None:
        return plain or rich or []
    said = "".join(plain).strip()
    placeholder = len(said) < 300 and _PLACEHOLDER.search(said) and len("".join(rich)) > len(said)
    return rich if placeholder else plain


def _param(part: Message, name: str) -> str:
    value = part.get_param(name)
    return value.lower() if isinstance(value, str) else ""


def unflowed(text: str, *, delete_space: bool) -> str:
    """Lines of format=flowed text joined again (RFC 3676): a line that ends in a space goes on."""
    lines: list[str] = []
    flowing = False
    depth = 0
    for raw in text.split("\n"):
        quotes = len(raw) - len(raw.lstrip(">"))
        line = raw[quotes:]
        line = line[1:] if line.startswith(" ") else line
        if flowing and quotes == depth and line != "-- ":
            lines[-1] = (lines[-1][:-1] if delete_space else lines[-1]) + line
        else:
            lines.append("> " * quotes + line)
        flowing = line.endswith(" ") and line != "-- "
        depth = quotes
    return "\n".join(lines)
