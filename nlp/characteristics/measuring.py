"""Measures a conversation; every formula stands here, the names are those of Amazon Connect Contact Lens."""

from collections.abc import Mapping, Sequence

from nlp.characteristics.loudness import loudness_by_second, mean_loudness
from nlp.characteristics.speech import SPEAKERS, Talk, talk_of
from nlp.characteristics.values import Characteristics, Interruption, Thresholds
from nlp.stretches import length_of, union, without
from nlp.transcript import Party, Sound, Stretch, Transcript, Turn

SHORTEST_TALK_MS = 1000  # a speed from less would be noise
DEFAULTS = Thresholds()


def characteristics(transcript: Transcript, thresholds: Thresholds = DEFAULTS) -> Characteristics:
    """Measure a conversation.

    - Talk time of a party: its words' intervals, pauses up to 0.5 s within a turn included (Contact Lens: a
      little less than the sum of the turns); total: the sum over parties, not the union (as Contact Lens).
      Talk share: a party's part of that sum.
    - Words per minute: a party's words / its talk time (as Contact Lens), from 1 s of talk on.
    - Non-talk time: the sum of silences of all parties longer than the threshold (Contact Lens: 3 s), before
      the first and after the last word too; its share is of the whole duration (NICE: % Non-Talk Time).
      Hold is counted apart (Contact Lens counts it in); stretches in which the telephony paused the
      recording, and such as could not be decoded, are no silence (Contact Lens on redacted audio).
    - Interruption: a turn that begins while the other party, who has talked for longer than the threshold,
      goes on for at least the threshold. Two who begin at once do not interrupt each other. (Contact Lens:
      "cuts off the other participant mid-sentence", no minimum; 20 ms count for nothing there.)
    - Agent monologue: the longest time from an agent's first to last word without a silence above the
      non-talk threshold and without a customer's contribution as long as ``monologue_break_ms``.
    - Time to first agent word: from the recording's start.
    - Loudness of a party: mean of the seconds in which it talks (nlp.sound gives the scale).

    Not measurable, so None: everything timed in text channels; what is told by party where roles are unknown;
    interruptions on a mono recording, whose turns cannot overlap; hold and loudness without the sound.
    """
    talk = talk_of(transcript)
    known = talk.measured_by is not None
    talk_ms = {str(party): length_of(talk.by_party[party]) for party in SPEAKERS} if known else None
    gaps = _silent(talk, transcript)
    silences = None if gaps is None else _longer(gaps, thresholds.non_talk_ms)
    non_talk = None if silences is None else length_of(silences)
    overlaps = _interruptions(talk, thresholds.interruption_ms) if talk.overlaps else None
    holds = None if transcript.sound is None else transcript.sound.holds
    loudness = loudness_by_second(talk, transcript.sound) if known else None
    monologue = _monologue(talk, thresholds) if known else None
    return Characteristics(
        measured_by=talk.measured_by,
        talk_ms=talk_ms,
        talk_share=_shares(talk_ms),
        total_talk_ms=sum(map(length_of, talk.by_party.values())) if talk.turns else None,
        non_talk_ms=non_talk,
        non_talk_share=_ratio(non_talk, transcript.duration_ms),
        silences=silences,
        longest_silence_ms=None if gaps is None else max((length_of([gap]) for gap in gaps), default=0),
        hold_ms=None if holds is None else length_of(holds),
        hold_count=None if holds is None else len(holds),
        holds=holds,
        interruptions=_counts(overlaps),
        interruption_ms=None if overlaps is None else sum(item.end_ms - item.start_ms for item in overlaps),
        interruption_instances=overlaps,
        words_per_minute=_speeds(talk.turns, talk_ms),
        loudness=mean_loudness(loudness),
        loudness_by_second=loudness,
        agent_monologue_ms=length_of([monologue] if monologue else []) if known else None,
        agent_monologue=monologue,
        first_agent_word_ms=_first_word(talk, Party.AGENT) if known else None,
        turns=_turns(transcript),
        non_talk_threshold_ms=thresholds.non_talk_ms,
        interruption_threshold_ms=thresholds.interruption_ms,
        monologue_break_threshold_ms=thresholds.monologue_break_ms,
    )


def _silent(talk: Talk, transcript: Transcript) -> list[Stretch] | None:
    """Every stretch in which nobody talks and nothing else is known; None for what has no times at all."""
    spoken = union(stretch for stretches in talk.by_party.values() for stretch in stretches)
    if transcript.duration_ms is not None:
        whole = Stretch(0, transcript.duration_ms)
    elif spoken:
        whole = Stretch(spoken[0].start_ms, spoken[-1].end_ms)
    else:
        return None
    sound = transcript.sound or Sound()
    return without([whole], [*spoken, *sound.holds, *sound.pauses, *sound.gaps])


def _longer(stretches: Sequence[Stretch], threshold_ms: int) -> tuple[Stretch, ...]:
    return tuple(each for each in stretches if each.end_ms - each.start_ms > threshold_ms)


def _interruptions(talk: Talk, threshold_ms: int) -> tuple[Interruption, ...]:
    found: list[Interruption] = []
    for turn, said in zip(talk.turns, talk.said, strict=True):
        if turn.party not in SPEAKERS:
            continue
        begin, finish = said[0].start_ms, said[-1].end_ms
        for each in talk.by_party[SPEAKERS[1 - SPEAKERS.index(turn.party)]]:
            overlap = min(each.end_ms, finish) - begin
            if each.start_ms < begin - threshold_ms and overlap >= threshold_ms:
                found.append(Interruption(turn.party, begin, begin + overlap))
                break
    return tuple(found)


def _monologue(talk: Talk, thresholds: Thresholds) -> Stretch | None:
    """The longest; None where the agent says nothing."""
    contributions = [
        each.start_ms
        for each in talk.by_party[Party.CUSTOMER]
        if each.end_ms - each.start_ms >= thresholds.monologue_break_ms
    ]
    runs: list[Stretch] = []
    for each in talk.by_party[Party.AGENT]:
        last = runs[-1] if runs else None
        if (
            last is not None
            and each.start_ms - last.end_ms <= thresholds.non_talk_ms
            and not any(last.start_ms < start < each.start_ms for start in contributions)
        ):
            runs[-1] = Stretch(last.start_ms, each.end_ms)
        else:
            runs.append(each)
    return max(runs, key=lambda run: run.end_ms - run.start_ms, default=None)


def _first_word(talk: Talk, party: Party) -> int | None:
    return talk.by_party[party][0].start_ms if talk.by_party[party] else None


def _counts(overlaps: Sequence[Interruption] | None) -> dict[str, int] | None:
    if overlaps is None:
        return None
    return {str(party): sum(item.party is party for item in overlaps) for party in SPEAKERS}


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
        if length >= SHORTEST_TALK_MS and words[party]
    }


def _words(turn: Turn) -> int:
    return len(turn.words) or len(turn.text.split())


def _turns(transcript: Transcript) -> dict[str, int] | None:
    if not transcript.turns:
        return None
    parties = [turn.party for turn in transcript.turns]
    return {str(party): parties.count(party) for party in Party if party in parties}
