"""What is searched: turns as plain values, cut into comparable words that know their place and time."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word of a turn with its time in ms."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn as it is searched; ``party`` is agent, customer, system or unknown, times are ms or None."""

    party: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    words: Sequence[SpokenWord] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """One comparable word: its key and the characters it takes in the text."""

    key: str
    start: int
    end: int


HEBREW = "\u05d0-\u05ea"
MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f"  # accents written apart, Hebrew and Arabic points
)
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"  # zero width, direction
LETTER = rf"[^\W_][{MARKS}{INVISIBLE}]*"
# Scripts that write no spaces: every sign is a word of its own, so that phrases match as rows of signs.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
INNER = rf"(?:['’‘ʼ׳]|(?<=[{HEBREW}])[\"״](?=[{HEBREW}]))"  # don't, O'Neill, צה"ל
WORD = re.compile(rf"\[[A-Za-z_]+\]|[{UNSPACED}]|(?:(?![{UNSPACED}]){LETTER})+(?:{INNER}(?:{LETTER})+)*")
IGNORED = re.compile(f"[\u0591-\u05c7\u0610-\u061a\u064b-\u065f{INVISIBLE}]")
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "׳": "'", "״": '"'})


def key_of(word: str) -> str:
    """What two writings of one word have in common: compatibility forms, case, apostrophes; no points."""
    if word.isascii():
        return word.casefold()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return IGNORED.sub("", folded).translate(APOSTROPHES)


def tokens_of(text: str) -> list[Token]:
    """The words of a text in order; a mask such as [CARD] is one word that only its own name finds."""
    return [Token(key_of(match[0]), match.start(), match.end()) for match in WORD.finditer(text)]


def times_of(turn: SpokenTurn, start: int, end: int) -> tuple[int | None, int | None]:
    """When the characters from ``start`` to ``end`` were said: their words' times, else the turn's."""
    said = [word for word, first, last in placed(turn) if first < end and start < last]
    if not said:
        return turn.start_ms, turn.end_ms
    return min(word.start_ms for word in said), max(word.end_ms for word in said)


def placed(turn: SpokenTurn) -> Iterator[tuple[SpokenWord, int, int]]:
    """The turn's words with their characters in its text; words that are not in the text are left out."""
    at = 0
    for word in turn.words:
        text = word.text.strip()
        found = turn.text.find(text, at) if text else -1
        if found >= 0:
            at = found + len(text)
            yield word, found, at
