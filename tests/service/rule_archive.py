"""An archive with rules to try: interactions analysed, with turns and findings, as the store keeps them."""

from typing import Any
from uuid import UUID

from service.intake.rules import RuleSettings
from service.store import analyses, interactions, rules, transcripts
from service.store.analyses import NewAnalysis, NewFinding
from service.store.database import Session
from service.store.tables import RuleRow
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.store.made import later, make_interaction


def save_rule(session: Session, name: str, rule: str, **known: Any) -> RuleRow:
    """Save a rule from its text."""
    row, _ = rules.put(session, RuleSettings(rule=rule, **known).new(name))
    return row


def add_call(
    session: Session,
    text: str,
    *,
    number: int = 0,
    sentiment: float | None = -2.0,
    reliable: bool = True,
    **known: Any,
) -> UUID:
    """A call in which the customer says this after the agent's greeting; words of a second each."""
    row = make_interaction(session, started_at=later(number), duration_ms=60_000, **known)
    words = [[1000 + 1000 * at, 1900 + 1000 * at, word, None] for at, word in enumerate(text.split())]
    turns = [
        NewTurn(party="agent", text="How can I help?", start_ms=0, end_ms=1000),
        NewTurn(party="customer", text=text, start_ms=1000, end_ms=60_000, words=words),
    ]
    made = NewTranscript(engine="x", engine_version="1", reliable=reliable)
    transcripts.replace(session, row.id, made, turns=turns)
    interactions.mark_transcribed(session, row.id)
    analyses.replace(
        session,
        row.id,
        NewAnalysis(
            sentiment=sentiment,
            characteristics={"silences": None, "interruption_instances": None},
            findings=[NewFinding(sentiment=0.0), NewFinding(sentiment=sentiment)],
        ),
    )
    interactions.mark_analyzed(session, row.id)
    return row.id
