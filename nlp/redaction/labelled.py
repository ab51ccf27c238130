"""Numbers that only a word beside them, or the question before, gives away: codes, accounts, ids, births."""

import re
from collections.abc import Iterator, Sequence

from nlp.redaction.codes import Code, codes_of
from nlp.redaction.cues import counts
from nlp.redaction.dates import date_from, is_month
from nlp.redaction.labels import labels_of
from nlp.redaction.lines import Line
from nlp.redaction.numbers import Run
from nlp.redaction.spans import Span

Placed = tuple[int, Span]
_NEAR_CARD = 6  # lines around a card's number in which a date or code without a name may be its own
_DATE_REACH = 12  # tokens from a cue, or from the beginning of an answer, to a date
_DATE = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ,]{1,2}\d{1,2}:\d\d.*)?")
_BREAKS = frozenset({"other", "amount"})
_DIGITS = {  # shortest and longest
    "cvv": (3, 4), "pin": (3, 8), "account": (5, 18), "routing": (6, 9), "national_id": (4, 15),
    "passport": (6, 10), "licence": (5, 20), "phone": (7, 15),
}  # fmt: skip
_MASKED_AS = {"routing": "account"}
_WITH_LETTERS = frozenset({"passport", "licence", "national_id", "account"})


def find_labelled(
    lines: Sequence[Line], asked: Sequence[frozenset[str]], cards: Sequence[Placed]
) -> Iterator[Placed]:
    """What is labelled in its turn or was asked for before it; ``cards`` are those found already."""
    for number, line in enumerate(lines):
        near = any(abs(at - number) <= _NEAR_CARD for at, _ in cards)
        taken = [span for at, span in cards if at == number]
        for span in _in_line(line, asked[number], taken, near=near):
            yield number, span


def _in_line(line: Line, asked: frozenset[str], taken: Sequence[Span], *, near: bool) -> Iterator[Span]:
    if not line.cues and not asked and not taken:
        return
    for run in line.runs:
        if any(span.start < run.end and run.start < span.end for span in taken):
            yield from _rest(line, run, taken)
            continue
        kind = _kind(line, run, asked, near=near)
        if kind is not None:
            yield Span(run.start, run.end, _MASKED_AS.get(kind, kind))
    if {"passport", "licence", "national_id", "account"} & (asked | {cue.kind for cue in line.cues}):
        for code in codes_of(line):
            kind = _kind_of_code(line, code, asked)
            if kind is not None:
                yield Span(code.start, code.end, kind)
    yield from _dates(line, asked)


def _kind(line: Line, run: Run, asked: frozenset[str], *, near: bool) -> str | None:
    if _DATE.fullmatch(line.text, run.start, run.end):
        return None
    labels = labels_of(line, run.first, run.after, asked)
    counted = counts(line.tokens, run.after)
    for at, label in enumerate(labels):
        if label in _BREAKS and (at == 0 or labels[at - 1] not in _DIGITS):
            return None
        if label == "expiry" and _is_expiry(
            run, sure=near or bool({"pan", "card", "cvv"} & {*labels, *asked})
        ):
            return "expiry"
        shortest, longest = _DIGITS.get(label, (1, 0))
        if shortest <= len(run.digits) <= longest and not counted and _is_fitting(label, run, line, asked):
            return label
    return None


def _is_fitting(label: str, run: Run, line: Line, asked: frozenset[str]) -> bool:
    if label == "account":
        return not ({"other", "address", "birth_date"} & {cue.kind for cue in line.cues_before(run.first, 0)})
    if label == "national_id" and len(run.digits) < 7:
        last = {token.word for token in line.tokens[max(run.first - 8, 0) : run.first]}
        return len(run.digits) == 4 and bool(last & {"social", "ssn", "four", "last"} or asked)
    return True


def _kind_of_code(line: Line, code: Code, asked: frozenset[str]) -> str | None:
    for label in labels_of(line, code.first, code.after, asked):
        if label in _BREAKS:
            return None
        shortest, longest = _DIGITS.get(label, (1, 0))
        digits = sum(sign.isdecimal() for sign in code.signs)
        if label in _WITH_LETTERS and shortest <= len(code.signs) <= longest + 4 and digits >= 4:
            return label
    return None


def _is_expiry(run: Run, *, sure: bool) -> bool:
    """A month and a year as two or four digits; any such digits where a card is spoken of."""
    digits = run.digits
    if not 3 <= len(digits) <= 6:
        return False
    for year_length in (2, 4):
        for month, year in (
            (digits[:-year_length], digits[-year_length:]),
            (digits[year_length:], digits[:year_length]),
        ):
            if 1 <= len(month) <= 2 and 1 <= int(month) <= 12 and (year_length == 2 or year.startswith("20")):
                return sure or len(run.numbers) >= 2
    return sure and len(digits) >= 4


def _rest(line: Line, run: Run, taken: Sequence[Span]) -> Iterator[Span]:
    """What follows a card in one breath: its date, then its code."""
    left = [
        number
        for number in run.numbers
        if not any(span.start < number.end and number.start < span.end for span in taken)
    ]
    left = [
        number for number in left if number.start >= max(span.end for span in taken if span.start < run.end)
    ]
    groups: list[Run] = []
    while left:
        for length in (2, 3, 4, 1):
            part = Run(tuple(left[:length]))
            if len(left) >= length and _is_expiry(part, sure=False):
                yield Span(part.start, part.end, "expiry")
                left = left[length:]
                break
        else:
            groups.append(Run(tuple(left)))
            break
    for group in groups:
        if 3 <= len(group.digits) <= 4:
            yield Span(group.start, group.end, "cvv")


def _dates(line: Line, asked: frozenset[str]) -> Iterator[Span]:
    for cue in line.cues:
        if cue.kind in ("birth_date", "expiry"):
            yield from _date_near(line, cue.after, cue.kind)
    if asked & {"birth_date", "expiry"} and not any(
        cue.kind in ("birth_date", *_BREAKS) for cue in line.cues
    ):
        yield from _date_near(line, 0, "birth_date" if "birth_date" in asked else "expiry")


def _date_near(line: Line, index: int, kind: str) -> Iterator[Span]:
    read = line.tokens
    cues = {cue.first for cue in line.cues_from(index, _DATE_REACH) if cue.kind != kind}
    for first in range(index, min(index + _DATE_REACH, len(read))):
        if first in cues or "\0" in line.shown[read[max(first - 1, 0)].end : read[first].start]:
            return
        found = date_from(line, first)
        if found is None:
            continue
        if kind == "expiry" and not any(is_month(token.word) for token in read[found[0] : found[1]]):
            continue
        yield Span(read[found[0]].start, read[found[1] - 1].end, kind)
        return
