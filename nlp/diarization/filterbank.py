"""Log mel energies as Kaldi computes them: what the voice model was trained on."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
BANDS = 80
LENGTH, STEP, SIZE = 400, 160, 512  # 25 ms every 10 ms
PREEMPHASIS = 0.97
LOWEST_HZ = 20.0
FULL_SCALE = 32_768.0


def filterbank(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Features of 16 kHz samples in -1..1, shape (frames, 80); no frame below 25 ms.

    Frames without their mean, pre-emphasised, under a Povey window (a Hann window to the power of 0.85),
    power spectrum, triangles evenly spaced in mel = 1127 ln(1 + f/700), natural logarithm, no dither
    (Povey et al., 2011, "The Kaldi speech recognition toolkit").
    """
    if len(samples) < LENGTH:
        return np.zeros((0, BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, LENGTH)[::STEP] * np.float32(FULL_SCALE)
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    spectrum = np.fft.rfft((frames - np.float32(PREEMPHASIS) * before) * window(), SIZE)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    return np.asarray(np.log(np.maximum(power @ triangles(), np.finfo(np.float32).eps)), np.float32)


@cache
def window() -> NDArray[np.float32]:
    """Povey's window."""
    return (np.hanning(LENGTH) ** 0.85).astype(np.float32)


@cache
def triangles() -> NDArray[np.float32]:
    """Weights of the mel bands, shape (257, 80)."""
    edges = np.linspace(mel(LOWEST_HZ), mel(RATE / 2), BANDS + 2)
    of_bin = mel(np.arange(SIZE // 2 + 1) * RATE / SIZE)[:, None]
    rising = (of_bin - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - of_bin) / (edges[2:] - edges[1:-1])
    return np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)


def mel(hertz: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Mel of a frequency."""
    return np.asarray(1127.0 * np.log(1.0 + np.asarray(hertz) / 700.0))
