"""A summary: at most one each of issue, outcome and next action, each a stretch of a turn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pick:
    """A stretch of a turn's redacted text, exactly as it stands there: characters ``start`` to ``end``.

    ``score`` is 0-1 and orders picks of one kind; it is no probability.
    """

    turn: int
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What was picked; None where nothing fits."""

    issue: Pick | None = None
    outcome: Pick | None = None
    next_action: Pick | None = None


NOTHING = Summary()
