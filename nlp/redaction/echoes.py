"""What one party repeats of the other's secret: "five two nine, thank you"."""

from collections.abc import Iterator, Sequence

from nlp.redaction.lines import Line
from nlp.redaction.spans import Span

Placed = tuple[int, Span]
_REACH = 3  # turns after it
_LEAST = 3  # digits
_KINDS = frozenset(
    {"cvv", "expiry", "pin", "account", "national_id", "phone", "birth_date", "passport", "licence"}
)


def find_echoes(lines: Sequence[Line], found: Sequence[Sequence[Span]]) -> Iterator[Placed]:
    """Numbers of later turns that say the same digits as a span of a number's kind."""
    if len(lines) < 2:
        return
    for number, spans in enumerate(found):
        for span in spans:
            digits = _digits_in(lines[number], span) if span.kind in _KINDS else ""
            if len(digits) < _LEAST:
                continue
            for later in range(number + 1, min(number + 1 + _REACH, len(lines))):
                for run in lines[later].runs:
                    if run.digits == digits:
                        yield later, Span(run.start, run.end, span.kind)


def _digits_in(line: Line, span: Span) -> str:
    return "".join(
        number.digits
        for run in line.runs
        for number in run.numbers
        if span.start <= number.start and number.end <= span.end
    )
