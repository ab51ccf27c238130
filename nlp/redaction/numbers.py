"""Finds runs of digits, typed or spoken in six languages, and keeps where every digit stood."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from nlp.redaction.cardinals import cardinal
from nlp.redaction.number_words import NumberWords, languages_of, lexicon_of
from nlp.redaction.tokens import Token, tokens

_MAX_FILLERS = 5  # "uh, let me see, and then"


@dataclass(frozen=True, slots=True)
class Number:
    """One written or spoken number: its digits, its place in the text and among the tokens."""

    digits: str
    start: int
    end: int
    spoken: bool
    first: int
    after: int


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
    def first(self) -> int:
        """The token it begins with."""
        return self.numbers[0].first

    @property
    def after(self) -> int:
        """The token after it."""
        return self.numbers[-1].after

    def without(self, named: Set[int]) -> Iterator["Run"]:
        """What is left of it when numbers that begin at these tokens are taken out."""
        for keep, part in groupby(self.numbers, key=lambda number: number.first not in named):
            if keep:
                yield Run(tuple(part))

    @cached_property
    def spoken(self) -> bool:
        """Whether most of the numbers are words or single digits, as recognisers write them."""
        said = sum(number.spoken or len(number.digits) == 1 for number in self.numbers)
        return 2 * said >= len(self.numbers)


def runs(text: str, *, language: str | None = None) -> list[Run]:
    """Every maximal run of numbers of a text, in order; ``language`` adds to those that its words tell."""
    read = tokens(text)
    return runs_of(read, lexicon_of(languages_of({token.word for token in read}, known=language)))


def runs_of(read: Sequence[Token], words: NumberWords) -> list[Run]:
    """Every maximal run of numbers, in order. Linear in the number of tokens."""
    found: list[Run] = []
    numbers: list[Number] = []
    index = fillers = 0
    while index < len(read):
        token = read[index]
        number = _number(read, index, words, inside=bool(numbers))
        if numbers and not (token.joined and (number or _is_filler(token.word, words, fillers))):
            found.append(Run(tuple(numbers)))
            numbers, fillers = [], 0
            continue
        if number:
            numbers.append(number)
            fillers = 0
        elif numbers:
            fillers += 1
        index = number.after if number else index + 1
    if numbers:
        found.append(Run(tuple(numbers)))
    return found


def _is_filler(word: str, words: NumberWords, already: int) -> bool:
    return already < _MAX_FILLERS and word in words.fillers


def _number(read: Sequence[Token], index: int, words: NumberWords, *, inside: bool) -> Number | None:
    token = read[index]
    if token.digits:
        return Number(token.digits, token.start, token.end, False, index, index + 1)
    repeated = words.repeats.get(token.word)
    if repeated is not None:
        return _repeated(read, index, words, repeated)
    said = cardinal(read, index, words)
    if said is not None:
        digits, after = said
        following = read[after].word if after < len(read) else ""
        if token.word in words.articles and following in words.not_before:  # "one moment"
            return None
        return Number(digits, token.start, read[after - 1].end, True, index, after)
    if inside and token.word in words.homophones and _before_number(read, index, words):
        return Number(words.homophones[token.word], token.start, token.end, True, index, index + 1)
    return None


def _repeated(read: Sequence[Token], index: int, words: NumberWords, times: int) -> Number | None:
    """ "double four", "zweimal die vier", "double 4"."""
    for at in (index + 1, index + 2):
        if at >= len(read) or not read[at].joined:
            return None
        digits = read[at].digits
        said = (digits, at + 1) if digits else cardinal(read, at, words)
        if said is not None:
            digits = said[0] * times if len(said[0]) == 1 else said[0]
            return Number(digits, read[index].start, read[said[1] - 1].end, True, index, said[1])
        if read[at].word not in words.fillers:
            return None
    return None


def _before_number(read: Sequence[Token], index: int, words: NumberWords) -> bool:
    following = read[index + 1] if index + 1 < len(read) else None
    return bool(
        following
        and following.joined
        and (following.digits or following.word in words.numbers or following.word in words.repeats)
    )
