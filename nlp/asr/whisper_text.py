"""From Whisper's tokens to words: by alignment, or by the time marks among the tokens of a translation."""

import math
import zlib
from collections.abc import Callable, Iterable, Sequence

from nlp.asr.fallback import Decoded
from nlp.transcript import Word

SECONDS_PER_MARK = 0.02
FAILED_CONFIDENCE = 0.3  # a text that never passed the checks is kept, but nobody is to trust it
PREPENDED, APPENDED = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"  # Whisper's: signs that belong to a neighbour

Timed = tuple[str, float, float, float]  # text with its space, start and end in seconds, probability


def compression(text: str) -> float:
    """How much shorter the text becomes when compressed; a loop compresses well."""
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0


def words_of_alignment(timed: Iterable[Timed], decoded: Decoded) -> tuple[Word, ...]:
    """Words with their own times and probabilities; signs are joined to the word they belong to."""
    words: list[Word] = []
    opening = ""
    for text, start, end, probability in timed:
        bare = text.strip()
        if text.startswith(" ") and bare and bare in PREPENDED:
            opening += text
        elif words and bare and text in APPENDED and not opening:
            last = words[-1]
            words[-1] = Word(last.start_ms, last.end_ms, last.text + text, last.confidence)
        elif bare:
            confidence = confidence_of(probability, decoded)
            words.append(Word(round(start * 1000), round(end * 1000), joined_sign(opening, text), confidence))
            opening = ""
    return tuple(words)


def joined_sign(opening: str, text: str) -> str:
    """`` "`` and `` hello`` make `` "hello``."""
    return opening + text.lstrip() if opening else text


def words_of_marks(
    decoded: Decoded, *, first_mark: int, read: Callable[[list[int]], str], length_ms: int
) -> tuple[Word, ...]:
    """Words of a text with time marks: every word has the times of its segment, the only ones there are."""
    words: list[Word] = []
    start_ms, tokens = 0, list[int]()
    confidence = confidence_of(math.exp(min(decoded.mean_log_probability, 0.0)), decoded)

    def close(end_ms: int) -> None:
        end = max(min(end_ms, length_ms), start_ms)
        words.extend(Word(start_ms, end, f" {text}", confidence) for text in read(tokens).split())
        tokens.clear()

    for token in decoded.tokens:
        if token < first_mark:
            tokens.append(token)
            continue
        at_ms = round((token - first_mark) * SECONDS_PER_MARK * 1000)
        if tokens:
            close(at_ms)
        start_ms = min(at_ms, length_ms)
    if tokens:
        close(length_ms)
    return tuple(words)


def confidence_of(probability: float, decoded: Decoded) -> float:
    """The probability within 0-1, held down where the window's text failed the checks."""
    most = FAILED_CONFIDENCE if decoded.failed else 1.0
    return float(min(max(probability, 0.0), most))


def word_times(
    text_indices: Sequence[int], time_indices: Sequence[int], lengths: Sequence[int], *, per_second: float
) -> list[tuple[float, float]]:
    """Start and end in seconds of words that are ``lengths`` tokens long, from the path of an alignment.

    The path gives a token and a time for each step; a token begins where the path first comes to it.
    """
    begins: dict[int, float] = {}
    for token, time in zip(text_indices, time_indices, strict=True):
        begins.setdefault(int(token), int(time) / per_second)
    end_of_all = int(time_indices[-1]) / per_second if len(time_indices) else 0.0
    times, at = [], 0
    for length in lengths:
        start = begins.get(at, end_of_all)
        at += length
        times.append((start, begins.get(at, end_of_all)))
    return times
