"""Phone numbers, typed in any usual form or spoken digit by digit."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumberMatcher

from nlp.redaction.numbers import Run, runs
from nlp.redaction.spans import Span

_CONTEXT = re.compile(
    r"\b(?:phone|telephone|mobile|cell|fax|tel|call(?:ed|ing)? (?:me|us|back|you)|reach (?:me|us|you)|text me"
    r"|whats ?app|(?:my|your|our|his|her|their|contact|best|callback) number(?: is)?"
    r"|telefon\w*|mobil\w*|rufnummer|téléphone|portable|teléfono|móvil)\b|טלפון|נייד",
    re.IGNORECASE,
)
_NOT_PHONE = re.compile(
    r"\b(?:order|tracking|reference|invoice|ticket|case|account|policy|booking|serial|claim|confirmation|item|parcel|"
    r"customer|contract|meter)\b[^.?!]{0,12}$",
    re.IGNORECASE,
)
_CONTEXT_REACH = 50
_CANDIDATE = re.compile(r"[+(\uff0b]?\d[\d\s().\-\u2010-\u2015/]{4,30}\d")
_NANP = re.compile(r"(?<![\d.\-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])", re.ASCII)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")  # an IP address
_OPENING = re.compile(r"\(\s?$")
_EXTENSION = re.compile(r"\s?(?:x|ext\.?|extension)\s?\d{1,6}\b", re.IGNORECASE)
_NANP_REGIONS = frozenset(phonenumbers.region_codes_for_country_code(1))


def find_phones(text: str, *, region: str) -> Iterator[Span]:
    """Numbers valid in the region or written internationally; others if a word says they are phones."""
    yield from _typed(text, region)
    if region in _NANP_REGIONS:
        yield from (_whole(text, Span(match.start(), match.end(), "phone")) for match in _NANP.finditer(text))
    for run in runs(text):
        if _is_phone(text, run, region):
            yield _whole(text, Span(_with_plus(text, run.start), run.end, "phone"))


def _typed(text: str, region: str) -> Iterator[Span]:
    """Matcher of libphonenumber, given only the stretches that hold digits: it is slow on plain text."""
    for candidate in _CANDIDATE.finditer(text):
        start, end = max(0, candidate.start() - 3), min(len(text), candidate.end() + 15)
        for match in PhoneNumberMatcher(text[start:end], region, leniency=Leniency.VALID):
            found = Span(start + match.start, start + match.end, "phone")
            international = match.raw_string.lstrip("(").startswith(("+", "\uff0b", "00"))
            if _ADDRESS.fullmatch(match.raw_string):
                continue
            if international or not _other_number(text, found.start):
                yield _whole(text, found)


def _is_phone(text: str, run: Run, region: str) -> bool:
    length = len(run.digits)
    if not 7 <= length <= 15:
        return False
    context = _CONTEXT.search(text, max(0, run.start - _CONTEXT_REACH), run.start) is not None
    if context and not _other_number(text, run.start):
        return True
    plus = _with_plus(text, run.start) < run.start
    return (
        (run.spoken or plus) and not _other_number(text, run.start) and _valid(run.digits, region, plus=plus)
    )


def _other_number(text: str, start: int) -> bool:
    return _NOT_PHONE.search(text[max(0, start - _CONTEXT_REACH) : start]) is not None


def _whole(text: str, found: Span) -> Span:
    """The span with the opening bracket before it and the extension after it."""
    opening = _OPENING.search(text, max(0, found.start - 2), found.start)
    extension = _EXTENSION.match(text, found.end)
    start = opening.start() if opening and ")" in text[found.start : found.end] else found.start
    return Span(start, extension.end() if extension else found.end, found.kind)


def _with_plus(text: str, start: int) -> int:
    match = re.search(r"(?:\+\s?\(?|\bplus\s+)$", text[max(0, start - 8) : start], re.IGNORECASE)
    return start - len(match.group()) if match else start


def _valid(digits: str, region: str, *, plus: bool) -> bool:
    try:
        number = phonenumbers.parse(f"+{digits}" if plus else digits, region)
    except NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) or (plus and phonenumbers.is_possible_number(number))
