"""Phone numbers, typed in any usual form or spoken digit by digit."""

import re
from bisect import bisect_left
from collections.abc import Iterator

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumberMatcher

from nlp.redaction.labels import labels_of
from nlp.redaction.lines import Line
from nlp.redaction.numbers import Run
from nlp.redaction.spans import Span

_CANDIDATE = re.compile(r"[+(\uff0b]?\d[\d\s().\-\u2010-\u2015/]{4,30}\d")
_NANP = re.compile(r"(?<![\d.\-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])", re.ASCII)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")  # an IP address
_OPENING = re.compile(r"\(\s?$")
_EXTENSION = re.compile(r"\s?(?:x|ext\.?|extension)\s?\d{1,6}\b", re.IGNORECASE)
_PLUS = re.compile(r"(?:\+\s?\(?|\bplus\s+)$", re.IGNORECASE)
_NANP_REGIONS = frozenset(phonenumbers.region_codes_for_country_code(1))
_OTHERS = frozenset({"other", "account", "routing", "amount", "national_id", "passport", "licence"})
_SHORTEST, _LONGEST = 7, 15


def find_phones(line: Line, *, region: str, asked: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Numbers valid in the region or written internationally; others if a word says they are phones."""
    text = line.shown
    yield from _typed(line, region)
    if region in _NANP_REGIONS:
        yield from (_whole(text, Span(match.start(), match.end(), "phone")) for match in _NANP.finditer(text))
    for run in line.runs:
        if _is_phone(line, run, region, asked):
            yield _whole(text, Span(_with_plus(text, run.start), run.end, "phone"))


def _typed(line: Line, region: str) -> Iterator[Span]:
    """Matcher of libphonenumber, given only the stretches that hold digits: it is slow on plain text."""
    text = line.shown
    for candidate in _CANDIDATE.finditer(text):
        if sum(sign.isdecimal() for sign in candidate.group()) < _SHORTEST:
            continue
        start, end = max(0, candidate.start() - 3), min(len(text), candidate.end() + 15)
        for match in PhoneNumberMatcher(text[start:end], region, leniency=Leniency.VALID):
            found = Span(start + match.start, start + match.end, "phone")
            international = match.raw_string.lstrip("(").startswith(("+", "\uff0b", "00"))
            if _ADDRESS.fullmatch(match.raw_string):
                continue
            if international or not _is_other(line, found.start):
                yield _whole(text, found)


def _is_phone(line: Line, run: Run, region: str, asked: frozenset[str]) -> bool:
    if not _SHORTEST <= len(run.digits) <= _LONGEST:
        return False
    plus = _with_plus(line.shown, run.start) < run.start
    if not (run.spoken or plus):
        return False
    labels = labels_of(line, run.first, run.after, asked)
    return not (labels and labels[0] in _OTHERS) and _valid(run.digits, region, plus=plus)


def _is_other(line: Line, start: int) -> bool:
    """Whether the nearest word before it calls it something else."""
    at = min(bisect_left(line.token_starts, start), len(line.tokens) - 1)
    labels = labels_of(line, at, at + 1, frozenset())
    return bool(labels) and labels[0] in _OTHERS


def _whole(text: str, found: Span) -> Span:
    """The span with the opening bracket before it and the extension after it."""
    opening = _OPENING.search(text, max(0, found.start - 2), found.start)
    extension = _EXTENSION.match(text, found.end)
    start = opening.start() if opening and ")" in text[found.start : found.end] else found.start
    return Span(start, extension.end() if extension else found.end, found.kind)


def _with_plus(text: str, start: int) -> int:
    match = _PLUS.search(text[max(0, start - 8) : start])
    return start - len(match.group()) if match else start


def _valid(digits: str, region: str, *, plus: bool) -> bool:
    try:
        number = phonenumbers.parse(f"+{digits}" if plus else digits, region)
    except NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) or (plus and phonenumbers.is_possible_number(number))
