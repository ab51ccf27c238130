"""A transcript that came from elsewhere becomes ours: redacted, judged by the confidence it brings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from nlp.masking import masked_turns, places_of
from nlp.redaction import Redactor
from nlp.transcript import Notice, Party, Redaction, Stretch, Transcript, Turn, Word
from nlp.transcript_files import Given, Statement, read_transcript_file
from nlp.turns import confidence_of

PREFIX = "imported:"
RELIABLE_FROM = 0.5  # other recognisers' confidences are not calibrated: below an even chance none is trusted
LONGEST_VERSION = 100
TIME_ERROR_MS = 300  # by which the times of statements, and of pauses, are off
_THEIR_MASK = re.compile(r"\[([A-Z][A-Z_]{1,30})\]")  # what Amazon Transcribe writes: [PII], [NAME]


def imported(
    path: Path,
    redactor: Redactor,
    *,
    channel_map: Mapping[int, Party] | None = None,
    language: str | None = None,
    pauses: Sequence[Stretch] = (),
) -> Transcript:
    """Read a transcript file, redact it and say where it is from. Raises UnreadableTranscript.

    What is said in ``pauses`` of the telephony is left out, as it is where a recording is recognised.
    It is reliable if its mean confidence is 0.5 or more, or if it brings none: then the sender vouches.
    """
    given = read_transcript_file(path, channel_map=channel_map)
    spoken = [statement for statement in given.statements if statement.text]
    turns = _turns(sorted(spoken, key=lambda statement: (statement.start_ms, statement.end_ms)), channel_map)
    theirs, marked = _with_our_masks([left for turn in turns for left in _outside(turn, pauses)])
    spoken_in = (language or given.language or "").split("-")[0].lower() or None
    masked, redactions, values = masked_turns(theirs, redactor, language=spoken_in)
    confidence = confidence_of(masked)
    confidence = given.confidence if confidence is None and masked else confidence
    return Transcript(
        engine=PREFIX + given.format,
        engine_version=given.made_by[:LONGEST_VERSION],
        turns=masked,
        language=spoken_in,
        duration_ms=_duration(given),
        reliable=(confidence is None or confidence >= RELIABLE_FROM) if masked else None,
        confidence=confidence,
        audio_channels=given.audio_channels,
        redactions=tuple(sorted((*marked, *redactions), key=lambda one: (one.turn, one.start))),
        notices=(_notice(given),),
        thresholds={} if confidence is None else {"reliable_confidence": RELIABLE_FROM},
        masked_kinds=tuple(sorted(redactor.kinds)),
        masked_values=values,
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


def _outside(turn: Turn, pauses: Sequence[Stretch]) -> list[Turn]:
    """The turn without its words in pauses; one without words goes as a whole if it reaches into a pause."""
    if not turn.words:
        span = Stretch(turn.start_ms or 0, turn.end_ms or 0)
        return [] if any(_overlap_ms(span, pause) > TIME_ERROR_MS for pause in pauses) else [turn]
    open_to_all = [not any(_is_said_in(word, pause) for pause in pauses) for word in turn.words]
    if all(open_to_all):
        return [turn]
    words = [word for word, is_open in zip(turn.words, open_to_all, strict=True) if is_open]
    if not words:
        return []
    placed = zip(places_of(turn.text, turn.words), open_to_all, strict=True)
    runs = [[place for place, _ in run] for is_open, run in groupby(placed, key=itemgetter(1)) if is_open]
    text = " ".join(turn.text[run[0][0] : run[-1][1]] for run in runs)  # no more than the words: all else may
    start, end = words[0].start_ms, max(word.end_ms for word in words)  # belong to what was said in the pause
    return [replace(turn, text=text, words=tuple(words), start_ms=start, end_ms=end)]


def _is_said_in(word: Word, pause: Stretch) -> bool:
    return 2 * pause.start_ms < word.start_ms + word.end_ms < 2 * pause.end_ms


def _overlap_ms(one: Stretch, other: Stretch) -> int:
    return min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)


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
