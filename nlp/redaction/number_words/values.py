"""The number words of one language, and how a word is written before it is looked up."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FINAL_LETTERS = str.maketrans("ךםןףץ", "כמנפצ")  # Hebrew letters as they are written within a word


class Said(Enum):
    """What a number word adds to a number: 1-9 and 0, 10-19, 20-90, hundred, thousand, or a whole number."""

    UNIT = 1
    TEEN = 2
    TENS = 3
    HUNDRED = 4
    THOUSAND = 5
    WHOLE = 6


@dataclass(frozen=True)
class NumberWords:
    """One language; words in small letters, ``plain``.

    ``numbers`` are single words, ``compound`` reads a word made of several. ``joins`` stand between tens and
    units ("and"); ``reversed_tens``: units come first (German); ``teen_after``: words that make a teen of the
    unit before them (Hebrew). ``homophones`` are digits between digits alone, ``doubtful`` number words that
    are more often others: they do not tell the language. ``articles`` before ``not_before`` are no numbers.
    """

    language: str
    numbers: Mapping[str, tuple[Said, int]]
    compound: Callable[[str], int | None] = lambda _: None
    compound_parts: tuple[str, ...] = ()
    joins: frozenset[str] = frozenset()
    repeats: Mapping[str, int] = field(default_factory=dict)
    homophones: Mapping[str, str] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    teen_after: frozenset[str] = frozenset()
    reversed_tens: bool = False
    twenties: bool = False  # French: sixty and eighty are followed by 1-19, four twenties are eighty


def plain(word: str) -> str:
    """Small letters, composed, without vowel points and invisible signs, Hebrew final letters as others."""
    word = word.lower()
    if word.isascii():
        return word
    composed = unicodedata.normalize("NFC", word)
    return _MARKS.sub("", composed).translate(_FINAL_LETTERS)


def words(text: str) -> frozenset[str]:
    """The words of a text, plain."""
    return frozenset(plain(word) for word in text.split())


def numbered(said: Said, listed: Iterable[tuple[int, str]]) -> dict[str, tuple[Said, int]]:
    """{"one": (UNIT, 1)} of (1, "one"); several words of one number are separated by spaces."""
    return {plain(word): (said, value) for value, written in listed for word in written.split()}
