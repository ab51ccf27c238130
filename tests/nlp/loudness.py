"""A recogniser that says how loud it is, and calls for it: what the pipeline does is plain to see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from nlp.asr.protocol import Asked, Recogniser, Regions, Samples, SpokenLanguage
from nlp.audio.recording import Recording
from nlp.redaction import Redactor
from nlp.transcript import Notice, Word
from nlp.transcription import Transcription
from nlp.vad import SpeechSpan
from tests.nlp.sounds import noise, write_wav


@dataclass
class LoudnessRecogniser:
    """Says for every region how loud it is, one word each 200 ms; or the words it was given."""

    says: Sequence[str] = ()
    confidence: float = 0.9
    name: str = "loudness"
    version: str = "1"
    languages: frozenset[str] | None = frozenset({"en"})
    regions: Regions = field(default_factory=lambda: Regions(longest_ms=20_000, join_gap_ms=0))
    reliable_from: float = 0.5
    translates: bool = False
    may_loop: bool = False
    speaks: Mapping[int, str] = field(default_factory=dict)  # loudness in tenths -> language
    asked: list[tuple[int, Asked]] = field(default_factory=list)

    def recognise(self, windows: Sequence[Samples], asked: Asked) -> list[tuple[Word, ...]]:
        self.asked.append((len(windows), asked))
        return [self._words(samples) for samples in windows]

    def _words(self, samples: Samples) -> tuple[Word, ...]:
        texts = self.says or [f"level{loudness(samples)}"]
        return tuple(
            Word(at * 200, at * 200 + 150, f" {text}", self.confidence) for at, text in enumerate(texts)
        )

    def identify_language(self, samples: Samples) -> SpokenLanguage | None:
        return SpokenLanguage(self.speaks.get(loudness(samples), "en"), 0.9)


def loudness(samples: Samples) -> int:
    return round(float(np.sqrt(np.mean(samples**2))) * 10)


def every_loud_second(recording: Recording, audio_channel: int) -> list[SpeechSpan]:
    """Speech is where a second is loud."""
    spans = []
    for start in range(0, recording.duration_ms, 1000):
        samples = recording.samples(audio_channel, start_ms=start, end_ms=start + 1000)
        if np.sqrt(np.mean(samples**2)) > 0.05:
            spans.append(SpeechSpan(start, start + 1000))
    return spans


def pipeline(recogniser: Recogniser | None = None, *notices: Notice) -> Transcription:
    engine = recogniser or LoudnessRecogniser()
    return Transcription(lambda: (engine, notices), Redactor(region="US"), find_speech=every_loud_second)


def call(folder: Path) -> Path:
    """The agent speaks in the first and fourth second, the customer, louder, in the third."""
    agent, customer = np.zeros(96_000), np.zeros(96_000)
    agent[:16_000], agent[64_000:80_000] = noise(1.0, level=0.1), noise(1.0, level=0.1)
    customer[32_000:48_000] = noise(1.0, level=0.3)
    return write_wav(folder / "call.wav", agent, customer)
