"""Payment card numbers, typed or spoken."""

import re
from collections.abc import Iterator

from nlp.redaction.numbers import Number, Run, runs
from nlp.redaction.spans import Span

_SHORTEST, _LONGEST = 12, 19
# Issuer prefix ranges with the lengths in use (ISO/IEC 7812 number ranges as the schemes publish them).
_ISSUERS: tuple[tuple[int, int, frozenset[int]], ...] = (
    (4, 4, frozenset({13, 16, 19})),  # Visa
    (51, 55, frozenset({16})),  # Mastercard
    (2221, 2720, frozenset({16})),  # Mastercard
    (34, 34, frozenset({15})),  # American Express
    (37, 37, frozenset({15})),  # American Express
    (300, 305, frozenset(range(14, 20))),  # Diners Club
    (3095, 3095, frozenset(range(14, 20))),  # Diners Club
    (36, 36, frozenset(range(14, 20))),  # Diners Club
    (38, 39, frozenset(range(14, 20))),  # Diners Club
    (3528, 3589, frozenset(range(16, 20))),  # JCB
    (6011, 6011, frozenset(range(16, 20))),  # Discover
    (644, 659, frozenset(range(16, 20))),  # Discover, RuPay
    (60, 60, frozenset({16})),  # RuPay
    (62, 62, frozenset(range(16, 20))),  # UnionPay
    (81, 82, frozenset(range(16, 20))),  # UnionPay, RuPay
    (50, 50, frozenset(range(12, 20))),  # Maestro
    (56, 58, frozenset(range(12, 20))),  # Maestro
    (6304, 6304, frozenset(range(12, 20))),  # Maestro
    (6759, 6759, frozenset(range(12, 20))),  # Maestro
    (676, 676, frozenset(range(12, 20))),  # Maestro
    (2200, 2204, frozenset(range(16, 20))),  # Mir
    (9792, 9792, frozenset({16})),  # Troy
)
_CONTEXT = re.compile(
    r"\b(?:card|visa|master\s?card|amex|american express|discover|maestro|debit|credit"
    r"|kártya|bankkártya|kreditkarte|carte|tarjeta)\w*|כרטיס|אשראי",
    re.IGNORECASE,
)
_CONTEXT_REACH = 80  # characters before a number in which a word may say that it is a card
# A recogniser drops and doubles digits, which breaks the checksum: so many spoken digits in a row are a card.
_SPOKEN_ENOUGH = 13
_SPOKEN_WITH_CONTEXT = 12


def find_cards(text: str) -> Iterator[Span]:
    """Card numbers in the text, by checksum, issuer and length; spoken runs by their length alone."""
    for run in runs(text):
        if len(run.digits) >= _SPOKEN_WITH_CONTEXT:
            yield from _in_run(run, context=_named_card(text, run.start))


def _named_card(text: str, start: int) -> bool:
    return _CONTEXT.search(text, max(0, start - _CONTEXT_REACH), start) is not None


def _in_run(run: Run, *, context: bool) -> Iterator[Span]:
    enough = _SPOKEN_WITH_CONTEXT if context else _SPOKEN_ENOUGH
    if run.spoken and len(run.digits) >= enough:
        yield Span(run.start, run.end, "card")
        return
    index = 0
    while index < len(run.numbers):
        window = _window(run.numbers, index, context=context)
        if window:
            yield Span(window[0].start, window[-1].end, "card")
        index += len(window) or 1


def _window(numbers: tuple[Number, ...], first: int, *, context: bool) -> tuple[Number, ...]:
    """The longest card that begins with number ``first``; empty if none does."""
    found: tuple[Number, ...] = ()
    digits = ""
    for last in range(first, min(first + _LONGEST, len(numbers))):
        digits += numbers[last].digits
        if len(digits) > _LONGEST:
            break
        if len(digits) >= _SHORTEST and _is_card(digits, context=context):
            found = numbers[first : last + 1]
    return found


def _is_card(digits: str, *, context: bool) -> bool:
    """With a word such as "card" before it a wrong checksum or an unknown issuer is forgiven, not both."""
    enough = 2 if len(digits) > _SHORTEST else 3
    return luhn(digits) + issued(digits) + context >= enough


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn checksum of the others (ISO/IEC 7812-1 annex B)."""
    doubled = [int(sign) * 2 for sign in digits[-2::-2]]
    total = sum(int(sign) for sign in digits[-1::-2]) + sum(
        value - 9 if value > 9 else value for value in doubled
    )
    return total % 10 == 0


def issued(digits: str) -> bool:
    """Whether a card scheme issues numbers of this prefix and length."""
    return any(
        first <= int(digits[: len(str(first))]) <= last and len(digits) in lengths
        for first, last, lengths in _ISSUERS
    )
