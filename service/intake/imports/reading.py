"""Opens a file of rows by its mapping and gives what it holds, from any line on, in flat memory."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from service.errors import InvalidInput
from service.intake.imports.csv_rows import CsvRows
from service.intake.imports.drafts import Draft, drafts
from service.intake.imports.json_rows import json_lines, json_records
from service.intake.imports.mapping import FORMATS, Mapping
from service.intake.imports.rows import BadRows, Row
from service.intake.imports.text_lines import Lines, encoding_of


def read_file(
    file: BinaryIO, mapping: Mapping, *, name: str | None, encoding: str | None = None, after: int = 0
) -> Iterator[Draft | BadRows]:
    """The interactions of a file, from the line after ``after`` on.

    Raises InvalidInput(missing_column, duplicate_column, empty_file, body_not_json, unknown_format) before
    the first one, for what is wrong with the whole file.
    """
    encoding = encoding or mapping.encoding or encoding_of(file)
    return drafts(_rows(file, mapping, format_of(mapping, name), encoding, after), mapping)


def format_of(mapping: Mapping, name: str | None) -> str:
    """How the file is written: what the mapping says, else what its name says.

    Raises InvalidInput(unknown_format).
    """
    found = mapping.format or FORMATS.get(PurePath(name or "").suffix.lower())
    if found is None:
        raise InvalidInput(
            "unknown_format",
            "Neither the mapping nor the file's name says how the file is written.",
            'Write format = "csv", "jsonl" or "json" into the mapping.',
        )
    return found


def _rows(file: BinaryIO, mapping: Mapping, form: str, encoding: str, after: int) -> Iterator[Row | BadRows]:
    if form == "json":
        records = json_records(file, encoding, mapping.records)
        return (row for row in records if row.first > after)
    lines = Lines(file, encoding)
    if form == "jsonl":
        lines.skip_to(after)
        return json_lines(lines)
    found = CsvRows(lines, delimiter=mapping.delimiter, quote=mapping.quote, columns=mapping.columns)
    missing = sorted(name for name in mapping.used() if name not in found.columns)
    if missing:
        raise InvalidInput(
            "missing_column",
            f"The file has no column {', '.join(name[:60] for name in missing[:10])}.",
            f"It has {', '.join(name[:60] for name in found.columns[:30])}. Correct the mapping.",
        )
    lines.skip_to(after)
    return iter(found)
