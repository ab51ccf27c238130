"""Rows become documents of the message contract: one each, or one for all rows with the same value."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.errors import InvalidInput
from service.intake import messages
from service.intake.imports.columns import Columns, Unreadable
from service.intake.imports.mapping import Mapping as RowMapping
from service.intake.imports.rows import BadRows, Row
from service.intake.messages import MessageDocument
from service.intake.metadata import FieldError, InvalidMetadata

MOST_ROWS = 10_000  # of one interaction


@dataclass(frozen=True, slots=True)
class Draft:
    """One interaction as it will be entered, and the lines it stands on."""

    first: int
    last: int
    content: bytes
    document: MessageDocument


def drafts(rows: Iterable[Row | BadRows], mapping: RowMapping) -> Iterator[Draft | BadRows]:
    """Every row as part of an interaction or of a report, in the order of the file."""
    columns = Columns(mapping)
    if mapping.group_by is None:
        for row in rows:
            yield row if isinstance(row, BadRows) else _draft([row], columns, None)
        return
    yield from _grouped(rows, columns)


def _grouped(rows: Iterable[Row | BadRows], columns: Columns) -> Iterator[Draft | BadRows]:
    held: list[Row] = []
    held_by: str | None = None
    for row in rows:
        if isinstance(row, BadRows):
            yield row
            continue
        group = columns.group(row.values)
        if group is None:
            yield BadRows(row.first, row.last, "missing_id", "The column that groups rows is empty.")
            continue
        if held and (group != held_by or len(held) >= MOST_ROWS):
            yield _draft(held, columns, held_by)
            held = []
        held_by = group
        held.append(row)
    if held:
        yield _draft(held, columns, held_by)


def _draft(rows: Sequence[Row], columns: Columns, group: str | None) -> Draft | BadRows:
    first, last = rows[0].first, rows[-1].last
    try:
        fields = columns.fields([row.values for row in rows])
        if group is not None:
            fields.setdefault("external_id", group)
        content = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        document = messages.parse(content)
    except Unreadable as error:
        row = rows[min(error.row, len(rows) - 1)]
        return _bad(row.first if len(rows) > 1 else first, last, error.code, error.detail, rows)
    except InvalidMetadata as error:
        return _refused(rows, error.errors)
    except InvalidInput as error:
        return BadRows(first, last, error.code, error.detail)
    return Draft(first, last, content, document)


def _refused(rows: Sequence[Row], errors: Sequence[FieldError]) -> BadRows:
    """The first fault and how many more there are; of a message, the line of its row."""
    first = errors[0]
    more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
    named = "the row" if first.field == "body" else first.field
    return _bad(rows[0].first, rows[-1].last, first.code, f"{named} {first.detail}{more}.", rows)


def _bad(first: int, last: int, code: str, detail: str, rows: Sequence[Row]) -> BadRows:
    if len(rows) == 1:
        return BadRows(first, last, code, f"{detail[:1].upper()}{detail[1:]}")
    where = f"Line {first}: {detail}" if first != rows[0].first else f"{detail[:1].upper()}{detail[1:]}"
    kept = f"{where} None of its {len(rows)} rows was imported."
    return BadRows(rows[0].first, last, code, kept)
