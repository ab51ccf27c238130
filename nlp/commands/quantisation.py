"""The command ``quantisation``: may these weights compute in 8 bits? Measured on known calls."""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from nlp.asr.faster_whisper import FasterWhisperRecogniser
from nlp.asr.protocol import Recogniser
from nlp.asr.quantisation import Verdict, WordErrors, judged, model_digest, word_errors, write_verdict
from nlp.asr.weights import Weights, find_weights, size_of
from nlp.audio.recording import open_recording
from nlp.channels import Side
from nlp.commands.telling import printed
from nlp.errors import UnknownEngine
from nlp.hearing import Wanted, hear
from nlp.transcript import Party
from nlp.vad import speech_spans

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
PARTIES = (Party.AGENT, Party.CUSTOMER)
PASSED = "These weights compute in 8 bits from now on."


def run(options: argparse.Namespace) -> int:
    """Measure, write the verdict beside the weights, and fail where 8 bits are not good enough."""
    found = weights_for(options.size, options.weights)
    verdict = measure(found, options.calls)
    write_verdict(found.path, verdict)
    if options.json:
        printed(json.dumps(asdict(verdict), indent=2))
    else:
        printed(
            f"{found.size}, {verdict.words} words: {verdict.rate_float32:.1f} % word errors in 32 bits, "
            f"{verdict.rate_int8:.1f} % in 8; longest row of words left out {verdict.deleted_run_float32} "
            f"and {verdict.deleted_run_int8}.\n{verdict.reason or PASSED}"
        )
    return 0 if verdict.passes else 1


def weights_for(size: str, folder: Path | None) -> Weights:
    """faster-whisper's weights of this size, or in this folder; raises UnknownEngine("missing_weights")."""
    path = Path(size)
    if size and (path / "model.bin").is_file():
        return Weights("faster-whisper", size_of(path), path)
    for found in find_weights(folder):
        if found.engine == "faster-whisper" and size in ("", found.size):
            return found
    detail = f"No weights of faster-whisper{':' + size if size else ''} are here."
    raise UnknownEngine("missing_weights", detail, "Name a size that is here, or the folder of a model.")


def measure(found: Weights, calls: Path) -> Verdict:
    """Hear all calls in both ways; raises UnknownEngine where there are none."""
    pairs = list(known_calls(calls))
    if not pairs:
        detail = f"No recordings with a script are in {calls.name}."
        raise UnknownEngine("no_known_calls", detail, "Name a folder with recordings/ and scripts/*.json.")
    full, quantised = (
        sum((errors_in(engine, *pair) for pair in pairs), WordErrors())
        for engine in (
            FasterWhisperRecogniser(found.path, size=found.size, compute_type=kind)
            for kind in ("float32", "int8")
        )
    )
    return judged(full, quantised, model_sha256=model_digest(found.path))


def known_calls(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Recordings and their scripts: ``recordings/NAME.*`` and ``scripts/NAME.json``."""
    for script in sorted((folder / "scripts").glob("*.json")):
        for recording in sorted((folder / "recordings").glob(f"{script.stem}.*")):
            yield recording, script


def errors_in(engine: Recogniser, path: Path, script: Path) -> WordErrors:
    """Errors of one stereo call, each party's words against its own lines; agent left, customer right."""
    turns = json.loads(script.read_text(encoding="utf-8"))["turns"]
    with open_recording(path) as recording:
        sides = [Side(n, party) for n, party in enumerate(PARTIES[: recording.audio_channels])]
        spans = {side: speech_spans(recording, side.audio_channel) for side in sides}
        languages = {side.audio_channel: "en" for side in sides}
        found = hear(engine, recording, spans, Wanted(languages), progress=lambda _: None)
    total = WordErrors()
    for party in PARTIES[: len(sides)]:
        said = " ".join(turn["text"] for turn in turns if len(sides) == 1 or turn["party"] == party)
        ordered = sorted((segment for who, segment in found if who is party), key=lambda s: s.start_ms)
        total += word_errors(words_in(said), words_in(" ".join(segment.text for segment in ordered)))
    return total


def words_in(text: str) -> list[str]:
    """Small letters without signs."""
    return _WORD.findall(text.lower().replace("’", "'"))
