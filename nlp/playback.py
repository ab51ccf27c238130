"""The derivative of a recording that people may hear: FLAC with a tone over everything that was redacted."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlp.audio.recording import Recording
from nlp.stretches import union
from nlp.transcript import Stretch, Transcript, Turn

if TYPE_CHECKING:  # libraries of FFmpeg are loaded by those who write
    from av.audio.stream import AudioStream
    from av.container import OutputContainer

MARGIN_MS = 300  # word times of recognisers, and markers of telephony, are this exact
WINDOW_SECONDS = 30
TONE_HZ = 1000
TONE_LEVEL = 2000  # of 32767: heard, and no shock in headphones
LAYOUTS = ("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1")

Samples = NDArray[np.int16]


def write_playback(
    recording: Recording, transcript: Transcript, target: Path, *, pauses: Iterable[Stretch] = ()
) -> None:
    """Write the redacted recording as 16-bit FLAC; the target appears whole or not at all.

    Masked are the words that were redacted, ``pauses`` (stretches in which something secret was said) and the
    pauses that the transcript knows, on all audio channels: what is said on one is often heard on the other.
    The same recording and masks give the same bytes.
    """
    masks = masks_of(transcript, pauses)
    part = target.with_name(target.name + ".part")
    try:
        with flac(part, recording.rate, recording.audio_channels) as write:
            for first, window in recording.windows(recording.rate * WINDOW_SECONDS):
                write(with_tone(window, first, recording.rate, masks))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def masks_of(transcript: Transcript, pauses: Iterable[Stretch] = ()) -> list[Stretch]:
    """What must not be heard, with a margin, merged and in order."""
    secret = secrets_of(transcript, pauses)
    return union(Stretch(max(mask.start_ms - MARGIN_MS, 0), mask.end_ms + MARGIN_MS) for mask in secret)


def secrets_of(transcript: Transcript, pauses: Iterable[Stretch] = ()) -> list[Stretch]:
    """The words that were redacted and the pauses, as exact as their times are."""
    kinds: dict[int, set[str]] = {}
    for redaction in transcript.redactions:
        kinds.setdefault(redaction.turn, set()).add(f"[{redaction.kind}]")
    secret = [mask for turn, marks in kinds.items() for mask in masks_of_turn(transcript.turns[turn], marks)]
    secret += pauses
    secret += transcript.sound.pauses if transcript.sound is not None else ()
    return secret


def masks_of_turn(turn: Turn, marks: set[str]) -> list[Stretch]:
    """The masked words of a turn; the whole turn where its words do not carry the mask."""
    words = [word for word in turn.words if any(mark in word.text for mark in marks)]
    found = {mark for mark in marks for word in words if mark in word.text}
    if found == marks:
        return [Stretch(word.start_ms, word.end_ms) for word in words]
    if turn.start_ms is None or turn.end_ms is None:
        return []
    return [Stretch(turn.start_ms, turn.end_ms)]


def with_tone(window: Samples, first: int, rate: int, masks: list[Stretch]) -> Samples:
    """The window, shape (n, audio_channels), with the tone in place of masked frames."""
    result = window.copy()
    for start, end in frames_within(masks, first, len(window), rate):
        times = np.arange(first + start, first + end) / rate
        tone = TONE_LEVEL * np.sin(2 * np.pi * TONE_HZ * times)
        result[start:end] = tone.astype(np.int16)[:, None]
    return result


def frames_within(masks: list[Stretch], first: int, count: int, rate: int) -> Iterator[tuple[int, int]]:
    """Masks as frame numbers within the window."""
    for mask in masks:
        start = max(mask.start_ms * rate // 1000 - first, 0)
        end = min(-(-mask.end_ms * rate // 1000) - first, count)
        if start < end:
            yield start, end


class FlacWriter:
    """Encodes windows of samples, shape (n, audio_channels), one after the other."""

    def __init__(self, container: "OutputContainer", stream: "AudioStream") -> None:
        self._container, self._stream = container, stream
        self._frames = 0

    def __call__(self, window: Samples) -> None:
        import av  # noqa: PLC0415

        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(window).reshape(1, -1), format="s16", layout=self._stream.layout.name
        )
        frame.sample_rate, frame.pts = self._stream.rate, self._frames
        self._frames += len(window)
        self._container.mux(self._stream.encode(frame))


@contextmanager
def flac(path: Path, rate: int, audio_channels: int) -> Iterator[FlacWriter]:
    """A FLAC file to write to; its head is completed at the end."""
    import av  # noqa: PLC0415 - see above

    with av.open(str(path), "w", format="flac", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("flac", rate=rate, layout=LAYOUTS[audio_channels - 1])
        stream.codec_context.format = "s16"
        stream.codec_context.thread_count = 1
        yield FlacWriter(container, stream)
        container.mux(stream.encode(None))
