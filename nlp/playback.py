"""The derivative of a recording that people may hear: PCM WAV with a tone over every redacted word."""

import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.audio.recording import Recording
from nlp.transcript import Transcript, Turn

MARGIN_MS = 300  # word times of recognisers are this exact
WINDOW_SECONDS = 30
TONE_HZ = 1000
TONE_LEVEL = 2000  # of 32767: heard, and no shock in headphones


@dataclass(frozen=True, slots=True)
class Masked:
    """A stretch that must not be heard, ms from the recording's start."""

    start_ms: int
    end_ms: int


def write_playback(recording: Recording, transcript: Transcript, target: Path) -> None:
    """Write the redacted recording as 16-bit PCM WAV; the target appears whole or not at all.

    All audio channels are masked: what is said on one is often heard on the other.
    """
    masks = masks_of(transcript)
    part = target.with_name(target.name + ".part")
    try:
        with wave.open(str(part), "wb") as out:
            out.setnchannels(recording.audio_channels)
            out.setsampwidth(2)
            out.setframerate(recording.rate)
            for first, window in recording.windows(recording.rate * WINDOW_SECONDS):
                out.writeframesraw(with_tone(window, first, recording.rate, masks).astype("<i2").tobytes())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def masks_of(transcript: Transcript) -> list[Masked]:
    """Where redacted words are spoken, with a margin, merged and in order."""
    kinds: dict[int, set[str]] = {}
    for redaction in transcript.redactions:
        kinds.setdefault(redaction.turn, set()).add(f"[{redaction.kind}]")
    spoken = [mask for turn, marks in kinds.items() for mask in masks_of_turn(transcript.turns[turn], marks)]
    return merged(Masked(max(mask.start_ms - MARGIN_MS, 0), mask.end_ms + MARGIN_MS) for mask in spoken)


def masks_of_turn(turn: Turn, marks: set[str]) -> list[Masked]:
    """The masked words of a turn; the whole turn where its words do not carry the mask."""
    words = [word for word in turn.words if any(mark in word.text for mark in marks)]
    found = {mark for mark in marks for word in words if mark in word.text}
    if found == marks:
        return [Masked(word.start_ms, word.end_ms) for word in words]
    if turn.start_ms is None or turn.end_ms is None:
        return []
    return [Masked(turn.start_ms, turn.end_ms)]


def merged(masks: Iterable[Masked]) -> list[Masked]:
    """Overlapping masks become one."""
    joined: list[Masked] = []
    for mask in sorted(masks, key=lambda mask: mask.start_ms):
        if joined and mask.start_ms <= joined[-1].end_ms:
            mask = Masked(joined[-1].start_ms, max(joined[-1].end_ms, mask.end_ms))
            joined.pop()
        joined.append(mask)
    return joined


def with_tone(window: NDArray[np.int16], first: int, rate: int, masks: list[Masked]) -> NDArray[np.int16]:
    """The window, shape (n, audio_channels), with the tone in place of masked frames."""
    result = window.copy()
    for start, end in frames_within(masks, first, len(window), rate):
        times = np.arange(first + start, first + end) / rate
        tone = TONE_LEVEL * np.sin(2 * np.pi * TONE_HZ * times)
        result[start:end] = tone.astype(np.int16)[:, None]
    return result


def frames_within(masks: list[Masked], first: int, count: int, rate: int) -> Iterator[tuple[int, int]]:
    """Masks as frame numbers within the window."""
    for mask in masks:
        start = max(mask.start_ms * rate // 1000 - first, 0)
        end = min(-(-mask.end_ms * rate // 1000) - first, count)
        if start < end:
            yield start, end
