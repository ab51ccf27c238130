"""Masks card numbers, phone numbers, e-mail addresses and IBANs in one text."""

from collections.abc import Iterator

from nlp.redaction.cards import find_cards
from nlp.redaction.emails import find_emails
from nlp.redaction.ibans import find_ibans
from nlp.redaction.phones import find_phones
from nlp.redaction.spans import MASK, Redacted, Span, longest_first, masked


class Redactor:
    """Finds and masks what identifies or can be charged; deterministic, no model, safe to share.

    ``region`` is the ISO 3166 region of phone numbers written without a country code.
    """

    def __init__(self, *, region: str = "US") -> None:
        self.region = region

    def redact(self, text: str) -> Redacted:
        """The masked text with its spans in the original; redacting the result again changes nothing."""
        spans = tuple(sorted(self._between_masks(text)))
        return Redacted(text=masked(text, spans), spans=spans)

    def _between_masks(self, text: str) -> Iterator[Span]:
        start = 0
        for mask in MASK.finditer(text):
            yield from self._within(text[start : mask.start()], start)
            start = mask.end()
        yield from self._within(text[start:], start)

    def _within(self, text: str, offset: int) -> Iterator[Span]:
        """Spans of a stretch without masks; what a span leaves over is searched again.

        A loser of an overlap may leave digits that are a number of their own: the search ends when
        nothing more is found, which makes redaction idempotent.
        """
        pending = [(text, offset)]
        while pending:
            part, begin = pending.pop()
            spans = self._search(part)
            edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(part)]
            for first, last in zip(edges[::2], edges[1::2], strict=True):
                if spans and first < last:
                    pending.append((part[first:last], begin + first))
            yield from (span.moved(begin) for span in spans)

    def _search(self, text: str) -> list[Span]:
        found = [
            *find_cards(text),
            *find_ibans(text),
            *find_emails(text),
            *find_phones(text, region=self.region),
        ]
        return longest_first(found)
