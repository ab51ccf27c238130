"""Gives telephone speech back the bands that the line cut off, as far as the bands that are left tell.

PocketSphinx was trained on 16 kHz speech: without 3.4-7 kHz it loses fricatives. (Filling what lies below
300 Hz as well did harm: 14.7 instead of 12.4 % word errors.) A small network, trained by
nlp.training.telephone_band, estimates the energy of the missing bands in every frame from the telephone band;
they are filled with copies of the sound that is there, scaled to that energy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RATE, FRAME, STEP = 16_000, 512, 128
CONTEXT = 3  # frames on either side
KNOWN_EDGES = (300, 400, 500, 620, 750, 880, 1020, 1180, 1350, 1540, 1750, 1980, 2230, 2500, 2800, 3100, 3400)
MISSING_EDGES = (3400, 3750, 4150, 4600, 5100, 5650, 6250, 7000)
SHIFT = 80  # bins; the band above 3400 Hz is copied from 900 Hz on
FLOOR = 1e-6
NARROW_DB = -35.0
SPEECH_RMS = 0.1  # the level at which PocketSphinx's features fit best


def bins(edges: Sequence[int]) -> list[tuple[int, int]]:
    """FFT bins between neighbouring edges in Hz, at least one each."""
    marks = [round(edge / RATE * FRAME) for edge in edges]
    return [(low, max(low + 1, high)) for low, high in pairwise(marks)]


KNOWN = bins(KNOWN_EDGES)
MISSING = bins(MISSING_EDGES)
WINDOW: Floats = np.sqrt(np.hanning(FRAME + 1)[:-1]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class BandModel:
    """One hidden layer: features (n, (2*CONTEXT+1)*bands) to log energies of the missing bands (n, 7)."""

    mean: Floats
    scale: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    def predict(self, features: Floats) -> Floats:
        """Log energies relative to the level of the region."""
        inner = np.tanh((features - self.mean) / self.scale @ self.hidden + self.hidden_bias)
        return np.asarray(inner @ self.out + self.out_bias, dtype=np.float32)


def load_band_model(path: Path) -> BandModel:
    """Read what nlp.training.telephone_band wrote."""
    with np.load(path) as arrays:
        return BandModel(**{name: arrays[name].astype(np.float32) for name in BandModel.__slots__})


def as_trained(samples: Floats, model: BandModel | None) -> bytes:
    """16-bit samples at the level and with the bands that PocketSphinx was trained on."""
    rms = float(np.sqrt(np.mean(samples**2)))
    level = samples * np.float32(SPEECH_RMS / max(rms, 1e-4))
    if model is not None and is_narrow(level):
        level = extended(level, model)
    return np.asarray(np.clip(level, -1.0, 1.0) * 32767, dtype="<i2").tobytes()


def is_narrow(samples: Floats) -> bool:
    """Whether 16 kHz samples hold next to nothing above 4 kHz."""
    spectrum = (np.abs(spectra(samples)) ** 2).mean(axis=0)
    edge = round(4200 / RATE * FRAME)
    return bool(
        10 * np.log10((spectrum[edge:].mean() + 1e-12) / (spectrum[:edge].mean() + 1e-12)) < NARROW_DB
    )


def extended(samples: Floats, model: BandModel) -> Floats:
    """16 kHz samples, shape (n,), with the missing bands filled up to what the model expects."""
    frames = spectra(samples)
    features, level = features_of(frames)
    wanted = np.exp(model.predict(features) + level)
    have = energies(frames, MISSING)
    filled = frames.copy()
    for band, (first, last) in enumerate(MISSING):
        start = source_of(band)
        source = frames[:, start : start + last - first]
        strength = np.sqrt((np.abs(source) ** 2).mean(axis=1) + 1e-12)
        lacking = np.sqrt(np.maximum(wanted[:, band] - have[:, band], 0.0))
        filled[:, first:last] += source * (lacking / strength)[:, None]
    return from_spectra(filled, len(samples))


def source_of(band: int) -> int:
    """First bin of the sound that is copied into a missing band; it lies within the telephone band.

    A copy moves by a multiple of ``FRAME / STEP`` bins: then the phases of neighbouring frames still fit.
    """
    first, last = MISSING[band]
    start = min(first - SHIFT, KNOWN[-1][1] - (last - first))
    parts = FRAME // STEP
    return first - -(-(first - start) // parts) * parts


def features_of(frames: NDArray[np.complex64]) -> tuple[Floats, float]:
    """Log energies of the known bands with their neighbours in time, relative to the returned level."""
    logs = np.log(energies(frames, KNOWN) + FLOOR)
    level = float(np.log(np.exp(logs).mean() + FLOOR))
    padded = np.pad(logs - level, ((CONTEXT, CONTEXT), (0, 0)), mode="edge")
    stacked = [padded[shift : shift + len(logs)] for shift in range(2 * CONTEXT + 1)]
    return np.concatenate(stacked, axis=1).astype(np.float32), level


def energies(frames: NDArray[np.complex64], bands: Sequence[tuple[int, int]]) -> Floats:
    """Mean power of each band in each frame, shape (frames, bands)."""
    power = np.abs(frames) ** 2
    return np.stack([power[:, first:last].mean(axis=1) for first, last in bands], axis=1)


def spectra(samples: Floats) -> NDArray[np.complex64]:
    """Short-time spectra, shape (frames, FRAME / 2 + 1)."""
    padded = np.concatenate([np.zeros(FRAME - STEP), samples, np.zeros(FRAME)]).astype(np.float32)
    cuts = np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::STEP]
    return np.fft.rfft(cuts * WINDOW, axis=1).astype(np.complex64)


def from_spectra(frames: NDArray[np.complex64], length: int) -> Floats:
    """Overlap and add; the inverse of ``spectra``."""
    cuts = (np.fft.irfft(frames, n=FRAME, axis=1) * WINDOW).astype(np.float32)
    parts = FRAME // STEP
    total = np.zeros((len(cuts) + parts - 1, STEP), dtype=np.float32)
    for part in range(parts):
        total[part : part + len(cuts)] += cuts[:, part * STEP : (part + 1) * STEP]
    return total.ravel()[FRAME - STEP :][:length] / (parts / 2)
