"""Transcripts on the command line: told by their content, and taken where they stand beside a recording."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from nlp.commands.files import Asked, asked

CUES = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Agent>Hello."
ANALYTICS = json.dumps({"Participants": [], "Transcript": []})


def ask(path: Path) -> Asked:
    """What is asked for with this file alone."""
    return asked(Namespace(path=path, metadata=None, channel_map=None, language=None))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("call.vtt", CUES, "transcript"),
        ("call.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello.", "transcript"),
        ("call.json", ANALYTICS, "transcript"),
        ("chat.json", '{"channel": "chat", "messages": []}', "messages"),
        ("chat.json", "no JSON at all", "messages"),
    ],
)
def test_a_file_is_a_transcript_by_its_content(tmp_path: Path, name: str, content: str, kind: str) -> None:
    (tmp_path / name).write_text(content)

    assert ask(tmp_path / name).kind == kind


def test_a_transcript_beside_a_recording_is_taken_and_metadata_still_read(tmp_path: Path) -> None:
    (tmp_path / "call.wav").write_bytes(b"RIFF")
    (tmp_path / "call.json").write_text(ANALYTICS)
    (tmp_path / "call.wav.json").write_text('{"language": "hu"}')
    found = ask(tmp_path / "call.wav")

    assert (found.kind, found.transcript, found.language) == ("recording", tmp_path / "call.json", "hu")
