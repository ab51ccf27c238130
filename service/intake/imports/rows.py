"""What a file of many rows holds: rows, and stretches of lines that are none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 1024**2  # characters of one row, all its lines together
MOST_LINES = 1000  # of one row


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the lines it stands on, counted from 1; of a JSON document, its number in the list."""

    first: int
    last: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BadRows:
    """Lines that were not imported: a stable code and a sentence, never what stands in them."""

    first: int
    last: int
    code: str
    detail: str
