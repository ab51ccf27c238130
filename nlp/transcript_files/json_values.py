"""Takes values out of somebody else's JSON: what is not of the kind expected is refused with its place."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from nlp.plain_text import clean
from nlp.transcript_files.given import LONGEST_TEXT, bad_time, too_large, unreadable


def parsed(text: str) -> Any:
    """The document; raises UnreadableTranscript for what is not JSON, NaN included, or nested too deeply."""
    try:
        return json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError):
        raise unreadable("it is not JSON, or nested too deeply") from None


def members(value: object, place: str) -> Mapping[str, Any]:
    """An object; nothing where there is none."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise unreadable(f"{place} is not an object")
    return value


def entries(value: object, place: str, *, most: int) -> Sequence[Any]:
    """A list of at most so many entries; an empty one where there is none."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise unreadable(f"{place} is not a list")
    if len(value) > most:
        raise too_large(f"{place} has more than {most} entries")
    return value


def text_of(value: object, place: str) -> str:
    """A cleaned string."""
    if not isinstance(value, str):
        raise unreadable(f"{place} is not a text")
    if len(value) > LONGEST_TEXT:
        raise too_large(f"{place} has more than {LONGEST_TEXT} characters")
    return clean(value).strip()


def name_of(value: object) -> str:
    """A short name or number as text; empty where there is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return clean(str(value)).strip()[:200]


def time_of(value: object, place: str) -> float:
    """A finite number. Raises UnreadableTranscript(bad_transcript_time)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise bad_time(place, "is not a number")
    try:
        found = float(value)
    except OverflowError:
        raise bad_time(place, "is not a number that can be") from None
    return found


def confidence_in(value: object) -> float | None:
    """A confidence 0-1, written as a number or as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and 0 <= found <= 1 else None


def language_in(value: object) -> str | None:
    """ISO 639 code of a tag such as en-US; None where it is no tag."""
    code = value.split("-")[0].lower() if isinstance(value, str) else ""
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else None


def _refused(constant: str) -> object:
    raise ValueError(constant)
