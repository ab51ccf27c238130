"""What the filters of a page ask for, and what they offer to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from service.dashboard import tones
from service.dashboard.catalogue import Words
from service.dashboard.formats import humanise
from service.store import call_reasons, facts, interactions, phrase_hits
from service.store.database import Session
from service.store.tables import Channel, Status

NO_REASONS = ("abstained", "unreliable", "no_text", "language_not_supported")
SHIFTS: tuple[Literal["worse"], Literal["better"]] = ("worse", "better")
SENDERS = ("yes", "no")  # whether a machine sent it
Choice = tuple[str, str]  # the value and how it is written


@dataclass(frozen=True)
class Options:
    """Lists to choose from."""

    channels: list[Choice]
    queues: list[Choice]
    agents: list[Choice]
    reasons: list[Choice]
    statuses: list[Choice]
    no_reasons: list[Choice]
    emotions: list[Choice]
    shifts: list[Choice]
    phrases: list[Choice]
    facts: list[Choice]
    senders: list[Choice]


def options(session: Session, words: Words) -> Options:
    """Queues and agents as they occur; channels, states and reasons as they may occur."""
    occurring = interactions.choices(session)
    return Options(
        channels=_worded(words, "channel", [channel.value for channel in Channel]),
        queues=[(name, name) for name in occurring.queues],
        agents=[(name, name) for name in occurring.agents],
        reasons=reason_choices(session),
        statuses=_worded(words, "status", [status.value for status in Status]),
        no_reasons=_worded(words, "no_reason", NO_REASONS),
        emotions=sorted(_worded(words, "emotion", tones.LABELS), key=lambda choice: choice[1]),
        shifts=_worded(words, "shift", SHIFTS),
        facts=_worded(words, "fact", facts.KINDS),
        phrases=[(name, name) for name in phrase_hits.names(session)],
        senders=_worded(words, "sender", SENDERS),
    )


def reason_choices(session: Session) -> list[Choice]:
    """Top reasons, the sub-reasons of each below it and indented."""
    rows = call_reasons.current(session)
    found = []
    for top in (row for row in rows if row.parent is None):
        found.append((top.name, humanise(top.name)))
        found += [(row.name, f"\u2003{humanise(row.name)}") for row in rows if row.parent == top.name]
    return found


def _worded(words: Words, section: str, values: Iterable[str]) -> list[Choice]:
    return [(value, words.known(f"{section}.{value}", humanise(value))) for value in values]


def text(parameters: Mapping[str, str], name: str) -> str | None:
    """One parameter of the address, None if it is empty."""
    return (parameters.get(name) or "").strip()[:320] or None


def sentiment_shift(parameters: Mapping[str, str]) -> Literal["worse", "better"] | None:
    """Which way the customer's sentiment went; what is neither asks nothing."""
    return next((shift for shift in SHIFTS if shift == parameters.get("sentiment_shift")), None)


def day(parameters: Mapping[str, str], name: str) -> date | None:
    """One day of the address; what is no day asks nothing."""
    try:
        return date.fromisoformat(parameters.get(name) or "")
    except ValueError:
        return None


def identifier(parameters: Mapping[str, str], name: str) -> UUID | None:
    """One id of the address; what is none asks nothing."""
    try:
        return UUID(parameters.get(name) or "")
    except ValueError:
        return None
