"""How loud each party talks, from the loudness of its audio channel by the second."""

from collections.abc import Mapping

from nlp.characteristics.speech import SPEAKERS, Talk
from nlp.transcript import Party, Sound

BySecond = Mapping[str, tuple[int | None, ...]]


def loudness_by_second(talk: Talk, sound: Sound | None) -> BySecond | None:
    """For each party 0-100 in the seconds in which it talks, else None.

    A second in which both talk on one audio channel tells of neither. None without the sound.
    """
    if sound is None or not sound.loudness:
        return None
    seconds = max(map(len, sound.loudness.values()))
    channels = _talking(talk, sound)
    found: dict[str, tuple[int | None, ...]] = {}
    for party in SPEAKERS:
        values: list[int | None] = [None] * seconds
        other = channels[SPEAKERS[1 - SPEAKERS.index(party)]]
        for second, channel in channels[party].items():
            levels = sound.loudness[channel]
            if second < len(levels) and other.get(second) != channel:
                values[second] = levels[second]
        found[str(party)] = tuple(values)
    return found


def mean_loudness(by_second: BySecond | None) -> dict[str, int] | None:
    """The mean of each party's seconds; parties that never talk are left out."""
    if by_second is None:
        return None
    known = {party: [value for value in values if value is not None] for party, values in by_second.items()}
    return {party: round(sum(values) / len(values)) for party, values in known.items() if values}


def _talking(talk: Talk, sound: Sound) -> Mapping[Party, Mapping[int, int]]:
    """By party the seconds in which it talks, each with the audio channel."""
    only = next(iter(sound.loudness)) if len(sound.loudness) == 1 else None
    found: dict[Party, dict[int, int]] = {party: {} for party in Party}
    for turn, said in zip(talk.turns, talk.said, strict=True):
        channel = turn.audio_channel if turn.audio_channel is not None else only
        if channel is not None and channel in sound.loudness:
            for stretch in said:
                for second in range(stretch.start_ms // 1000, -(-stretch.end_ms // 1000)):
                    found[turn.party][second] = channel
    return found
