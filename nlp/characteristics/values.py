"""What is measured of a conversation, and the thresholds in force."""

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.transcript import Party, Stretch

AUDIO_CHANNELS, VOICES = "audio_channels", "voices"


@dataclass(frozen=True, slots=True)
class Interruption:
    """One party began to talk while the other one still did; times in ms of the overlap."""

    party: Party
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How long a silence, an overlap and a customer's speech must be to count.

    Silence is non-talk time from ``non_talk_ms`` on (Contact Lens: 3 s, Qualtrics: 2 s, Google: 5 s). Word
    times are off by up to a quarter second, so shorter overlaps are no interruptions. A "yes", "mm-hm" or
    "okay, thank you" is shorter than ``monologue_break_ms`` and no contribution of substance.
    """

    non_talk_ms: int = 3000
    interruption_ms: int = 250
    monologue_break_ms: int = 1500


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Measured facts; None where the recording cannot support them, never 0 for "not measured".

    ``measured_by`` says what tells the parties apart: audio_channels, voices, or None (nothing does).
    ``talk_ms``, ``talk_share``, ``words_per_minute``, ``loudness`` and ``turns`` are by party;
    ``interruptions`` counts by the party that interrupts. ``loudness_by_second`` has a value 0-100 for each
    second in which the party talks, None for the others. ``first_agent_word_ms`` is also None where the agent
    says nothing. The last fields are the thresholds that were in force.
    """

    measured_by: str | None
    talk_ms: Mapping[str, int] | None
    talk_share: Mapping[str, float] | None
    total_talk_ms: int | None
    non_talk_ms: int | None
    non_talk_share: float | None
    silences: tuple[Stretch, ...] | None
    longest_silence_ms: int | None
    hold_ms: int | None
    hold_count: int | None
    holds: tuple[Stretch, ...] | None
    interruptions: Mapping[str, int] | None
    interruption_ms: int | None
    interruption_instances: tuple[Interruption, ...] | None
    words_per_minute: Mapping[str, float] | None
    loudness: Mapping[str, int] | None
    loudness_by_second: Mapping[str, tuple[int | None, ...]] | None
    agent_monologue_ms: int | None
    agent_monologue: Stretch | None
    first_agent_word_ms: int | None
    turns: Mapping[str, int] | None
    non_talk_threshold_ms: int
    interruption_threshold_ms: int
    monologue_break_threshold_ms: int
