"""Which interactions are asked for, as conditions of SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, exists, literal, or_, select, tuple_

from service.store import labels, plain
from service.store.emotion_groups import GROUPS
from service.store.labels import Labels
from service.store.tables import (
    AnalysisRow,
    EmotionScoreRow,
    FactRow,
    InteractionRow,
    PhraseHitRow,
    PhraseListRow,
    RuleResultRow,
    RuleRow,
    Status,
    TurnRow,
)

CLEAR = 1.0  # sentiment on -5..+5 that is positive or negative at all
COLUMNS = (
    *("channel", "queue", "agent", "campaign", "language", "status", "source", "direction"),
    *("customer_id", "thread"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionFilter:
    """What a list of interactions is narrowed to; None asks nothing.

    ``first`` and ``last`` are local days, both within. ``reason`` is a top reason or sub-reason: the primary
    one as trends count it, or any that was found. ``no_reason`` is why there is none (abstained, unreliable,
    ...). ``emotion`` is one of the customer's, or a group of them. ``text`` is looked for in subject, turns.
    ``sentiment_shift``: the customer began well and ended badly, or the reverse (beyond -1 and +1).
    ``phrase`` and ``phrase_list`` name saved phrases of which something was found; ``fact`` is the name of
    something that was named, ``fact_kind`` what kind of thing (competitor, amount, switch_intent, ...).
    ``sentiment_from`` and ``sentiment_to`` are the customer's, both within; ``recorded``: there is something
    to play. ``rule`` names a rule that ended with ``rule_outcome``.
    """

    channel: str | None = None
    queue: str | None = None
    agent: str | None = None
    campaign: str | None = None
    language: str | None = None
    status: str | None = None
    source: str | None = None
    direction: str | None = None
    customer_id: UUID | None = None
    first: date | None = None
    last: date | None = None
    reason: str | None = None
    reason_match: Literal["primary", "any"] = "primary"
    labels: Labels = "corrected"  # reasons that people gave count before the model's
    no_reason: str | None = None
    emotion: str | None = None
    sentiment_shift: Literal["worse", "better"] | None = None
    sentiment_from: float | None = None
    sentiment_to: float | None = None
    recorded: bool | None = None
    text: str | None = None
    phrase: str | None = None
    phrase_list: str | None = None
    fact_kind: str | None = None
    fact: str | None = None
    rule: str | None = None
    rule_outcome: str = "matched"
    thread: str | None = None
    automatic: bool | None = None  # from a machine


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendFilter:
    """What a trend is narrowed to; None asks nothing."""

    channel: str | None = None
    queue: str | None = None
    agent: str | None = None
    customer_id: UUID | None = None


def interactions(asked: InteractionFilter) -> list[ColumnElement[bool]]:
    """The conditions of a list."""
    found = _equal(asked, COLUMNS)
    if asked.first is not None:
        found.append(InteractionRow.day >= asked.first)
    if asked.last is not None:
        found.append(InteractionRow.day <= asked.last)
    found += _findings(asked)
    if asked.recorded is not None:
        found.append(InteractionRow.playback_key.is_not(None) == asked.recorded)
    if asked.automatic is not None:
        found.append(InteractionRow.automatic.is_not(None) == asked.automatic)
    if asked.text:
        found.append(_says(plain.text(asked.text)))
    if asked.phrase is not None or asked.phrase_list is not None:
        found.append(_has_phrase(asked.phrase, asked.phrase_list))
    return found


def _findings(asked: InteractionFilter) -> list[ColumnElement[bool]]:
    """The conditions on what was found in an interaction."""
    found: list[ColumnElement[bool]] = []
    if asked.reason is not None:
        reason = plain.text(asked.reason)
        found.append(labels.has_reason(reason, match=asked.reason_match, labels=asked.labels))
    if asked.no_reason is not None:
        found.append(labels.has_no_reason(plain.text(asked.no_reason), asked.labels))
    if asked.emotion is not None:
        found.append(_customer_feels(plain.text(asked.emotion)))
    if asked.sentiment_shift is not None:
        found.append(_of(AnalysisRow, *_shifted(asked.sentiment_shift)))
    if asked.fact is not None or asked.fact_kind is not None:
        found.append(_names(asked.fact, asked.fact_kind))
    if asked.sentiment_from is not None or asked.sentiment_to is not None:
        found.append(_feeling(asked.sentiment_from, asked.sentiment_to))
    if asked.rule is not None:
        found.append(_has_result(asked.rule, asked.rule_outcome))
    return found


def received(asked: TrendFilter, *, first: date, last: date) -> list[ColumnElement[bool]]:
    """The conditions of an overview: contacts of the days asked for, both ends within."""
    within = [
        InteractionRow.is_contact.is_(True),
        InteractionRow.day >= first,
        InteractionRow.day <= last,
    ]
    return [*within, *_equal(asked, ("channel", "queue", "agent", "customer_id"))]


def analyzed(asked: TrendFilter, *, first: date, last: date) -> list[ColumnElement[bool]]:
    """The conditions of a trend: of those, the ones that are analysed."""
    return [*received(asked, first=first, last=last), InteractionRow.status == Status.ANALYZED.value]


def after(started_at: datetime, interaction_id: UUID) -> ColumnElement[bool]:
    """What follows a place in the list of interactions, newest first."""
    place = tuple_(
        literal(started_at, InteractionRow.started_at.type), literal(interaction_id, InteractionRow.id.type)
    )
    return tuple_(InteractionRow.started_at, InteractionRow.id) < place


def _equal(asked: InteractionFilter | TrendFilter, columns: Sequence[str]) -> list[ColumnElement[bool]]:
    values = ((name, getattr(asked, name)) for name in columns)
    return [getattr(InteractionRow, name) == plain.json(value) for name, value in values if value is not None]


def _of(
    table: type[AnalysisRow | EmotionScoreRow | TurnRow], *matching: ColumnElement[bool]
) -> ColumnElement[bool]:
    return exists().where(table.interaction_id == InteractionRow.id, *matching)


def _feeling(least: float | None, most: float | None) -> ColumnElement[bool]:
    within = AnalysisRow.sentiment.between(-5.0 if least is None else least, 5.0 if most is None else most)
    return _of(AnalysisRow, within)


def _has_phrase(phrase: str | None, phrase_list: str | None) -> ColumnElement[bool]:
    which = [PhraseHitRow.interaction_id == InteractionRow.id]
    if phrase is not None:
        which.append(PhraseHitRow.phrase == plain.text(phrase))
    if phrase_list is not None:
        named = select(PhraseListRow.id).where(PhraseListRow.name == plain.text(phrase_list))
        which.append(PhraseHitRow.list_id.in_(named))
    return exists().where(*which)


def _names(fact: str | None, kind: str | None) -> ColumnElement[bool]:
    which = [FactRow.interaction_id == InteractionRow.id]
    if fact is not None:
        which.append(FactRow.name == plain.text(fact))
    if kind is not None:
        which.append(FactRow.kind == plain.text(kind))
    return exists().where(*which)


def _has_result(rule: str, outcome: str) -> ColumnElement[bool]:
    named = select(RuleRow.id).where(RuleRow.name == plain.text(rule))
    same = (RuleResultRow.interaction_id == InteractionRow.id, RuleResultRow.outcome == plain.text(outcome))
    return exists().where(*same, RuleResultRow.rule_id.in_(named))


def _customer_feels(emotion: str) -> ColumnElement[bool]:
    labels = GROUPS[emotion].split() if emotion in GROUPS else [emotion]
    return _of(EmotionScoreRow, EmotionScoreRow.label.in_(labels), EmotionScoreRow.party == "customer")


def _shifted(how: Literal["worse", "better"]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """As Contact Lens searches for a sentiment shift: from <= -1 to >= +1, or the reverse."""
    start, end = AnalysisRow.sentiment_start, AnalysisRow.sentiment_end
    return (start <= -CLEAR, end >= CLEAR) if how == "better" else (start >= CLEAR, end <= -CLEAR)


def _says(words: str) -> ColumnElement[bool]:
    in_turns = _of(TurnRow, TurnRow.text.icontains(words, autoescape=True))
    return or_(InteractionRow.subject.icontains(words, autoescape=True), in_turns)
