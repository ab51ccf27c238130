"""Where on an audio channel someone speaks: Silero in windows, with a guard against silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.audio.recording import Recording
from nlp.stretches import without
from nlp.transcript import Stretch

WINDOW_MS = 60_000
PORTION = 256  # frames of 32 ms that Silero takes at once: a minute at once would need 45 MB
WINDOWS_AROUND = 2  # from whose loudest sound the level of a channel is judged
SILENT_PEAK = 0.002  # -54 dBFS: below it lie dither and line noise, where Silero has nothing to hear
LOUD_PEAK = 0.5  # quiet channels are raised to this peak, by MAX_GAIN at most
MAX_GAIN = 10.0
BLOCK = 320  # 20 ms
FRAME, HOP = 2000, 1000  # 125 ms, every 62.5 ms
LAG = 2  # frames: by then speech has moved on, a note has not
BAND_HZ = (180, 3400)  # the telephone band without the hum of the mains
SHORT_SPAN, AROUND = 15_200, 16_000  # samples: 950 ms with its padding, and a second on either side
DROWNED_POWER = 2.0  # 3 dB: a word that short must stand out to be one
SHORT_MS, SHORT_MARGIN = 1_500, 0.05  # one drawn vowel fills a short span


@dataclass(frozen=True, slots=True)
class SpeechSpan:
    """A stretch of speech; ms from the recording's start."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class VadOptions:
    """``threshold`` is Silero's speech probability, ``held_from`` as in ``is_held``; the rest are ms."""

    threshold: float = 0.35  # at 0.5 most speech of a line cut hard at 300 Hz is missed
    min_speech_ms: int = 120  # a short "yes" is speech
    min_silence_ms: int = 400
    pad_ms: int = 250
    longest_ms: int = 20_000
    held_from: float = 0.25  # 218 spans of speech from 19 recordings lie at 0.16 or below, sung vowels above


def speech_spans(
    recording: Recording, audio_channel: int, *, options: VadOptions | None = None
) -> list[SpeechSpan]:
    """Spans of speech on one audio channel, in order, none longer than ``options.longest_ms``."""
    options = options or VadOptions()
    spans: list[SpeechSpan] = []
    peaks = peaks_of(recording, audio_channel)
    start = 0
    while start < recording.duration_ms:
        end = min(start + WINDOW_MS, recording.duration_ms)
        place = start // WINDOW_MS
        loudest = max(peaks[max(place - WINDOWS_AROUND, 0) : place + WINDOWS_AROUND])
        samples = recording.samples(audio_channel, start_ms=start, end_ms=end)
        found = spans_of_window(samples, options, loudest=loudest)
        found = [SpeechSpan(span.start_ms + start, span.end_ms + start) for span in found]
        start = end
        if end < recording.duration_ms and found and found[-1].end_ms > end - options.min_silence_ms:
            start = found.pop().start_ms  # the window's edge cuts this span: the next window begins with it
        spans += found
    return spans


def peaks_of(recording: Recording, audio_channel: int) -> list[float]:
    """The highest sample of each WINDOW_MS, 0-1."""
    frames = recording.rate * WINDOW_MS // 1000
    sides = (window[:, audio_channel] for _, window in recording.windows(frames))
    return [max(int(side.max()), -int(side.min())) / 32768 for side in sides]


def spans_of_window(
    samples: NDArray[np.float32], options: VadOptions, *, loudest: float = 0.0
) -> list[SpeechSpan]:
    """Spans within one window of 16 kHz samples; a silent window is not even looked at.

    ``loudest`` is the highest sample around it: a minute of mere noise must not be raised to speech.
    """
    peak = float(np.abs(samples).max(initial=0.0))
    if peak < SILENT_PEAK:
        return []
    # faster_whisper loads CTranslate2 and ONNX Runtime: only processes that hear speech should pay for that.
    from faster_whisper.vad import VadOptions as SileroOptions  # noqa: PLC0415
    from faster_whisper.vad import get_speech_timestamps, get_vad_model  # noqa: PLC0415

    model = get_vad_model()  # there is one in a process
    if not isinstance(model.session, InPortions):
        model.session = InPortions(model.session)
    silero = SileroOptions(
        threshold=options.threshold,
        min_speech_duration_ms=options.min_speech_ms,
        min_silence_duration_ms=options.min_silence_ms,
        speech_pad_ms=options.pad_ms,
        max_speech_duration_s=options.longest_ms / 1000,
    )
    gain = min(max(LOUD_PEAK / max(peak, loudest), 1.0), MAX_GAIN)
    found = get_speech_timestamps(samples * np.float32(gain), silero)
    spans = [(int(span["start"]), int(span["end"])) for span in found]
    return [
        SpeechSpan(first // 16, last // 16)
        for first, last in spans
        if audible(samples[first:last])
        and not is_held(samples[first:last], options.held_from)
        and not is_drowned(samples, spans, (first, last))
    ]


class InPortions:
    """Silero's network over a few frames at a time, its state carried on: the same result in less memory."""

    def __init__(self, session: Any) -> None:
        self.whole = session

    def run(self, names: None, inputs: dict[str, Any]) -> list[Any]:
        """As onnxruntime's: the probabilities of all frames, and the state after the last."""
        frames, state, cell = inputs["input"], inputs["h"], inputs["c"]
        found = []
        for first in range(0, len(frames), PORTION):
            portion = {"input": frames[first : first + PORTION], "h": state, "c": cell}
            probabilities, state, cell = self.whole.run(names, portion)
            found.append(probabilities)
        return [np.concatenate(found), state, cell]


def audible(samples: NDArray[np.float32]) -> bool:
    """Whether at least 60 ms of the span rise above silence."""
    blocks = np.abs(samples[: len(samples) // BLOCK * BLOCK]).reshape(-1, BLOCK).max(axis=1, initial=0.0)
    return int((blocks > SILENT_PEAK).sum()) >= 3


def is_held(samples: NDArray[np.float32], held_from: float) -> bool:
    """Whether a span consists of held notes, which no speaker of any language does: music, song, tones."""
    margin = SHORT_MARGIN if len(samples) < SHORT_MS * 16 else 0.0
    return heldness(samples) >= held_from + margin


def is_drowned(samples: NDArray[np.float32], spans: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether a short span is hardly louder than the second before and after it, other speech aside.

    Such a blip is a part of what sounds on there: music, noise.
    """
    first, last = span
    if last - first >= SHORT_SPAN:
        return False
    begin = max(first - AROUND, 0)
    silent = np.ones(min(last + AROUND, len(samples)) - begin, dtype=bool)
    for start, end in spans:
        silent[max(start - begin, 0) : max(end - begin, 0)] = False
    around = samples[begin : begin + len(silent)][silent]
    if len(around) < AROUND // 2:
        return False
    own, other = (float(np.mean(np.square(part))) for part in (samples[first:last], around))
    return own < DROWNED_POWER * other


def heldness(samples: NDArray[np.float32]) -> float:
    """How much of the spectrum is the same 125 ms later, 0-1: sum(min) / sum(max) of the two power spectra.

    1 for a tone, a third for white noise, next to nothing for speech, whose harmonics glide.
    """
    if len(samples) < FRAME + LAG * HOP:
        return 0.0
    frequencies = np.fft.rfftfreq(FRAME, 1 / 16_000)
    band = (frequencies >= BAND_HZ[0]) & (frequencies <= BAND_HZ[1])
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME)[::HOP]
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME).astype(np.float32), axis=1)[:, band]) ** 2
    before, after = power[:-LAG], power[LAG:]
    return float(np.minimum(before, after).sum() / (np.maximum(before, after).sum() + 1e-12))


def unpaused(spoken: Sequence[SpeechSpan], pauses: Sequence[Stretch]) -> list[SpeechSpan]:
    """Speech outside the pauses: what is said in one is secret, whether or not it can be heard."""
    if not pauses:
        return list(spoken)
    left = without([Stretch(span.start_ms, span.end_ms) for span in spoken], pauses)
    return [SpeechSpan(span.start_ms, span.end_ms) for span in left]
