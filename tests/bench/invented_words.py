"""Words written where nobody speaks: with every recogniser that can run here, over generated line sounds.

Whisper runs with random weights, which babble whenever they are given anything: what keeps them silent is the
pipeline. Beside it stands what sphinx and they write when they are given the same sounds directly, and what
share of the words of the demo's calls the same rules cost. ``python -m tests.bench.invented_words MINUTES``.
"""

import json
import sys
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nlp.asr.faster_whisper import FasterWhisperRecogniser
from nlp.asr.protocol import Asked, Recogniser, Samples
from nlp.asr.sphinx import SphinxRecogniser
from nlp.asr.whisper import WhisperRecogniser
from nlp.audio.recording import Recording, open_recording
from nlp.channels import Side
from nlp.hearing import Wanted, hear
from nlp.transcript import Party, Word
from nlp.transcription import MODELS
from nlp.vad import SpeechSpan, VadOptions, speech_spans
from service.demo.samples import HERE
from tests.bench.nonspeech import KINDS, RATE, generated
from tests.nlp.sounds import write_wav
from tests.slow.speech_checkpoints import converted_model, openai_checkpoint

MINUTES = 10.0
DIRECT_SECONDS = 20
WITHOUT_RULES = replace(VadOptions(), held_from=9.0)
ENGLISH = Wanted({0: "en", 1: "en"})


class Counting:
    """A recogniser that counts what it says, before anything is dropped."""

    def __init__(self, engine: Recogniser) -> None:
        self._engine = engine
        self.words = 0
        self.name, self.version, self.languages = engine.name, engine.version, engine.languages
        self.translates, self.may_loop = engine.translates, engine.may_loop
        self.regions, self.reliable_from = engine.regions, engine.reliable_from
        self.identify_language = engine.identify_language

    def recognise(self, windows: Sequence[Samples], asked: Asked) -> list[tuple[Word, ...]]:
        heard = self._engine.recognise(windows, asked)
        self.words += sum(len(words) for words in heard)
        return heard


def main(arguments: Sequence[str]) -> int:
    """Print one JSON object of figures; fails where a word is invented."""
    warnings.simplefilter("ignore")
    minutes = float(arguments[0]) if arguments else MINUTES
    with tempfile.TemporaryDirectory(prefix="overtone-bench-") as scratch:
        engines = engines_in(Path(scratch))
        invented = dict.fromkeys((engine.name for engine in engines), 0)
        direct = dict.fromkeys(invented, 0)
        for number, kind in enumerate(KINDS):
            path = Path(scratch) / "sound.wav"
            write_wav(path, generated(kind, minutes * 60, seed=number), rate=RATE)
            with open_recording(path) as recording:
                spans = speech_spans(recording, 0)
                print(f"{kind}: {len(spans)} spans taken for speech", file=sys.stderr)
                for engine in engines:
                    invented[engine.name] += heard_in(engine, recording, spans)
                    sample = recording.samples(0, end_ms=DIRECT_SECONDS * 1000)
                    direct[engine.name] += sum(map(len, engine.recognise([sample], Asked("en"))))
        hours, direct_hours = minutes * len(KINDS) / 60, DIRECT_SECONDS * len(KINDS) / 3600
        figures: dict[str, object] = {"non-speech": f"{hours:.1f} h of {len(KINDS)} kinds"}
        for name, words in invented.items():
            figures[f"words per hour of non-speech, {name}"] = round(words / hours, 1)
            figures[f"… given to {name} directly"] = round(direct[name] / direct_hours)
        figures |= speech_lost(SphinxRecogniser(models=MODELS))
    print(json.dumps(figures))
    return int(any(invented.values()))


def engines_in(folder: Path) -> list[Recogniser]:
    """Sphinx, and both Whispers with random weights."""
    converted = converted_model(folder)
    return [
        SphinxRecogniser(models=MODELS),
        WhisperRecogniser(openai_checkpoint(folder / "random.pt"), temperatures=(0.0,)),
        FasterWhisperRecogniser(converted, size="random", temperatures=(0.0,)),
    ]


def heard_in(engine: Recogniser, recording: Recording, spans: Sequence[SpeechSpan]) -> int:
    """How many words come through, when these spans are taken for speech."""
    side = Side(0, Party.UNKNOWN)
    found = hear(engine, recording, {side: spans}, ENGLISH, progress=lambda _: None)
    return sum(len(segment.words) for _, segment in found)


def speech_lost(engine: Recogniser) -> dict[str, object]:
    """The share of the words heard in the demo's calls that the rules against invention take away."""
    said = kept = short_said = short_kept = 0
    for path in sorted((HERE / "recordings").iterdir()):
        with open_recording(path) as recording:
            sides = [Side(channel, Party.UNKNOWN) for channel in range(recording.audio_channels)]
            everything = {
                side: speech_spans(recording, side.audio_channel, options=WITHOUT_RULES) for side in sides
            }
            ruled = {side: speech_spans(recording, side.audio_channel) for side in sides}
            counting = Counting(engine)
            found = hear(counting, recording, everything, ENGLISH, progress=lambda _: None)
            said += counting.words
            words = [(s.audio_channel, word) for _, s in found for word in s.words]
            inside = [
                word.text
                for channel, word in words
                if any(
                    span.start_ms <= word.end_ms and word.start_ms <= span.end_ms
                    for side, spans in ruled.items()
                    if side.audio_channel == channel
                    for span in spans
                )
            ]
            kept += len(inside)
            short_said += sum(is_short(word.text) for _, word in words)
            short_kept += sum(is_short(text) for text in inside)
    lost = 100 * (said - kept) / max(said, 1)
    return {
        "words of the demo's calls lost to the rules": f"{lost:.2f} % of {said}",
        "… of yes, no, okay, right, sure": f"{short_said - short_kept} of {short_said}",
    }


def is_short(word: str) -> bool:
    """The short answers that speech detectors like to swallow."""
    return word.lower() in {"yes", "no", "okay", "ok", "right", "sure", "yeah"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
