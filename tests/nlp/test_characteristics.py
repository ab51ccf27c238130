"""Talk time, silence, speed and interruptions, and None where nothing can be measured."""

from dataclasses import replace

import pytest

from nlp.characteristics import Interruption, Thresholds, characteristics
from nlp.transcript import Party, Sound, Stretch, Transcript, Turn, Word


def turn(party: Party, start: int, end: int, text: str = "yes", words: tuple[Word, ...] = ()) -> Turn:
    return Turn(party, text, start_ms=start, end_ms=end, words=words)


def call(*turns: Turn, channels: int = 2, duration: int | None = 20_000) -> Transcript:
    return Transcript("test", "1", turns, duration_ms=duration, audio_channels=channels)


def test_talk_time_is_summed_over_parties() -> None:
    found = characteristics(call(turn(Party.AGENT, 0, 6_000), turn(Party.CUSTOMER, 5_900, 7_900)))
    assert found.talk_ms == {"agent": 6_000, "customer": 2_000}
    assert found.talk_share == {"agent": 0.75, "customer": 0.25}
    assert found.total_talk_ms == 8_000
    assert found.turns == {"agent": 1, "customer": 1}


def test_talk_time_and_speed_come_from_words() -> None:
    words = (Word(0, 400, "my", None), Word(600, 1000, "order", None), Word(3000, 3400, "please", None))
    found = characteristics(call(turn(Party.CUSTOMER, 0, 3_400, words=words)))
    assert found.talk_ms == {"agent": 0, "customer": 1_400}
    assert found.words_per_minute == {"customer": pytest.approx(3 / 1.4 * 60, abs=0.1)}


def test_silence_counts_above_its_threshold() -> None:
    transcript = call(
        turn(Party.AGENT, 1_000, 2_000), turn(Party.CUSTOMER, 5_000, 6_000), turn(Party.AGENT, 10_000, 19_000)
    )
    found = characteristics(transcript)
    assert found.silences == (Stretch(6_000, 10_000),)
    assert (found.non_talk_ms, found.non_talk_share, found.longest_silence_ms) == (4_000, 0.2, 4_000)
    assert characteristics(transcript, Thresholds(non_talk_ms=2_000)).non_talk_ms == 7_000
    assert characteristics(transcript, Thresholds(non_talk_ms=2_000)).non_talk_threshold_ms == 2_000


def test_interruptions_need_a_quarter_second() -> None:
    agent = turn(Party.AGENT, 0, 5_000)
    assert characteristics(call(agent, turn(Party.CUSTOMER, 4_800, 6_000))).interruptions == {
        "agent": 0,
        "customer": 0,
    }
    found = characteristics(call(agent, turn(Party.CUSTOMER, 4_700, 6_000), turn(Party.AGENT, 5_500, 8_000)))
    assert found.interruptions == {"agent": 1, "customer": 1}
    assert found.interruption_ms == 800


def test_mono_cannot_say_who_interrupts() -> None:
    found = characteristics(call(turn(Party.UNKNOWN, 0, 5_000), channels=1))
    assert (found.talk_ms, found.talk_share, found.words_per_minute, found.interruptions) == (None,) * 4
    assert found.total_talk_ms == 5_000
    assert found.non_talk_ms == 15_000
    known = characteristics(call(turn(Party.AGENT, 0, 5_000), turn(Party.CUSTOMER, 5_000, 6_000), channels=1))
    assert known.talk_ms == {"agent": 5_000, "customer": 1_000}
    assert known.interruptions is None


def test_text_has_no_times() -> None:
    chat = (
        Turn(Party.CUSTOMER, "hello", start_ms=0, end_ms=0),
        Turn(Party.AGENT, "hi", start_ms=9, end_ms=9),
    )
    found = characteristics(Transcript("text", "1", chat))
    assert found.turns == {"customer": 1, "agent": 1}
    assert (found.talk_ms, found.total_talk_ms, found.non_talk_ms, found.longest_silence_ms) == (None,) * 4
    assert (found.interruptions, found.interruption_ms, found.words_per_minute) == (None,) * 3


def test_a_recording_without_speech_is_all_silence() -> None:
    found = characteristics(call())
    assert (found.non_talk_ms, found.longest_silence_ms, found.non_talk_share) == (20_000, 20_000, 1.0)
    assert (found.talk_ms, found.total_talk_ms, found.interruptions, found.turns) == (None,) * 4


def heard(*turns: Turn, sound: Sound, channels: int = 2, duration: int = 20_000) -> Transcript:
    return Transcript("test", "1", turns, duration_ms=duration, audio_channels=channels, sound=sound)


def test_hold_pauses_and_gaps_are_no_silence() -> None:
    turns = (turn(Party.AGENT, 0, 2_000), turn(Party.CUSTOMER, 18_000, 20_000))
    assert characteristics(call(*turns)).non_talk_ms == 16_000
    sound = Sound(
        holds=(Stretch(6_000, 10_000),), pauses=(Stretch(10_000, 12_000),), gaps=(Stretch(11_000, 14_000),)
    )
    found = characteristics(heard(*turns, sound=sound))
    assert found.silences == (Stretch(2_000, 6_000), Stretch(14_000, 18_000))
    assert (found.non_talk_ms, found.longest_silence_ms) == (8_000, 4_000)
    assert (found.hold_ms, found.hold_count, found.holds) == (4_000, 1, (Stretch(6_000, 10_000),))
    assert characteristics(call(*turns)).hold_ms is None, "nobody listened to the sound"


def test_who_begins_at_once_does_not_interrupt() -> None:
    agent = turn(Party.AGENT, 1_000, 5_000)
    assert characteristics(call(agent, turn(Party.CUSTOMER, 1_200, 3_000))).interruptions == {
        "agent": 0,
        "customer": 0,
    }
    found = characteristics(call(agent, turn(Party.CUSTOMER, 1_300, 3_000)))
    assert found.interruption_instances == (Interruption(Party.CUSTOMER, 1_300, 3_000),)
    strict = characteristics(
        call(agent, turn(Party.CUSTOMER, 4_000, 6_000)), Thresholds(interruption_ms=1_500)
    )
    assert (strict.interruption_ms, strict.interruption_threshold_ms) == (0, 1_500)


def test_voices_on_one_channel_have_talk_time_but_no_interruptions() -> None:
    voices = (
        Turn(Party.AGENT, "hello", start_ms=0, end_ms=3_000, audio_channel=0, speaker=0),
        Turn(Party.CUSTOMER, "hi", start_ms=2_000, end_ms=4_000, audio_channel=0, speaker=1),
    )
    for channels in (1, 2):  # 2: the same sound on both
        found = characteristics(call(*voices, channels=channels))
        assert (found.measured_by, found.interruptions) == ("voices", None)
        assert found.talk_ms == {"agent": 3_000, "customer": 2_000}
    sides = tuple(replace(each, audio_channel=at, speaker=None) for at, each in enumerate(voices))
    found = characteristics(call(*sides))
    assert (found.measured_by, found.interruptions) == ("audio_channels", {"agent": 0, "customer": 1})
    unknown = tuple(replace(each, party=Party.UNKNOWN) for each in voices)
    assert characteristics(call(*unknown)).measured_by is None


def test_a_turn_without_words_is_as_long_as_the_speech_in_it() -> None:
    agent = Turn(Party.AGENT, "hello there", start_ms=0, end_ms=10_000, audio_channel=0)
    sound = Sound(speech={0: (Stretch(1_000, 3_000), Stretch(8_000, 12_000)), 1: (Stretch(0, 9_000),)})
    assert characteristics(heard(agent, sound=sound)).talk_ms == {"agent": 4_000, "customer": 0}
    elsewhere = Sound(speech={0: (Stretch(15_000, 16_000),)})
    assert characteristics(heard(agent, sound=elsewhere)).talk_ms == {"agent": 10_000, "customer": 0}


def test_loudness_is_that_of_the_seconds_in_which_a_party_talks() -> None:
    sound = Sound(loudness={0: (50, 60, 1, 2, 70), 1: (3, 40, 44, 4, 5)})
    agent = Turn(Party.AGENT, "hello", start_ms=200, end_ms=1_900, audio_channel=0)
    customer = Turn(Party.CUSTOMER, "hi", start_ms=1_500, end_ms=3_000, audio_channel=1)
    found = characteristics(heard(agent, customer, sound=sound, duration=5_000))
    assert found.loudness_by_second == {
        "agent": (50, 60, None, None, None),
        "customer": (None, 40, 44, None, None),
    }
    assert found.loudness == {"agent": 55, "customer": 42}
    mono = Sound(loudness={0: (50, 60, 40)})
    both = (replace(agent, speaker=0), replace(customer, audio_channel=0, speaker=1))
    found = characteristics(heard(*both, sound=mono, channels=1, duration=3_000))
    assert found.loudness_by_second == {"agent": (50, None, None), "customer": (None, None, 40)}
    assert characteristics(call(agent, customer)).loudness is None


def test_a_monologue_goes_on_over_an_mm_hm() -> None:
    agent = [turn(Party.AGENT, start, start + 4_000) for start in (500, 5_000, 10_000, 16_000)]
    nod, answer = turn(Party.CUSTOMER, 4_600, 4_900), turn(Party.CUSTOMER, 9_100, 10_600)
    found = characteristics(call(agent[0], nod, agent[1], answer, agent[2], agent[3], duration=30_000))
    assert found.agent_monologue == Stretch(10_000, 20_000)
    assert (found.agent_monologue_ms, found.first_agent_word_ms) == (10_000, 500)
    late = characteristics(call(agent[0], nod, agent[1], turn(Party.AGENT, 13_000, 14_000)))
    assert late.agent_monologue == Stretch(500, 9_000), "a silence above 3 s ends it"
    nobody = characteristics(call(answer))
    assert (nobody.agent_monologue_ms, nobody.first_agent_word_ms) == (0, None)
    unknown = characteristics(call(turn(Party.UNKNOWN, 0, 9_000)))
    assert unknown.agent_monologue_ms is None
