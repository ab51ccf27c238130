"""The command ``phrases``: phrases sought in the sound of a recording, without a transcript."""

import argparse
import json
from dataclasses import asdict

from nlp.commands.files import asked
from nlp.commands.telling import BadCall, printed
from nlp.recording_options import RecordingOptions
from nlp.transcript import SpokenPhrase
from nlp.transcription import SpeechOptions, open_transcription


def run(options: argparse.Namespace) -> int:
    """Print the hits in order of time, one a line, or as JSON with the notices."""
    wanted = asked(options)
    if wanted.kind != "recording":
        raise BadCall(
            "not_a_recording", "Phrases are sought in the sound of a recording.", "Give a recording."
        )
    transcription = open_transcription(SpeechOptions(models_dir=options.models))
    heard = RecordingOptions(
        wanted.channel_map,
        wanted.language,
        pauses=wanted.pauses,
        spoken_phrases=tuple(options.phrase),
    )
    hits, notices = transcription.spoken_phrases(wanted.path, heard)
    if options.json:
        found = {"hits": [asdict(hit) for hit in hits], "notices": [asdict(notice) for notice in notices]}
        return printed(json.dumps(found, ensure_ascii=False, indent=2))
    for notice in notices:
        printed(f"{notice.code}: {notice.detail}")
    for hit in hits:
        printed(line_of(hit))
    return 0 if hits else printed("Nothing was found.")


def line_of(hit: SpokenPhrase) -> str:
    """A hit as a line: when, who, how sure, what."""
    seconds = hit.start_ms / 1000
    when = f"{int(seconds // 60):3d}:{seconds % 60:04.1f}"
    return f"{when}  {hit.party:<9} {hit.score:.2f}  {hit.phrase}"
