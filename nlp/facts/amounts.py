"""Amounts of money, with their currency."""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.facts.lexicon import any_of, lexicon
from nlp.facts.numbers import MULTIPLE, NUMBER, decimal
from nlp.facts.values import Fact, FactKind

_SIGNS: dict[str, str] = lexicon()["signs"]
_WORDS: dict[str, list[str]] = lexicon()["currencies"]
_CENTS = any_of(lexicon()["money"]["cents"])
_SIGN = any_of([*map(re.escape, _SIGNS), *lexicon()["money"]["codes"]])
_WORD = "|".join(f"(?P<{code}>{any_of(words)})" for code, words in _WORDS.items())
_BEFORE = re.compile(rf"(?<!\w)({_SIGN})\s?({NUMBER})(?:\s?({MULTIPLE}))?(?![\d])", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?<![\w.,])(?P<number>{NUMBER})(?:\s?(?P<multiple>{MULTIPLE}))?[\s-]?(?:(?P<sign>{_SIGN})|{_WORD})(?!\w)"
    rf"(?:,?\s(?:and\s|és\s|ו-?)?(?P<cents>\d{{1,2}})\s(?:{_CENTS})(?!\w))?",
    re.IGNORECASE,
)


def amounts(text: str, turn: int) -> Iterator[Fact]:
    """Every amount, as a decimal number in units of its currency."""
    taken: list[tuple[int, int]] = []
    for found in _BEFORE.finditer(text):
        taken.append(found.span())
        yield _fact(turn, found.span(), _code(found[1]), decimal(found[2], found[3]))
    for found in _AFTER.finditer(text):
        if any(start < found.end() and found.start() < end for start, end in taken):
            continue
        value = decimal(found["number"], found["multiple"])
        if found["cents"]:
            value += Decimal(found["cents"]) / 100
        code = _code(found["sign"]) if found["sign"] else next(code for code in _WORDS if found[code])
        yield _fact(turn, found.span(), code, value)


def _code(sign: str) -> str:
    return _SIGNS.get(sign.upper(), sign.upper())


def _fact(turn: int, place: tuple[int, int], currency: str, value: Decimal) -> Fact:
    return Fact(turn, *place, FactKind.AMOUNT, currency, format(value, "f"))
