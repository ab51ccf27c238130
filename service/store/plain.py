"""Values made such that every database takes them: no NUL, no half of a surrogate pair, no NaN."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import String

from service.errors import InvalidInput
from service.store.tables import Base


def text(value: str) -> str:
    """The text without NUL characters; what is not Unicode becomes U+FFFD."""
    return value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def optional(value: str | None) -> str | None:
    """``text`` where there is one; empty is none."""
    return (text(value) or None) if value is not None else None


def json(value: Any) -> Any:
    """Lists and dictionaries of plain values; a number that is none (NaN, infinity) becomes None."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {text(str(key)): json(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [json(item) for item in value]
    return value


def number(value: float | None) -> float | None:
    """A finite number or None."""
    return value if value is not None and math.isfinite(value) else None


def values(given: Mapping[str, Any], table: type[Base]) -> dict[str, Any]:
    """The values of a row made storable; other kinds of values are left as they are.

    Raises InvalidInput("value_too_long") for a text longer than its column: SQLite itself would not mind.
    """
    found = {name: json(value) for name, value in given.items()}
    for name, value in found.items():
        kind = table.__table__.columns[name].type
        longest = kind.length if isinstance(kind, String) else None
        if longest and isinstance(value, str) and len(value) > longest:
            raise InvalidInput(
                "value_too_long",
                f"{name} has {len(value)} characters, more than {longest}.",
                f"Shorten {name}.",
            )
    return found
