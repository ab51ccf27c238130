"""Opens a recording and reads windows of it: plain WAV where it lies, all else from a decoded spool."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from nlp.audio.containers import HEAD_BYTES, check_sample_rate, sniff
from nlp.audio.decoding import MAX_CHANNELS, Decoded, Limits, decode
from nlp.audio.protection import refuse_protected
from nlp.audio.refusals import refusal
from nlp.audio.resampling import OWN_RATES, SAMPLE_RATE, resampler_from
from nlp.audio.sample_formats import S16, SampleFormat
from nlp.audio.wav import WavHeader, read_wav_header
from nlp.transcript import Notice, Stretch

__all__ = ["MAX_CHANNELS", "SAMPLE_RATE", "Limits", "Recording", "open_recording"]

FULL_SCALE = 32_100  # the highest code of G.711 stands for a little less than a 16-bit number can hold
CLIPPED_SHARE = 0.001
CLIPPING_BLOCKS = 120  # seconds that are looked at, spread over the recording


@dataclass(slots=True)
class Recording:
    """Samples on disk, read in windows; valid while ``open_recording`` is.

    ``rate`` and ``frames`` are those of the file it reads from, and of ``window``; ``samples`` gives 16 kHz
    always. ``gaps`` could not be decoded: silence stands there, so that later times are true.
    """

    file: IO[bytes]
    rate: int
    audio_channels: int
    frames: int
    source_rate: int
    codec: str
    sample_format: SampleFormat = S16
    offset: int = 0
    notices: tuple[Notice, ...] = ()
    gaps: tuple[Stretch, ...] = ()

    @property
    def duration_ms(self) -> int:
        """Length of what can be read."""
        return self.frames * 1000 // self.rate

    def samples(
        self, audio_channel: int, *, start_ms: int = 0, end_ms: int | None = None
    ) -> NDArray[np.float32]:
        """One audio channel between two times at 16 kHz, shape (n,), -1..1; shorter where the recording ends.

        The rate must be one of OWN_RATES: it is, unless ``open_recording`` was asked to keep a lower one.
        """
        last = self.frames * SAMPLE_RATE // self.rate
        if end_ms is not None:
            last = min(end_ms * SAMPLE_RATE // 1000, last)
        first = min(max(start_ms * SAMPLE_RATE // 1000, 0), last)
        if self.rate == SAMPLE_RATE:
            return self.channel(audio_channel, first, last)
        resampler = resampler_from(self.rate)
        begin, end = resampler.inputs_of(first, last)
        return resampler.outputs(self.channel(audio_channel, begin, end), first, last)

    def window(self, first: int, last: int) -> NDArray[np.int16]:
        """All audio channels between two frame numbers, shape (n, audio_channels)."""
        return self.sample_format.decode(self._raw(first, last))

    def windows(self, frames: int) -> Iterator[tuple[int, NDArray[np.int16]]]:
        """The whole recording as (first frame, samples) in steps of ``frames``."""
        for first in range(0, self.frames, frames):
            yield first, self.window(first, first + frames)

    def channel(self, audio_channel: int, first: int, last: int) -> NDArray[np.float32]:
        """One audio channel between two frame numbers, shape (last - first,), silent beyond the ends."""
        raw = self._raw(first, last)
        result = np.zeros(last - first, np.float32)
        begin = max(-first, 0)
        np.multiply(
            self.sample_format.decode(raw[:, audio_channel]),
            np.float32(1 / 32768),
            out=result[begin : begin + len(raw)],
        )
        return result

    def close(self) -> None:
        """Free the file."""
        self.file.close()

    def _raw(self, first: int, last: int) -> NDArray[np.uint8]:
        """Bytes of the frames that exist between two numbers, shape (n, audio_channels, width)."""
        first, last = max(first, 0), min(last, self.frames)
        width = self.sample_format.width
        size = width * self.audio_channels
        # pread, not a memory map: the pages of a map would count as this process's memory.
        raw = os.pread(self.file.fileno(), max(last - first, 0) * size, self.offset + first * size)
        return np.frombuffer(raw, np.uint8)[: len(raw) // size * size].reshape(-1, self.audio_channels, width)


@contextmanager
def open_recording(
    path: Path,
    *,
    limits: Limits | None = None,
    keep_lower_rate: bool = False,
) -> Iterator[Recording]:
    """Make a recording readable in windows; what is compressed is decoded to an unnamed temporary file.

    A recording below 16 kHz stays at its own rate where that is one of OWN_RATES, all others become 16 kHz;
    ``keep_lower_rate`` leaves any lower rate as it is (for playback).
    Raises UnreadableAudio with one of the codes in nlp.errors.
    """
    limits = limits or Limits()
    with path.open("rb", buffering=0) as source:  # the child reads from where this side stands
        head = source.read(HEAD_BYTES)
        refuse_protected(source, head)
        demuxer = sniff(head)
        header = read_wav_header(source) if demuxer == "wav" else None
        recording: Recording | None = None
        if header is not None:
            check_header(header, limits)
            recording = plain_wav(source, header, keep_lower_rate=keep_lower_rate)
        if recording is None:
            source.seek(0)
            decoded = decode(
                source,
                demuxer,
                limits=limits,
                keep_lower_rate=keep_lower_rate,
                ignore_length=header is not None and header.wrong_length,
            )
            recording = spooled(decoded, header)
        try:
            recording.notices += clipped(recording)
            yield recording
        finally:
            recording.close()


def check_header(header: WavHeader, limits: Limits) -> None:
    """Refuse at once what the header and the file's size already say is too much."""
    check_sample_rate(header.rate)
    if not 1 <= header.audio_channels <= min(limits.audio_channels, MAX_CHANNELS):
        detail = f"It has {header.audio_channels} audio channels; {limits.audio_channels} are expected."
        raise refusal("too_many_audio_channels", detail)
    if header.seconds > limits.seconds:
        raise refusal("audio_too_long", f"The recording is {header.seconds:.0f} s long.")


def plain_wav(source: IO[bytes], header: WavHeader, *, keep_lower_rate: bool) -> Recording | None:
    """The recording read from the file itself, where its samples lie uncompressed at a rate that can stay."""
    form = header.sample_format
    stays = header.rate in OWN_RATES or (keep_lower_rate and header.rate < SAMPLE_RATE)
    if form is None or not stays:
        return None
    frames = header.bytes // header.frame_bytes
    if not frames:
        raise refusal("empty_file", "The file has a header but holds no sound.")
    return Recording(
        file=source,
        rate=header.rate,
        audio_channels=header.audio_channels,
        frames=frames,
        source_rate=header.rate,
        codec=form.name,
        sample_format=form,
        offset=header.offset,
        notices=header.notices,
    )


def spooled(decoded: Decoded, header: WavHeader | None) -> Recording:
    """What the child decoded, with what must be known about it."""
    frames = decoded.size // (S16.width * decoded.audio_channels)
    notices = [*decoded.notices, *damage(decoded.gaps, frames * 1000 // decoded.rate)]
    if header is not None and not any(notice.code == "truncated_audio" for notice in notices):
        notices += header.notices
    return Recording(
        file=decoded.spool,
        rate=decoded.rate,
        audio_channels=decoded.audio_channels,
        frames=frames,
        source_rate=decoded.source_rate,
        codec=decoded.codec,
        notices=tuple(notices),
        gaps=tuple(decoded.gaps),
    )


def damage(gaps: list[Stretch], duration_ms: int) -> tuple[Notice, ...]:
    """How much of a recording could not be decoded."""
    if not gaps:
        return ()
    lost = sum(gap.end_ms - gap.start_ms for gap in gaps) / 1000
    places = "One part" if len(gaps) == 1 else f"{len(gaps)} parts"
    detail = f"{places} of the recording, {lost:.2f} of {duration_ms / 1000:.1f} s, could not be decoded."
    return (Notice("damaged_audio", detail),)


def clipped(recording: Recording) -> tuple[Notice, ...]:
    """Whether a sizeable share of the samples lies flat at full scale: words are hard to understand there."""
    step = max(recording.rate, recording.frames // CLIPPING_BLOCKS)
    flat = np.zeros(recording.audio_channels, np.int64)
    looked_at = 0
    for first in range(0, recording.frames, step):
        block = recording.window(first, first + recording.rate)
        full = ((block[1:] >= FULL_SCALE) | (block[1:] <= -FULL_SCALE)) & (block[1:] == block[:-1])
        flat += full.sum(axis=0)
        looked_at += len(block)
    share = float(flat.max()) / looked_at if looked_at else 0.0
    if share < CLIPPED_SHARE:
        return ()
    return (Notice("clipped_audio", f"The recording is clipped: {share:.1%} of it lies at full scale."),)
