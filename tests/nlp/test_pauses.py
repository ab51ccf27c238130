"""Pauses of the telephony: what is said in one is secret."""

from pathlib import Path

from nlp.recording_options import RecordingOptions
from nlp.transcript import Stretch
from tests.nlp.loudness import call, pipeline


def test_what_is_said_in_a_pause_is_not_written(tmp_path: Path) -> None:
    options = RecordingOptions(pauses=(Stretch(1_800, 3_200), Stretch(5_500, 9_000)))
    transcript = pipeline().recording(call(tmp_path), options)
    assert [(turn.start_ms, turn.end_ms) for turn in transcript.turns] == [(0, 150), (4000, 4150)]
    assert transcript.sound is not None
    assert transcript.sound.pauses == options.pauses
