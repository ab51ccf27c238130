"""What recognisers invent is dropped; what people say stays."""

import numpy as np
import pytest

from nlp.asr.guards import is_loop, possible_pace, within_sound, within_speech, without_loops
from nlp.transcript import Word


def words(text: str, *, step: int = 300) -> list[Word]:
    return [Word(at * step, at * step + step - 50, f" {word}", 0.5) for at, word in enumerate(text.split())]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("thank you for calling", "thank you for calling"),
        ("zero zero zero zero five", "zero zero zero zero five"),
        ("no no no I said no", "no no no I said no"),
        ("you " * 8, "you"),
        ("I see. " + "köszönöm szépen " * 4 + "viszlát", "I see. köszönöm szépen viszlát"),
        ("תודה רבה " * 5, "תודה רבה"),
        ("", ""),
    ],
)
def test_loops_are_cut_to_their_first_time(text: str, kept: str) -> None:
    assert "".join(word.text for word in without_loops(words(text))).strip() == kept


def test_words_in_silence_are_dropped() -> None:
    samples = np.zeros(32_000, np.float32)
    samples[:8000] = 0.1
    assert [
        word.text.strip() for word in within_sound(words("one two three four five", step=400), samples)
    ] == [
        "one",
        "two",
    ]


def test_words_are_kept_where_the_caller_knows_of_speech() -> None:
    kept = within_speech(words("one two three"), lambda start, end: start >= 300)
    assert [word.text.strip() for word in kept] == ["two", "three"]


def test_an_impossible_pace_is_not_human() -> None:
    assert possible_pace(words("this is a usual sentence said at a usual pace"))
    assert not possible_pace(words("this is a usual sentence said at an impossible pace", step=60))
    assert possible_pace([Word(100, 160, " Absolutely", 0.9)])
    assert possible_pace([])


def test_a_text_that_compresses_well_is_a_loop() -> None:
    assert is_loop(words("la la li la la lu " * 12))
    assert not is_loop(words("this is a usual sentence said at a usual pace"))
    assert not is_loop([])
