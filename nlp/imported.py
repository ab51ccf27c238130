"""A transcript that came from elsewhere becomes ours: redacted, judged by the confidence it brings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from nlp.masking import masked_turns, places_of
from nlp.redaction import Redactor
from nlp.transcript import Notice, Party, Redaction, Transcript, Turn, Word
from nlp.transcript_files import Given, Statement, read_transcript_file
from nlp.turns import confidence_of

PREFIX = "imported:"
RELIABLE_FROM = 0.5  # other recognisers' confidences are not calibrated: below an even chance none is trusted
LONGEST_VERSION = 100
_THEIR_MASK = re.compile(r"\[([A-Z][A-Z_]{1,30})\]")  # what Amazon Transcribe writes: [PII], [NAME]


def imported(
    path: Path,
    redactor: Redactor,
    *,
    channel_map: Mapping[int, Party] | None = None,
    language: str | None = None,
) -> Transcript:
    """Read a transcript file, redact it and say where it is from. Raises UnreadableTranscript.

    It is reliable if its mean confidence is 0.5 or more, or if it brings none: then the sender vouches.
    """
    given = read_transcript_file(path, channel_map=channel_map)
    spoken = [statement for statement in given.statements if statement.text]
    turns = _turns(sorted(spoken, key=lambda statement: (statement.start_ms, statement.end_ms)), channel_map)
    theirs, marked = _with_our_masks(turns)
    masked, redactions = masked_turns(theirs, redactor)
    confidence = confidence_of(masked)
    confidence = given.confidence if confidence is None and masked else confidence
    return Transcript(
        engine=PREFIX + given.format,
        engine_version=given.made_by[:LONGEST_VERSION],
        turns=masked,
        language=(language or given.language or "").split("-")[0].lower() or None,
        duration_ms=_duration(given),
        reliable=(confidence is None or confidence >= RELIABLE_FROM) if masked else None,
        confidence=confidence,
        audio_channels=given.audio_channels,
        redactions=tuple(sorted((*marked, *redactions), key=lambda one: (one.turn, one.start))),
        notices=(_notice(given),),
        thresholds={} if confidence is None else {"reliable_confidence": RELIABLE_FROM},
    )


def _turns(statements: Sequence[Statement], channel_map: Mapping[int, Party] | None) -> list[Turn]:
    sides = _sides(channel_map)
    voices = list(dict.fromkeys(one.voice for one in statements if one.party is Party.UNKNOWN and one.voice))
    return [
        Turn(
            party=statement.party,
            text=statement.text,
            start_ms=statement.start_ms,
            end_ms=statement.end_ms,
            confidence=_confidence(statement),
            words=statement.words,
            audio_channel=sides.get(statement.party),
            speaker=voices.index(statement.voice) if statement.voice in voices else None,
        )
        for statement in statements
    ]


def _sides(channel_map: Mapping[int, Party] | None) -> dict[Party, int]:
    """The audio channel of each party that has one of its own."""
    named = list((channel_map or {}).items())
    parties = [party for _, party in named]
    return {party: channel for channel, party in named if parties.count(party) == 1}


def _confidence(statement: Statement) -> float | None:
    return statement.confidence if statement.confidence is not None else confidence_of(statement.words)


def _with_our_masks(turns: Sequence[Turn]) -> tuple[list[Turn], list[Redaction]]:
    """What the sender masked as [PII] is masked as [pii], so that the sound there is masked too."""
    found: list[Turn] = []
    redactions: list[Redaction] = []
    for number, turn in enumerate(turns):
        masks = list(_THEIR_MASK.finditer(turn.text))
        redactions += [Redaction(mask[1].lower(), number, mask.start(), mask.end()) for mask in masks]
        text = _THEIR_MASK.sub(lambda mask: mask[0].lower(), turn.text)
        found.append(replace(turn, text=text, words=_relettered(text, turn)) if masks else turn)
    return found, redactions


def _relettered(text: str, turn: Turn) -> tuple[Word, ...]:
    """The words as the text writes them now; no mask changed its length."""
    places = places_of(turn.text, turn.words)
    return tuple(
        replace(word, text=text[start:end]) for word, (start, end) in zip(turn.words, places, strict=True)
    )


def _duration(given: Given) -> int | None:
    """The recording's length as the file says it, but never less than what is said in it."""
    if given.duration_ms is None:
        return None
    return max(given.duration_ms, max((one.end_ms for one in given.statements), default=0))


def _notice(given: Given) -> Notice:
    made_by = f" by {given.made_by[:LONGEST_VERSION]}" if given.made_by else ""
    return Notice(
        "imported_transcript",
        f"The words are those of a transcript that was sent ({given.format}{made_by}), not recognised here.",
    )
