"""What `overtone ingest PATH...` finds: recordings, transcripts, mails, messages and their metadata."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from service.cli.mailboxes import (
    MboxPart,
    is_left_aside,
    is_maildir,
    is_sent_folder,
    maildir_of,
    mbox_parts,
)
from service.cli.vcon_files import belongs_to_vcon, with_recordings
from service.errors import InvalidInput
from service.intake.transcript_documents import json_kind

Kind = Literal["recording", "transcript", "vcon", "email", "messages"]

RECORDING_TYPES = {
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
    ".mp4": "audio/mp4",
    ".webm": "audio/webm",
    ".amr": "audio/amr",
    ".aiff": "audio/aiff",
}
CAPTION_TYPES = {".vtt": "text/vtt", ".srt": "application/x-subrip"}


@dataclass(frozen=True)
class Item:
    """One thing to send: a file, or (from an mbox) a message that is in memory already."""

    kind: Kind
    name: str
    path: Path
    media_type: str
    content: bytes | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    transcript: Path | None = None  # taken instead of recognising the recording
    part: MboxPart | None = None  # of the file at ``path``

    @property
    def size(self) -> int:
        """Bytes to send."""
        if self.part is not None:
            return self.part.length
        return len(self.content) if self.content is not None else self.path.stat().st_size

    def in_memory(self) -> "Item":
        """The same with its content read, where it is a part of a file that need not stay in memory."""
        if self.part is None:
            return self
        return replace(self, content=self.part.read(self.path), part=None)


def collect(paths: Iterable[Path]) -> tuple[list[Item], list[tuple[Path, str]]]:
    """Items of all paths, in order, and what was left out with the reason why."""
    items: list[Item] = []
    left_out: list[tuple[Path, str]] = []
    for path in paths:
        if not path.exists():
            left_out.append((path, "no such file or folder"))
            continue
        for file in _files(path):
            try:
                items.extend(_items_of(file))
            except InvalidInput as error:
                left_out.append((file, error.detail))
    return items, left_out


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not any(_is_hidden(part) for part in _with_parents(file, path)):
            yield file


def _with_parents(file: Path, root: Path) -> list[Path]:
    return [file, *(parent for parent in file.parents if root in parent.parents)]


def _is_hidden(path: Path) -> bool:
    """Folders of a Maildir begin with a dot, and are none the less meant."""
    return path.name.startswith(".") and not is_maildir(path)


def _items_of(file: Path) -> Iterator[Item]:
    if maildir_of(file) is not None or is_maildir(file.parent) or is_maildir(file.parent.parent):
        yield from _maildir(file)
        return
    suffix = file.suffix.lower()
    if suffix in RECORDING_TYPES:
        yield from _recording(file, RECORDING_TYPES[suffix])
    elif suffix in CAPTION_TYPES:
        if not _is_sidecar(file, of=RECORDING_TYPES):
            yield Item("transcript", file.name, file, CAPTION_TYPES[suffix], metadata=_sidecar(file))
    elif suffix == ".eml":
        yield Item("email", file.name, file, "message/rfc822", metadata=_sidecar(file))
    elif suffix == ".mbox":
        yield from _mbox(file)
    elif suffix in (".json", ".vcon"):
        yield from _json(file)
    else:
        raise InvalidInput(
            "unknown_file_type",
            f"{suffix or 'no'} suffix: not a recording, .vtt, .srt, .vcon, .eml, .mbox or .json",
        )


def _recording(file: Path, media_type: str) -> Iterator[Item]:
    if belongs_to_vcon(file):
        return
    transcript = _transcript_beside(file)
    known = _sidecar(file, transcript)
    yield Item("recording", file.name, file, media_type, metadata=known, transcript=transcript)


def _json(file: Path) -> Iterator[Item]:
    kind = json_kind(file.read_bytes())
    if kind == "vcon":
        yield Item(kind, file.name, file, "application/vcon+json", content=with_recordings(file))
    elif not _is_sidecar(file, of=(*RECORDING_TYPES, *CAPTION_TYPES, ".eml")):
        yield Item(kind, file.name, file, "application/json")


def _sidecar_paths(file: Path) -> tuple[Path, Path]:
    return file.with_name(file.name + ".json"), file.with_suffix(".json")


def _is_sidecar(file: Path, *, of: Collection[str]) -> bool:
    """call.wav.json stands beside call.wav, call.json beside call.wav, call.mp3 or call.eml."""
    stem = file.with_suffix("")
    if stem.suffix.lower() in of and stem.exists():
        return True
    return any(other.suffix.lower() in of for other in file.parent.glob(f"{_literal(stem.name)}.*"))


def _literal(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _transcript_beside(file: Path) -> Path | None:
    """call.vtt or call.srt beside call.wav; call.json where it holds a transcript and no metadata."""
    for suffix in CAPTION_TYPES:
        for path in (file.with_name(file.name + suffix), file.with_suffix(suffix)):
            if path.is_file():
                return path
    known = (path for path in _sidecar_paths(file) if path.is_file())
    return next((path for path in known if json_kind(path.read_bytes()) == "transcript"), None)


def _sidecar(file: Path, transcript: Path | None = None) -> dict[str, Any]:
    for path in _sidecar_paths(file):
        if path.is_file() and path != transcript:
            return read_metadata(path.read_bytes(), path.name)
    return {}


def read_metadata(content: bytes, name: str) -> dict[str, Any]:
    """The JSON object in a sidecar; what its fields mean is for the service to judge."""
    try:
        value = json.loads(content)
    except ValueError as error:
        raise InvalidInput(
            "metadata_not_json", f"the sidecar {name} is not JSON: {error}", "Write one JSON object in it."
        ) from error
    if not isinstance(value, dict):
        raise InvalidInput("metadata_not_json", f"the sidecar {name} holds no JSON object")
    return value


def _maildir(file: Path) -> Iterator[Item]:
    """A mail of a Maildir; nothing for one that is being delivered and for what the server keeps there."""
    box = maildir_of(file)
    if box is not None and not is_left_aside(file):
        sent = {"direction": "outbound"} if is_sent_folder(box.name.lstrip(".")) else {}
        yield Item("email", file.name, file, "message/rfc822", metadata=sent)


def _mbox(file: Path) -> Iterator[Item]:
    sent = {"direction": "outbound"} if is_sent_folder(file.stem) else {}
    for number, part in enumerate(mbox_parts(file), start=1):
        yield Item("email", f"{file.name}#{number}", file, "message/rfc822", metadata=sent, part=part)
