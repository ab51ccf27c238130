"""Finds phrases in the turns of an interaction: where, said by whom, how alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.phrases.conversation import Conversation, Span
from service.phrases.query import Absent, AllOf, AnyOf, Leaf, Near, Node, Phrase, Row
from service.phrases.rows import near_spans, row_spans
from service.phrases.spoken import SpokenTurn, times_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found; ``text`` is what stands from ``start`` to ``end`` (characters) in turn number ``turn``.

    ``score`` 0-1: how alike the words are, less for words far apart. A phrase that matches by absence
    (``NOT``) has one hit with no turn.
    """

    phrase: str
    turn: int | None
    party: str | None
    start_ms: int | None
    end_ms: int | None
    score: float
    text: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a phrase matched; None where it cannot be told.

    It cannot where it hangs on who spoke or when, and nobody knows; or where there are no turns at all.
    """

    phrase: Phrase
    matched: bool | None
    hits: tuple[Hit, ...]


def find(
    phrases: Sequence[Phrase], turns: Sequence[SpokenTurn], *, duration_ms: int | None = None
) -> list[Hit]:
    """The hits of the phrases that match, by phrase and then by place."""
    return [hit for outcome in outcomes(phrases, turns, duration_ms=duration_ms) for hit in outcome.hits]


def outcomes(
    phrases: Sequence[Phrase], turns: Sequence[SpokenTurn], *, duration_ms: int | None = None
) -> list[Outcome]:
    """One outcome for each phrase; ``duration_ms`` is the interaction's, by default its last turn's end."""
    conversation = Conversation(turns, duration_ms)
    found = []
    for phrase in phrases:
        matched, spans = evaluated(phrase.node, conversation)
        hits = tuple(_hit(phrase, span, conversation) for span in sorted(set(spans))) if matched else ()
        if matched and not hits:
            hits = (Hit(phrase.query, None, None, None, None, 1.0, "", None, None),)
        found.append(Outcome(phrase, matched, hits))
    return found


def evaluated(node: Node, conversation: Conversation) -> tuple[bool | None, list[Span]]:
    """Whether a query holds, and where.

    Three-valued: an unknown part leaves the whole unknown unless the other parts decide it.
    """
    if isinstance(node, Row | Near):
        return _leaf(node, conversation)
    if isinstance(node, Absent):
        matched, _ = evaluated(node.part, conversation)
        return (None if matched is None else not matched), []
    results = [evaluated(part, conversation) for part in node.parts]
    answers = [matched for matched, _ in results]
    spans = [span for matched, found in results for span in found if matched]
    return _joined(node, answers), spans


def _joined(node: AllOf | AnyOf, answers: Sequence[bool | None]) -> bool | None:
    decisive = isinstance(node, AnyOf)
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def _leaf(leaf: Leaf, conversation: Conversation) -> tuple[bool | None, list[Span]]:
    spans = row_spans(leaf, conversation) if isinstance(leaf, Row) else near_spans(leaf, conversation)
    answers = [(conversation.within(span, leaf.scope), span) for span in spans]
    if found := [span for answer, span in answers if answer]:
        return True, found
    unknown = not conversation.turns or any(answer is None for answer, _ in answers)
    return (None if unknown else False), []


def _hit(phrase: Phrase, span: Span, conversation: Conversation) -> Hit:
    turn = conversation.turns[span.turn]
    start, end = conversation.characters(span)
    begin, finish = times_of(turn, start, end)
    return Hit(
        phrase.query,
        span.turn,
        turn.party,
        begin,
        finish,
        round(span.score, 4),
        turn.text[start:end],
        start,
        end,
    )
