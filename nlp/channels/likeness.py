"""Dual mono: whether the two audio channels of a recording carry the same sound, however much one is late."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from nlp.audio.recording import Recording
from nlp.channels.levels import ACTIVE_RMS, LOUD_PART, Levels

MAX_BLOCKS = 600  # seconds that are compared; spread over a long recording
LAG_MS = 20
SAME_CORRELATION = 0.85
SAME_SHARE = 0.9
SAME_SPREAD_DB = 4.0
SAME_LEVEL_DB = 15.0
FARTHEST_LAG_S = 300
FEWEST_LATE_BLOCKS = 5  # one sentence said twice is not a recording that repeats itself
EXCERPT_S = 30
COARSE = 8  # samples that become one where a lag is sought: the strongest part of speech lies below 1 kHz
COARSE_CORRELATION = 0.4


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two audio channels compared second by second, where either is loud.

    ``same_share`` of the seconds are alike in sound and in their usual difference of level, ``level_db``.
    """

    blocks: int
    same_share: float
    level_db: float

    @property
    def dual_mono(self) -> bool:
        """The same sound on both: alike in nearly every second, at one constant, small difference of level.

        Cross-talk is alike as well, but its difference of level turns round with the speaker.
        """
        return self.blocks > 0 and self.same_share >= SAME_SHARE and abs(self.level_db) <= SAME_LEVEL_DB


def is_dual_mono(recording: Recording, levels: Levels) -> bool:
    """Whether both channels of a stereo recording carry one sound, one of them up to five minutes late."""
    if compare(recording, levels).dual_mono:
        return True
    lag = lag_of(recording, levels)
    if lag == 0:
        return False
    late = compare(recording, levels, lag=lag)
    return late.dual_mono and late.blocks >= FEWEST_LATE_BLOCKS


def compare(recording: Recording, levels: Levels, *, lag: int = 0) -> Likeness:
    """Compare the channels in blocks of a second, the second channel read ``lag`` frames later."""
    block = recording.rate
    step = max(block, recording.frames // MAX_BLOCKS // block * block)
    loud_from = loudness_floor(levels)
    alike, differences = [], []
    for first in range(max(0, -lag // block * block), recording.frames, step):
        left = scaled(recording.window(first, first + block)[:, 0])
        right = scaled(recording.window(max(first + lag, 0), first + lag + block)[:, 1])
        if len(left) != len(right) or len(left) < block // 2:
            continue
        rms = float(left.std()) + 1e-6, float(right.std()) + 1e-6
        if max(rms) >= loud_from:
            nearness = correlation(left, right, lag=recording.rate * LAG_MS // 1000)
            alike.append(nearness > SAME_CORRELATION)
            differences.append(20 * np.log10(rms[0] / rms[1]))
    if not alike:
        return Likeness(0, 0.0, 0.0)
    level = float(np.median(differences))
    same = np.array(alike) & (np.abs(np.array(differences) - level) <= SAME_SPREAD_DB)
    return Likeness(len(alike), float(same.mean()), level)


def loudness_floor(levels: Levels) -> float:
    """The level from which a second of either channel is worth comparing."""
    loudest = levels.rms.max(axis=1, initial=0.0)
    return float(max(ACTIVE_RMS, LOUD_PART * loudest.max(initial=0.0)))


def lag_of(recording: Recording, levels: Levels) -> int:
    """Frames by which the second channel repeats the first one later, or earlier (below 0); 0 if it does not.

    The half minute with most speech on the first channel is sought on the second by correlation.
    """
    busy = levels.active(0).astype(np.int32)
    if not busy.any():
        return 0
    run = np.convolve(busy, np.ones(EXCERPT_S, np.int32))[EXCERPT_S - 1 :] if len(busy) > EXCERPT_S else [0]
    first = int(np.argmax(run))
    sought = coarse(recording, 0, first, first + EXCERPT_S)
    earliest = max(0, first - FARTHEST_LAG_S)
    where = coarse(recording, 1, earliest, first + EXCERPT_S + FARTHEST_LAG_S)
    at, likeness = found_in(sought, where)
    if likeness < COARSE_CORRELATION:
        return 0
    return at * COARSE - (first - earliest) * recording.rate


def coarse(recording: Recording, audio_channel: int, start_s: int, end_s: int) -> NDArray[np.float32]:
    """One channel between two seconds at an eighth of its rate, read in half minutes."""
    parts = []
    for second in range(start_s, end_s, EXCERPT_S):
        last = min(second + EXCERPT_S, end_s)
        window = recording.window(second * recording.rate, last * recording.rate)[:, audio_channel]
        if len(window):
            parts.append(resample_poly(window / np.float32(32768), 1, COARSE).astype(np.float32))
    joined = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    return np.asarray(joined - joined.mean() if len(joined) else joined, np.float32)


def found_in(sought: NDArray[np.float32], where: NDArray[np.float32]) -> tuple[int, float]:
    """Offset at which ``sought`` lies in ``where`` (it may hang over either end), and their likeness, 0..1.

    Normalised by the energy of what is covered, so that a loud place does not win by its loudness; an overlap
    below a fifth does not count.
    """
    if not len(sought) or not len(where):
        return 0, 0.0
    size = 1 << (len(sought) + len(where) - 1).bit_length()
    product = np.fft.irfft(np.conj(np.fft.rfft(sought, size)) * np.fft.rfft(where, size), size)
    offsets = np.arange(-(len(sought) - 1), len(where))
    start, end = np.maximum(offsets, 0), np.minimum(offsets + len(sought), len(where))
    here, there = cumulated(sought), cumulated(where)
    scale = np.sqrt((here[end - offsets] - here[start - offsets]) * (there[end] - there[start]))
    enough = (end - start >= len(sought) // 5) & (scale > 1e-3 * float(scale.max(initial=0.0)))
    alike = np.where(enough, np.abs(product[offsets]) / np.maximum(scale, 1e-9), 0.0)
    best = int(np.argmax(alike))
    return int(offsets[best]), float(alike[best])


def scaled(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """16-bit samples as -1..1."""
    return samples.astype(np.float32) / np.float32(32768)


def cumulated(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Energy up to each sample, shape (n + 1,)."""
    return np.concatenate([[0.0], np.cumsum(samples.astype(np.float64) ** 2)])


def correlation(left: NDArray[np.float32], right: NDArray[np.float32], *, lag: int) -> float:
    """Highest absolute correlation of two equally long blocks when shifted by up to ``lag`` samples, 0..1."""
    left, right = left - left.mean(), right - right.mean()
    scale = float(np.linalg.norm(left) * np.linalg.norm(right))
    if scale < 1e-9:
        return 0.0
    size = 2 * len(left)
    product = np.fft.irfft(np.fft.rfft(left, size) * np.conj(np.fft.rfft(right, size)), size)
    near = np.concatenate([product[: lag + 1], product[-lag:]])
    return float(np.abs(near).max() / scale)
