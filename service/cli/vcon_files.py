"""vCon files on disk: a recording that lies beside its vCon is put into it, for nothing is fetched by url."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

SUFFIXES = (".vcon.json", ".vcon", ".json")


def with_recordings(file: Path) -> bytes:
    """The vCon, each dialog that names a file beside it with that file inside; else as it is on disk."""
    content = file.read_bytes()
    document = _document(content)
    found = False
    for dialog in _dialogs(document):
        beside = file.parent / _name(dialog)
        if dialog.get("body") is None and _name(dialog) and beside.is_file():
            dialog["body"] = base64.urlsafe_b64encode(beside.read_bytes()).decode().rstrip("=")
            dialog["encoding"] = "base64url"
            dialog.pop("url", None)
            found = True
    return json.dumps(document).encode() if found else content


def belongs_to_vcon(recording: Path) -> bool:
    """Whether a vCon of the same name beside it names this recording, which then goes inside it."""
    for suffix in SUFFIXES:
        file = recording.with_suffix(suffix)
        if file.is_file() and any(
            _name(dialog) == recording.name for dialog in _dialogs(_document(file.read_bytes()))
        ):
            return True
    return False


def _document(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None  # the service says what is wrong with it


def _dialogs(document: Any) -> list[dict[str, Any]]:
    dialogs = document.get("dialog") if isinstance(document, dict) else None
    return [entry for entry in dialogs if isinstance(entry, dict)] if isinstance(dialogs, list) else []


def _name(dialog: Mapping[str, Any]) -> str:
    """The file's name without any folder: it is looked for beside the vCon and nowhere else."""
    name, url = dialog.get("filename"), dialog.get("url")
    if isinstance(name, str) and name:
        return PurePosixPath(name.replace("\\", "/")).name
    return PurePosixPath(urlsplit(url).path).name if isinstance(url, str) else ""
