"""Real telephone sound: sphinx cannot understand it, and says so."""

import os
import wave
from pathlib import Path

import pytest

from nlp.audio.recording import open_recording
from nlp.transcript import Party
from nlp.transcription import MODELS, SpeechOptions, open_transcription

pytestmark = [pytest.mark.data, pytest.mark.slow, pytest.mark.timeout(900)]
DATA = Path(os.environ.get("OVERTONE_DATA") or Path(__file__).parents[2].parent / "shared" / "data")
CALL = DATA / "aws_calls_two_channel" / "Auto_Repairs_40_stereo_L-agent_R-caller.flac"


@pytest.fixture(scope="module")
def half_a_minute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not CALL.exists():
        pytest.skip(f"no data folder: {CALL.name} is not there (set OVERTONE_DATA)")
    path = tmp_path_factory.mktemp("calls") / "call.wav"
    with open_recording(CALL, keep_lower_rate=True) as recording, wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(recording.rate)
        out.writeframes(recording.window(30 * recording.rate, 60 * recording.rate).tobytes())
    return path


def test_a_real_call_is_unreliable_to_sphinx(half_a_minute: Path) -> None:
    speech = open_transcription(SpeechOptions(engine="sphinx", models_dir=MODELS))
    transcript = speech.recording(half_a_minute)
    assert transcript.reliable is False
    assert transcript.confidence is not None
    assert transcript.confidence < 0.45
    assert {turn.party for turn in transcript.turns} == {Party.AGENT, Party.CUSTOMER}
    assert transcript.duration_ms == 30_000
