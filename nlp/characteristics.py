"""Facts of sound and pace in a conversation: who talked how long, how fast, over whom, and who did not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nlp.transcript import Party, Transcript, Turn

_SPEAKERS = (Party.AGENT, Party.CUSTOMER)
_PAUSE_MS = 500  # a pause within one's own speech; longer ones are not talk time
_SHORTEST_TALK_MS = 1000  # a speed from less would be noise


@dataclass(frozen=True, slots=True)
class Interruption:
    """One party began to talk while the other one still did; times in ms of the overlap."""

    party: Party
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody talked from ``start_ms`` to ``end_ms``."""

    start_ms: int
    end_ms: int

    @property
    def length_ms(self) -> int:
        """How long nobody talked."""
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Measured facts; None where the recording cannot support them, never 0 for "not measured".

    ``talk_ms``, ``talk_share``, ``words_per_minute`` and ``turns`` are by party; ``interruptions`` counts
    by the party that interrupts. The last two fields are the thresholds that were in force.
    """

    talk_ms: Mapping[str, int] | None
    talk_share: Mapping[str, float] | None
    total_talk_ms: int | None
    non_talk_ms: int | None
    non_talk_share: float | None
    silences: tuple[Silence, ...] | None
    longest_silence_ms: int | None
    interruptions: Mapping[str, int] | None
    interruption_ms: int | None
    interruption_instances: tuple[Interruption, ...] | None
    words_per_minute: Mapping[str, float] | None
    turns: Mapping[str, int] | None
    non_talk_threshold_ms: int
    interruption_threshold_ms: int


Spans = Sequence[tuple[int, int]]  # (start_ms, end_ms), sorted, apart from each other


def characteristics(
    transcript: Transcript, *, non_talk_ms: int = 3000, interruption_min_ms: int = 250
) -> Characteristics:
    """Measure a conversation; the names are those of Amazon Connect Contact Lens, formulas below.

    - talk time of a party: its words' intervals, pauses up to 0.5 s within a turn included; total: the sum
      over parties, not the union (as Contact Lens). Talk share: a party's part of that sum.
    - words per minute: a party's words / its talk time, from 1 s of talk on.
    - non-talk time: the sum of silences of both parties longer than ``non_talk_ms`` (Contact Lens: 3 s;
      others use 2-5 s), before the first and after the last word too; its share is of the whole duration.
    - interruption: a turn that begins while the other party talks on for at least ``interruption_min_ms``.
      The collar is needed because recognised word times are off by up to 200 ms.

    Not measurable, so None: everything timed in text channels; talk per party, speed and interruptions
    where roles are unknown; interruptions on a mono recording, whose turns cannot overlap.
    """
    timed = _spoken(transcript)
    speech = {party: _speech(timed, party) for party in Party}
    talk = {str(party): _length(speech[party]) for party in _SPEAKERS} if _roles_known(timed) else None
    gaps = _gaps(speech.values(), transcript.duration_ms)
    silences = None if gaps is None else tuple(gap for gap in gaps if gap.length_ms > non_talk_ms)
    non_talk = None if silences is None else sum(silence.length_ms for silence in silences)
    overlaps = _interruptions(timed, speech, interruption_min_ms) if _measurable(transcript, timed) else None
    return Characteristics(
        talk_ms=talk,
        talk_share=_shares(talk),
        total_talk_ms=sum(_length(spans) for spans in speech.values()) if timed else None,
        non_talk_ms=non_talk,
        non_talk_share=_ratio(non_talk, transcript.duration_ms),
        silences=silences,
        longest_silence_ms=None if gaps is None else max((gap.length_ms for gap in gaps), default=0),
        interruptions=_counts(overlaps),
        interruption_ms=None if overlaps is None else sum(item.end_ms - item.start_ms for item in overlaps),
        interruption_instances=overlaps,
        words_per_minute=_speeds(timed, talk),
        turns=_turns(transcript),
        non_talk_threshold_ms=non_talk_ms,
        interruption_threshold_ms=interruption_min_ms,
    )


def _spoken(transcript: Transcript) -> list[Turn]:
    """Turns that took time; the messages of a chat have a moment each, no length."""
    if transcript.duration_ms is None and transcript.audio_channels is None:
        return []
    return [turn for turn in transcript.turns if turn.start_ms is not None and turn.end_ms is not None]


def _roles_known(timed: Sequence[Turn]) -> bool:
    return bool(timed) and all(turn.party is not Party.UNKNOWN for turn in timed)


def _measurable(transcript: Transcript, timed: Sequence[Turn]) -> bool:
    """Interruptions need a side of the recording for each party."""
    return _roles_known(timed) and (transcript.audio_channels or 1) > 1


def _speech(timed: Sequence[Turn], party: Party) -> list[tuple[int, int]]:
    """When a party talked: its words, or whole turns where the words have no times."""
    intervals: list[tuple[int, int]] = []
    for turn in timed:
        if turn.party is party:
            words = [(word.start_ms, word.end_ms) for word in turn.words]
            intervals += _joined(words, bridge=_PAUSE_MS) or [_interval(turn)]
    return _joined(intervals, bridge=0)


def _interval(turn: Turn) -> tuple[int, int]:
    return turn.start_ms or 0, turn.end_ms or 0


def _joined(intervals: Iterable[tuple[int, int]], *, bridge: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if joined and start - joined[-1][1] <= bridge:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _gaps(speech: Iterable[Spans], duration_ms: int | None) -> tuple[Silence, ...] | None:
    """Every stretch in which nobody talks; None for what has no times at all."""
    spoken = _joined([span for spans in speech for span in spans], bridge=0)
    if not spoken and duration_ms is None:
        return None
    first = 0 if duration_ms is not None else spoken[0][0]
    last = duration_ms if duration_ms is not None else spoken[-1][1]
    starts = [first, *(end for _, end in spoken)]
    ends = [*(start for start, _ in spoken), last]
    return tuple(Silence(start, end) for start, end in zip(starts, ends, strict=True) if start < end)


def _interruptions(
    timed: Sequence[Turn], speech: Mapping[Party, Spans], minimum_ms: int
) -> tuple[Interruption, ...]:
    found: list[Interruption] = []
    for turn in timed:
        begin, finish = _interval(turn)
        if turn.party not in _SPEAKERS:
            continue
        other = _SPEAKERS[1 - _SPEAKERS.index(turn.party)]
        for start, end in speech[other]:
            overlap = min(end, finish) - begin
            if start < begin and overlap >= minimum_ms:
                found.append(Interruption(turn.party, begin, begin + overlap))
                break
    return tuple(found)


def _counts(overlaps: Sequence[Interruption] | None) -> dict[str, int] | None:
    if overlaps is None:
        return None
    return {str(party): sum(item.party is party for item in overlaps) for party in _SPEAKERS}


def _shares(talk: Mapping[str, int] | None) -> dict[str, float] | None:
    total = sum(talk.values()) if talk else 0
    return {party: round(length / total, 4) for party, length in talk.items()} if talk and total else None


def _ratio(part: int | None, whole: int | None) -> float | None:
    return round(part / whole, 4) if part is not None and whole else None


def _speeds(timed: Sequence[Turn], talk: Mapping[str, int] | None) -> dict[str, float] | None:
    if talk is None:
        return None
    words = {party: sum(_words(turn) for turn in timed if turn.party == party) for party in talk}
    return {
        party: round(60_000 * words[party] / length, 1)
        for party, length in talk.items()
        if length >= _SHORTEST_TALK_MS and words[party]
    }


def _words(turn: Turn) -> int:
    return len(turn.words) or len(turn.text.split())


def _turns(transcript: Transcript) -> dict[str, int] | None:
    if not transcript.turns:
        return None
    parties = [turn.party for turn in transcript.turns]
    return {str(party): parties.count(party) for party in Party if party in parties}
