"""Who may hear a recording."""

from pathlib import Path

import pytest

from service.errors import Forbidden, NotFound
from service.listening import media_type, playable
from service.store import interactions, transcripts
from service.store.blobs import DirectoryBlobs
from service.store.database import Session
from service.store.transcripts import NewTranscript
from tests.databases import (
    database,
    database_url,
    postgres_server,
    postgres_template,
    session,
    sqlite_template,
)
from tests.service.store.made import make_interaction

__all__ = ["database", "database_url", "postgres_server", "postgres_template", "session", "sqlite_template"]


@pytest.mark.parametrize(
    ("reliable", "speech", "sensitive", "heard"),
    [
        (True, [[0, 900]], False, True),
        (None, [], False, True),
        (None, [[0, 900]], False, False),  # somebody speaks, and no word was understood
        (None, [[0, 900]], True, True),
        (False, [], False, False),
        (False, [], True, True),
    ],
)
def test_the_sound_of_an_unreliable_transcript_is_for_the_few(
    session: Session,
    tmp_path: Path,
    *,
    reliable: bool | None,
    speech: list[list[int]],
    sensitive: bool,
    heard: bool,
) -> None:
    blobs = DirectoryBlobs(tmp_path)
    with blobs.begin() as writer:
        writer.write(b"RIFF")
        blob = writer.commit()
    row = make_interaction(session, channel="voice")
    sound = {"loudness": {}, "speech": {"0": speech}, "holds": [], "gaps": [], "pauses": []}
    made = NewTranscript(engine="e", engine_version="1", reliable=reliable, sound=sound)
    transcripts.replace(session, row.id, made, turns=[])
    interactions.mark_transcribed(session, row.id, playback_key=blob.key)
    if heard:
        assert playable(session, blobs, row.id, sensitive=sensitive).read_bytes() == b"RIFF"
    else:
        with pytest.raises(Forbidden, match="sensitive_audio"):
            playable(session, blobs, row.id, sensitive=sensitive)


def test_what_has_no_sound_cannot_be_heard(session: Session, tmp_path: Path) -> None:
    row = make_interaction(session, channel="chat")
    with pytest.raises(NotFound, match="audio_not_ready"):
        playable(session, DirectoryBlobs(tmp_path), row.id, sensitive=True)


@pytest.mark.parametrize(("head", "named"), [(b"fLaC\0", "audio/flac"), (b"RIFF\0", "audio/wav")])
def test_a_copy_is_named_by_what_it_is(tmp_path: Path, head: bytes, named: str) -> None:
    path = tmp_path / "copy"
    path.write_bytes(head)
    assert media_type(path) == named
