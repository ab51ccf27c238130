"""The child process that decodes one recording: it may open no file and no socket, and dies with its parent.

Started by nlp.audio.recording as a script: the recording is standard input, a JSON request the argument.
Answers on standard output with records: one letter, the payload's length, the payload
(H header, P samples as 16-bit PCM with the channels interleaved, N notice, E error, Z the end).
"""

import ctypes
import io
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

# PyAV imports some parts only when a file needs them; after confine() nothing can be imported any more.
import av
import av.audio.codeccontext
import av.audio.stream
import av.error
import av.subtitles.codeccontext
import av.subtitles.stream
import av.video.codeccontext
import av.video.stream
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

CODECS = (
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_u8,pcm_s8,pcm_f32le,pcm_f32be,pcm_f64le,"
    "pcm_f64be,pcm_mulaw,pcm_alaw,adpcm_ms,adpcm_ima_wav,adpcm_g722,adpcm_g726,adpcm_g726le,g723_1,g729,gsm,gsm_ms,"
    "truespeech,mp3float,mp3,mp2float,mp2,mp1float,mp1,aac,aac_fixed,aac_latm,alac,flac,opus,libopus,vorbis,"
    "libvorbis,speex,libspeex,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb"
)
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
MAX_DAMAGED_PACKETS = 200
CHUNK_BYTES = 256 * 1024


class Refused(Exception):
    """The recording is not decoded: code and sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class Records:
    """Writes records; gathers samples into chunks, so that a pipe write is worth its cost."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._samples = bytearray()

    def say(self, letter: bytes, **values: object) -> None:
        self.flush()
        self._write(letter, json.dumps(values).encode())

    def samples(self, pcm: bytes) -> None:
        self._samples += pcm
        if len(self._samples) >= CHUNK_BYTES:
            self.flush()

    def flush(self) -> None:
        if self._samples:
            self._write(b"P", bytes(self._samples))
            self._samples.clear()

    def _write(self, letter: bytes, payload: bytes) -> None:
        self._target.write(struct.pack("<cI", letter, len(payload)) + payload)
        self._target.flush()


def main() -> None:
    """Decode standard input as the request says."""
    request = json.loads(sys.argv[1])
    records = Records(sys.stdout.buffer)
    confine(request)
    try:
        decode(request, records)
        records.say(b"Z")
    except Refused as refused:
        records.say(b"E", code=refused.code, detail=refused.detail)
    except MemoryError:
        records.say(b"E", code="decoded_too_large", detail="Decoding needs more memory than is allowed.")
    except (av.error.FFmpegError, ValueError, OSError) as error:
        detail = f"The decoder gave up: {type(error).__name__}."
        records.say(b"E", code="unreadable_audio", detail=detail)


def confine(request: dict[str, Any]) -> None:
    """Take every right away that decoding does not need."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if os.getppid() != request["parent"]:
            os._exit(1)  # the parent died before the death signal was asked for
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CPU: request["cpu_seconds"],
        resource.RLIMIT_AS: request["memory_bytes"],
        # Only 0, 1 and 2 are open: whatever the file asks for, no other file and no socket can be opened.
        resource.RLIMIT_NOFILE: 3,
    }
    for limit, most in limits.items():
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            if sys.platform == "linux":
                raise


def decode(request: dict[str, Any], records: Records) -> None:
    """Send header, samples and notices; every limit is checked before its samples are sent."""
    container = av.open(
        io.FileIO(0, closefd=False),
        mode="r",
        format=request["demuxer"],
        options={
            "codec_whitelist": CODECS,
            "format_whitelist": request["formats"],
            "protocol_whitelist": "none",
            "max_streams": "16",
        },
        metadata_errors="replace",
        io_open=refuse_to_open,
    )
    if not container.streams.audio:
        raise Refused("unreadable_audio", "The file holds no sound.")
    stream = container.streams.audio[0]
    rate, channels = stream.codec_context.sample_rate, stream.codec_context.channels
    check_shape(request, rate, channels)
    declared = declared_seconds(container, stream)
    if declared is not None and declared > request["max_seconds"]:
        raise Refused("audio_too_long", f"The recording declares {declared:.0f} s.")
    stream.codec_context.thread_count = 1
    kept = min(request["rate"], rate) if request["keep_lower_rate"] else request["rate"]
    records.say(b"H", rate=kept, channels=channels, source_rate=rate, codec=stream.codec_context.codec.name)
    seconds, damaged = send_samples(request, records, container, stream, kept)
    tell_damage(records, seconds, declared, damaged)


def refuse_to_open(url: str, flags: int, options: dict[str, str]) -> BinaryIO:
    """A recording is one file; anything it refers to stays shut."""
    raise PermissionError(url)


def declared_seconds(container: Any, stream: Any) -> float | None:
    """What the container says of its own length, if it says anything."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration else None


def check_shape(request: dict[str, Any], rate: int, channels: int) -> None:
    """Refuse rates that carry no speech and more channels than anyone has given parties to."""
    low, high = request["sample_rates"]
    if not low <= rate <= high:
        raise Refused("bad_sample_rate", f"The sample rate is {rate} Hz; {low} to {high} Hz are read.")
    if not 1 <= channels <= request["max_channels"]:
        detail = f"The recording has {channels} audio channels; {request['max_channels']} are expected."
        raise Refused("too_many_audio_channels", detail)


def send_samples(
    request: dict[str, Any], records: Records, container: Any, stream: Any, kept: int
) -> tuple[float, int]:
    """Decode, resample, count and send; returns the seconds decoded and the damaged packets."""
    resampler: AudioResampler | None = None
    shape: tuple[object, ...] | None = None
    channels = stream.codec_context.channels
    layout = stream.codec_context.layout
    seconds, sent, damage = 0.0, 0, [0]
    for frame in frames_of(container, stream, damage):
        if frame is not None:
            check_shape(request, frame.sample_rate, len(frame.layout.channels))
            seconds += frame.samples / frame.sample_rate
            if seconds > request["max_seconds"]:
                raise Refused("audio_too_long", f"The recording is longer than {request['max_seconds']} s.")
            arrived = (frame.sample_rate, frame.layout.name, frame.format.name)
            if arrived != shape:  # some files change their shape midway
                sent += send(request, records, resampler.resample(None), channels, sent) if resampler else 0
                resampler, shape = AudioResampler(format="s16", layout=layout, rate=kept), arrived
            frame.pts = None
        if resampler is not None:
            sent += send(request, records, resampler.resample(frame), channels, sent)
    return seconds, damage[0]


def frames_of(container: Any, stream: Any, damage: list[int]) -> Iterator[AudioFrame | None]:
    """Every frame that can be decoded, then None; ``damage`` counts what cannot."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
            frames = packet.decode()
        except StopIteration:
            break
        except (av.error.EOFError, av.error.InvalidDataError, av.error.PatchWelcomeError):
            damage[0] += 1
            if damage[0] >= MAX_DAMAGED_PACKETS:
                break
            continue
        yield from frames
    yield None


def send(
    request: dict[str, Any], records: Records, frames: list[AudioFrame], channels: int, sent: int
) -> int:
    """Send resampled frames; returns their bytes."""
    count = 0
    for frame in frames:
        pcm = bytes(frame.planes[0])[: frame.samples * channels * 2]
        count += len(pcm)
        if sent + count > request["max_bytes"]:
            raise Refused(
                "decoded_too_large", f"The sound decodes to more than {request['max_bytes']} bytes."
            )
        records.samples(pcm)
    return count


def tell_damage(records: Records, seconds: float, declared: float | None, damaged: int) -> None:
    """No sound at all is an error; less sound than promised is a notice."""
    if seconds == 0:
        if damaged:
            raise Refused("unreadable_audio", "No part of the recording can be decoded.")
        raise Refused("empty_file", "The file has a header but holds no sound.")
    if declared is not None and seconds < 0.97 * declared - 0.5:
        detail = f"The recording breaks off: {seconds:.1f} of {declared:.1f} s could be decoded."
        records.say(b"N", code="truncated_audio", detail=detail)
    elif damaged:
        detail = f"{damaged} damaged parts of the recording could not be decoded and were left out."
        records.say(b"N", code="damaged_audio", detail=detail)


if __name__ == "__main__":
    main()
