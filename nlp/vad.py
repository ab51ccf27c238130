"""Where on an audio channel someone speaks: Silero in windows, with a guard against silence."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.audio.recording import Recording

WINDOW_MS = 240_000
SILENT_PEAK = 0.002  # -54 dBFS: below it lie dither and line noise, where Silero has nothing to hear
LOUD_PEAK = 0.5  # quiet channels are raised to this peak, by MAX_GAIN at most
MAX_GAIN = 10.0
BLOCK = 320  # 20 ms


@dataclass(frozen=True, slots=True)
class SpeechSpan:
    """A stretch of speech; ms from the recording's start."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class VadOptions:
    """``threshold`` is Silero's speech probability; the rest are ms."""

    threshold: float = 0.35  # at 0.5 most speech of a line cut hard at 300 Hz is missed
    min_speech_ms: int = 120  # a short "yes" is speech
    min_silence_ms: int = 400
    pad_ms: int = 250
    longest_ms: int = 20_000


def speech_spans(
    recording: Recording, audio_channel: int, *, options: VadOptions | None = None
) -> list[SpeechSpan]:
    """Spans of speech on one audio channel, in order, none longer than ``options.longest_ms``."""
    options = options or VadOptions()
    spans: list[SpeechSpan] = []
    start = 0
    while start < recording.duration_ms:
        end = min(start + WINDOW_MS, recording.duration_ms)
        found = spans_of_window(recording.samples(audio_channel, start_ms=start, end_ms=end), options)
        found = [SpeechSpan(span.start_ms + start, span.end_ms + start) for span in found]
        start = end
        if end < recording.duration_ms and found and found[-1].end_ms > end - options.min_silence_ms:
            start = found.pop().start_ms  # the window's edge cuts this span: the next window begins with it
        spans += found
    return spans


def spans_of_window(samples: NDArray[np.float32], options: VadOptions) -> list[SpeechSpan]:
    """Spans within one window of 16 kHz samples; a silent window is not even looked at."""
    peak = float(np.abs(samples).max(initial=0.0))
    if peak < SILENT_PEAK:
        return []
    # faster_whisper loads CTranslate2 and ONNX Runtime: only processes that hear speech should pay for that.
    from faster_whisper.vad import VadOptions as SileroOptions  # noqa: PLC0415
    from faster_whisper.vad import get_speech_timestamps  # noqa: PLC0415

    silero = SileroOptions(
        threshold=options.threshold,
        min_speech_duration_ms=options.min_speech_ms,
        min_silence_duration_ms=options.min_silence_ms,
        speech_pad_ms=options.pad_ms,
        max_speech_duration_s=options.longest_ms / 1000,
    )
    gain = min(max(LOUD_PEAK / peak, 1.0), MAX_GAIN)
    found = get_speech_timestamps(samples * np.float32(gain), silero)
    spans = [(int(span["start"]), int(span["end"])) for span in found]
    return [SpeechSpan(first // 16, last // 16) for first, last in spans if audible(samples[first:last])]


def audible(samples: NDArray[np.float32]) -> bool:
    """Whether at least 60 ms of the span rise above silence."""
    blocks = np.abs(samples[: len(samples) // BLOCK * BLOCK]).reshape(-1, BLOCK).max(axis=1, initial=0.0)
    return int((blocks > SILENT_PEAK).sum()) >= 3
