"""Who is who in a recording, as its page tells it and as its form sends it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.dashboard.told import Turn
from service.intake.channel_maps import PARTIES
from service.store.tables import Channel, InteractionRow, TranscriptRow

_SWAPPED = ("agent", "customer")


@dataclass(frozen=True)
class Voice:
    """One voice of a recording whose audio channels do not tell voices apart, and who it is taken for."""

    number: int
    party: str


@dataclass(frozen=True)
class Roles:
    """How sure it is who is who (None: nothing was inferred), and what a form may change."""

    confidence: float | None
    may_swap: bool
    voices: Sequence[Voice]


def spoken_roles(row: InteractionRow, transcript: TranscriptRow | None, said: Sequence[Turn]) -> Roles | None:
    """The roles of a transcribed recording; None for everything else."""
    if transcript is None or row.channel != Channel.VOICE or not said:
        return None
    parties = {turn.speaker: turn.party for turn in said if turn.speaker is not None}
    return Roles(
        confidence=transcript.role_confidence,
        may_swap=any(turn.party in _SWAPPED for turn in said),
        voices=[Voice(number, party) for number, party in sorted(parties.items())],
    )


def known_parties(sent: Mapping[str, str]) -> dict[str, str]:
    """What a form says of each voice, without what is no party."""
    return {number: party for number, party in sent.items() if party in PARTIES}
