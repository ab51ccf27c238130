"""Rows of JSON: an object on each line, or the records of one document."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from pydantic_core import from_json

from service.errors import InvalidInput, TooLarge
from service.intake.imports.rows import BadRows, Row
from service.intake.imports.text_lines import Lines, is_broken, too_long

MOST_DOCUMENT_BYTES = 64 * 1024**2  # one document is read in memory as a whole; lines are not


def json_lines(lines: Lines) -> Iterator[Row | BadRows]:
    """One object a line; blank lines say nothing."""
    for number, line in lines:
        if not line.strip():
            continue
        if too_long(line):
            yield BadRows(number, number, "row_too_long", "The row is longer than 1 MiB.")
        elif is_broken(line):
            detail = "The row has bytes that the file's encoding does not know."
            yield BadRows(number, number, "wrong_encoding", detail)
        else:
            yield _row(number, _value(line))


def json_records(file: BinaryIO, encoding: str, path: str | None) -> Iterator[Row | BadRows]:
    """The records of one document: the list at ``path``, a list itself, or the document alone.

    Raises InvalidInput(body_not_json, missing_column), TooLarge(document_too_large).
    """
    file.seek(0)
    content = file.read(MOST_DOCUMENT_BYTES + 1)
    if len(content) > MOST_DOCUMENT_BYTES:
        raise TooLarge("document_too_large", "One JSON document may have 64 MiB.", "Send it as JSONL.")
    document = _value(content.decode(encoding, "replace"))
    if document is None:
        raise InvalidInput("body_not_json", "The file is not JSON.", "Send one JSON document, or JSONL.")
    found = at(document, path) if path else document
    if path and found is None:
        raise InvalidInput("missing_column", "The file has nothing at `records`.", "Correct the mapping.")
    for number, record in enumerate(found if isinstance(found, list) else [found], start=1):
        yield _row(number, record)


def at(value: Any, path: str) -> Any:
    """What lies at a dotted path, numbers counting in lists from 0; a name with dots in it goes first."""
    if isinstance(value, dict) and path in value:
        return value[path]
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _value(text: str) -> Any:
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError:
        return None


def _row(number: int, value: Any) -> Row | BadRows:
    if not isinstance(value, dict):
        return BadRows(number, number, "row_not_json", "The row is not a JSON object.")
    return Row(number, number, value)
