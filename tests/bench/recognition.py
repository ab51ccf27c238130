"""How fast recordings are recognised: minutes of audio per CPU second, beside whisper.transcribe.

The same random weights of Whisper's sizes base and small, a stereo 8 kHz call made of the demo's calls, a
fixed number of tokens per window: as many in all for our pipeline as for whisper.transcribe of both audio
channels. Greedy decoding without second thoughts on both sides; loading is not counted.
``python -m tests.bench.recognition SIZE...``
"""

import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import whisper

from nlp.asr.faster_whisper import FasterWhisperRecogniser
from nlp.asr.protocol import Asked, Recogniser, Samples
from nlp.asr.whisper import WhisperRecogniser
from nlp.audio.recording import Recording, open_recording
from nlp.recording_options import RecordingOptions
from nlp.redaction import Redactor
from nlp.transcription import Transcription
from nlp.vad import SpeechSpan, speech_spans
from service.demo.samples import HERE
from tests.nlp.sounds import write_wav
from tests.slow.speech_checkpoints import sized_pair

TOKENS = 100  # in 30 s of dense speech
SECONDS = {"base": 360, "small": 90}  # small: an excerpt, or it would take minutes
COMPUTE = ("float32", "int8")


@dataclass
class Spent:
    """CPU seconds by what they were spent on."""

    by_part: dict[str, float] = field(default_factory=dict)
    windows: int = 0

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its CPU time booked on ``part``."""

        def call(*arguments: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                self.by_part[part] = self.by_part.get(part, 0.0) + time.process_time() - began

        return call


def main(sizes: Sequence[str]) -> int:
    """Print one JSON object of figures."""
    warnings.simplefilter("ignore")
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="overtone-bench-") as scratch:
        for size in sizes or SECONDS:
            call = made_call(Path(scratch) / f"{size}.wav", SECONDS[size])
            figures |= measured(Path(scratch), size, call)
    print(json.dumps(figures, ensure_ascii=False))
    return 0


def made_call(path: Path, seconds: int) -> Path:
    """The demo's calls one after the other, both parties, 8 kHz."""
    parts: list[np.ndarray] = []
    for source in sorted((HERE / "recordings").iterdir()):
        with open_recording(source, keep_lower_rate=True) as recording:
            if recording.audio_channels == 2 and recording.rate == 8000:
                parts.append(recording.window(0, recording.frames) / 32768)
    samples = np.concatenate(parts * 3)[: seconds * 8000]
    return write_wav(path, samples[:, 0], samples[:, 1], rate=8000)


def measured(folder: Path, size: str, call: Path) -> dict[str, object]:
    """Our pipeline with both engines, then whisper.transcribe with as many tokens in all."""
    checkpoint, converted = sized_pair(folder, size)
    minutes = SECONDS[size] / 60
    figures: dict[str, object] = {}
    engines: dict[str, Recogniser] = {
        f"faster-whisper {kind}": FasterWhisperRecogniser(
            converted, size=size, compute_type=kind, temperatures=(0.0,), most_tokens=TOKENS
        )
        for kind in COMPUTE
    }
    engines["whisper"] = WhisperRecogniser(checkpoint, temperatures=(0.0,), most_tokens=TOKENS)
    cpu: dict[str, float] = {}
    windows, texts = 0, {}
    for name, engine in engines.items():
        cpu[name], spent, texts[name] = ours(engine, call)
        windows = spent.windows
        parts = ", ".join(f"{part} {seconds:.1f}" for part, seconds in spent.by_part.items())
        rest = cpu[name] - sum(spent.by_part.values())
        figures[f"{size}, our pipeline with {name}"] = (
            f"{minutes / cpu[name]:.3f} min per CPU s ({parts}, the rest {rest:.1f} CPU s)"
        )
    peer, peer_windows = theirs(checkpoint, call, windows * TOKENS)
    figures[f"{size}, whisper.transcribe of both channels"] = (
        f"{minutes / peer:.3f} min per CPU s ({peer:.0f} CPU s, {peer_windows} windows)"
    )
    for name, seconds in cpu.items():
        figures[f"{size}, times as fast, {name}"] = round(peer / seconds, 1)
    figures[f"{size}, windows of ours, tokens in all"] = f"{windows}, {windows * TOKENS}"
    figures[f"{size}, words of ours"] = sum(len(text.split()) for text in texts["whisper"])
    same = texts["whisper"] == texts["faster-whisper float32"]
    figures[f"{size}, the engines write the same text"] = same
    return figures


def ours(engine: Any, call: Path) -> tuple[float, Spent, list[str]]:
    """CPU seconds of the whole pipeline, what they went to, and the text."""
    spent = Spent()
    for part, method in (("encode", "_encoded"), ("decode", "_decoded"), ("align", "_aligned")):
        setattr(engine, method, spent.timed(part, getattr(engine, method)))
    recognise = engine.recognise

    def counted(windows: Sequence[Samples], asked: Asked) -> Any:
        spent.windows += len(windows)
        return recognise(windows, asked)

    engine.recognise = counted
    find: Callable[[Recording, int], list[SpeechSpan]] = spent.timed("speech detection", speech_spans)
    pipeline = Transcription(lambda: (engine, ()), Redactor(), find_speech=find)
    began = time.process_time()
    transcript = pipeline.recording(call, RecordingOptions(language="en"))
    return time.process_time() - began, spent, [turn.text for turn in transcript.turns]


def theirs(checkpoint: Path, call: Path, tokens: int) -> tuple[float, int]:
    """CPU seconds of whisper.transcribe on each channel as a file of its own, and its windows."""
    model = whisper.load_model(str(checkpoint))
    with open_recording(call) as recording:
        channels = [recording.samples(channel) for channel in range(2)]
    windows = sum(-(-len(samples) // (30 * 16_000)) for samples in channels)
    began = time.process_time()
    for samples in channels:
        model.transcribe(
            samples,
            language="en",
            temperature=0.0,
            sample_len=max(tokens // windows, 1),
            without_timestamps=True,  # random time marks would move the windows
            compression_ratio_threshold=None,
            logprob_threshold=None,
            no_speech_threshold=None,
            fp16=False,
            verbose=None,
        )
    return time.process_time() - began, windows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
