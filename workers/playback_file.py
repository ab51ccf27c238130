"""What may be played of a recording, made by the models and kept as a blob."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from nlp.transcript import Stretch, Transcript
from workers.context import Context

CHUNK_BYTES = 1024 * 1024


def store_playback(
    context: Context, recording: Path, transcript: Transcript, *, pauses: Sequence[Stretch] = ()
) -> str:
    """Keep it; the same recording gives the same blob, so a repetition leaves no rest."""
    folder = context.settings.tmp_dir
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        target = Path(name) / "playback.flac"
        context.transcription.playback(recording, transcript, target, pauses=pauses)
        with context.blobs.begin() as writer, target.open("rb") as source:
            while chunk := source.read(CHUNK_BYTES):
                writer.write(chunk)
            return writer.commit().key
