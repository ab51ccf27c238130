"""Runs the confined child that decodes one recording: counts what it sends and spools it."""

import json
import os
import selectors
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from nlp.audio.containers import MAX_SAMPLE_RATE, MIN_SAMPLE_RATE
from nlp.audio.refusals import REMEDIES, refusal
from nlp.audio.resampling import OWN_RATES, SAMPLE_RATE
from nlp.errors import UnreadableAudio
from nlp.transcript import Notice, Stretch

MAX_CHANNELS = 8
MAX_RECORD_BYTES = 1024 * 1024
MAX_GAPS = 10_000
ROOT = Path(__file__).resolve().parents[2]
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from nlp.audio.decoder import main; main()"


@dataclass(frozen=True, slots=True)
class Limits:
    """How far decoding may go; ``decoded_bytes`` counts the 16-bit samples that are kept, all channels."""

    seconds: int = 4 * 3600
    decoded_bytes: int = 4 * 1024**3
    audio_channels: int = 2
    memory_bytes: int = 2 * 1024**3
    stall_seconds: float = 60.0


@dataclass(slots=True)
class Decoded:
    """What the child sent: 16-bit samples, channels interleaved, in an unnamed file of ``size`` bytes."""

    rate: int
    audio_channels: int
    source_rate: int
    codec: str
    spool: IO[bytes]
    size: int = 0
    gaps: list[Stretch] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def decode(
    source: IO[bytes],
    demuxer: str,
    *,
    limits: Limits,
    keep_lower_rate: bool = False,
    ignore_length: bool = False,
) -> Decoded:
    """Run the child on an open file and take in what it sends; the spool is an unnamed temporary file.

    ``ignore_length`` makes it read a WAV file to its end, whatever its header says. Raises UnreadableAudio.
    """
    request = {
        "demuxer": demuxer,
        # FFmpeg knows some demuxers by a list of names; the whitelist must hold the one it uses.
        "formats": f"{demuxer},mov,mp4,m4a,3gp,3g2,mj2" if demuxer == "mov" else f"{demuxer},webm",
        "ignore_length": ignore_length,
        "rate": SAMPLE_RATE,
        "own_rates": [] if keep_lower_rate else OWN_RATES,
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
            [sys.executable, "-I", "-c", START, str(ROOT), json.dumps(request)],
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


def take_in(child: "subprocess.Popen[bytes]", limits: Limits) -> Decoded:
    """Read the child's records; the limits are counted here too, whatever the child says."""
    decoded: Decoded | None = None
    notices: list[Notice] = []
    whole = False
    try:
        for letter, payload in records_of(child, limits):
            if letter == b"P" and decoded is not None:
                decoded.size += len(payload)
                check_size(decoded, limits)
                decoded.spool.write(payload)
            elif letter == b"H" and decoded is None:
                decoded = read_header(payload)
            elif letter == b"G" and decoded is not None and len(decoded.gaps) < MAX_GAPS:
                decoded.gaps.append(Stretch(**json.loads(payload)))
            elif letter == b"N":
                notices.append(Notice(**json.loads(payload)))
            elif letter == b"E":
                raise read_error(payload)
            elif letter == b"Z" and decoded is not None:
                decoded.spool.flush()
                decoded.notices, whole = notices, True
                return decoded
        raise refusal("unreadable_audio", "The decoder broke down on this recording.")
    except (KeyError, TypeError, ValueError) as error:  # no record of ours looks so
        raise refusal("unreadable_audio", "The decoder broke down on this recording.") from error
    finally:
        if decoded is not None and not whole:
            decoded.spool.close()


def read_header(payload: bytes) -> Decoded:
    """The child's word about the recording, and a file for its samples."""
    said = json.loads(payload)
    spool = tempfile.TemporaryFile(prefix="overtone-")  # noqa: SIM115 - the recording closes it
    return Decoded(said["rate"], said["channels"], said["source_rate"], said["codec"], spool)


def check_size(decoded: Decoded, limits: Limits) -> None:
    """The parent's own count of what arrives."""
    if decoded.size > limits.decoded_bytes:
        raise refusal("decoded_too_large", f"The sound decodes to more than {limits.decoded_bytes} bytes.")
    if decoded.size > (limits.seconds + 1) * decoded.rate * decoded.audio_channels * 2:
        raise refusal("audio_too_long", f"The recording is longer than {limits.seconds} s.")


def records_of(child: "subprocess.Popen[bytes]", limits: Limits) -> Iterator[tuple[bytes, bytes]]:
    """Records as they come; a child that stalls, or is far slower than speech, is given up."""
    assert child.stdout is not None  # noqa: S101 - Popen was given a pipe
    pipe = child.stdout.fileno()
    started, received, buffer = time.monotonic(), 0, bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            # 16-bit mono at 8 kHz is 16 kB a second: a fifth of the sound's own length is allowed on top.
            left = started + limits.stall_seconds + received / 16_000 / 5 - time.monotonic()
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
