"""Recordings that other people's systems wrote are read: the public data beside the checkout."""

from pathlib import Path

import numpy as np
import pytest

from nlp.audio.recording import open_recording
from tests.requirements import data_folder

pytestmark = pytest.mark.data


def recordings(folder: str) -> list[Path]:
    found = sorted(data_folder(folder).rglob("*"))
    return [path for path in found if path.suffix in (".wav", ".mp3", ".m4a", ".flac", ".ogg", ".opus")]


@pytest.mark.parametrize(
    "folder",
    ["asr_test_clips", "aws_calls_two_channel", "ami_diarization", "hungarian_audio", "hebrew_audio"],
)
def test_every_recording_is_read_whole(folder: str) -> None:
    paths = recordings(folder)
    assert paths
    for path in paths:
        with open_recording(path) as recording:
            codes = {notice.code for notice in recording.notices}
            assert not codes & {"damaged_audio", "truncated_audio", "wrong_length"}, path.name
            assert recording.gaps == ()
            begin = recording.samples(0, end_ms=10_000)
            assert len(begin) == min(10_000, recording.duration_ms) * 16 or recording.duration_ms < 10_000
            assert 0.001 < np.abs(begin).max() <= 1.01, path.name


def test_one_call_in_two_formats_is_one_call() -> None:
    """MP3 and AAC of the same words: as long, and with the same loud and quiet parts."""
    folder = data_folder("asr_test_clips") / "vcon_interop"
    shapes = []
    for name in ("call.mp3", "call.m4a"):
        with open_recording(folder / name) as recording:
            samples = recording.samples(0, end_ms=30_000)
        shapes.append(np.sqrt(np.mean(samples.reshape(-1, 8000) ** 2, axis=1)))
    assert np.corrcoef(*shapes)[0, 1] > 0.9


def test_a_stereo_call_keeps_its_parties_apart() -> None:
    (path,) = (path for path in recordings("aws_calls_two_channel") if "stereo" in path.name)
    with open_recording(path) as recording:
        assert (recording.rate, recording.audio_channels) == (8000, 2)
        left, right = recording.samples(0, end_ms=60_000), recording.samples(1, end_ms=60_000)
    assert abs(np.corrcoef(left, right)[0, 1]) < 0.3
