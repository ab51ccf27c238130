"""Whisper's tokens become words with times."""

import pytest

from nlp.asr.fallback import Decoded
from nlp.asr.whisper_text import FAILED_CONFIDENCE, word_times, words_of_alignment, words_of_marks
from nlp.transcript import Word

GOOD = Decoded((), -0.1, 1.0)
FAILED = Decoded((), -2.0, 1.0, failed=True)
MARK = 100


def read(tokens: list[int]) -> str:
    return "".join(f" t{token}" for token in tokens)


def test_signs_belong_to_their_words() -> None:
    timed = [(' "', 0.0, 0.1, 0.9), (" Yes", 0.1, 0.4, 0.8), (",", 0.4, 0.4, 0.9), (" no", 0.5, 0.7, 0.6)]
    assert words_of_alignment([*timed, ("?", 0.7, 0.7, 0.1)], GOOD) == (
        Word(100, 400, ' "Yes,', 0.8),
        Word(500, 700, " no?", 0.6),
    )


def test_words_of_a_text_that_failed_are_not_trusted() -> None:
    (word,) = words_of_alignment([(" yes", 0.0, 0.1, 0.99)], FAILED)
    assert word.confidence == FAILED_CONFIDENCE


def test_words_between_time_marks_have_the_times_of_their_sentence() -> None:
    found = Decoded((MARK, 1, 2, MARK + 50, MARK + 100, 3), 0.0, 1.0)
    assert words_of_marks(found, first_mark=MARK, read=read, length_ms=4000) == (
        Word(0, 1000, " t1", 1.0),
        Word(0, 1000, " t2", 1.0),
        Word(2000, 4000, " t3", 1.0),
    )


@pytest.mark.parametrize("tokens", [(), (MARK,), (MARK + 900, MARK + 5), (MARK + 900, 1, MARK + 5)])
def test_marks_in_disorder_do_no_harm(tokens: tuple[int, ...]) -> None:
    for word in words_of_marks(Decoded(tokens, 0.0, 1.0), first_mark=MARK, read=read, length_ms=4000):
        assert 0 <= word.start_ms <= word.end_ms <= 4000


def test_a_word_begins_where_the_path_first_comes_to_its_token() -> None:
    tokens, times = [0, 0, 1, 2, 2, 3, 3], [0, 1, 2, 3, 10, 20, 25]
    assert word_times(tokens, times, [2, 1], per_second=50) == [(0.0, 0.06), (0.06, 0.4)]
