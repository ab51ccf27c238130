"""The sample set as the demo sends it: files with their metadata, dated back from today."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).resolve().parent
SOURCE = "demo"


@dataclass(frozen=True)
class Sample:
    """One file of the set; ``reason`` is the top reason that was written into it."""

    kind: Literal["recording", "email"]
    path: Path
    media_type: str
    metadata: Mapping[str, Any]
    reason: str


MEDIA_TYPES = {
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".eml": "message/rfc822",
}


def load_samples(today: datetime) -> list[Sample]:
    """All samples, oldest first; ``today`` (aware) is the day that ``days_ago`` counts from."""
    listed = tomllib.loads((HERE / "samples.toml").read_text(encoding="utf-8"))["samples"]
    ordered = sorted(listed, key=lambda entry: -entry["days_ago"])
    return [_sample(entry, today) for entry in ordered]


def _sample(entry: Mapping[str, Any], today: datetime) -> Sample:
    path = HERE / entry["file"]
    hour, minute = (int(part) for part in entry["time"].split(":"))
    day = today - timedelta(days=entry["days_ago"])
    started_at = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    metadata = {
        "source": SOURCE,
        "external_id": path.name,
        "started_at": started_at.isoformat(),
        **entry["metadata"],
    }
    kind: Literal["recording", "email"] = "email" if path.suffix == ".eml" else "recording"
    return Sample(kind, path, MEDIA_TYPES[path.suffix], metadata, entry["reason"])
