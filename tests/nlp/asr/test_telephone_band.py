"""Filling the bands a telephone cuts off: the telephone band itself stays as it is."""

import numpy as np
import pytest

from nlp.asr.telephone_band import (
    CONTEXT,
    KNOWN,
    MISSING,
    BandModel,
    energies,
    extended,
    features_of,
    from_spectra,
    is_narrow,
    spectra,
)
from tests.nlp.sounds import noise


def telephone(seconds: float = 1.0) -> np.ndarray:
    """Noise between 300 and 3400 Hz."""
    spectrum = np.fft.rfft(noise(seconds, level=0.1))
    hz = np.fft.rfftfreq(int(seconds * 16_000), 1 / 16_000)
    spectrum[(hz < 300) | (hz > 3400)] = 0
    return np.fft.irfft(spectrum).astype(np.float32)


def model(level: float) -> BandModel:
    """Expects the same energy in every missing band, whatever it hears."""
    size = (2 * CONTEXT + 1) * len(KNOWN)
    return BandModel(
        mean=np.zeros(size, np.float32),
        scale=np.ones(size, np.float32),
        hidden=np.zeros((size, 4), np.float32),
        hidden_bias=np.zeros(4, np.float32),
        out=np.zeros((4, len(MISSING)), np.float32),
        out_bias=np.full(len(MISSING), level, np.float32),
    )


def test_spectra_and_back_is_the_same_sound() -> None:
    samples = noise(0.7).astype(np.float32)
    assert from_spectra(spectra(samples), len(samples)) == pytest.approx(samples, abs=1e-4)


def test_narrow_sound_is_told_from_wide() -> None:
    assert is_narrow(telephone())
    assert not is_narrow(noise(1.0).astype(np.float32))


def test_missing_bands_are_filled_to_the_expected_energy() -> None:
    samples = telephone()
    filled = extended(samples, model(-2.0))
    assert filled.shape == samples.shape
    _, level = features_of(spectra(samples))
    high = energies(spectra(filled), MISSING)[20:-20].mean(axis=0)
    assert np.log(high) == pytest.approx(np.full(len(MISSING), level - 2.0), abs=0.7)
    before, after = energies(spectra(samples), KNOWN[2:]), energies(spectra(filled), KNOWN[2:])
    assert after[20:-20].mean() == pytest.approx(before[20:-20].mean(), rel=0.05)


def test_nothing_is_added_where_nothing_is_expected() -> None:
    samples = telephone()
    assert extended(samples, model(-30.0)) == pytest.approx(samples, abs=1e-3)
