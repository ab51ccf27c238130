"""The World Transcription Format of vCons: segments with speakers, words in a list of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from nlp.transcript import Party, Word
from nlp.transcript_files.given import (
    MOST_STATEMENTS,
    MOST_WORDS,
    Given,
    Statement,
    span,
    unreadable,
    words_within,
)
from nlp.transcript_files.json_values import (
    confidence_in,
    entries,
    language_in,
    members,
    name_of,
    text_of,
    time_of,
)
from nlp.transcript_files.voices import party_of

NAME = "wtf"
_SECOND = 1000
_MOST_CHANNELS = 8


def is_wtf(document: object) -> bool:
    """Whether the keys are those of the body of a ``wtf_transcription`` analysis."""
    return (
        isinstance(document, Mapping)
        and isinstance(document.get("segments"), list)
        and isinstance(document.get("transcript"), Mapping)
    )


def read(document: Mapping[str, Any], channel_map: Mapping[int, Party] | None = None) -> Given:
    """The transcript; times are seconds, speakers numbers or names. Raises UnreadableTranscript."""
    whole = members(document["transcript"], "transcript")
    metadata = members(document.get("metadata"), "metadata")
    audio = members(metadata.get("audio"), "metadata.audio")
    words = entries(document.get("words"), "words", most=MOST_WORDS)
    labels = members(document.get("speakers"), "speakers")
    segments = entries(document["segments"], "segments", most=MOST_STATEMENTS)
    statements = [
        _statement(entry, number, words, labels, channel_map) for number, entry in enumerate(segments)
    ]
    duration = whole.get("duration", audio.get("duration"))
    makers = (name_of(metadata.get("provider")), name_of(metadata.get("model")))
    return Given(
        format=NAME,
        statements=tuple(statements),
        made_by=" ".join(maker for maker in makers if maker),
        language=language_in(whole.get("language")),
        duration_ms=_milliseconds(duration),
        audio_channels=_channels(audio.get("channels")),
        confidence=confidence_in(whole.get("confidence")),
    )


def _statement(
    entry: object,
    number: int,
    words: Sequence[Any],
    labels: Mapping[str, Any],
    channel_map: Mapping[int, Party] | None,
) -> Statement:
    place = f"segment {number}"
    segment = members(entry, place)
    speaker = name_of(segment.get("speaker"))
    party = party_of(speaker, channel_map)
    if party is Party.UNKNOWN and speaker in labels:
        party = party_of(name_of(members(labels[speaker], "speakers").get("label")))
    text = text_of(segment.get("text"), place)
    start_ms, end_ms = _times(segment, place)
    return Statement(
        party=party,
        voice=speaker,
        text=text,
        start_ms=start_ms,
        end_ms=end_ms,
        words=words_within(text, _words(segment, words, place)),
        confidence=confidence_in(segment.get("confidence")),
    )


def _words(segment: Mapping[str, Any], words: Sequence[Any], place: str) -> tuple[Word, ...]:
    """A segment names its words by their numbers in the document's list; some writers nest them."""
    found = []
    for entry in entries(segment.get("words"), place, most=MOST_WORDS):
        if isinstance(entry, int) and not isinstance(entry, bool):
            if not 0 <= entry < len(words):
                raise unreadable(f"{place} names a word that is not there")
            entry = words[entry]
        word = members(entry, f"a word of {place}")
        if word.get("is_punctuation") is not True:
            start_ms, end_ms = _times(word, f"a word of {place}")
            text = text_of(word.get("text", word.get("word")), place)
            found.append(Word(start_ms, end_ms, text, confidence_in(word.get("confidence"))))
    return tuple(found)


def _times(entry: Mapping[str, Any], place: str) -> tuple[int, int]:
    return span(
        time_of(entry.get("start"), place) * _SECOND, time_of(entry.get("end"), place) * _SECOND, place
    )


def _milliseconds(seconds: object) -> int | None:
    if seconds is None:
        return None
    return span(0, time_of(seconds, "the duration") * _SECOND, "the duration")[1]


def _channels(value: object) -> int | None:
    known = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_CHANNELS
    return int(str(value)) if known else None
