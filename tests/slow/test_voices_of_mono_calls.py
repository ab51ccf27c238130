"""The demo's stereo calls mixed to mono: the real models tell the two voices apart and find the agent."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from nlp.audio.recording import open_recording
from nlp.diarization import Diarizer, open_diarizer
from nlp.party_roles import open_party_roles
from nlp.transcript import Party
from nlp.transcription import MODELS
from service.demo.samples import HERE
from tests.nlp.sounds import write_wav

pytestmark = pytest.mark.slow
CALLS = sorted((HERE / "scripts").glob("*.json"))


@pytest.fixture(scope="module")
def diarizer() -> Diarizer:
    return open_diarizer()


@pytest.mark.parametrize("script", CALLS[:4], ids=lambda path: path.stem)
def test_each_party_of_a_mixed_call_has_one_voice(script: Path, tmp_path: Path, diarizer: Diarizer) -> None:
    said = json.loads(script.read_text("utf-8"))
    with open_recording(HERE / said["recording"]) as stereo:
        both, rate = stereo.window(0, stereo.frames).sum(axis=1) / 65536, stereo.rate
    with open_recording(write_wav(tmp_path / "mono.wav", both, rate=rate)) as mono:
        told = diarizer.diarize(mono, 0, expected=2)
    assert told.speakers == 2
    spoken: Counter[tuple[str, int]] = Counter()
    for turn in said["turns"]:
        for piece in told.split(turn["start_ms"], turn["end_ms"]):
            spoken[turn["party"], piece.speaker] += piece.end_ms - piece.start_ms
    straight = spoken["agent", 0] + spoken["customer", 1]
    crossed = spoken["agent", 1] + spoken["customer", 0]
    assert max(straight, crossed) > 0.9 * spoken.total()


@pytest.mark.parametrize("script", CALLS, ids=lambda path: path.stem)
def test_the_agent_of_each_demo_call_is_found(script: Path) -> None:
    turns = json.loads(script.read_text("utf-8"))["turns"]
    said = [
        " ".join(turn["text"] for turn in turns if turn["party"] == party) for party in ("customer", "agent")
    ]
    assert open_party_roles(MODELS).roles(said).parties == (Party.CUSTOMER, Party.AGENT)


def test_silence_and_noise_are_no_voices(tmp_path: Path, diarizer: Diarizer) -> None:
    quiet = np.random.default_rng(0).normal(0, 0.003, 20 * 16_000)
    with open_recording(write_wav(tmp_path / "line.wav", quiet)) as line:
        assert diarizer.diarize(line, 0).speakers == 0
