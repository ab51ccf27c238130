"""What is asked to be analyzed: the file, its kind, and what the caller knows about its sound."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nlp.commands.telling import BadCall
from nlp.transcript import Party, Stretch
from nlp.transcript_files import is_transcript_file

KINDS = {  # any other suffix: a recording
    ".eml": "email",
    ".json": "messages",  # or a transcript, by its content
    ".txt": "text",
    ".vtt": "transcript",
    ".srt": "transcript",
}
MAP_REMEDY = "Write it as 0=agent,1=customer."
MAX_AUDIO_CHANNEL = 63
SIDECAR_BYTES = 1_000_000
TEXT_BYTES = 10_000_000


@dataclass(frozen=True)
class Asked:
    """One file to analyze; ``channel_map`` and ``language`` are None where the caller does not know.

    ``transcript`` is what stands beside a recording and is taken instead of recognising; in ``pauses`` the
    telephony paused the recording.
    """

    path: Path
    kind: str
    channel_map: Mapping[int, Party] | None
    language: str | None
    transcript: Path | None = None
    pauses: tuple[Stretch, ...] = ()


def asked(options: argparse.Namespace) -> Asked:
    """Check what was asked for, before anything heavy is loaded; raises BadCall."""
    path: Path = options.path
    _readable(path)
    if path.suffix.lower() == ".jsonl":
        raise BadCall("lines_of_texts", "A .jsonl file holds many texts.", f"Call with --jsonl {path.name}.")
    kind = KINDS.get(path.suffix.lower(), "recording")
    if kind == "messages" and is_transcript_file(path):
        kind = "transcript"
    transcript = _transcript_beside(path) if kind == "recording" else None
    known = _sidecar(options.metadata or (_beside(path, transcript) if kind == "recording" else None))
    channel_map = _channel_map(options.channel_map) if options.channel_map else known.get("channel_map")
    language = options.language or known.get("language")
    if language is not None and not isinstance(language, str):
        raise BadCall("invalid_metadata", "The language of the metadata is not a string.", "Write it as en.")
    pauses = _pauses(known.get("pauses") or [])
    return Asked(path, kind, _parties(channel_map), language, transcript, pauses)


def _readable(path: Path) -> None:
    if not path.exists():
        raise BadCall("no_such_file", f"There is no file {path.name}.", "Check the path.")
    if not path.is_file():
        raise BadCall("not_a_file", f"{path.name} is not a file.", "For folders: overtone ingest PATH.")
    if not path.stat().st_size:
        raise BadCall("empty_file", f"{path.name} is empty.", "Send the file again from its source.")


def _beside(path: Path, transcript: Path | None) -> Path | None:
    """The sidecar of a recording: call1.json or call1.wav.json, unless that is its transcript."""
    return next((place for place in _places(path, ".json") if place.is_file() and place != transcript), None)


def _transcript_beside(path: Path) -> Path | None:
    """The transcript of a recording: call1.vtt, call1.srt, or call1.json with a transcript in it."""
    places = [place for suffix in (".vtt", ".srt", ".json") for place in _places(path, suffix)]
    return next((place for place in places if place.is_file() and is_transcript_file(place)), None)


def _places(path: Path, suffix: str) -> tuple[Path, Path]:
    return path.with_suffix(suffix), path.with_name(path.name + suffix)


def _sidecar(path: Path | None) -> dict[str, object]:
    if path is None:
        return {}
    _readable(path)
    remedy = "It must be a JSON object; see the metadata fields in the README."
    try:
        with path.open("rb") as file:
            known = json.loads(file.read(SIDECAR_BYTES).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadCall("invalid_metadata", f"{path.name} is not JSON in UTF-8.", remedy) from error
    if not isinstance(known, dict):
        raise BadCall("invalid_metadata", f"{path.name} is not a JSON object.", remedy)
    return known


def _pauses(written: object) -> tuple[Stretch, ...]:
    """As the API takes them: a list of {"start_ms", "end_ms"}."""
    found = []
    for entry in written if isinstance(written, list) else [None]:
        start, end = (entry.get("start_ms"), entry.get("end_ms")) if isinstance(entry, dict) else (None, None)
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
            detail = "A pause of the metadata has no start_ms before its end_ms."
            raise BadCall("invalid_metadata", detail, "Write them as whole numbers of ms.")
        found.append(Stretch(start, end))
    return tuple(found)


def _channel_map(text: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in text.split(",")]
    return {channel.strip(): party.strip() for channel, _, party in pairs}


def _parties(channel_map: object) -> Mapping[int, Party] | None:
    if channel_map is None:
        return None
    if not isinstance(channel_map, dict) or not channel_map:
        raise BadCall(
            "invalid_channel_map", "The channel map is not a map of channels to parties.", MAP_REMEDY
        )
    found: dict[int, Party] = {}
    for channel, party in channel_map.items():
        if not str(channel).isdecimal() or int(channel) > MAX_AUDIO_CHANNEL:
            detail = "The channel map names an audio channel that is no number from 0."
            raise BadCall("invalid_channel_map", detail, MAP_REMEDY)
        if not isinstance(party, str) or party not in set(Party):
            detail = "The channel map names a party that is none of agent, customer, system, unknown."
            raise BadCall("unknown_party", detail, MAP_REMEDY)
        found[int(channel)] = Party(party)
    return found
