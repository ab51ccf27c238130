"""How loud each audio channel is, second by second: one pass over a recording, in windows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.audio.recording import Recording

SILENT_PEAK = 0.002  # -54 dBFS
ACTIVE_RMS = 0.004
LOUD_PART = 0.2  # seconds much quieter than the loudest hold noise of either line, not speech
BLOCKS_A_SECOND = 50
AUDIBLE_BLOCKS = 3  # 60 ms: a click is no sound
WINDOW_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Levels:
    """``rms`` is (seconds, audio channels) without what is constant; a last part of a second counts as one.

    ``audible`` says which channels swing above silence at all, ``offset`` is each channel's mean, -1..1.
    """

    rms: NDArray[np.float32]
    audible: tuple[bool, ...]
    offset: tuple[float, ...]

    def active(self, audio_channel: int) -> NDArray[np.bool_]:
        """Seconds in which the channel is about as loud as speech on it is, shape (seconds,)."""
        rms = self.rms[:, audio_channel]
        return np.asarray(rms >= max(ACTIVE_RMS, LOUD_PART * float(rms.max(initial=0.0))))


def levels_of(recording: Recording) -> Levels:
    """Measure all audio channels; half a minute of samples is in memory at a time."""
    block, rate = recording.rate // BLOCKS_A_SECOND, recording.rate
    seconds: list[list[float]] = [[] for _ in range(recording.audio_channels)]
    swinging, total = np.zeros(recording.audio_channels, np.int64), np.zeros(recording.audio_channels)
    for _, window in recording.windows(rate * WINDOW_SECONDS):
        for audio_channel, rms in enumerate(seconds):
            samples = np.ascontiguousarray(window[:, audio_channel])
            total[audio_channel] += samples.sum(dtype=np.int64)
            whole = samples[: len(samples) // block * block].reshape(-1, block)
            swing = (whole.max(axis=1).astype(np.int32) - whole.min(axis=1)) / 65536
            swinging[audio_channel] += (swing >= SILENT_PEAK).sum()
            rms += [deviation(samples[first : first + rate]) for first in range(0, len(samples), rate)]
    return Levels(
        rms=np.array(seconds, np.float32).T,
        audible=tuple(bool(count >= AUDIBLE_BLOCKS) for count in swinging),
        offset=tuple(float(mean) for mean in total / max(recording.frames, 1) / 32768),
    )


def deviation(samples: NDArray[np.int16]) -> float:
    """Root mean square of what is not constant, as a part of full scale."""
    scaled = samples.astype(np.float32) / np.float32(32768)
    scaled -= scaled.mean()
    return float(np.sqrt(scaled @ scaled / len(scaled)))
