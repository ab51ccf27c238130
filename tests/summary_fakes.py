"""Summaries as the fake analysis makes them."""

from dataclasses import dataclass

from nlp.transcript import Party, Transcript


@dataclass(frozen=True)
class FakePick:
    """A stretch of a turn."""

    turn: int
    start: int
    end: int
    score: float = 0.5


@dataclass(frozen=True)
class FakeSummary:
    """What is picked of an interaction."""

    issue: FakePick | None = None
    outcome: FakePick | None = None
    next_action: FakePick | None = None


def summary_of(transcript: Transcript) -> FakeSummary:
    """The customer's first sentence is the issue, the agent's last turn with "I will" the next action."""
    said = list(enumerate(transcript.turns))
    asked = [(n, turn.text) for n, turn in said if turn.party == Party.CUSTOMER and turn.text]
    told = [(n, turn.text) for n, turn in said if turn.party == Party.AGENT and "I will" in turn.text]
    return FakeSummary(
        issue=FakePick(asked[0][0], 0, len(asked[0][1].split(". ")[0])) if asked else None,
        next_action=FakePick(told[-1][0], 0, len(told[-1][1])) if told else None,
    )
