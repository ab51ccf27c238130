"""Opens a recording: a confined child decodes, this side counts, spools and reads back windows."""

import json
import os
import selectors
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from nlp.audio.containers import HEAD_BYTES, MAX_SAMPLE_RATE, MIN_SAMPLE_RATE, Container, sniff
from nlp.errors import UnreadableAudio
from nlp.transcript import Notice

SAMPLE_RATE = 16_000
MAX_CHANNELS = 8
MAX_RECORD_BYTES = 1024 * 1024
DECODER = Path(__file__).with_name("decoder.py")
REMEDIES = {
    "empty_file": "Check that the recording was fully copied.",
    "unreadable_audio": "Play the file in an audio player; if it plays, export it again as WAV or FLAC.",
    "bad_sample_rate": "Export the recording again with a usual sample rate such as 8000, 16000 or 44100 Hz.",
    "too_many_audio_channels": "Send mono or stereo, or name the party of each audio channel in channel_map.",
    "audio_too_long": "Split the recording, or raise OVERTONE_MAX_AUDIO_SECONDS.",
    "decoded_too_large": "Split the recording, or export it as mono or stereo.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How far decoding may go; ``decoded_bytes`` counts the 16-bit samples that are kept, all channels."""

    seconds: int = 4 * 3600
    decoded_bytes: int = 2 * 1024**3
    audio_channels: int = 2
    memory_bytes: int = 2 * 1024**3
    stall_seconds: float = 60.0


@dataclass(slots=True)
class Recording:
    """Decoded samples on disk, read back in windows; close it to free the disk."""

    rate: int
    audio_channels: int
    source_rate: int
    codec: str
    frames: int = 0
    notices: tuple[Notice, ...] = ()
    spool: IO[bytes] = field(default_factory=lambda: tempfile.TemporaryFile(prefix="overtone-"))  # noqa: SIM115

    @property
    def duration_ms(self) -> int:
        """Length of what was decoded."""
        return self.frames * 1000 // self.rate

    def samples(
        self, audio_channel: int, *, start_ms: int = 0, end_ms: int | None = None
    ) -> NDArray[np.float32]:
        """One audio channel between two times, shape (n,), -1..1; shorter where the recording ends."""
        end = self.duration_ms if end_ms is None else end_ms
        window = self.window(start_ms * self.rate // 1000, end * self.rate // 1000)
        return window[:, audio_channel].astype(np.float32) / 32768.0

    def window(self, first: int, last: int) -> NDArray[np.int16]:
        """All audio channels between two frame numbers, shape (n, audio_channels)."""
        first, last = max(first, 0), min(last, self.frames)
        count = max(last - first, 0) * self.audio_channels
        # pread, not a memory map: the pages of a map would count as this process's memory.
        raw = os.pread(self.spool.fileno(), count * 2, first * self.audio_channels * 2)
        return np.frombuffer(raw, np.int16).reshape(-1, self.audio_channels)

    def windows(self, frames: int) -> Iterator[tuple[int, NDArray[np.int16]]]:
        """The whole recording as (first frame, samples) in steps of ``frames``."""
        for first in range(0, self.frames, frames):
            yield first, self.window(first, first + frames)

    def close(self) -> None:
        """Free the spool."""
        self.spool.close()


@contextmanager
def open_recording(
    path: Path, *, limits: Limits | None = None, keep_lower_rate: bool = False
) -> Iterator[Recording]:
    """Decode a recording to 16 kHz 16-bit samples in an unnamed temporary file.

    ``keep_lower_rate`` leaves a recording below 16 kHz at its own rate (for playback).
    Raises UnreadableAudio with one of the codes in nlp.errors.
    """
    limits = limits or Limits()
    with path.open("rb") as source:
        container = sniff(source.read(HEAD_BYTES))
        check_header(container, limits)
        source.seek(0)
        recording = decode(source, container.demuxer, limits=limits, keep_lower_rate=keep_lower_rate)
    try:
        recording.notices += broken_off(container, recording)
        yield recording
    finally:
        recording.close()


def check_header(container: Container, limits: Limits) -> None:
    """Refuse at once what the header already says is too much."""
    if (container.audio_channels or 0) > limits.audio_channels:
        detail = f"It has {container.audio_channels} audio channels; {limits.audio_channels} are expected."
        raise refusal("too_many_audio_channels", detail)
    if (container.declared_seconds or 0) > limits.seconds:
        raise refusal("audio_too_long", f"The recording declares {container.declared_seconds:.0f} s.")


def broken_off(container: Container, recording: Recording) -> tuple[Notice, ...]:
    """A WAV header that promises more than came: FFmpeg says nothing then."""
    promised, came = container.declared_seconds or 0.0, recording.duration_ms / 1000
    if came >= promised * 0.97 - 0.5 or any(notice.code == "truncated_audio" for notice in recording.notices):
        return ()
    detail = f"The recording breaks off: {came:.1f} of {promised:.1f} s could be decoded."
    return (Notice("truncated_audio", detail),)


def decode(source: IO[bytes], demuxer: str, *, limits: Limits, keep_lower_rate: bool) -> Recording:
    """Run the child on an open file and take in what it sends."""
    request = {
        "demuxer": demuxer,
        # FFmpeg knows some demuxers by a list of names; the whitelist must hold the one it uses.
        "formats": f"{demuxer},mov,mp4,m4a,3gp,3g2,mj2" if demuxer == "mov" else f"{demuxer},webm",
        "rate": SAMPLE_RATE,
        "keep_lower_rate": keep_lower_rate,
        "sample_rates": [MIN_SAMPLE_RATE, MAX_SAMPLE_RATE],
        "max_channels": min(limits.audio_channels, MAX_CHANNELS),
        "max_seconds": limits.seconds,
        "max_bytes": limits.decoded_bytes,
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": 60 + limits.seconds // 20,
        "parent": os.getpid(),
    }
    with tempfile.TemporaryDirectory(prefix="overtone-") as empty_folder:
        child = subprocess.Popen(  # noqa: S603 - our own script under our own interpreter
            [sys.executable, "-I", str(DECODER), json.dumps(request)],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty_folder,
            env={},
            start_new_session=True,
        )
        try:
            return take_in(child, limits)
        finally:
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()


def take_in(child: "subprocess.Popen[bytes]", limits: Limits) -> Recording:
    """Read the child's records into a Recording; the limits are counted here too, whatever the child says."""
    recording: Recording | None = None
    notices: list[Notice] = []
    size = 0
    try:
        for letter, payload in records_of(child, limits):
            if letter == b"P" and recording is not None:
                size += len(payload)
                check_size(recording, size, limits)
                recording.spool.write(payload)
            elif letter == b"H":
                recording = read_header(payload)
            elif letter == b"N":
                notices.append(Notice(**json.loads(payload)))
            elif letter == b"E":
                raise read_error(payload)
            elif letter == b"Z" and recording is not None:
                recording.spool.flush()
                recording.frames = size // (2 * recording.audio_channels)
                recording.notices = tuple(notices)
                return recording
        raise refusal("unreadable_audio", "The decoder broke down on this recording.")
    except BaseException:
        if recording is not None:
            recording.close()
        raise


def read_header(payload: bytes) -> Recording:
    """The child's word about the recording."""
    said = json.loads(payload)
    return Recording(said["rate"], said["channels"], said["source_rate"], said["codec"])


def check_size(recording: Recording, size: int, limits: Limits) -> None:
    """The parent's own count of what arrives."""
    if size > limits.decoded_bytes:
        raise refusal("decoded_too_large", f"The sound decodes to more than {limits.decoded_bytes} bytes.")
    if size > (limits.seconds + 1) * recording.rate * recording.audio_channels * 2:
        raise refusal("audio_too_long", f"The recording is longer than {limits.seconds} s.")


def records_of(child: "subprocess.Popen[bytes]", limits: Limits) -> Iterator[tuple[bytes, bytes]]:
    """Records as they come; a child that stalls, or is far slower than speech, is given up."""
    assert child.stdout is not None  # noqa: S101 - Popen was given a pipe
    pipe = child.stdout.fileno()
    started, received, buffer = time.monotonic(), 0, bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            # 16-bit mono at 16 kHz is 32 kB a second: a fifth of the sound's own length is allowed on top.
            left = started + limits.stall_seconds + received / 32_000 / 5 - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise refusal("unreadable_audio", "Decoding took too long and was stopped.")
            data = os.read(pipe, 256 * 1024)
            if not data:
                return
            received += len(data)
            buffer += data
            yield from cut_records(buffer)


def cut_records(buffer: bytearray) -> Iterator[tuple[bytes, bytes]]:
    """Take whole records off the front of the buffer."""
    while len(buffer) >= 5:
        letter, length = struct.unpack_from("<cI", buffer)
        if length > MAX_RECORD_BYTES:
            raise refusal("unreadable_audio", "The decoder broke down on this recording.")
        if len(buffer) < 5 + length:
            return
        payload = bytes(buffer[5 : 5 + length])
        del buffer[: 5 + length]
        yield letter, payload


def read_error(payload: bytes) -> UnreadableAudio:
    """The child's refusal; its code must be one of ours."""
    said: dict[str, Any] = json.loads(payload)
    code = said["code"] if said.get("code") in REMEDIES else "unreadable_audio"
    return refusal(code, str(said.get("detail", ""))[:300])


def refusal(code: str, detail: str) -> UnreadableAudio:
    """An UnreadableAudio with the remedy of its code."""
    return UnreadableAudio(code, detail, REMEDIES[code])
