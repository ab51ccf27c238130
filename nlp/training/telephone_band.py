"""Trains the estimate of the bands a telephone line cuts off: wide-band speech and its telephone copy."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.signal import butter, resample_poly, sosfilt
from sklearn.linear_model import Ridge

from nlp.artifacts import Artifact, digests, register
from nlp.asr.telephone_band import KNOWN, MISSING, Floats, energies, features_of, spectra
from nlp.audio.recording import SAMPLE_RATE, open_recording

NAME, VERSION, FILES = "telephone_band", "1.0.0", ("weights.npz",)
FLOOR = {"r2": 0.65}
LICENCE = "MIT (vCon calls), CC BY 4.0 (LibriSpeech), own sentences spoken by flite (BSD-like)"
SOURCE = "vcon_synthetic_calls (wide-band mp3), LibriSpeech clips, flite voices slt, rms, awb where installed"
HIDDEN, EPOCHS, BATCH, SECONDS = 128, 24, 512, 45
FLITE_VOICES = ("slt", "rms", "awb")
SENTENCES = (
    "She sells fresh fish and chips at the station each Saturday, and charges six dollars for a small dish.",
    "Yes, this is the customer services section. Please state the subscription you wish to change.",
    "I checked the statement for September; it says sixty seven dollars, the correct sum is fifty six.",
    "The technician fixed the switch in the basement, then he tested the system and everything was stable.",
    "Several passengers missed the first flight because of the snow storm, so they stayed in a hotel.",
    "Could you please spell your last name? It is Z E S C H K E, and the first name is Francis.",
    "We apologise for the inconvenience. The shipment should reach you on Thursday.",
    "Zero one two three four five six seven eight nine, ten eleven twelve thirteen fourteen fifteen sixteen.",
    "The premium version gives you access to all films, music and books without advertising.",
    "He was judged to be honest, generous and wise, although his methods were unusual and sometimes rough.",
)

Figures = dict[str, float]


def train(data: Path, models: Path) -> Figures:
    """Train on ``data``, write ``models``/telephone_band with its manifest entry; takes a few minutes."""
    torch.manual_seed(0)
    generator = np.random.default_rng(5)
    pairs = [pair_of(piece, generator) for piece in pieces(data)]
    held = pairs[::10]
    kept = [pair for at, pair in enumerate(pairs) if at % 10]
    features, targets = joined(kept)
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-3
    network = fitted((features - mean) / scale, targets)
    first, last = network[0], network[2]
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    arrays = {
        "mean": mean,
        "scale": scale,
        "hidden": first.weight.detach().numpy().T,
        "hidden_bias": first.bias.detach().numpy(),
        "out": last.weight.detach().numpy().T,
        "out_bias": last.bias.detach().numpy(),
    }
    np.savez(directory / FILES[0], **{name: value.astype(np.float16) for name, value in arrays.items()})
    figures = measured(network, mean, scale, (features, targets), joined(held))
    register(
        models,
        Artifact(NAME, VERSION, digests(directory, *FILES), LICENCE, SOURCE, metrics=figures, floor=FLOOR),
    )
    return figures


def pieces(data: Path) -> Iterator[Floats]:
    """Six-second pieces of wide-band speech, at one level."""
    for path in wide_band(data):
        with open_recording(path) as recording:
            end = min(recording.duration_ms, SECONDS * 1000)
            yield from cut(recording.samples(0, end_ms=end))
    if shutil.which("flite"):
        yield from spoken_by_flite()


def wide_band(data: Path) -> list[Path]:
    """Recordings whose sound reaches 7 kHz."""
    calls = sorted((data / "vcon_synthetic_calls" / "audio").glob("*.mp3"))[:70]
    return calls + sorted((data / "asr_test_clips" / "librispeech").glob("*.flac"))


def spoken_by_flite() -> Iterator[Floats]:
    """The sentences above in each voice."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentence.wav"
        for voice in FLITE_VOICES:
            for sentence in SENTENCES:
                subprocess.run(["flite", "-voice", voice, "-t", sentence, "-o", str(path)], check=True)  # noqa: S603, S607
                with open_recording(path) as recording:
                    yield from cut(recording.samples(0))


def cut(samples: Floats) -> Iterator[Floats]:
    """Pieces of six seconds, silent ones left out."""
    step = 6 * SAMPLE_RATE
    for start in range(0, len(samples) - SAMPLE_RATE, step):
        piece = samples[start : start + step]
        peak = float(np.abs(piece).max())
        if peak > 0.02:
            yield piece / np.float32(2 * peak)


def over_telephone(wide: Floats, generator: np.random.Generator) -> Floats:
    """The piece as a telephone line passes it on: band, level, mu-law and noise differ from line to line."""
    low, high = generator.choice([60, 200, 300, 300]), generator.choice([3300, 3400, 3400, 3700])
    band = butter(4, [low, high], btype="band", fs=SAMPLE_RATE, output="sos")
    narrow = resample_poly(sosfilt(band, wide), 1, 2)
    narrow *= generator.uniform(0.2, 0.9) / np.abs(narrow).max()
    if generator.random() < 0.7:
        narrow = mu_law(narrow)
    narrow = narrow + generator.normal(0, 10 ** generator.uniform(-4.5, -2.8), len(narrow))
    return np.asarray(resample_poly(narrow, 2, 1)[: len(wide)], dtype=np.float32)


def mu_law(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Through eight bits and back, as G.711 does."""
    packed = np.sign(samples) * np.log1p(255 * np.abs(samples)) / np.log(256)
    coarse = np.round(packed * 127) / 127
    return np.asarray(np.sign(coarse) * (256 ** np.abs(coarse) - 1) / 255)


def pair_of(wide: Floats, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """Features of the copy; log energies of the original in the missing bands, at the level of the copy."""
    narrow, full = spectra(over_telephone(wide, generator)), spectra(wide)
    features, level = features_of(narrow)
    gain = energies(narrow, KNOWN[4:]).mean() / energies(full, KNOWN[4:]).mean()
    targets = np.log(energies(full, MISSING) * gain + 1e-6) - level
    return features, np.clip(targets, -12, 6).astype(np.float32)


def joined(pairs: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """All frames of all pieces."""
    return np.concatenate([features for features, _ in pairs]), np.concatenate(
        [targets for _, targets in pairs]
    )


def fitted(features: Floats, targets: Floats) -> torch.nn.Sequential:
    """One hidden layer, least squares, Adam with a falling rate."""
    network = torch.nn.Sequential(
        torch.nn.Linear(features.shape[1], HIDDEN), torch.nn.Tanh(), torch.nn.Linear(HIDDEN, targets.shape[1])
    )
    optimiser = torch.optim.Adam(network.parameters(), lr=2e-3)
    decay = torch.optim.lr_scheduler.ExponentialLR(optimiser, 0.85)
    inputs, wanted = torch.from_numpy(features), torch.from_numpy(targets)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(inputs)).split(BATCH):
            loss = torch.nn.functional.mse_loss(network(inputs[batch]), wanted[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        decay.step()
    return network


def measured(
    network: torch.nn.Sequential,
    mean: Floats,
    scale: Floats,
    train_set: tuple[Floats, Floats],
    held: tuple[Floats, Floats],
) -> Figures:
    """Explained variance on held-out pieces, beside that of ridge regression."""
    features, targets = held
    with torch.no_grad():
        guess = network(torch.from_numpy((features - mean) / scale)).numpy()
    ridge = Ridge(1.0).fit(*train_set).predict(features)
    variance = float(targets.var(axis=0).mean())
    return {
        "r2": round(1 - float(((guess - targets) ** 2).mean()) / variance, 4),
        "baseline_r2": round(1 - float(((ridge - targets) ** 2).mean()) / variance, 4),
    }
