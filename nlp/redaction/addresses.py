"""Postal addresses: street and number in the orders of many countries, boxes, postcodes with their town."""

import re
from collections.abc import Iterator

from nlp.redaction.cues import counts
from nlp.redaction.lines import Line
from nlp.redaction.number_words import words
from nlp.redaction.spans import Span

_AFTER_NAME = words(
    "street st avenue ave road rd lane ln drive dr court ct boulevard blvd way place pl terrace close"
    " crescent square sq highway"
    " hwy parkway pkwy circle trail row mews gardens grove loop alley plaza pike crossing streets"
    " squares roads avenues utca utcája"
    " út útja tér tere körút krt sétány köz sor park u fasor rakpart straße strasse str weg platz allee"
    " gasse ring ufer damm"
)
_BEFORE_NAME = words(
    "rue avenue boulevard chemin allée impasse quai cours route place calle avenida avda plaza paseo"
    " carrera camino via viale piazza"
    " corso rua praça largo strada ulica ul aleja os calea bulevardul רחוב שדרות דרך סמטת כיכר"
)
STREET_WORDS = _AFTER_NAME - words("way place drive close square plaza park out u a st dr") | _BEFORE_NAME
_ENDINGS = (
    "straße", "strasse", "str", "gasse", "allee", "platz", "weg", "gatan", "gata", "vägen", "gade", "vej",
    "veien", "vegen",
    "tie", "katu", "kuja", "straat", "laan", "plein", "kade", "polku", "stigen", "gränd", "stræde",
    "vænget", "bakken", "kuya",
)  # fmt: skip
_PART = words(
    "apt apartment suite unit flat floor emelet ajtó em stock etage appartement piso puerta דירה קומה"
)
_FLAT = words("apt apartment suite unit flat")
_LINK = words("de del della do du des la le les los las von van der den dos da di na d l")
_BOX = re.compile(
    r"(?:\bP\.? ?O\.? ?Box|\bPostfach|\bPSC|\bUnit|\bPf\.)\s?\d{1,6}(?:,? Box \d{1,6})?"
    r"(?:\s[AFD]PO A[AEP] \d{5})?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]{2},? \d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?!\w)",
    re.ASCII,
)
_TOWN = re.compile(
    r"[\s,]{1,12}(?:(?:Apt|Suite|Unit|Flat|Floor|Ste|#)\.?\s?#?\s?\w{1,6}[\s,]{1,12})?"
    r"(?:(?:\d{4,6}[\s,]{1,12})?[^\W\d_][\w.'’-]{1,30}(?:[ -][^\W\d_][\w.'’-]{0,30}){0,3}[\s,]{1,14}){0,3}"
    r"(?:[A-Z]{2}[\s,]{1,12})?(?:[A-Z]{2,3}[\s,]{1,12})?(?:[^\W\d_][\w.'’ -]{2,30}[\s,]{1,12})?"
    r"(?:\d{4,6}(?:[- ]\d{3,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?!\w)(?:,? [^\W\d_a-z][^\W\d_]{2,20})?"
)
_HEBREW_PREFIXES = frozenset("בלמהו")
_TOWN_REACH = 110  # characters
_MOST_WORDS = 4  # of a street's name
_ASKED_MOST = 22  # tokens of an address that was asked for or announced


def find_addresses(line: Line, *, asked: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Streets with their numbers and what follows; what is announced as an address or was asked for."""
    text = line.shown
    for match in _BOX.finditer(text):
        yield Span(match.start(), match.end(), "address")
    for match in _POSTCODE.finditer(text):
        yield Span(match.start(), match.end(), "address")
    for at in range(len(line.tokens)):
        found = _street(line, at)
        if found is not None:
            yield Span(
                line.tokens[found[0]].start, _with_town(text, line.tokens[found[1] - 1].end), "address"
            )
    for found in _between_numbers(line):
        yield Span(line.tokens[found[0]].start, _with_town(text, line.tokens[found[1] - 1].end), "address")
    yield from _announced(line, asked)


def _between_numbers(line: Line) -> Iterator[tuple[int, int]]:
    """A name between two numbers, or before a flat: "86036 Allika 46", "12 Allika Apt. 3"."""
    if not line.is_cased:
        return
    for run in line.runs:
        if run.spoken or not 2 <= len(run.numbers[-1].digits) <= 6:
            continue
        after = run.after
        while after < len(line.tokens) and after - run.after < _MOST_WORDS and _is_name(line, after):
            if any(
                sign in line.text[line.tokens[after - 1].end : line.tokens[after].start] for sign in ".,;:\n"
            ):
                break
            after += 1
        if after == run.after or after >= len(line.tokens):
            continue
        number = line.number_at.get(after)
        if number is not None and not number.spoken and len(number.digits) <= 4 and line.tokens[after].close:
            yield run.numbers[-1].first, number.after
        elif (
            line.tokens[after].word in _FLAT
            and after + 1 < len(line.tokens)
            and line.tokens[after + 1].digits
        ):
            yield run.numbers[-1].first, after + 2


def _street(line: Line, at: int) -> tuple[int, int] | None:
    """Tokens of the street and its number if this token is the word for a street, or ends with it."""
    read = line.tokens
    word = read[at].word
    if word[0] in _HEBREW_PREFIXES and len(word) > 4 and word[1:] in _BEFORE_NAME:
        word = word[1:]
    if word in _AFTER_NAME and at:
        first = _name_before(line, at)
        return _numbered(line, first, at + 1) if first < at else None
    if word in _BEFORE_NAME:
        after = at + 1
        while after < len(read) and after - at <= _MOST_WORDS and _is_name(line, after):
            after += 1
        return _numbered(line, at, after) if after > at + 1 else None
    if len(word) >= 6 and word.endswith(_ENDINGS):
        first = _name_before(line, at) if at and _is_capital(line, at - 1) else at
        return _numbered(line, max(first, at - 1), at + 1)
    return None


def _name_before(line: Line, at: int) -> int:
    """Where the street's name begins: up to four words, capitals where the text has any."""
    first = at
    while first > 0 and at - first < _MOST_WORDS and _is_name(line, first - 1) and line.tokens[first].joined:
        first -= 1
    return first


def _is_name(line: Line, at: int) -> bool:
    token = line.tokens[at]
    if token.digits or token.word in line.words.numbers:
        return False
    if _is_capital(line, at) or token.word in _LINK:
        return True
    return (
        not line.is_cased or "\u05d0" <= token.word[0] <= "\u05ea"
    ) and token.word not in line.words.fillers


def _is_capital(line: Line, at: int) -> bool:
    return at in line.capitals


def _numbered(line: Line, first: int, after: int) -> tuple[int, int] | None:
    """With the number before or after it and the flat; None without a number: a street alone is a place."""
    before = line.run_before.get(first)
    before = before if before is not None and len(before.digits) <= 8 else None
    behind = line.number_at.get(after)
    behind = behind if behind is not None and len(behind.digits) <= 5 else None
    if before is None and behind is None:
        return None
    if behind is not None and (before is None or line.tokens[after].close):
        after = behind.after
    start = before.first if before is not None else first
    while after + 1 < len(line.tokens) and line.tokens[after].word in _PART:
        run = line.run_at.get(after + 1)
        after = run.after if run is not None else after + 2
    return start, after


def _with_town(text: str, end: int) -> int:
    match = _TOWN.match(text, end, min(len(text), end + _TOWN_REACH))
    return match.end() if match else end


def _announced(line: Line, asked: frozenset[str]) -> Iterator[Span]:
    read = line.tokens
    starts = [cue.after for cue in line.cues if cue.kind == "address"]
    if (
        "address" in asked
        and not starts
        and not any(cue.kind in ("email", "phone", "other") for cue in line.cues)
    ):
        starts = [0]
    for start in starts:
        run = next((line.run_at[at] for at in range(start, start + 7) if at in line.run_at), None)
        if run is None or any(cue.after > start for cue in line.cues_from(start, run.first - start - 1)):
            continue
        if len(run.digits) > 7 or run.digits == "0" or counts(read, run.after):
            continue
        end = run.after
        while end < len(read) and end - run.first < _ASKED_MOST and _goes_on(line, end):
            end += 1
        yield Span(read[run.first].start, read[end - 1].end, "address")


def _goes_on(line: Line, at: int) -> bool:
    """Whether a word belongs to an announced address: a name, a number, no new sentence."""
    gap = line.shown[line.tokens[at - 1].end : line.tokens[at].start]
    if any(sign in gap for sign in '.?!;\0"'):
        return False
    token = line.tokens[at]
    if token.digits or token.word in line.words.numbers or token.word in _PART or token.word in _AFTER_NAME:
        return True
    return _is_capital(line, at) or (token.word in ("in", "zip", "code") and at + 1 < len(line.tokens))
