"""Segments of all audio channels become turns: one party's uninterrupted stretch, in order of time."""

from collections.abc import Iterable, Sequence

from nlp.transcript import Party, Segment, Turn, Word

GAP_MS = 1500
UNKNOWN_GAP_MS = 500  # on a mono recording the speaker may change at any pause


def turns_of(segments: Iterable[tuple[Party, Segment]], *, gap_ms: int = GAP_MS) -> tuple[Turn, ...]:
    """Turns ordered by start; a party's segments are joined across pauses in which nobody else begins.

    ``gap_ms`` is the longest pause within a turn, shortened to half a second where the party is unknown.
    """
    ordered = sorted(
        ((party, segment) for party, segment in segments if segment.text.strip()),
        key=lambda pair: (pair[1].start_ms, pair[1].end_ms),
    )
    groups: list[tuple[Party, list[Segment]]] = []
    for at, (party, segment) in enumerate(ordered):
        group = open_group(groups, party, segment)
        mixed = party is Party.UNKNOWN and segment.speaker is None
        longest = min(gap_ms, UNKNOWN_GAP_MS) if mixed else gap_ms
        if group is not None and may_join(ordered[:at], group, party, segment, longest):
            group.append(segment)
        else:
            groups.append((party, [segment]))
    turns = [turn_of(party, group) for party, group in groups]
    return tuple(sorted(turns, key=lambda turn: (turn.start_ms or 0, turn.end_ms or 0)))


def open_group(
    groups: Sequence[tuple[Party, list[Segment]]], party: Party, segment: Segment
) -> list[Segment] | None:
    """The latest group of this voice."""
    for owner, group in reversed(groups):
        if voice_of(owner, group[-1]) == voice_of(party, segment):
            return group
    return None


def may_join(
    before: Sequence[tuple[Party, Segment]],
    group: list[Segment],
    party: Party,
    segment: Segment,
    longest: int,
) -> bool:
    """Whether the pause is short and no other party began to speak in it."""
    end = max(part.end_ms for part in group[-2:])
    if segment.start_ms - end > longest:
        return False
    for other, spoken in reversed(before):
        if spoken.start_ms < end:
            return True
        if voice_of(other, spoken) != voice_of(party, segment):
            return False
    return True


def voice_of(party: Party, segment: Segment) -> tuple[Party, int, int | None]:
    """What tells one speaker from another."""
    return party, segment.audio_channel, segment.speaker


def turn_of(party: Party, segments: Sequence[Segment]) -> Turn:
    """One turn of the segments of one party, in order."""
    words = tuple(word for segment in segments for word in segment.words)
    return Turn(
        party=party,
        text=" ".join(segment.text.strip() for segment in segments),
        start_ms=min(segment.start_ms for segment in segments),
        end_ms=max(segment.end_ms for segment in segments),
        confidence=confidence_of(words) if words else confidence_of(segments),
        words=words,
        audio_channel=segments[0].audio_channel,
        speaker=segments[0].speaker,
    )


def confidence_of(parts: Iterable[Word | Segment | Turn]) -> float | None:
    """Mean confidence weighted by length; None where no part has one."""
    known = [
        (part.confidence, max((part.end_ms or 0) - (part.start_ms or 0), 1))
        for part in parts
        if part.confidence is not None
    ]
    if not known:
        return None
    return sum(value * weight for value, weight in known) / sum(weight for _, weight in known)
