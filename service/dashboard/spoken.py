"""A turn's text cut into what a page shows differently: words that can be played, masks, and the rest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_KINDS = (
    "card", "cvv", "expiry", "iban", "account", "national_id", "passport", "licence", "phone", "email",
    "ip", "url",
    "address", "name", "agent_name", "place", "birth_date", "password", "pin", "username", "secret", "pii",
)  # fmt: skip
_MASK = re.compile(r"\[(" + "|".join(_KINDS) + r")\]")
_GAP = (
    12  # signs that may stand between two recognised words; more means that the lists do not belong together
)
UNSURE, DOUBTFUL = 0.75, 0.5  # a word's confidence below these is shaded


@dataclass(frozen=True)
class Piece:
    """Some signs of the text; ``kind`` is word, mask or text, ``text`` of a mask is what was masked."""

    kind: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    doubt: str = ""


def pieces(text: str, words: Sequence[Sequence[Any]]) -> list[Piece]:
    """Every sign of ``text`` once, in order; ``words`` are [start_ms, end_ms, text, confidence]."""
    found: list[Piece] = []
    place = 0
    for start_ms, end_ms, spelled, confidence in words:
        word = str(spelled).strip()
        at = text.find(word, place, place + len(word) + _GAP) if word else -1
        if at < 0:  # a mask stands for several words, or the text was written otherwise
            continue
        found += _plain(text[place:at])
        found.append(_word(word, start_ms, end_ms, confidence))
        place = at + len(word)
    found += _plain(text[place:])
    return found


def is_shaded(found: Sequence[Piece]) -> bool:
    """Whether any word is less than sure."""
    return any(piece.doubt for piece in found)


def doubt_of(confidence: float | None) -> str:
    """How a word or a turn is marked: unsure, doubtful, or not at all."""
    if confidence is None or confidence >= UNSURE:
        return ""
    return "unsure" if confidence >= DOUBTFUL else "doubtful"


def _word(word: str, start_ms: int, end_ms: int, confidence: float | None) -> Piece:
    mask = _MASK.search(word)
    if mask:
        return Piece("mask", mask[1], start_ms, end_ms)
    return Piece("word", word, start_ms, end_ms, doubt_of(confidence))


def _plain(text: str) -> Iterator[Piece]:
    place = 0
    for mask in _MASK.finditer(text):
        if mask.start() > place:
            yield Piece("text", text[place : mask.start()])
        yield Piece("mask", mask[1])
        place = mask.end()
    if place < len(text):
        yield Piece("text", text[place:])
