"""Examples of reasons as they are sent: a CSV of text and label, or JSON; bad rows are told by line."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from service.errors import InvalidInput
from service.intake.metadata import json_object
from service.store.reason_examples import LONGEST, NewExample
from service.taxonomies import folded

MOST_ROWS = 50_000
LONGEST_RECORD = 1000  # lines that a quoted text may go over
TEXTS = ("text", "utterance", "sentence", "verbatim", "message", "example")
LABELS = ("label", "category", "reason", "intent", "class")
SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line, and why; never what was in it."""

    line: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class GivenExamples:
    """The usable rows, their labels as the taxonomy calls the reasons, and the others."""

    examples: Sequence[NewExample]
    bad_rows: Sequence[BadRow]


def read_csv(content: bytes, known: Mapping[str, str] | None) -> GivenExamples:
    """Rows of a CSV; ``known`` gives the reason for a folded label, None takes every label as it is.

    Raises InvalidInput(no_columns, no_examples).
    """
    return _sorted(_rows(_text(content)), known)


def read_json(content: bytes, known: Mapping[str, str]) -> GivenExamples:
    """Rows of `{"examples": [{"text", "label"}]}`; lines count from 1. Raises InvalidInput."""
    fields = json_object(content, code="body_not_json", what="The body")
    given = fields.get("examples")
    if not isinstance(given, list):
        raise InvalidInput("no_examples", "The body has no list `examples`.", 'Send {"examples": [...]}.')
    rows: list[tuple[int, str, str] | BadRow] = []
    for number, one in enumerate(given, 1):
        text, label = (one.get("text"), one.get("label")) if isinstance(one, dict) else (None, None)
        if isinstance(text, str) and isinstance(label, str):
            rows.append((number, text, label))
        else:
            rows.append(BadRow(number, "invalid_row", "It has no text or no label."))
    return _sorted(rows, known)


def _sorted(
    rows: Iterator[tuple[int, str, str] | BadRow] | Sequence[tuple[int, str, str] | BadRow],
    known: Mapping[str, str] | None,
) -> GivenExamples:
    good: list[NewExample] = []
    bad: list[BadRow] = []
    for row in rows:
        found = row if isinstance(row, BadRow) else _example(*row, known)
        if isinstance(found, NewExample) and len(good) >= MOST_ROWS:
            raise InvalidInput(
                "too_many_examples", f"There are more than {MOST_ROWS}.", "A few hundred of each will do."
            )
        (good if isinstance(found, NewExample) else bad).append(found)  # type: ignore[arg-type]
    if not good:
        where = f" Line {bad[0].line}: {bad[0].detail}" if bad else ""
        raise InvalidInput("no_examples", f"There is no usable example.{where}", "Send text,label.")
    return GivenExamples(good, bad)


def _example(line: int, text: str, label: str, known: Mapping[str, str] | None) -> NewExample | BadRow:
    if not text.strip():
        return BadRow(line, "no_text", "It has no text.")
    if known is None:
        return NewExample(text.strip()[:LONGEST], label.strip())
    reason = known.get(folded(label))
    if reason is None:
        return BadRow(line, "unknown_reason", "Its label is no reason of the draft.")
    return NewExample(text.strip()[:LONGEST], reason)


def _rows(text: str) -> Iterator[tuple[int, str, str] | BadRow]:
    lines = text.splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    separator, columns = _header(lines[first] if first is not None else "")
    place = (first or 0) + 1
    while place < len(lines):
        taken, row = _record(lines, place, separator)
        if row is None:
            yield BadRow(
                place + 1, "broken_quotes", "A quoted text is not closed, or goes on after its quote."
            )
        elif len(row) <= max(columns):
            if any(field.strip() for field in row):
                yield BadRow(place + 1, "wrong_columns", "It has fewer columns than the first line.")
        else:
            yield place + 1, row[columns[0]], row[columns[1]]
        place += taken


def _record(lines: Sequence[str], place: int, separator: str) -> tuple[int, list[str] | None]:
    """How many lines a record takes, and its fields; None where its quotes are broken: the next goes on."""
    reader = csv.reader(islice(lines, place, place + LONGEST_RECORD), delimiter=separator, strict=True)
    try:
        row = next(reader, [])
    except csv.Error:
        return 1, None
    return max(reader.line_num, 1), row


def _header(line: str) -> tuple[str, tuple[int, int]]:
    for separator in SEPARATORS:
        try:
            row = next(csv.reader(io.StringIO(line), delimiter=separator), [])
        except csv.Error:
            continue
        names = [name.strip().casefold() for name in row]
        text = next((names.index(name) for name in TEXTS if name in names), None)
        label = next((names.index(name) for name in LABELS if name in names), None)
        if text is not None and label is not None:
            return separator, (text, label)
    raise InvalidInput(
        "no_columns", "The first line names no text and label column.", "Begin the file with: text,label"
    )


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
