"""Talk time, silence, speed and interruptions, and None where nothing can be measured."""

import pytest

from nlp.characteristics import Silence, characteristics
from nlp.transcript import Party, Transcript, Turn, Word


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
    assert found.silences == (Silence(6_000, 10_000),)
    assert (found.non_talk_ms, found.non_talk_share, found.longest_silence_ms) == (4_000, 0.2, 4_000)
    assert characteristics(transcript, non_talk_ms=2_000).non_talk_ms == 7_000
    assert characteristics(transcript, non_talk_ms=2_000).non_talk_threshold_ms == 2_000


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
