"""Drops what recognisers invent, by rules that hold in any language: loops, silence, impossible pace."""

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.transcript import Word

LONGEST_PHRASE = 12
SILENT_PEAK = 0.002
MAX_COMPRESSION = 2.4  # the ratio at which Whisper itself calls a text a loop
MAX_CHARACTERS_PER_SECOND = 45.0
SHORTEST_MS = 300  # a single word's times are often too short


def silent(samples: NDArray[np.float32]) -> bool:
    """Whether there is nothing to hear at all."""
    return float(np.abs(samples).max(initial=0.0)) < SILENT_PEAK


def without_loops(words: Sequence[Word]) -> list[Word]:
    """Cut a phrase that repeats without end down to its first time.

    People repeat themselves and read out "zero zero zero zero": a single word may come seven times, a
    longer phrase three times, before it counts as a loop.
    """
    kept: list[Word] = []
    at = 0
    while at < len(words):
        length, times = loop_at(words, at)
        kept += words[at : at + length]
        at += length * times
    return kept


def loop_at(words: Sequence[Word], at: int) -> tuple[int, int]:
    """Length and count of the loop that begins here; (1, 1) where none does."""
    for length in range(1, LONGEST_PHRASE + 1):
        phrase = [word.text.strip().casefold() for word in words[at : at + length]]
        times = 1
        while [w.text.strip().casefold() for w in words[at + times * length :][:length]] == phrase:
            times += 1
        if times >= (8 if length == 1 else 4):
            return length, times
    return 1, 1


def within_sound(words: Sequence[Word], samples: NDArray[np.float32]) -> list[Word]:
    """Drop words whose time lies in silence, 200 ms to either side included (16 kHz samples)."""
    return [word for word in words if _peak(samples, word.start_ms - 200, word.end_ms + 200) >= SILENT_PEAK]


def within_speech(words: Sequence[Word], is_speech: Callable[[int, int], bool]) -> list[Word]:
    """Drop words in whose time nobody speaks, as the caller knows it."""
    return [word for word in words if is_speech(word.start_ms, word.end_ms)]


def is_loop(words: Sequence[Word]) -> bool:
    """Whether the text compresses so well that it can only be a loop."""
    text = "".join(word.text for word in words).strip().encode()
    return len(text) > 40 and len(text) / len(zlib.compress(text)) > MAX_COMPRESSION


def possible_pace(words: Sequence[Word]) -> bool:
    """Whether a mouth could have said this in its time."""
    if not words:
        return True
    seconds = max(words[-1].end_ms - words[0].start_ms, SHORTEST_MS) / 1000
    return sum(len(word.text.strip()) for word in words) / seconds <= MAX_CHARACTERS_PER_SECOND


def _peak(samples: NDArray[np.float32], start_ms: int, end_ms: int) -> float:
    return float(np.abs(samples[max(start_ms, 0) * 16 : max(end_ms, 0) * 16]).max(initial=0.0))
