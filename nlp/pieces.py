"""Cuts texts into sentences, or into pieces of a few: the lengths that the models of feeling know."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_WORDS = 48
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n{2,}")


@dataclass(frozen=True)
class Pieces:
    """Pieces of several texts in order; text ``i`` owns ``texts[starts[i]:starts[i + 1]]``, at least one."""

    texts: tuple[str, ...]
    starts: NDArray[np.int64]

    def words(self) -> NDArray[np.float64]:
        """Words in each piece, at least 1: what a piece weighs in a mean."""
        return np.array([max(1, len(text.split())) for text in self.texts], np.float64)


def cut(texts: Sequence[str], *, max_words: int = MAX_WORDS) -> Pieces:
    """Cut each text that is longer than ``max_words``; shorter ones stay as they are."""
    pieces: list[str] = []
    starts = [0]
    for text in texts:
        pieces += [text] if len(text.split()) <= max_words else list(_packed(text, max_words))
        starts.append(len(pieces))
    return Pieces(tuple(pieces), np.array(starts, np.int64))


def sentences(texts: Sequence[str], *, max_words: int = MAX_WORDS) -> Pieces:
    """Cut each text into its sentences; one longer than ``max_words`` is cut between words."""
    pieces: list[str] = []
    starts = [0]
    for text in texts:
        parts = [
            part for sentence in SENTENCE_END.split(text) for part in _parts(sentence.split(), max_words)
        ]
        pieces += [" ".join(part) for part in parts] or [text]
        starts.append(len(pieces))
    return Pieces(tuple(pieces), np.array(starts, np.int64))


def _packed(text: str, max_words: int) -> Iterator[str]:
    """Fill pieces with whole sentences; a sentence longer than a piece is cut between words."""
    words: list[str] = []
    for sentence in SENTENCE_END.split(text):
        for part in _parts(sentence.split(), max_words):
            if words and len(words) + len(part) > max_words:
                yield " ".join(words)
                words = []
            words += part
    if words:
        yield " ".join(words)


def _parts(words: list[str], max_words: int) -> Iterator[list[str]]:
    for start in range(0, len(words), max_words):
        yield words[start : start + max_words]
