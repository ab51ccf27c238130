"""The child process that decodes one recording: it may open no file and no socket, and dies with its parent.

Started by nlp.audio.decoding: the recording is standard input, a JSON request the argument. It answers on
standard output with the records that nlp.audio.records lists.
"""

import ctypes
import io
import json
import os
import resource
import signal
import sys
from typing import Any, BinaryIO

# PyAV imports some parts only when a file needs them; after confine() nothing can be imported any more.
import av
import av.audio.codeccontext
import av.audio.fifo
import av.audio.frame
import av.audio.resampler
import av.audio.stream
import av.error
import av.packet
import av.subtitles.codeccontext
import av.subtitles.stream
import av.video.codeccontext
import av.video.stream
from av.stream import Disposition

from nlp.audio.records import Records, Refused
from nlp.audio.track import Track, check_shape, packets_of

CODECS = (
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_u8,pcm_s8,pcm_f32le,pcm_f32be,pcm_f64le,"
    "pcm_f64be,pcm_mulaw,pcm_alaw,adpcm_ms,adpcm_ima_wav,adpcm_g722,adpcm_g726,adpcm_g726le,g723_1,g729,gsm,gsm_ms,"
    "truespeech,mp3float,mp3,mp2float,mp2,mp1float,mp1,aac,aac_fixed,aac_latm,alac,flac,opus,libopus,vorbis,"
    "libvorbis,speex,libspeex,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb"
)
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38


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
    """Send header, samples, gaps and notices; every limit is checked before its samples are sent."""
    options = {
        "codec_whitelist": CODECS,
        "format_whitelist": request["formats"],
        "protocol_whitelist": "none",
        "max_streams": "16",
    }
    if request["demuxer"] == "wav" and request["ignore_length"]:
        options["ignore_length"] = "1"
    container = av.open(
        io.FileIO(0, closefd=False),
        mode="r",
        format=request["demuxer"],
        options=options,
        metadata_errors="replace",
        io_open=refuse_to_open,
    )
    stream = sound_of(container)
    rate, channels = stream.codec_context.sample_rate, stream.codec_context.channels
    check_shape(request, rate, channels)
    declared = None if request["ignore_length"] else declared_seconds(container, stream)
    if declared is not None and declared > request["max_seconds"]:
        raise Refused("audio_too_long", f"The recording declares {declared:.0f} s.")
    stream.codec_context.thread_count = 1
    stream.codec_context.options = {"err_detect": "crccheck+explode"}  # noise in place of damage is no sound
    own = rate in request["own_rates"] or (request["keep_lower_rate"] and rate < request["rate"])
    kept = rate if own else request["rate"]
    records.say(b"H", rate=kept, channels=channels, source_rate=rate, codec=stream.codec_context.codec.name)
    if any(not video.disposition & Disposition.attached_pic for video in container.streams.video):
        records.say(b"N", code="video_ignored", detail="The recording has a picture: only its sound is used.")
    track = Track(request, records, stream, kept, declared)
    for packet in packets_of(container, stream):
        track.add(packet)
    track.finish()


def sound_of(container: Any) -> Any:
    """The first sound track that can be decoded."""
    if not container.streams.audio:
        raise Refused("no_sound_track", "The file holds no sound track.")
    stream = container.streams.audio[0]
    context = stream.codec_context
    if context is None or context.codec.name not in CODECS.split(","):
        name = "in a way that is not known" if context is None else f"as {context.codec.name}"
        raise Refused("unsupported_codec", f"The sound is coded {name}: it cannot be decoded.")
    return stream


def refuse_to_open(url: str, flags: int, options: dict[str, str]) -> BinaryIO:
    """A recording is one file; anything it refers to stays shut."""
    raise PermissionError(url)


def declared_seconds(container: Any, stream: Any) -> float | None:
    """What the container says of its own length, if it says anything."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration else None
