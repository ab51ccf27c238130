"""The offline recogniser and the text models understand the sample set."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nlp.analysis import AnalysisPipeline, open_analysis
from nlp.redaction import Redactor
from nlp.transcript import Transcript
from nlp.transcription import MODELS, SpeechOptions, Transcription, open_transcription
from service.demo.samples import HERE, Sample, load_samples

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
MOST_WORD_ERRORS = 0.20  # measured: 0.11
FEWEST_REASONS_RIGHT = 0.80  # measured: 0.90
SAMPLES = load_samples(datetime.now(UTC))


@pytest.fixture(scope="module")
def transcription() -> Transcription:
    return open_transcription(SpeechOptions(engine="sphinx"))


@pytest.fixture(scope="module")
def analysis() -> AnalysisPipeline:
    return open_analysis(MODELS)


@pytest.fixture(scope="module")
def transcripts(transcription: Transcription) -> dict[Path, Transcript]:
    return {sample.path: read(transcription, sample) for sample in SAMPLES}


def read(transcription: Transcription, sample: Sample) -> Transcript:
    return (
        transcription.email(sample.path) if sample.kind == "email" else transcription.recording(sample.path)
    )


def words(text: str) -> list[str]:
    return re.sub(r"[^a-z'\[\] ]", " ", Redactor().redact(text).text.lower()).split()


def word_errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Levenshtein distance in words."""
    row = list(range(len(heard) + 1))
    for place, word in enumerate(said, 1):
        before, row[0] = row[:], place
        for index, other in enumerate(heard, 1):
            row[index] = min(before[index] + 1, row[index - 1] + 1, before[index - 1] + (word != other))
    return row[-1]


def test_recordings_are_heard(transcripts: dict[Path, Transcript]) -> None:
    errors = length = 0
    for path in (sample.path for sample in SAMPLES if sample.kind == "recording"):
        script = json.loads((HERE / "scripts" / f"{path.stem}.json").read_text("utf-8"))
        for party in ("agent", "customer"):
            said = words(" ".join(turn["text"] for turn in script["turns"] if turn["party"] == party))
            heard = words(" ".join(turn.text for turn in transcripts[path].turns if turn.party == party))
            errors, length = errors + word_errors(said, heard), length + len(said)
        assert transcripts[path].reliable, path.name
    assert errors / length <= MOST_WORD_ERRORS


def test_what_was_told_in_confidence_is_masked(transcripts: dict[Path, Transcript]) -> None:
    kinds = {kind.kind for transcript in transcripts.values() for kind in transcript.redactions}
    assert kinds == {"card", "phone", "iban", "name", "address"}


def test_reasons_are_found(transcripts: dict[Path, Transcript], analysis: AnalysisPipeline) -> None:
    right = 0
    for sample in SAMPLES:
        found = analysis.analyze(transcripts[sample.path]).call_reasons
        primary = next((reason.parent or reason.name for reason in found if reason.primary), None)
        right += primary == sample.reason
    assert right / len(SAMPLES) >= FEWEST_REASONS_RIGHT
