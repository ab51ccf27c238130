"""Cuts a turn into sentences that know where they stand in it."""

import re
import unicodedata
from collections.abc import Iterator

from nlp.pieces import SENTENCE_END

MAX_WORDS = 40  # a longer sentence is cut, where there is a comma if possible: speech may have no full stops
LONGEST = 400  # characters of a pick
GREETING = re.compile(r"\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^\n.!?]{0,40}\n", re.I)
WORD = re.compile(r"\S+")
SAME_SIGN = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\u00a0": " ", "\n": " "})


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it and without a line of greeting."""
    return [span for start, end in _between(text) for span in _short(text, start, end)]


def plain(text: str) -> str:
    """A sentence as cues are sought in it: lower case, one kind of apostrophe, no invisible signs."""
    seen = (" " if sign.isspace() else sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).translate(SAME_SIGN).lower().split())


def _between(text: str) -> Iterator[tuple[int, int]]:
    greeting = GREETING.match(text)
    start = greeting.end() if greeting else 0
    for gap in SENTENCE_END.finditer(text, start):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = [(found.start(), found.end()) for found in WORD.finditer(text, start, end)]
    while words:
        size = len(words) if len(words) <= MAX_WORDS else _cut(text, words[:MAX_WORDS])
        yield words[0][0], words[size - 1][1]
        words = words[size:]


def _cut(text: str, words: list[tuple[int, int]]) -> int:
    """How many of the words are taken: up to the last comma of the second half, else up to 24."""
    for number in range(len(words), len(words) // 2, -1):
        if text[words[number - 1][1] - 1] in ",;:":
            return number
    return 24
