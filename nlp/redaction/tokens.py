"""A text as words with their places."""

import re
from dataclasses import dataclass

from nlp.redaction.number_words import plain

_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7])*")
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SEPARATOR = re.compile(rf"[\s.,;:_/()+\-–—#*|\\\u2010-\u2015\u00b7\u2022\u2026'\"’{_INVISIBLE}]{{1,12}}")
_CLOSE = re.compile(rf"[\s\-\u2010-\u2015\u00a0{_INVISIBLE}]{{1,3}}")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or group of digits; ``word`` is ``plain``.

    ``joined``: only separators lie between it and the token before; ``close``: only a space or hyphen.
    """

    word: str
    start: int
    end: int
    joined: bool
    close: bool
    digits: str  # "" unless it is made of digits alone


def tokens(text: str) -> list[Token]:
    """Every word of the text, in order. Linear in its length."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        word = match.group()
        gap = text[end:start]
        close = gap in (" ", "-") or _CLOSE.fullmatch(gap) is not None
        joined = close or gap in (", ", ". ", "") or _SEPARATOR.fullmatch(gap) is not None
        digits = "".join(str(int(sign)) for sign in word) if word.isdecimal() else ""
        found.append(Token(plain(word), start, match.end(), joined, close, digits))
        end = match.end()
    return found
