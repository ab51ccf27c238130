"""What a rule is evaluated on: one interaction as plain values, each part read only where a rule needs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from service.phrases import SpokenTurn
from service.rules.conditions import Condition, Feels, Given, Listed, Measure, Mood, Other, Reason, Says
from service.rules.tree import Node, conditions

Need = Literal["turns", "words", "analysis", "findings", "reasons", "emotions", "heard"]
_NEEDS: dict[type[Condition], frozenset[Need]] = {
    Says: frozenset(("turns",)),
    Measure: frozenset(("turns", "analysis")),
    Mood: frozenset(("turns", "findings", "analysis")),
    Feels: frozenset(("turns", "findings", "analysis", "emotions")),
    Reason: frozenset(("reasons", "analysis")),
    Listed: frozenset(("turns", "words", "heard")),
    Given: frozenset(),
    Other: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A phrase of a list that was found in the sound of a recording."""

    list: str
    phrase: str
    start_ms: int | None
    end_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One interaction.

    ``told`` holds the fields of conditions (channel, queue, ... weekday, hour), ``attributes`` the free ones;
    what was not given is None or not there. ``reliable`` False: the transcript cannot be trusted;
    ``analysed`` False: nothing below it was found yet. ``characteristics`` and ``sentiments`` are those of
    the analysis; ``findings`` has (sentiment, {emotion: score}) for each turn, with None where the turn was
    not read.
    """

    told: Mapping[str, str | float | None]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    duration_ms: int | None = None
    reliable: bool | None = None
    turns: Sequence[SpokenTurn] = ()
    analysed: bool = True
    characteristics: Mapping[str, Any] = field(default_factory=dict)
    sentiments: Mapping[str, Any] = field(default_factory=dict)
    findings: Sequence[tuple[float | None, Mapping[str, float] | None]] = ()
    emotions: Mapping[tuple[str, str], float] = field(default_factory=dict)
    reasons: Sequence[tuple[str, str | None, bool, int | None]] = ()  # name, parent, primary, turn
    no_reason: str | None = None
    heard: Sequence[Heard] = ()


def needs(nodes: Sequence[Node]) -> frozenset[Need]:
    """Which parts of the facts rules look at; words only where the time of a word decides."""
    found: set[Need] = set()
    for node in nodes:
        for one in conditions(node):
            found |= _NEEDS[type(one)]
            window = getattr(one, "window", None)
            if window is not None and window.unit != "turns":
                found.add("words")
    return frozenset(found)
