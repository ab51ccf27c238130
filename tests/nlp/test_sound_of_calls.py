"""Nobody's speech is taken for hold: the demo's calls and the public telephone recordings."""

from pathlib import Path

import pytest

from nlp.audio.recording import open_recording
from nlp.sound import measured
from tests.requirements import data_folder

DEMO = Path(__file__).resolve().parents[2] / "service" / "demo" / "recordings"


def check(path: Path) -> None:
    with open_recording(path) as recording:
        found = measured(recording, {})
        assert found.holds == ()
        assert all(max(levels) > 50 for levels in found.loudness.values())
        assert {len(levels) for levels in found.loudness.values()} == {-(-recording.duration_ms // 1000)}


@pytest.mark.parametrize("name", ["charged-twice.wav", "late-parcel.mp3", "internet-down.flac"])
def test_the_demo_has_no_hold(name: str) -> None:
    check(DEMO / name)


@pytest.mark.data
def test_a_real_call_has_no_hold() -> None:
    folder = data_folder("aws_calls_two_channel")
    for path in (*folder.glob("*.flac"), *folder.glob("*.wav")):
        check(path)


@pytest.mark.data
def test_synthetic_calls_have_no_hold() -> None:
    for path in sorted((data_folder("vcon_synthetic_calls") / "audio").glob("*.mp3"))[:6]:
        check(path)
