"""Masks what must not be stored, in one text or in the turns of a conversation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.redaction.addresses import find_addresses
from nlp.redaction.cards import find_cards
from nlp.redaction.echoes import find_echoes
from nlp.redaction.emails import find_emails
from nlp.redaction.ibans import find_ibans
from nlp.redaction.ids import find_ids
from nlp.redaction.kinds import DEFAULT_KINDS
from nlp.redaction.labelled import find_labelled
from nlp.redaction.lines import HIDDEN, Line, spoken_in
from nlp.redaction.names import find_names
from nlp.redaction.networks import find_networks
from nlp.redaction.phones import find_phones
from nlp.redaction.prescan import is_plain
from nlp.redaction.questions import asked_before
from nlp.redaction.secrets import find_secrets
from nlp.redaction.spans import Redacted, Span, longest_first, masked
from nlp.redaction.trained import Find

_MOST_PASSES = 30
_HIDDEN = re.compile(f"{HIDDEN}+")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one party said or wrote; ``party`` is "agent", "customer" ..., times in ms from the beginning."""

    text: str
    party: str = ""
    start_ms: int | None = None
    end_ms: int | None = None


class Redactor:
    """Finds and masks what identifies or can be charged; deterministic, safe to share.

    ``region`` is the ISO 3166 region of phone numbers written without a country code, ``kinds`` what is
    masked; ``trained`` finds further names and places, see nlp.redaction.trained.
    """

    def __init__(
        self, *, region: str = "US", kinds: frozenset[str] = DEFAULT_KINDS, trained: Find | None = None
    ) -> None:
        self.region = region
        self.kinds = kinds
        self._trained = trained

    def redact(self, text: str, *, language: str | None = None, party: str = "") -> Redacted:
        """The masked text with its spans in the original; redacting the result again changes nothing."""
        return self.redact_turns([Statement(text, party)], language=language)[0]

    def redact_turns(self, statements: Sequence[Statement], *, language: str | None = None) -> list[Redacted]:
        """The same for a conversation: what is given over several turns, asked for or repeated is found.

        ``language`` (ISO 639-1) adds its number words to those that are recognised by themselves. The
        search is
        repeated until nothing more is found, which makes redaction idempotent.
        """
        texts = [_Masking(statement.text) for statement in statements]
        if self._trained is None and all(is_plain(statement.text) for statement in statements):
            return [Redacted(statement.text, ()) for statement in statements]
        lines = [Line(one.text, one.party, one.start_ms, one.end_ms, language) for one in statements]
        if len(lines) > 1:
            languages = spoken_in(lines)
            lines = [replace(line, languages=languages) for line in lines]
        for _ in range(_MOST_PASSES):
            found = self._found(lines)
            if not any(found):
                break
            for number, spans in enumerate(found):
                if spans:
                    texts[number].apply(spans)
                    lines[number] = replace(lines[number], text=texts[number].text)
        return [Redacted(masking.text, tuple(masking.spans)) for masking in texts]

    def _found(self, lines: Sequence[Line]) -> list[list[Span]]:
        """Spans of each line in order, none overlapping another or a mask."""
        asked = asked_before(lines)
        found: list[list[Span]] = [[] for _ in lines]
        cards = list(find_cards(lines, asked))
        for number, span in cards:
            found[number].append(span)
        for number, line in enumerate(lines):
            found[number] += find_ibans(line)
        for number, span in find_labelled(lines, asked, cards):
            found[number].append(span)
        for number, line in enumerate(lines):
            found[number] += self._in_line(line, asked[number])
        for number, span in (*find_names(lines, asked), *find_echoes(lines, found)):
            found[number].append(span)
        return [
            [
                span
                for span in longest_first(part for one in spans for part in outside_masks(line, one))
                if span.kind in self.kinds
            ]
            for line, spans in zip(lines, found, strict=True)
        ]

    def _in_line(self, line: Line, asked: frozenset[str]) -> Iterator[Span]:
        if self._trained is not None:
            yield from self._trained(line.shown)
        yield from find_emails(line, asked=asked)
        yield from find_secrets(line, asked=asked)
        if line.has_digits or line.runs:
            yield from find_addresses(line, asked=asked)
        if line.runs:
            yield from find_phones(line, region=self.region, asked=asked)
        if line.has_digits:
            yield from find_ids(line)
            yield from find_networks(line)


def outside_masks(line: Line, span: Span) -> Iterator[Span]:
    """The parts of a span between masks that hold a letter or digit."""
    if HIDDEN not in line.shown[span.start : span.end]:
        yield span
        return
    start = span.start
    for mask in _HIDDEN.finditer(line.shown, span.start, span.end):
        yield from _worth(line, start, mask.start(), span.kind)
        start = mask.end()
    yield from _worth(line, start, span.end, span.kind)


def _worth(line: Line, start: int, end: int, kind: str) -> Iterator[Span]:
    inner = line.shown[start:end] if start < end else ""
    if any(sign.isalnum() for sign in inner):
        begin = start + len(inner) - len(inner.lstrip())
        yield Span(begin, begin + len(inner.strip()), kind)


class _Masking:
    """A text that is masked step by step; knows where in the original each of its signs is."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.text = text
        self.spans: list[Span] = []

    def apply(self, spans: Sequence[Span]) -> None:
        """Mask further spans, given in the text as it is now."""
        self.spans = sorted([*self.spans, *self._in_original(spans)])
        self.text = masked(self.original, self.spans)

    def _in_original(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Neither given spans nor earlier masks overlap: each lies between two masks."""
        shift, at = 0, 0
        for span in spans:
            while at < len(self.spans) and self.spans[at].start <= span.start + shift:
                shift += self.spans[at].end - self.spans[at].start - len(self.spans[at].mask)
                at += 1
            yield span.moved(shift)
