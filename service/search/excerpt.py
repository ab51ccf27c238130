"""The part of a text where most of what was sought stands, with the characters to be marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from service.search.folding import Word, words_of
from service.search.query import Sought

LENGTH = 240  # characters of an excerpt
BEFORE = 60  # of them before the first hit
MOST_MARKS = 500  # places of one word that are looked at


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text; ``marks`` are characters of it, from and to; ``start``: where it was cut."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    start: int = 0

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, and whether each is marked."""
        found, at = [], 0
        for start, end in self.marks:
            found += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [piece for piece in [*found, (self.text[at:], False)] if piece[0]]


def excerpt(text: str, wanted: Sequence[Sought]) -> Excerpt:
    """The stretch with most of what is wanted; the beginning of the text where there is nothing of it."""
    words = words_of(text)
    hits = _hits(words, wanted)
    best, most = 0, 0
    for number, (start, _, _) in enumerate(hits):
        within = [hit for hit in hits[number : number + 50] if hit[1] <= start + LENGTH - BEFORE]
        if len({hit[2] for hit in within}) > most:
            best, most = start, len({hit[2] for hit in within})
    start, end = _cut(words, max(0, best - BEFORE), best, len(text))
    marks: list[tuple[int, int]] = []
    for first, last, _ in hits:
        if first >= (marks[-1][1] + start if marks else start) and last <= end:
            marks.append((first - start, last - start))
    return Excerpt(text[start:end], tuple(marks), start)


def _hits(words: Sequence[Word], wanted: Sequence[Sought]) -> list[tuple[int, int, int]]:
    """First and last character and the number of what was sought, in their order."""
    keys = [word.key for word in words]
    found: list[tuple[int, int, int]] = []
    for number, sought in enumerate(wanted):
        for at, length in islice(sought.places(keys), MOST_MARKS):
            found.append((words[at].start, words[at + length - 1].end, number))
    return sorted(found)


def _cut(words: Sequence[Word], start: int, hit: int, length: int) -> tuple[int, int]:
    """Begin and end between words, where words are not longer than all."""
    begins = [word.start for word in words if start <= word.start <= hit]
    start = begins[0] if start and begins else start
    end = min(length, max(start + LENGTH, hit + 1))
    ends = [word.end for word in words if hit < word.end <= end]
    return start, length if end == length else (ends[-1] if ends else end)
