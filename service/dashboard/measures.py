"""Characteristics of a conversation as a list of facts; what could not be measured says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.dashboard.catalogue import Words
from service.dashboard.formats import Formats, humanise
from service.store.tables import AnalysisRow

# In the order in which a supervisor reads them; what is not named here is a list of instances or a threshold.
_BY_PARTY = ("talk_share", "talk_ms", "words_per_minute", "loudness", "interruptions", "turns")
_WHOLE = (
    "total_talk_ms",
    "non_talk_ms",
    "non_talk_share",
    "longest_silence_ms",
    "hold_ms",
    "hold_count",
    "interruption_ms",
    "agent_monologue_ms",
    "first_agent_word_ms",
)
_THRESHOLD = "_threshold_ms"


PARTIES = ("customer", "agent")


@dataclass(frozen=True)
class Measure:
    """One characteristic; a value is None where this interaction cannot support it."""

    name: str
    value: str | None


@dataclass(frozen=True)
class PartyMeasure:
    """One characteristic of each of ``PARTIES``."""

    name: str
    values: Sequence[str | None]


@dataclass(frozen=True)
class Measures:
    """Those of the whole conversation and those by party; ``known`` if anything could be measured at all.

    ``limits`` are the thresholds they depend on, ``told_by`` is what told the parties apart.
    """

    whole: Sequence[Measure]
    by_party: Sequence[PartyMeasure]
    limits: Sequence[Measure]
    told_by: str | None

    @property
    def known(self) -> bool:
        """Whether there is a value: a mail has no sound."""
        return any(one.value is not None for one in self.whole) or any(
            value is not None for one in self.by_party for value in one.values
        )


def measures(analysis: AnalysisRow | None, texts: Words, written: Formats) -> Measures | None:
    """Talk time, silence, interruptions, pace; None before the analysis."""
    if analysis is None:
        return None
    found: Mapping[str, Any] = analysis.characteristics
    return Measures(
        [
            Measure(_label(name, texts), _written(name, found[name], texts, written))
            for name in _WHOLE
            if name in found
        ],
        [_by_party(name, found[name], texts, written) for name in _BY_PARTY if name in found],
        [
            Measure(_label(name, texts), texts("measured.seconds", n=written.seconds(value, 2)))
            for name, value in thresholds(analysis).items()
        ],
        found.get("measured_by"),
    )


def thresholds(analysis: AnalysisRow | None) -> dict[str, Any]:
    """The thresholds that the characteristics carry."""
    found: Mapping[str, Any] = analysis.characteristics if analysis else {}
    return {name: value for name, value in found.items() if name.endswith(_THRESHOLD)}


def _by_party(name: str, value: object, texts: Words, written: Formats) -> PartyMeasure:
    values: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    return PartyMeasure(
        _label(name, texts), [_written(name, values.get(party), texts, written) for party in PARTIES]
    )


def _label(name: str, texts: Words) -> str:
    return texts.known(f"measured.{name}", humanise(name))


def _written(name: str, value: object, texts: Words, written: Formats) -> str | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None if value is None else str(value)
    if name.endswith("_ms"):
        return texts("measured.seconds", n=written.seconds(value))
    if name.endswith("_share"):
        return written.percent(value)
    return written.number(value)
