"""Single values of a row as the contract wants them: times with a zone, mapped words, plain text."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

_EPOCHS = {"epoch": 1, "epoch_ms": 1000}


def plain(value: Any) -> str | None:
    """A value as text without blanks around it; None where there is nothing, or a list or object."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value).strip() or None
    return None


def mapped(value: str, words: Mapping[str, str] | None) -> str:
    """What a word stands for, whatever its case; ``*`` is for all that are not listed."""
    if not words:
        return value
    folded = {word.casefold(): meaning for word, meaning in words.items()}
    return folded.get(value.casefold(), folded.get("*", value))


def moment(value: str, forms: Sequence[str], zone: ZoneInfo) -> datetime | None:
    """The time that the first fitting form reads, in UTC; None where none fits."""
    for form in forms:
        try:
            found = _read(value, form)
        except (ValueError, OverflowError, OSError):
            continue
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    return None


def number(value: str) -> float | None:
    """A score, with a decimal point or comma; None where it is none."""
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return None


def _read(value: str, form: str) -> datetime:
    if form in _EPOCHS:
        return datetime.fromtimestamp(float(value) / _EPOCHS[form], UTC)
    if form == "iso":
        return datetime.fromisoformat(_without_nanoseconds(value))
    return datetime.strptime(value, form)


def _without_nanoseconds(value: str) -> str:
    """Some writers give seven or nine digits of a second; six are read."""
    head, dot, tail = value.partition(".")
    digits = len(tail) - len(tail.lstrip("0123456789"))
    return f"{head}.{tail[:digits][:6]}{tail[digits:]}" if dot and digits > 6 else value
