"""What an hour of stereo telephone sound costs as 16 kHz windows, beside ffmpeg once for each channel.

CPU seconds of this process, or of the children it starts; the windows are compared with what ffmpeg gives.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.audio.recording import SAMPLE_RATE, Recording, open_recording

RATE = 8000
HOUR = 3600
WINDOW_MS = 30_000
COMPARED_SECONDS = 60
TONES_HZ = (300, 1000, 2400, 3400, 3600)
Samples = NDArray[np.float64]


def main() -> int:
    """Print one JSON object of figures; fails where the sound is not that of ffmpeg."""
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="overtone-bench-") as scratch:
        folder = Path(scratch)
        wav = write_call(folder / "call.wav", HOUR)
        ours = [cpu_seconds_of_ours(wav) for _ in range(3)]
        figures["1 h stereo G.711 to 16 kHz windows of both channels, CPU s"] = round(min(ours), 2)
        figures["… of which opening the recording"] = round(cpu_seconds_of_opening(wav), 3)
        if shutil.which("ffmpeg"):
            theirs = [sum(cpu_seconds_of_ffmpeg(wav, channel) for channel in (0, 1)) for _ in range(3)]
            figures["ffmpeg, one run per channel, CPU s"] = round(min(theirs), 2)
            figures["times less than ffmpeg"] = round(min(theirs) / min(ours), 1)
            figures |= compare(wav, folder)
        for suffix, options in ((".flac", []), (".mp3", ["-b:a", "32k"]), (".opus", ["-b:a", "32k"])):
            compressed = folder / f"call{suffix}"
            short = write_call(folder / "short.wav", HOUR // 6)
            ffmpeg("-i", str(short), *options, str(compressed))
            figures[f"1 h stereo {suffix[1:]}, CPU s (10 min measured)"] = round(
                6 * cpu_seconds_of_ours(compressed), 1
            )
        figures |= {f"stop band, {name}, dB": db for name, db in stop_bands(folder).items()}
    print(json.dumps(figures))
    return 0


def write_call(path: Path, seconds: int) -> Path:
    """Mu-law stereo: bursts of shaped noise that take turns, as two speakers do."""
    generator = np.random.default_rng(0)
    minute = generator.normal(0, 1500, (60 * RATE, 2))
    minute[1:] += 0.9 * minute[:-1]
    turn = (np.arange(len(minute)) // (3 * RATE)) % 2
    minute[turn == 0, 1] *= 0.01
    minute[turn == 1, 0] *= 0.01
    codes = mu_law(np.clip(minute, -32000, 32000)).tobytes()
    size = RATE * 2 * seconds
    head = b"WAVEfmt \x12\0\0\0\x07\0\x02\0" + RATE.to_bytes(4, "little") + (RATE * 2).to_bytes(4, "little")
    head += b"\x02\0\x08\0\0\0data" + size.to_bytes(4, "little")
    with path.open("wb") as out:
        out.write(b"RIFF" + (len(head) + size).to_bytes(4, "little") + head)
        for _ in range(seconds // 60):
            out.write(codes)
    return path


def mu_law(samples: Samples) -> NDArray[np.uint8]:
    """G.711 codes of 16-bit samples."""
    magnitude = np.minimum(np.abs(samples) / 4 + 33, 8191).astype(np.int64)
    segment = np.clip(np.floor(np.log2(magnitude)).astype(np.int64) - 5, 0, 7)
    code = segment << 4 | (magnitude >> (segment + 1)) & 15
    return (~(code | np.where(samples < 0, 0x80, 0)) & 0xFF).astype(np.uint8)


@contextmanager
def counted(spent: list[float]) -> Iterator[None]:
    """Adds the CPU seconds of this process and of its children that have ended."""
    before = os.times()
    yield
    after = os.times()
    spent.append(sum(after[:4]) - sum(before[:4]))


def cpu_seconds_of_ours(path: Path) -> float:
    spent: list[float] = []
    with counted(spent), open_recording(path) as recording:
        for _ in windows(recording):
            pass
    return sum(spent)


def cpu_seconds_of_opening(path: Path) -> float:
    spent: list[float] = []
    with counted(spent), open_recording(path):
        pass
    return sum(spent)


def windows(recording: Recording) -> Iterator[NDArray[np.float32]]:
    """Both channels, half a minute at a time."""
    for start in range(0, recording.duration_ms, WINDOW_MS):
        for channel in range(recording.audio_channels):
            yield recording.samples(channel, start_ms=start, end_ms=start + WINDOW_MS)


def ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1", *arguments], check=True)


def cpu_seconds_of_ffmpeg(path: Path, channel: int) -> float:
    spent: list[float] = []
    with counted(spent):
        to_16_khz(path, channel, Path(os.devnull))
    return sum(spent)


def to_16_khz(path: Path, channel: int, target: Path, *more: str) -> None:
    """One channel at 16 kHz, 16 bits, as programs that start ffmpeg ask for it."""
    pan = f"pan=mono|c0=c{channel}"
    ffmpeg("-i", str(path), *more, "-af", pan, "-ar", str(SAMPLE_RATE), "-f", "s16le", str(target))


def compare(wav: Path, folder: Path) -> dict[str, object]:
    """The first minute of both channels, ours beside ffmpeg's. Raises SystemExit where they differ."""
    figures: dict[str, object] = {}
    for channel in (0, 1):
        target = folder / "ffmpeg.raw"
        to_16_khz(wav, channel, target, "-t", str(COMPARED_SECONDS))
        theirs = np.fromfile(target, "<i2") / 32768.0
        with open_recording(wav) as recording:
            ours = recording.samples(channel, end_ms=COMPARED_SECONDS * 1000).astype(np.float64)
        if len(ours) != len(theirs):
            raise SystemExit(f"{len(ours)} samples, ffmpeg has {len(theirs)}")
        correlation = float(np.corrcoef(ours, theirs)[0, 1])
        level = 10 * float(np.log10(np.mean(ours**2) / np.mean(theirs**2)))
        if correlation < 0.995 or abs(level) > 0.1:
            raise SystemExit(f"channel {channel}: correlation {correlation:.4f}, level {level:.2f} dB")
        figures[f"channel {channel}: correlation with ffmpeg, level"] = f"{correlation:.5f}, {level:+.3f} dB"
    return figures


def stop_bands(folder: Path) -> dict[str, float]:
    """How far below a tone of the telephone band everything above 4.4 kHz lies, at the worst of TONES_HZ."""
    found: dict[str, list[float]] = {"ours": [], "ffmpeg": []}
    for hertz in TONES_HZ:
        path = folder / "tone.wav"
        tone = 20_000 * np.sin(2 * np.pi * hertz * np.arange(4 * RATE) / RATE)
        write_float(path, tone / 32768)
        with open_recording(path) as recording:
            found["ours"].append(attenuation(recording.samples(0).astype(np.float64)))
        if shutil.which("ffmpeg"):
            target = folder / "tone.raw"
            ffmpeg("-i", str(path), "-ar", str(SAMPLE_RATE), "-f", "f32le", str(target))
            found["ffmpeg"].append(attenuation(np.fromfile(target, "<f4").astype(np.float64)))
    return {name: round(min(values), 1) for name, values in found.items() if values}


def write_float(path: Path, samples: Samples) -> None:
    """Mono floating point WAV: no noise of rounding hides the stop band."""
    data = samples.astype("<f4").tobytes()
    head = b"WAVEfmt \x10\0\0\0\x03\0\x01\0" + RATE.to_bytes(4, "little") + (RATE * 4).to_bytes(4, "little")
    head += b"\x04\0\x20\0data" + len(data).to_bytes(4, "little")
    path.write_bytes(b"RIFF" + (len(head) + len(data)).to_bytes(4, "little") + head + data)


def attenuation(samples: Samples) -> float:
    """The tone over the highest line above 4.4 kHz, dB."""
    inside = samples[SAMPLE_RATE : 3 * SAMPLE_RATE]
    spectrum = np.abs(np.fft.rfft(inside * np.blackman(len(inside))))
    hertz = np.fft.rfftfreq(len(inside), 1 / SAMPLE_RATE)
    return float(20 * np.log10(spectrum.max() / (spectrum[hertz > 4400].max() + 1e-12)))


if __name__ == "__main__":
    raise SystemExit(main())
