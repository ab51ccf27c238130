"""A transcript as the store keeps it, and back: the same value before and after."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nlp.transcript import Notice, Party, Redaction, Sound, SpokenPhrase, Stretch, Transcript, Turn, Word
from service.store.phrase_hits import SoundHit
from service.store.tables import InteractionRow, TranscriptRow, TurnRow
from service.store.transcripts import NewTranscript, NewTurn


def how_made(transcript: Transcript) -> NewTranscript:
    """What is stored beside the turns."""
    return NewTranscript(
        engine=transcript.engine,
        engine_version=transcript.engine_version,
        language=transcript.language,
        reliable=transcript.reliable,
        confidence=transcript.confidence,
        audio_channels=transcript.audio_channels,
        languages={str(number): code for number, code in transcript.languages.items()},
        role_confidence=transcript.role_confidence,
        sound=None if transcript.sound is None else _plain_sound(transcript.sound),
        notices=[{"code": notice.code, "detail": notice.detail} for notice in transcript.notices],
        thresholds=transcript.thresholds,
        masked_kinds=transcript.masked_kinds,
    )


def new_turns(transcript: Transcript) -> list[NewTurn]:
    """The turns with what was masked in each."""
    return [
        NewTurn(
            party=turn.party,
            text=turn.text,
            start_ms=turn.start_ms,
            end_ms=turn.end_ms,
            confidence=turn.confidence,
            audio_channel=turn.audio_channel,
            speaker=turn.speaker,
            words=[[word.start_ms, word.end_ms, word.text, word.confidence] for word in turn.words],
            redactions=[
                {"kind": span.kind, "start": span.start, "end": span.end}
                for span in transcript.redactions
                if span.turn == number
            ],
            quoted=turn.quoted,
            signature=turn.signature,
        )
        for number, turn in enumerate(transcript.turns)
    ]


def heard_phrases(found: Iterable[SpokenPhrase]) -> list[SoundHit]:
    """Phrases that were found in the sound, as they are stored."""
    return [
        SoundHit(query=hit.phrase, party=hit.party, start_ms=hit.start_ms, end_ms=hit.end_ms, score=hit.score)
        for hit in found
    ]


def transcript_of(interaction: InteractionRow, made: TranscriptRow, turns: Sequence[TurnRow]) -> Transcript:
    """The value that the first pipeline gave, from its rows."""
    return Transcript(
        engine=made.engine,
        engine_version=made.engine_version,
        turns=tuple(_turn(row) for row in turns),
        language=made.language,
        duration_ms=interaction.duration_ms,
        reliable=made.reliable,
        confidence=made.confidence,
        audio_channels=made.audio_channels,
        languages={int(number): code for number, code in made.languages.items()},
        role_confidence=made.role_confidence,
        sound=None if made.sound is None else _sound(made.sound),
        subject=interaction.subject,
        redactions=tuple(
            Redaction(span["kind"], row.position, span["start"], span["end"])
            for row in turns
            for span in row.redactions
        ),
        notices=tuple(Notice(notice["code"], notice["detail"]) for notice in made.notices),
        thresholds=made.thresholds,
        masked_kinds=tuple(made.masked_kinds or ()),
    )


def stretches(pairs: Iterable[Sequence[int]]) -> tuple[Stretch, ...]:
    """Parts of a recording from [start_ms, end_ms]."""
    return tuple(Stretch(start, end) for start, end in pairs)


def _turn(row: TurnRow) -> Turn:
    return Turn(
        party=Party(row.party),
        text=row.text,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        confidence=row.confidence,
        words=tuple(Word(*word) for word in row.words),
        audio_channel=row.audio_channel,
        speaker=row.speaker,
        quoted=row.quoted,
        signature=row.signature,
    )


def _plain_sound(sound: Sound) -> dict[str, Any]:
    return {
        "loudness": {str(number): list(levels) for number, levels in sound.loudness.items()},
        "speech": {str(number): _pairs(spans) for number, spans in sound.speech.items()},
        "holds": _pairs(sound.holds),
        "gaps": _pairs(sound.gaps),
        "pauses": _pairs(sound.pauses),
    }


def _pairs(spans: Iterable[Stretch]) -> list[list[int]]:
    return [[span.start_ms, span.end_ms] for span in spans]


def _sound(stored: Mapping[str, Any]) -> Sound:
    return Sound(
        loudness={int(number): tuple(levels) for number, levels in stored["loudness"].items()},
        speech={int(number): stretches(pairs) for number, pairs in stored["speech"].items()},
        holds=stretches(stored["holds"]),
        gaps=stretches(stored["gaps"]),
        pauses=stretches(stored.get("pauses", ())),
    )
