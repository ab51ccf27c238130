"""Finds the facts of an interaction in its redacted turns, by the users' lists and by rules."""

from collections.abc import Iterator, Sequence
from datetime import date

from nlp.facts.amounts import amounts
from nlp.facts.dates import DateFinder
from nlp.facts.intents import switch_intents
from nlp.facts.places import place_matcher
from nlp.facts.references import references
from nlp.facts.terms import Mention, Term, TermMatcher
from nlp.facts.tokens import Tokens, tokens
from nlp.facts.values import Fact
from nlp.transcript import Party, Transcript, Turn

LONGEST_TURN = 50_000  # characters of a turn that are read
MOST = 500  # facts of one interaction: a price list says nothing about a customer


class FactFinder:
    """Made for the terms of the users' lists; ``region`` is the ISO 3166 region dates are written in."""

    def __init__(self, terms: Sequence[Term] = (), *, region: str = "US") -> None:
        self._terms = TermMatcher(terms)
        self._dates = DateFinder(region)

    def named_in(self, transcript: Transcript, language: str | None = None) -> tuple[Fact, ...]:
        """The facts of a transcript by itself; none where its words are guesses.

        ``language`` is what its words were taken for, where it does not say.
        """
        if transcript.reliable is False:
            return ()
        return self.find(transcript.turns, language=transcript.language or language)

    def find(
        self, turns: Sequence[Turn], *, language: str | None = None, said_on: date | None = None
    ) -> tuple[Fact, ...]:
        """Every fact, in the order of the turns; days like "tomorrow" are counted from ``said_on``.

        Turns of the system say nothing; a switch intent is a customer's, or an unknown party's.
        """
        found: list[Fact] = []
        for number, turn in enumerate(turns):
            if turn.party != Party.SYSTEM:
                found += self._of_turn(number, turn, language, said_on)
        return tuple(sorted(found)[:MOST])

    def _of_turn(self, number: int, turn: Turn, language: str | None, said_on: date | None) -> Iterator[Fact]:
        text = turn.text[:LONGEST_TURN]
        cut = tokens(text)
        mentions = self._terms.find(text, cut, language)
        yield from _facts(number, cut, mentions)
        if turn.party != Party.AGENT:
            yield from switch_intents(cut, mentions, number)
        known = {place for one in mentions for place in range(one.first, one.last + 1)}
        places = place_matcher(language).find(text, cut, language)
        yield from _facts(number, cut, [one for one in places if one.first not in known])
        if any(sign.isdigit() for sign in text):
            yield from _numbers(text, number)
        yield from self._dates.find(text, number, language=language, said_on=said_on)


def _facts(number: int, cut: Tokens, mentions: Sequence[Mention]) -> Iterator[Fact]:
    for one in mentions:
        yield Fact(number, *cut.place(one.first, one.last), one.term.kind, one.term.name)


def _numbers(text: str, number: int) -> Iterator[Fact]:
    """Amounts and references; what is an amount is no reference."""
    money = list(amounts(text, number))
    yield from money
    for fact in references(text, number):
        if not any(fact.start < one.end and one.start < fact.end for one in money):
            yield fact
