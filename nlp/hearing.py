"""Feeds speech to a recogniser in the windows it likes, and puts what lies in speech into its place."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from nlp.asr.guards import is_loop, possible_pace, within_sound, within_speech, without_loops
from nlp.asr.protocol import Asked, Recogniser, Samples
from nlp.audio.recording import Recording
from nlp.channels import Side
from nlp.checkpoint import Checkpoint, Finished
from nlp.packing import Piece, Window, by_piece, in_recording, joined, packed, samples_of, single
from nlp.transcript import Party, Segment, Stretch, Word
from nlp.vad import SpeechSpan

WORD_TIME_ERROR_MS = 300

Spans = Mapping[Side, Sequence[SpeechSpan]]
Pieces = tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a recording is to be heard: the language of each audio channel, None where the recogniser is to
    find out; whether in English; and words to expect."""

    languages: Mapping[int, str | None] = field(default_factory=dict)
    translate: bool = False
    vocabulary: tuple[str, ...] = ()


def hear(
    engine: Recogniser,
    recording: Recording,
    spans: Spans,
    wanted: Wanted,
    *,
    progress: Callable[[float], None],
    checkpoint: Checkpoint | None = None,
    source: str = "",
) -> list[tuple[Party, Segment]]:
    """Segments of all sides with their party; times in ms from the recording's start.

    Windows that ``checkpoint`` knows of the same ``source`` (a fingerprint of the recording), engine and
    wishes are not recognised again; ``progress`` goes on from there.
    """
    windows = windows_of(engine, spans, wanted)
    finished: Finished = {}
    if checkpoint is not None:
        finished = checkpoint.begin(fingerprint(engine, windows, wanted, source))
    total = sum(window.speech_ms for window in windows)
    done = sum(windows[number].speech_ms for number in finished)
    if done:
        progress(done / max(total, 1))
    for batch in batches(windows, engine.regions.batch, without=finished):
        sounds = [samples_of(windows[number], recording) for number in batch]
        asked = asked_for(windows[batch[0]], wanted)
        heard = engine.recognise(sounds, asked)
        fresh = {
            number: placed_words(windows[number], words, samples, spans, may_loop=engine.may_loop)
            for number, words, samples in zip(batch, heard, sounds, strict=True)
        }
        if checkpoint is not None:
            checkpoint.add(fresh)
        finished.update(fresh)
        done += sum(windows[number].speech_ms for number in batch)
        progress(done / max(total, 1))
    if checkpoint is not None:
        checkpoint.close()
    return [
        (piece.side.party, segment_of(piece, words))
        for number, window in enumerate(windows)
        for piece, words in zip(window.pieces, finished[number], strict=True)
        if words
    ]


def windows_of(engine: Recogniser, spans: Spans, wanted: Wanted) -> list[Window]:
    """What the recogniser is given, in order: packed windows or single regions, as it likes."""
    likes = engine.regions
    regions = {
        side: joined(
            [Stretch(span.start_ms, span.end_ms) for span in spoken],
            # Between two stretches of one voice on a shared channel another one may speak.
            join_gap_ms=likes.join_gap_ms if side.speaker is None else 0,
            longest_ms=likes.longest_ms,
        )
        for side, spoken in spans.items()
    }
    if likes.window_ms is None:
        return single(regions, wanted.languages)
    # The time marks of a translation are rough: nobody's words may slip into another's channel.
    return packed(regions, window_ms=likes.window_ms, languages=wanted.languages, apart=wanted.translate)


def batches(windows: Sequence[Window], size: int, *, without: Mapping[int, object]) -> Iterator[list[int]]:
    """Numbers of windows to be recognised together: at most ``size``, all of one language."""
    batch: list[int] = []
    for number, window in enumerate(windows):
        if number in without:
            continue
        if batch and (len(batch) == size or windows[batch[0]].language != window.language):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def asked_for(window: Window, wanted: Wanted) -> Asked:
    """English needs no translation."""
    return Asked(window.language, wanted.translate and window.language != "en", wanted.vocabulary)


def placed_words(
    window: Window, words: Sequence[Word], samples: Samples, spans: Spans, *, may_loop: bool
) -> Pieces:
    """The words of each piece in the recording's time, without those that nobody can have said."""
    placed = []
    for piece, found in zip(window.pieces, by_piece(window, within_sound(words, samples)), strict=True):
        told = [in_recording(piece, word) for word in found if word.text.strip()]
        placed.append(tuple(said(told, spans[piece.side], may_loop=may_loop)))
    return tuple(placed)


def said(words: Sequence[Word], spans: Sequence[SpeechSpan], *, may_loop: bool) -> list[Word]:
    """Words in whose time somebody speaks, without loops; none where their pace is not human.

    Only a decoder that may loop is suspected of it: people do read out "one one one one".
    """
    kept = within_speech(words, lambda start, end: overlaps(spans, start, end))
    if may_loop:
        kept = without_loops(kept)
        if is_loop(kept):
            return []
    return kept if possible_pace(kept) else []


def segment_of(piece: Piece, words: Sequence[Word]) -> Segment:
    """A segment of the words of one region; its text has the spaces that the recogniser gave."""
    known = [word.confidence for word in words if word.confidence is not None]
    return Segment(
        start_ms=words[0].start_ms,
        end_ms=max(word.end_ms for word in words),
        text="".join(word.text for word in words).strip(),
        words=tuple(replace(word, text=word.text.strip()) for word in words),
        confidence=float(np.mean(known)) if known else None,
        audio_channel=piece.side.audio_channel,
        speaker=piece.side.speaker,
    )


def overlaps(spans: Sequence[SpeechSpan], start_ms: int, end_ms: int) -> bool:
    """Whether a word's time touches speech, within what word times are exact to."""
    return any(
        span.start_ms - WORD_TIME_ERROR_MS < end_ms and start_ms < span.end_ms + WORD_TIME_ERROR_MS
        for span in spans
    )


def fingerprint(engine: Recogniser, windows: Sequence[Window], wanted: Wanted, source: str) -> str:
    """What must be the same for a window's words to be the same."""
    said = {
        "source": source,
        "engine": [engine.name, engine.version],
        "translate": wanted.translate,
        "vocabulary": wanted.vocabulary,
        "windows": [
            [
                window.language,
                *([p.side.audio_channel, p.region.start_ms, p.region.end_ms] for p in window.pieces),
            ]
            for window in windows
        ],
    }
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
