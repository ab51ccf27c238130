"""What is heard on a telephone while nobody speaks: ring tones and hold music made from sines."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]
SCALE = (0, 2, 4, 5, 7, 9, 11, 12)  # semitones of a major scale


def ring_tone(
    seconds: float,
    *,
    hz: tuple[float, ...] = (425.0,),
    on: float = 1.0,
    period: float = 5.0,
    rate: int = 16_000,
    level: float = 0.1,
) -> Samples:
    """Sines switched on for ``on`` of every ``period`` seconds: 425 Hz 1 of 5 s is most of Europe's."""
    times = np.arange(int(seconds * rate)) / rate
    tones = sum(np.sin(2 * np.pi * each * times) for each in hz)
    return np.asarray(level * tones * (times % period < on))


def hold_music(
    seconds: float, *, rate: int = 16_000, level: float = 0.1, drums: float = 0.02, seed: int = 3
) -> Samples:
    """Chords and a melody at 100 beats a minute, each note with five harmonics, slight vibrato and decay."""
    chance, beat = np.random.default_rng(seed), 0.6
    out = np.zeros(int(seconds * rate))
    for number in range(int(seconds / beat)):
        start, bar = int(number * beat * rate), number % 4 == 0
        root = 220 * 2 ** (chance.choice([0, 5, 7, 9]) / 12) if bar else root  # noqa: F821 - set in the first bar
        melody = root * 2 ** (SCALE[chance.integers(0, 8)] / 12) * 2
        notes = [(melody, beat)] + [(root * share, 4 * beat) for share in (1, 5 / 4, 3 / 2)] * bar
        for hz, length in notes:
            count = min(int(length * rate), len(out) - start)
            times = np.arange(count) / rate
            phase = 2 * np.pi * hz * times + 0.1 * np.sin(2 * np.pi * 5.5 * times)
            sound = sum(np.sin(k * phase) / k**1.3 for k in range(1, 6))
            out[start : start + count] += level * sound * np.exp(-times / (0.8 * length))
        hit = min(int(0.08 * rate), len(out) - start)
        out[start : start + hit] += drums * chance.normal(size=hit) * np.exp(-np.arange(hit) / (0.02 * rate))
    return out


def spoken_like(seconds: float, *, rate: int = 16_000, level: float = 0.1, seed: int = 5) -> Samples:
    """Gliding harmonics in syllables of a fifth of a second: as quick to move as a voice."""
    chance = np.random.default_rng(seed)
    out, at = np.zeros(int(seconds * rate)), 0
    while at < len(out):
        count = min(int(chance.uniform(0.12, 0.25) * rate), len(out) - at)
        times = np.arange(count) / rate
        hz = np.linspace(chance.uniform(100, 220), chance.uniform(100, 220), count)
        phase = 2 * np.pi * np.cumsum(hz) / rate
        peak = chance.uniform(4, 14)
        voice = sum(np.sin(k * phase) * np.exp(-(((k - peak) / 3) ** 2)) for k in range(1, 24))
        out[at : at + count] = level * voice * np.sin(np.pi * times / max(times[-1], 1e-9))
        at += count + int(chance.uniform(0.02, 0.15) * rate)
    return out
