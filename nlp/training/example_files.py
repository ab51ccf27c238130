"""Reads labelled texts from CSV and JSON lines as people export them; bad rows are told by line."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from nlp.errors import BadExamples
from nlp.plain_text import clean
from nlp.training.own_reasons import Example

LARGEST = 500_000_000  # bytes of a file
LONGEST_TEXT = 50_000  # characters that are read of a text: as much as of a turn
LONGEST_RECORD = 2_000  # lines that a quoted text may go over
FIELD_LIMIT = 10_000_000  # characters of one field
SEPARATORS = (",", ";", "\t", "|")
TEXTS = ("text", "utterance", "sentence", "verbatim", "message", "example", "conversation")
LABELS = ("label", "category", "reason", "call reason", "call_reason", "intent", "class")
COLUMNS = "Name the columns in the first line: text,label."
# Letters that Windows-1250 has where Windows-1252 has others: who writes õ and û seldom writes ñ and ê too.
CENTRAL, WESTERN = "őűŐŰąćęłńśźżčřěůťďľšžĄĆĘŁŃŚŹŻČŘĚŮŤĎĽ", "õûÕÛñãêèæøåïìòùëÑÃÊÈÆØÅ¿¡"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line from 1, and why; never holds the text."""

    line: int
    code: str
    detail: str


@dataclass(frozen=True)
class ReadExamples:
    """The usable rows of a file, and the others."""

    examples: tuple[Example, ...]
    bad_rows: tuple[BadRow, ...]


def read_examples(path: Path) -> ReadExamples:
    """Read a CSV (columns text and label, also named category, intent, ...) or JSON lines of text and label.

    Raises BadExamples: no_such_file, examples_too_large, no_columns, no_examples.
    """
    if not path.is_file():
        raise BadExamples("no_such_file", f"There is no file {path.name}.", "Check the path.")
    if path.stat().st_size > LARGEST:
        detail = f"{path.name} is larger than {LARGEST // 1_000_000} MB."
        raise BadExamples("examples_too_large", detail, "A few hundred examples of each reason are enough.")
    text = decoded(path.read_bytes())
    lines = path.suffix.lower() in (".jsonl", ".ndjson")
    rows = list(_json_rows(text) if lines else _csv_rows(text))
    examples = tuple(row for row in rows if isinstance(row, Example))
    bad = tuple(row for row in rows if isinstance(row, BadRow))
    if not examples:
        where = f" (line {bad[0].line}: {bad[0].detail})" if bad else ""
        raise BadExamples("no_examples", f"{path.name} holds no usable example{where}.", COLUMNS)
    return ReadExamples(examples, bad)


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with a mark or plainly so), Windows-1250 or Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for order, zeros in (("utf-16-le", content[1:400:2]), ("utf-16-be", content[0:400:2])):
        if len(zeros) > 4 and zeros.count(0) > len(zeros) * 0.6:
            return content.decode(order, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        western, central = (content.decode(name, "replace") for name in ("cp1252", "cp1250"))
    likes = sum(central.count(letter) for letter in CENTRAL)
    against = sum(western.count(letter) for letter in WESTERN if letter not in "õûÕÛ")
    return central if likes > against else western


def _csv_rows(text: str) -> Iterator[Example | BadRow]:
    lines = list(io.StringIO(text, newline=""))
    known = csv.field_size_limit(FIELD_LIMIT)
    try:
        separator, width, columns = _header(lines)
        for number, row in _records(lines, separator):
            yield row if isinstance(row, BadRow) else _example(row, number, width, columns)
    finally:
        csv.field_size_limit(known)


def _header(lines: Sequence[str]) -> tuple[str, int, tuple[int, int]]:
    """The separator with which the first line names a text and a label column, and where they are."""
    first = next((line for line in lines if line.strip()), "")
    for separator in SEPARATORS:
        names = [name.strip().casefold() for name in next(csv.reader([first], delimiter=separator), [])]
        text = next((names.index(name) for name in TEXTS if name in names), None)
        label = next((names.index(name) for name in LABELS if name in names), None)
        if text is not None and label is not None:
            return separator, len(names), (text, label)
    raise BadExamples("no_columns", "The first line does not name a text and a label column.", COLUMNS)


def _records(lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[str] | BadRow]]:
    """Rows after the header with their first line's number; after a broken quote the next line goes on."""
    place = next(number for number, line in enumerate(lines) if line.strip()) + 1
    while place < len(lines):
        reader = csv.reader(islice(lines, place, place + LONGEST_RECORD), delimiter=separator, strict=True)
        try:
            row = next(reader, [])
            taken = reader.line_num
        except csv.Error:
            detail = "A quoted text is not closed, or goes on after its closing quote."
            yield place + 1, BadRow(place + 1, "broken_quotes", detail)
            place += 1
            continue
        if any(field.strip() for field in row):
            yield place + 1, row
        place += max(taken, 1)


def _example(row: list[str], line: int, width: int, columns: tuple[int, int]) -> Example | BadRow:
    if len(row) != width:
        detail = (
            f"It has {len(row)} columns, {width} are wanted: a text with the separator in it wants quotes."
        )
        return BadRow(line, "wrong_columns", detail)
    return _usable(row[columns[0]], row[columns[1]], line)


def _usable(text: str, label: str, line: int) -> Example | BadRow:
    text = clean(text[:LONGEST_TEXT]).strip()
    return Example(text, clean(label).strip(), line) if text else BadRow(line, "no_text", "It has no text.")


def _json_rows(text: str) -> Iterator[Example | BadRow]:
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if line.strip():
            yield _json_row(line, number)


def _json_row(line: str, number: int) -> Example | BadRow:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return BadRow(number, "invalid_json", "It is not JSON.")
    if not isinstance(entry, dict):
        return BadRow(number, "invalid_line", "It is not an object with a text and a label.")
    text = next((entry[name] for name in TEXTS if isinstance(entry.get(name), str)), None)
    label = next((entry[name] for name in LABELS if isinstance(entry.get(name), str)), None)
    if "turns" in entry:
        text = _spoken(entry["turns"])
    if text is None or label is None:
        return BadRow(number, "invalid_line", "It has no text (or turns), or no label.")
    return _usable(text, label, number)


def _spoken(turns: object) -> str | None:
    """Turns as lines of "party: text"."""
    if not isinstance(turns, list):
        return None
    lines = []
    for turn in turns:
        if not isinstance(turn, dict) or not isinstance(turn.get("text"), str):
            return None
        lines.append(f"{turn.get('party', 'unknown')}: {' '.join(turn['text'].split())}")
    return "\n".join(lines)
