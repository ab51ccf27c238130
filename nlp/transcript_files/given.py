"""A transcript as its file gives it, and how a file is refused."""

from dataclasses import dataclass

from nlp.errors import UnreadableTranscript
from nlp.transcript import Party, Word

MOST_STATEMENTS = 50_000
MOST_WORDS = 1_000_000
LONGEST_TEXT = 200_000  # characters of one statement
LONGEST_MS = 7 * 24 * 3600 * 1000
FORMATS = "Amazon Transcribe Call Analytics JSON, WTF JSON, WebVTT or SubRip"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one voice says without a pause that the file knows of; not redacted.

    ``voice`` is the file's own name of the speaker, empty where it gives none. Times are ms from the
    recording's start, confidence is 0-1. ``words`` stand in ``text`` in their order, or there are none.
    """

    party: Party
    voice: str
    text: str
    start_ms: int
    end_ms: int
    words: tuple[Word, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A whole transcript file; ``made_by`` names recogniser and version where the file does."""

    format: str
    statements: tuple[Statement, ...]
    made_by: str = ""
    language: str | None = None
    duration_ms: int | None = None
    audio_channels: int | None = None
    confidence: float | None = None


def unreadable(reason: str) -> UnreadableTranscript:
    """The refusal of a file that is none of the formats, or not a sound one."""
    return UnreadableTranscript(
        "unreadable_transcript", f"The transcript cannot be read: {reason}.", f"Send {FORMATS}."
    )


def bad_time(place: str, reason: str) -> UnreadableTranscript:
    """The refusal of a time that cannot be."""
    return UnreadableTranscript(
        "bad_transcript_time",
        f"A time of the transcript cannot be: {place} {reason}.",
        "Export the transcript again, its times counted from the recording's start.",
    )


def too_large(what: str) -> UnreadableTranscript:
    """The refusal of more than is read."""
    return UnreadableTranscript(
        "transcript_too_large", f"The transcript is too large: {what}.", "Cut it, or send the recording."
    )


def span(start: float, end: float, place: str) -> tuple[int, int]:
    """Both times as whole ms. Raises UnreadableTranscript(bad_transcript_time)."""
    for value in (start, end):
        if not 0 <= value <= LONGEST_MS:  # false for NaN too
            raise bad_time(place, "lies before the start or beyond seven days")
    if end < start:
        raise bad_time(place, "ends before it begins")
    return round(start), round(end)


def words_within(text: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words if each stands in the text, in order; else none.

    Words are redacted by their place in the text: a word that is not there could not be.
    """
    at = 0
    for word in words:
        found = text.find(word.text, at)
        if found < 0 or not word.text:
            return ()
        at = found + len(word.text)
    return words
