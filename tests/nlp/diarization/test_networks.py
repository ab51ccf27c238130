"""Features and filters against what others compute; missing weights tell what to do."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers.audio_utils import mel_filter_bank, spectrogram, window_function

from nlp.diarization import weights
from nlp.diarization.filterbank import filterbank
from nlp.diarization.segmentation import FRAMES, WINDOW, Segmentation, sinc_filters
from nlp.errors import MissingArtifact
from tests.nlp.sounds import noise


def test_features_are_those_of_kaldi() -> None:
    samples = noise(1.0, level=0.1).astype(np.float32)
    filters = mel_filter_bank(
        257, 80, 20, 8000, 16_000, norm=None, mel_scale="kaldi", triangularize_in_mel_space=True
    )
    expected = spectrogram(
        samples * 32768.0,
        window_function(400, "povey", periodic=False),
        frame_length=400,
        hop_length=160,
        fft_length=512,
        power=2.0,
        center=False,
        preemphasis=0.97,
        mel_filters=filters,
        log_mel="log",
        mel_floor=1.192092955078125e-07,
        remove_dc_offset=True,
    ).T
    assert filterbank(samples) == pytest.approx(expected, abs=1e-3)
    assert filterbank(samples[:399]).shape == (0, 80)


def test_a_sinc_filter_passes_its_band_only() -> None:
    low, band = torch.tensor([[950.0]]), torch.tensor([[950.0]])  # 1000 to 2000 Hz
    even, odd = sinc_filters(low, band)[:, 0].numpy()
    for taps in (even, odd):
        spectrum = np.abs(np.fft.rfft(taps, 1600))  # 10 Hz steps
        assert spectrum[150] > 30 * max(spectrum[60], spectrum[250])
    assert even == pytest.approx(even[::-1], abs=1e-6)
    assert odd == pytest.approx(-odd[::-1], abs=1e-6)


def random_state() -> dict[str, torch.Tensor]:
    """Weights of the published shapes."""
    torch.manual_seed(1)
    recurrent = torch.nn.LSTM(60, 128, num_layers=4, bidirectional=True, batch_first=True)
    shapes = {
        "sincnet.wav_norm1d": 1,
        "sincnet.norm1d.0": 80,
        "sincnet.norm1d.1": 60,
        "sincnet.norm1d.2": 60,
    }
    state = {f"lstm.{name}": value.detach() for name, value in recurrent.named_parameters()}
    for name, size in shapes.items():
        state |= {f"{name}.weight": torch.ones(size), f"{name}.bias": torch.zeros(size)}
    for name, shape in {
        "sincnet.conv1d.1": (60, 80, 5),
        "sincnet.conv1d.2": (60, 60, 5),
        "linear.0": (128, 256),
        "linear.1": (128, 128),
        "classifier": (7, 128),
    }.items():
        state |= {f"{name}.weight": torch.randn(*shape) * 0.1, f"{name}.bias": torch.zeros(shape[0])}
    state["sincnet.conv1d.0.filterbank.low_hz_"] = torch.linspace(50, 5000, 40)[:, None]
    state["sincnet.conv1d.0.filterbank.band_hz_"] = torch.full((40, 1), 100.0)
    return state


def test_each_frame_says_of_three_voices_whether_they_speak() -> None:
    windows = noise(20.0, level=0.1).astype(np.float32).reshape(2, WINDOW)
    activity = Segmentation(random_state()).activity(windows)
    assert activity.shape == (2, FRAMES, 3)
    assert set(np.unique(activity)) <= {0, 1}
    assert activity.sum(axis=2).max() <= 2  # at most two at once


def test_weights_that_are_not_there_or_not_the_published_ones_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")
    with pytest.raises(MissingArtifact) as missing:
        weights.segmentation_weights()
    assert missing.value.code == "missing_artifact"
    monkeypatch.setattr(weights, "package_folder", lambda: tmp_path)
    with pytest.raises(MissingArtifact):
        weights.voice_model()
    path = tmp_path / weights.SEGMENTATION
    path.parent.mkdir(parents=True)
    path.write_bytes(b"something else")
    with pytest.raises(MissingArtifact) as corrupt:
        weights.segmentation_weights()
    assert corrupt.value.code == "corrupt_artifact"
    assert "pip install" in corrupt.value.remedy
