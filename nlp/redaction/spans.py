"""A masked stretch of text and the text that remains: the values of redaction."""

import re
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from nlp.redaction.kinds import KINDS

_FOREIGN = ("pii",)  # what imported transcripts bring
MASK = re.compile(r"\[(?:" + "|".join((*KINDS, *_FOREIGN)) + r")\]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the original text are of this kind."""

    start: int
    end: int
    kind: str

    @property
    def mask(self) -> str:
        """What stands in the redacted text instead."""
        return f"[{self.kind}]"

    def moved(self, offset: int) -> "Span":
        """The same span in a text that begins ``offset`` characters earlier."""
        return Span(start=self.start + offset, end=self.end + offset, kind=self.kind)


@dataclass(frozen=True, slots=True)
class Redacted:
    """The masked text, and the spans in the original text in order, never overlapping."""

    text: str
    spans: tuple[Span, ...]


def longest_first(spans: Iterable[Span]) -> list[Span]:
    """Spans in order of position; where two overlap the longer one stays, of equals the first offered."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        place = bisect(kept, span)
        clear = not place or kept[place - 1].end <= span.start
        if span.start < span.end and clear and (place == len(kept) or span.end <= kept[place].start):
            kept.insert(place, span)
    return kept


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with every span replaced by its mask."""
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [text[position : span.start], span.mask]
        position = span.end
    return "".join([*pieces, text[position:]])
