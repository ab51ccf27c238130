"""Who talks when: from words where there are any, else from where speech was found in the sound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.characteristics.values import AUDIO_CHANNELS, VOICES
from nlp.stretches import union, within
from nlp.transcript import Party, Sound, Stretch, Transcript, Turn

SPEAKERS = (Party.AGENT, Party.CUSTOMER)
PAUSE_MS = 500  # a pause within one's own speech; longer ones are not talk time
NO_SOUND = Sound()


@dataclass(frozen=True)
class Talk:
    """The turns that took time, when each was said, and when each party talked."""

    turns: tuple[Turn, ...]
    said: tuple[tuple[Stretch, ...], ...]  # by turn, in order and apart
    by_party: Mapping[Party, Sequence[Stretch]]
    measured_by: str | None

    @property
    def overlaps(self) -> bool:
        """Whether one party could be heard while the other talked: only on sides of their own."""
        return self.measured_by == AUDIO_CHANNELS and self._sides

    @property
    def _sides(self) -> bool:
        return len({turn.audio_channel for turn in self.turns}) > 1 or self.turns[0].audio_channel is None


def talk_of(transcript: Transcript) -> Talk:
    """When everybody talked; nothing for text channels, whose messages have a moment each, no length."""
    recorded = transcript.duration_ms is not None or transcript.audio_channels is not None
    turns = tuple(
        turn
        for turn in transcript.turns
        if recorded and turn.start_ms is not None and turn.end_ms is not None
    )
    sound = transcript.sound or NO_SOUND
    said = tuple(_said(turn, sound) for turn in turns)
    by_party = {
        party: union(
            stretch
            for turn, stretches in zip(turns, said, strict=True)
            if turn.party is party
            for stretch in stretches
        )
        for party in Party
    }
    return Talk(turns, said, by_party, _told_apart(turns, transcript.audio_channels))


def _said(turn: Turn, sound: Sound) -> tuple[Stretch, ...]:
    """A turn's words, short pauses closed; else the speech found within the turn; else the turn itself."""
    whole = Stretch(turn.start_ms or 0, turn.end_ms or 0)
    words = [Stretch(word.start_ms, word.end_ms) for word in turn.words]
    if words:
        return tuple(union(words, bridge_ms=PAUSE_MS))
    heard = sound.speech.get(turn.audio_channel, ()) if turn.audio_channel is not None else ()
    return tuple(union(within(heard, whole), bridge_ms=PAUSE_MS)) or (whole,)


def _told_apart(turns: Sequence[Turn], audio_channels: int | None) -> str | None:
    """What tells the parties apart; None where nobody spoke or some turn's party is unknown."""
    if not turns or any(turn.party is Party.UNKNOWN for turn in turns):
        return None
    on_channel: dict[int | None, set[Party]] = {}
    for turn in turns:
        on_channel.setdefault(turn.audio_channel, set()).add(turn.party)
    named = None not in on_channel
    alone = all(len(parties) == 1 for parties in on_channel.values())
    voices = any(turn.speaker is not None for turn in turns)
    sides = (named and alone) or (not named and (audio_channels or 1) > 1)
    return AUDIO_CHANNELS if sides and not voices else VOICES
