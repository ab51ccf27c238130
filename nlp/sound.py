"""Measures a recording's sound, whatever is said in it: loudness by the second, hold music and ring tone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nlp.audio.recording import Recording
from nlp.stretches import without
from nlp.transcript import Sound, Stretch

Floats = NDArray[np.float64]

QUIETEST_DB = -60.0  # dBFS that count as loudness 0; full scale counts as 100
BLOCK_SECONDS = 30
FRAMES_PER_SECOND = 16
FRAME_SECONDS = 0.125  # long enough to tell neighbouring notes and a speaker's gliding harmonics apart
FRAMES_PER_CHUNK = 3600 * FRAMES_PER_SECOND
LAG = 2  # frames, 125 ms: by then speech has moved on, a note has not
BAND_HZ = (180, 3400)  # the telephone band without mains hum
AUDIBLE_DB = -50.0
STEADY_WINDOW_SECONDS = 3
# Speech of 12 telephone and studio recordings stays below 0.23 in every 3 s, white noise at 0.26; ring tones
# lie above 0.7, music with held notes at 0.45-0.7 (with strong vibrato 0.33: taken for speech).
STEADY_FROM = 0.38
ACTIVE_SHARE = 0.15  # of a window; what is left is a blip
BRIDGE_MS = 6_000  # the longest pause between two rings, in any country's cadence
SHORTEST_HOLD_MS = 5_000
SPEECH_IN_BRIDGE_MS = 500


@dataclass(slots=True)
class _Heard:
    """What is kept of one audio channel: 16 values a second, and one loudness a second."""

    loudness: list[int] = field(default_factory=list)
    steadiness: list[NDArray[np.float16]] = field(default_factory=list)
    level: list[NDArray[np.float16]] = field(default_factory=list)


def measured(
    recording: Recording, speech: Mapping[int, Sequence[Stretch]], *, pauses: tuple[Stretch, ...] = ()
) -> Sound:
    """Loudness of every audio channel, and holds; ``speech`` says where on each channel someone speaks,
    ``pauses`` where the telephony paused the recording.

    Reads the recording in windows of half a minute; what is kept are some 100 bytes for each second.
    """
    heard = [_Heard() for _ in range(recording.audio_channels)]
    for block in _blocks(recording):
        for audio_channel, found in enumerate(heard):
            _listen(block[:, audio_channel], recording.rate, found)
    steady = {channel: _steady(found, recording.duration_ms) for channel, found in enumerate(heard)}
    return Sound(
        loudness={channel: tuple(found.loudness) for channel, found in enumerate(heard)},
        speech={channel: tuple(spoken) for channel, spoken in speech.items()},
        holds=holds_of(steady, speech),
        gaps=recording.gaps,
        pauses=pauses,
    )


def loudness_of(samples: NDArray[np.float32]) -> int:
    """0-100 of one second of samples in -1..1: RMS in dBFS, from -60 (0) to 0 dBFS (100), linear in dB.

    A louder sound never counts less. A talker at the usual telephone level (-26 dBFS, ITU-T P.56) counts 57.
    """
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    level = 10 * np.log10(power) if power > 0 else QUIETEST_DB
    return round(100 * min(max(1 - level / QUIETEST_DB, 0.0), 1.0))


def _blocks(recording: Recording) -> Iterator[NDArray[np.float32]]:
    """Half minutes, shape (n, audio_channels), each with what the last frames reach over its end."""
    step = recording.rate * BLOCK_SECONDS
    reach = int(recording.rate * (FRAME_SECONDS + LAG / FRAMES_PER_SECOND))
    for first in range(0, recording.frames, step):
        yield recording.window(first, first + step + reach).astype(np.float32) / np.float32(32768)


def _listen(samples: NDArray[np.float32], rate: int, found: _Heard) -> None:
    own = samples[: rate * BLOCK_SECONDS]
    found.loudness += [loudness_of(own[first : first + rate]) for first in range(0, len(own), rate)]
    steadiness, level = _steadiness(samples, rate)
    count = -(-len(own) * FRAMES_PER_SECOND // rate)  # a frame for each started sixteenth, also at the end
    missing = max(count - len(level), 0)
    found.steadiness.append(np.pad(steadiness[:count], (0, missing)).astype(np.float16))
    found.level.append(np.pad(level[:count], (0, missing), constant_values=-200.0).astype(np.float16))


def _steadiness(samples: NDArray[np.float32], rate: int) -> tuple[Floats, Floats]:
    """For each frame: how much of its spectrum is the same 125 ms later (0-1), and its level in dBFS.

    The share is sum(min) / sum(max) of the two power spectra: 1 for a held tone, a third for white noise,
    next to nothing for speech, whose harmonics glide. What is in the block all the time (hum, line noise:
    twice the tenth percentile of each bin) is taken off first.
    """
    length, hop = int(rate * FRAME_SECONDS), rate / FRAMES_PER_SECOND
    count = int((len(samples) - length) / hop) + 1
    if count <= LAG:
        return np.zeros(0), np.zeros(0)
    starts = (np.arange(count) * hop).astype(int)
    window = np.hanning(length).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, length)[starts] * window
    frequencies = np.fft.rfftfreq(length, 1 / rate)
    band = (frequencies >= BAND_HZ[0]) & (frequencies <= BAND_HZ[1])
    power = np.square(np.abs(np.fft.rfft(frames, axis=1)[:, band]), dtype=np.float64)
    power = np.maximum(power - 2 * np.quantile(power, 0.1, axis=0), 0.0)
    before, after = power[:-LAG], power[LAG:]
    common, either = np.minimum(before, after).sum(axis=1), np.maximum(before, after).sum(axis=1)
    scale = 2 / (length * float(np.square(window).sum()))  # Parseval: the mean square of the frame
    return common / (either + 1e-12), 10 * np.log10(either * scale + 1e-20)


def _steady(found: _Heard, duration_ms: int) -> list[Stretch]:
    """Stretches of tones on one audio channel, joined over pauses in which nobody speaks there."""
    if not found.level:
        return []
    tonal, held, other = _told_apart(np.concatenate(found.steadiness), np.concatenate(found.level))
    runs = [run for run in _runs(tonal) if held[run[0] : run[1]].any()]
    trimmed = [_trimmed(held, first, last) for first, last in runs]
    joined: list[tuple[int, int]] = []
    for first, last in trimmed:
        if joined and _bridges(other, joined[-1][1], first):
            first = joined.pop()[0]
        joined.append((first, last))
    ends = [(first * 1000 // FRAMES_PER_SECOND, last * 1000 // FRAMES_PER_SECOND) for first, last in joined]
    return [Stretch(start, min(end, duration_ms)) for start, end in ends if start < duration_ms]


def _told_apart(steadiness: NDArray[np.float16], level: NDArray[np.float16]) -> NDArray[np.bool_]:
    """For each frame, shape (3, n): tones around it, a tone in it, anything else audible in it.

    Hour by hour: as double-precision numbers all frames of a long recording would take too much memory.
    """
    told = np.zeros((3, len(level)), np.bool_)
    width = STEADY_WINDOW_SECONDS * FRAMES_PER_SECOND
    for start in range(0, len(level), FRAMES_PER_CHUNK):
        first, last = max(start - width, 0), min(start + FRAMES_PER_CHUNK + width, len(level))
        steady, loud = steadiness[first:last].astype(np.float64), level[first:last].astype(np.float64)
        audible = loud > AUDIBLE_DB
        energy = np.where(audible, 10 ** (loud / 10), 0.0)
        share = _moving(steady * energy, width) / np.maximum(_moving(energy, width), 1e-15)
        near = _moving(steady * audible, 5) >= STEADY_FROM * np.maximum(_moving(audible, 5), 0.2)
        parts = np.stack(
            [
                (share >= STEADY_FROM) & (_moving(audible, width) >= ACTIVE_SHARE),
                audible & near,
                audible & ~near,
            ]
        )
        end = min(start + FRAMES_PER_CHUNK, len(level))
        told[:, start:end] = parts[:, start - first : end - first]
    return told


def _moving(values: NDArray[np.float64] | NDArray[np.bool_], width: int) -> Floats:
    """Mean over ``width`` values around each one, fewer at the ends taken as zeros."""
    summed = np.concatenate([np.zeros(1), np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    first, last = np.maximum(at - width // 2, 0), np.minimum(at + (width + 1) // 2, len(values))
    return np.asarray((summed[last] - summed[first]) / width)


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where flags are set, as (first, one past the last)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _trimmed(held: NDArray[np.bool_], first: int, last: int) -> tuple[int, int]:
    """The window reaches over the ends of the tones: back to where they are."""
    inside = np.flatnonzero(held[first:last])
    return first + int(inside[0]), first + int(inside[-1]) + LAG


def _bridges(spoken: NDArray[np.bool_], end: int, first: int) -> bool:
    """Whether a pause is short and next to nothing but tones is heard in it."""
    pause_ms = (first - end) * 1000 // FRAMES_PER_SECOND
    other_ms = int(spoken[end:first].sum()) * 1000 // FRAMES_PER_SECOND
    return pause_ms <= BRIDGE_MS and other_ms <= SPEECH_IN_BRIDGE_MS


def holds_of(
    steady: Mapping[int, Sequence[Stretch]], speech: Mapping[int, Sequence[Stretch]]
) -> tuple[Stretch, ...]:
    """Stretches of 5 s or more in which some audio channel plays tones and nobody speaks on any other.

    What a speech detector finds on a channel that plays tones itself is taken for these tones.
    """
    playing = [stretch for stretches in steady.values() for stretch in stretches]
    talking = [
        piece
        for channel, spoken in speech.items()
        for piece in without(spoken, steady.get(channel, ()))
        if piece.end_ms - piece.start_ms > SPEECH_IN_BRIDGE_MS
    ]
    return tuple(
        piece for piece in without(playing, talking) if piece.end_ms - piece.start_ms >= SHORTEST_HOLD_MS
    )
