"""Finds runs of digits, typed or spoken in English, and keeps where every digit stood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_TOKEN = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile(r"[\s.,;:_/()+\-\u2010-\u2015\u00b7\u2026\u200b\u200e\u200f\u2060'\"]{1,6}")
_UNITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner":
    "9",
}  # fmt: skip
_TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "hundred": "00", "thousand":
    "000",
}  # fmt: skip
_TENS = {
    "twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6", "seventy": "7",
    "eighty": "8", "ninety": "9",
}  # fmt: skip
_REPEATS = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
# A recogniser writes these for digits; they count only between two digits.
_HOMOPHONES = {
    "to": "2",
    "too": "2",
    "for": "4",
    "fore": "4",
    "won": "1",
    "ate": "8",
    "tree": "3",
    "sicks": "6",
}
_FILLERS = frozenset(
    {"uh", "um", "er", "erm", "ah", "mm", "hmm", "and", "then", "dash", "hyphen", "space", "plus"}
)
_MAX_FILLERS = 2


@dataclass(frozen=True, slots=True)
class Number:
    """One written or spoken number: its digits and its place in the text."""

    digits: str
    start: int
    end: int
    spoken: bool


@dataclass(frozen=True)
class Run:
    """Numbers that follow each other with nothing but separators and fillers between them."""

    numbers: tuple[Number, ...]

    @cached_property
    def digits(self) -> str:
        """All digits in order."""
        return "".join(number.digits for number in self.numbers)

    @property
    def start(self) -> int:
        """Where the first number begins."""
        return self.numbers[0].start

    @property
    def end(self) -> int:
        """Where the last number ends."""
        return self.numbers[-1].end

    @property
    def spoken(self) -> bool:
        """Whether most of the numbers are words."""
        return 2 * sum(number.spoken for number in self.numbers) >= len(self.numbers)


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    joined: bool  # only a separator lies between this token and the one before


def runs(text: str) -> Iterator[Run]:
    """Every maximal run of numbers, in order. Linear in the length of the text."""
    tokens = _tokens(text)
    numbers: list[Number] = []
    index = fillers = 0
    while index < len(tokens):
        token = tokens[index]
        number, used = _number(tokens, index, inside=bool(numbers))
        if numbers and not (token.joined and (number or _filler(token.word, fillers))):
            yield Run(tuple(numbers))
            numbers, fillers = [], 0
            continue
        if number:
            numbers.append(number)
            fillers = 0
        elif numbers:
            fillers += 1
        index += used
    if numbers:
        yield Run(tuple(numbers))


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        joined = _SEPARATOR.fullmatch(text, end, match.start()) is not None
        tokens.append(_Token(match.group().lower(), match.start(), match.end(), joined))
        end = match.end()
    return tokens


def _filler(word: str, already: int) -> bool:
    return word in _FILLERS and already < _MAX_FILLERS


def _number(tokens: list[_Token], index: int, *, inside: bool) -> tuple[Number | None, int]:
    """The number that begins at this token, if any, and how many tokens were read."""
    token = tokens[index]
    digits, used, spoken = _simple(tokens, index), 1, True
    if token.word.isdecimal():
        digits, spoken = "".join(str(int(sign)) for sign in token.word), False
    elif token.word in _TENS and _follows(tokens, index, _UNITS):
        unit = _UNITS[tokens[index + 1].word]
        digits, used = (_TENS[token.word] + unit, 2) if unit != "0" else (_TENS[token.word] + "0", 1)
    elif token.word in _REPEATS and index + 1 < len(tokens) and tokens[index + 1].joined:
        repeated = _simple(tokens, index + 1) or (
            tokens[index + 1].word if _digit(tokens[index + 1].word) else ""
        )
        digits, used = repeated * _REPEATS[token.word], 2 if repeated else 1
    elif inside and token.word in _HOMOPHONES and _before_digit(tokens, index):
        digits = _HOMOPHONES[token.word]
    if not digits:
        return None, 1
    return Number(digits, token.start, tokens[index + used - 1].end, spoken), used


def _simple(tokens: list[_Token], index: int) -> str:
    word = tokens[index].word
    return _UNITS.get(word) or _TEENS.get(word) or (f"{_TENS[word]}0" if word in _TENS else "")


def _digit(word: str) -> bool:
    return len(word) == 1 and word.isdecimal()


def _follows(tokens: list[_Token], index: int, words: dict[str, str]) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].joined and tokens[index + 1].word in words


def _before_digit(tokens: list[_Token], index: int) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return bool(
        following and following.joined and (following.word.isdecimal() or following.word in _UNITS | _REPEATS)
    )
