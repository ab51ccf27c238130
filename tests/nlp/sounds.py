"""Recordings that the tests of speech make themselves."""

import struct
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def tone(seconds: float, *, rate: int = 16_000, hz: float = 440.0, level: float = 0.3) -> NDArray[np.float64]:
    """A sine, shape (n,)."""
    return level * np.sin(2 * np.pi * hz * np.arange(int(seconds * rate)) / rate)


def noise(seconds: float, *, rate: int = 16_000, level: float = 0.1, seed: int = 0) -> NDArray[np.float64]:
    """White noise, shape (n,)."""
    return np.random.default_rng(seed).normal(0, level, int(seconds * rate))


def write_wav(path: Path, *channels: NDArray[np.float64], rate: int = 16_000) -> Path:
    """16-bit PCM of the channels side by side."""
    samples = np.clip(np.stack(channels, axis=1), -1, 1) * 32767
    with wave.open(str(path), "wb") as out:
        out.setnchannels(len(channels))
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.astype("<i2").tobytes())
    return path


def wav_header(*, rate: int, channels: int = 1, data_bytes: int) -> bytes:
    """A 16-bit PCM header that may lie about what follows."""
    fmt = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2, channels * 2, 16)
    head = b"WAVEfmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", data_bytes)
    return b"RIFF" + struct.pack("<I", (len(head) + data_bytes) & 0xFFFFFFFF) + head
