"""Redacts turns: their text, their words, what they quote; keeps where in the original each mask lies."""

from collections.abc import Sequence
from dataclasses import replace

from nlp.redaction import Redactor, Span, Statement
from nlp.redaction.values import joined, values_of
from nlp.transcript import Redaction, Turn, Word

Values = tuple[tuple[str, str], ...]  # kind and normalised spelling of what was masked; never stored as it is


def masked_turns(
    turns: Sequence[Turn], redactor: Redactor, *, language: str | None = None
) -> tuple[tuple[Turn, ...], tuple[Redaction, ...], Values]:
    """The redacted turns, the redactions with offsets in each turn's original text, and what was masked.

    The turns are read as one conversation: a number is given over several, asked for in one, repeated in
    another.
    """
    masked: list[Turn] = []
    redactions: list[Redaction] = []
    values: dict[str, list[tuple[str, str]]] = {}
    results = redactor.redact_turns([_statement(turn) for turn in turns], language=language)
    for number, (turn, result) in enumerate(zip(turns, results, strict=True)):
        redactions += [Redaction(span.kind, number, span.start, span.end) for span in result.spans]
        said = values.setdefault(str(turn.party), [])
        said += values_of(turn.text, result.spans, language=language)
        quoted, quoted_values = masked_text(turn.quoted, redactor, language=language)
        signature, signature_values = masked_text(turn.signature, redactor, language=language)
        said += (*quoted_values, *signature_values)
        words = masked_words(turn, result.spans)
        masked.append(replace(turn, text=result.text, words=words, quoted=quoted, signature=signature))
    return tuple(masked), tuple(redactions), tuple(one for said in values.values() for one in joined(said))


def masked_text(text: str, redactor: Redactor, *, language: str | None = None) -> tuple[str, Values]:
    """A text alone, redacted, and what was masked."""
    if not text:
        return "", ()
    result = redactor.redact(text, language=language)
    return result.text, tuple(values_of(text, result.spans, language=language))


def _statement(turn: Turn) -> Statement:
    """Voices that no audio channel tells apart are numbered; a number runs on in the turns of one voice."""
    party = turn.party if turn.speaker is None else f"{turn.party} {turn.speaker}"
    return Statement(turn.text, str(party), turn.start_ms, turn.end_ms)


def masked_words(turn: Turn, spans: Sequence[Span]) -> tuple[Word, ...]:
    """The turn's words; each that overlaps a span carries the mask instead of what was said."""
    if not spans:
        return turn.words
    words = []
    for word, (start, end) in zip(turn.words, places_of(turn.text, turn.words), strict=True):
        hit = next((span for span in spans if span.start < end and start < span.end), None)
        words.append(word if hit is None else replace(word, text=f"[{hit.kind}]"))
    return tuple(words)


def places_of(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where each word stands in the text, in order; a word not found stands where the last one ended."""
    places = []
    at = 0
    for word in words:
        found = text.find(word.text, at)
        start = found if found >= 0 else at
        places.append((start, start + len(word.text)))
        at = start + len(word.text) if found >= 0 else at
    return places
