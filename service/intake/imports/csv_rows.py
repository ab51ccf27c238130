"""Rows of delimited text; after a broken quotation mark it goes on at the next line that is a row again."""

import csv
from collections.abc import Iterator, Sequence

from service.errors import InvalidInput
from service.intake.imports.rows import MOST_BYTES, MOST_LINES, BadRows, Row
from service.intake.imports.text_lines import Lines, is_broken, too_long

csv.field_size_limit(MOST_BYTES + 1)
_DELIMITERS = ",;\t|"
Found = Row | BadRows


class CsvRows:
    """The rows of one file. Reading the header raises InvalidInput(empty_file, duplicate_column)."""

    def __init__(self, lines: Lines, *, delimiter: str | None, quote: str, columns: Sequence[str]) -> None:
        self._lines = lines
        self._quote = quote
        if columns:
            first = lines.take()
            if first is not None:
                lines.give_back([first])
            self._delimiter = delimiter or _delimiter(first[1] if first else "")
            self.columns = list(columns)
        else:
            self._delimiter, self.columns = self._header(delimiter)
        repeated = {name for name in self.columns if self.columns.count(name) > 1 and name}
        if repeated:
            raise InvalidInput(
                "duplicate_column", "Two columns of the file have the same name.", "Give each column its own."
            )

    def __iter__(self) -> Iterator[Found]:
        for number, line in self._lines:
            if line.strip():
                yield self._row(number, line)

    def _header(self, delimiter: str | None) -> tuple[str, list[str]]:
        for number, line in self._lines:
            if not line.strip() or too_long(line):
                continue
            delimiter = delimiter or _delimiter(line)
            self._delimiter = delimiter
            parts = self._whole(number, line)
            names = self._parsed([text for _, text in parts]) or []
            return delimiter, [name.strip() for name in names]
        raise InvalidInput("empty_file", "The file has no header line.", "Send a file with rows.")

    def _row(self, number: int, line: str) -> Found:
        if too_long(line):
            return BadRows(number, number, "row_too_long", "The row is longer than 1 MiB.")
        parts = self._whole(number, line)
        values = self._parsed([text for _, text in parts])
        if values is None or (len(parts) > 1 and not self._fits(values)):
            self._lines.give_back(parts[1:])
            return self._resynchronised(number)
        if not self._fits(values):
            detail = f"The row has {len(values)} columns, the header {len(self.columns)}."
            return BadRows(number, number, "wrong_columns", detail)
        last = parts[-1][0]
        if any(is_broken(value) for value in values):
            detail = "The row has bytes that the file's encoding does not know."
            return BadRows(number, last, "wrong_encoding", detail)
        return Row(number, last, dict(zip(self.columns, values, strict=False)))

    def _whole(self, number: int, line: str) -> list[tuple[int, str]]:
        """The lines of the row that begins here: more than one while a quotation mark is open."""
        parts, size = [(number, line)], len(line)
        while self._is_open([text for _, text in parts]):
            more = self._until_quote()
            size += sum(len(text) for _, text in more)
            parts += more
            if not more or size > MOST_BYTES or len(parts) > MOST_LINES:
                break
        return parts

    def _until_quote(self) -> list[tuple[int, str]]:
        """The next lines up to one with a quotation mark, which alone can close one."""
        found: list[tuple[int, str]] = []
        while len(found) <= MOST_LINES and (line := self._lines.take()) is not None:
            found.append(line)
            if too_long(line[1]) or self._quote in line[1]:
                break
        return found

    def _resynchronised(self, number: int) -> BadRows:
        last = number
        while (line := self._lines.take()) is not None:
            values = None if too_long(line[1]) else self._parsed([line[1]])
            if values is not None and self._fits(values):
                self._lines.give_back([line])
                break
            last = line[0]
        return BadRows(
            number, last, "broken_quotes", "A quotation mark is opened and not closed as it should."
        )

    def _fits(self, values: Sequence[str]) -> bool:
        """As many as the header; spreadsheets add empty ones at the end."""
        more = values[len(self.columns) :]
        return len(values) >= len(self.columns) and not any(value.strip() for value in more)

    def _parsed(self, lines: Sequence[str]) -> list[str] | None:
        """The values of one row; None where the lines are not exactly that."""
        try:
            rows = list(self._reader(lines))
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None

    def _is_open(self, lines: Sequence[str]) -> bool:
        if not self._quote or self._quote not in lines[-1]:
            return False
        try:
            list(self._reader(lines))
        except csv.Error as error:
            return "unexpected end of data" in str(error)
        return False

    def _reader(self, lines: Sequence[str]) -> Iterator[list[str]]:
        kept = [line.replace("\x00", "") for line in lines]
        if not self._quote:
            return csv.reader(kept, delimiter=self._delimiter, quoting=csv.QUOTE_NONE)
        return csv.reader(kept, delimiter=self._delimiter, quotechar=self._quote, strict=True)


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)
