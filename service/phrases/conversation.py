"""The turns of one interaction, indexed once for many phrases."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from service.phrases.query import EVERYWHERE, Between, Scope, Turns, Window
from service.phrases.spoken import SpokenTurn, times_of, tokens_of
from service.phrases.terms import Exact, Term

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words number ``first`` to ``last`` of a turn, both within; ``score`` 0-1."""

    turn: int
    first: int
    last: int
    score: float


class Conversation:
    """Where each word stands, and which words a term means; terms are looked up once."""

    def __init__(self, turns: Sequence[SpokenTurn], duration_ms: int | None) -> None:
        self.turns = turns
        self.tokens = [tokens_of(turn.text) for turn in turns]
        self.keys = [[token.key for token in tokens] for tokens in self.tokens]
        ends = [turn.end_ms for turn in turns if turn.end_ms is not None]
        self._duration_ms = duration_ms if duration_ms is not None else max(ends, default=None)
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, keys in enumerate(self.keys):
            for at, key in enumerate(keys):
                self._places[key].append((number, at))
        self._meant: dict[Term, dict[str, float]] = {}

    def meant(self, term: Term) -> dict[str, float]:
        """The words of this conversation that a term means, each with its likeness."""
        if isinstance(term, Exact):
            return term.likeness(self._places)
        if term not in self._meant:
            self._meant[term] = term.likeness(self._places)
        return self._meant[term]

    def places(self, terms: Sequence[Term]) -> dict[tuple[int, int], float]:
        """Where any of the terms stands, as (turn, word), with the best likeness; in order."""
        found: dict[tuple[int, int], float] = {}
        for term in terms:
            for key, likeness in self.meant(term).items():
                for place in self._places[key]:
                    found[place] = max(likeness, found.get(place, 0.0))
        return dict(sorted(found.items()))

    def characters(self, span: Span) -> tuple[int, int]:
        """Where a span stands in its turn's text."""
        tokens = self.tokens[span.turn]
        return tokens[span.first].start, tokens[span.last].end

    def within(self, span: Span, scope: Scope) -> bool | None:
        """Whether a span is said by the party and begins in every window; None where nobody knows."""
        return self.said_within(span.turn, *self.characters(span), scope)

    def said_within(self, number: int, start: int, end: int, scope: Scope) -> bool | None:
        """The same of characters of a turn."""
        if scope == EVERYWHERE:
            return True
        turn = self.turns[number]
        begin = times_of(turn, start, end)[0] if scope.windows else None
        answers = [self._in_window(number, begin, window) for window in scope.windows]
        if scope.party:
            answers.append(None if turn.party == UNKNOWN != scope.party else turn.party == scope.party)
        if False in answers:
            return False
        return None if None in answers else True

    def _in_window(self, turn: int, start: int | None, window: Window | Between | Turns) -> bool | None:
        if isinstance(window, Turns):
            return turn >= len(self.turns) - window.count if window.last else turn < window.count
        bounds = self.bounds(window)
        return None if start is None or bounds is None else bounds[0] <= start <= bounds[1]

    def bounds(self, window: Window | Between) -> tuple[float, float] | None:
        """From when to when, in ms; None where nothing has a length (a mail, a note)."""
        whole = self._duration_ms
        if not whole:
            return None
        unit = whole / 100 if window.percent else 1
        if isinstance(window, Between):
            return window.start * unit, window.end * unit
        length = window.length * unit
        return (max(whole - length, 0.0), whole) if window.last else (0.0, length)
