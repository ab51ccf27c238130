"""Reads a transcript file of any known format, told by its content and not by its name."""

import codecs
from collections.abc import Mapping
from pathlib import Path

from nlp.errors import UnreadableTranscript
from nlp.plain_text import clean
from nlp.transcript import Party
from nlp.transcript_files import call_analytics, captions, wtf
from nlp.transcript_files.given import Given, too_large, unreadable
from nlp.transcript_files.json_values import parsed

MAX_BYTES = 25 * 1024**2
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_transcript_file(path: Path, *, channel_map: Mapping[int, Party] | None = None) -> Given:
    """What the file gives, in the order of time.

    ``channel_map`` names the parties of speakers that are mere numbers. Raises UnreadableTranscript:
    unreadable_transcript, bad_transcript_time, transcript_too_large.
    """
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise too_large(f"it has more than {MAX_BYTES} bytes")
    return _read(_text(content), channel_map)


def is_transcript_file(path: Path) -> bool:
    """Whether the content is of a known format; a file that is too large or no text is none."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    try:
        text = _text(content)
        if len(content) > MAX_BYTES or captions.is_vtt(text) or captions.is_srt(text):
            return len(content) <= MAX_BYTES
        document = parsed(text) if text.lstrip().startswith("{") else None
    except UnreadableTranscript:
        return False
    return call_analytics.is_call_analytics(document) or wtf.is_wtf(document)


def _read(text: str, channel_map: Mapping[int, Party] | None) -> Given:
    if captions.is_vtt(text):
        return captions.read(clean(text), captions.VTT)
    if captions.is_srt(text):
        return captions.read(clean(text), captions.SRT)
    if not text.lstrip().startswith("{"):
        raise unreadable("it is none of the known formats")
    document = parsed(text)
    if call_analytics.is_call_analytics(document):
        return call_analytics.read(document)
    if wtf.is_wtf(document):
        return wtf.read(document, channel_map)
    raise unreadable("it is JSON of no known format")


def _text(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8-sig")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise unreadable("it is not text in UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
