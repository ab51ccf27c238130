"""Recordings that the tests of speech make themselves."""

import struct
import wave
from pathlib import Path

import av
import numpy as np
import pytest
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


def encode(path: Path, codec: str, *channels: NDArray[np.float64], rate: int = 16_000) -> Path:
    """The channels in the container that the path's suffix names; skips where PyAV has no such encoder."""
    layout = "mono" if len(channels) == 1 else "stereo"
    samples = (np.stack(channels) * 32767).astype(np.int16)
    with av.open(str(path), "w") as container:
        try:
            stream = container.add_stream(codec, rate=rate, layout=layout)
        except (av.error.EncoderNotFoundError, av.codec.codec.UnknownCodecError):
            pytest.skip(f"this PyAV cannot write {codec}")
        if codec == "vorbis":
            stream.codec_context.options = {"strict": "experimental"}
        frame = av.AudioFrame.from_ndarray(samples, format="s16p", layout=layout)
        frame.sample_rate = rate
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate)
        fifo = av.AudioFifo()
        for part in resampler.resample(frame):
            fifo.write(part)
        while (piece := fifo.read(stream.frame_size or 1024, partial=True)) is not None:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def staircase(seconds: int, *, rate: int = 16_000) -> NDArray[np.float64]:
    """A tone that says what second it is: 300 Hz in the first, 100 Hz more in each that follows."""
    times = np.arange(seconds * rate) / rate
    return 0.3 * np.sin(2 * np.pi * (300 + 100 * np.floor(times)) * (times % 1))


def seconds_heard(samples: NDArray[np.float32]) -> list[int | None]:
    """Which second of ``staircase`` each second of 16 kHz samples holds; None where there is silence."""
    heard: list[int | None] = []
    for start in range(0, len(samples) - 15_000, 16_000):
        middle = samples[start + 5_000 : start + 11_000]
        if np.abs(middle).max() < 0.01:
            heard.append(None)
            continue
        spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
        heard.append(round((spectrum.argmax() * 16_000 / len(middle) - 300) / 100))
    return heard
