"""The word error rate counts what it says."""

import pytest

from tests.bench.word_errors import word_errors, words


@pytest.mark.parametrize(
    ("reference", "hypothesis", "errors"),
    [
        ("a b c", "a b c", 0),
        ("a b c", "a c", 1),
        ("a b c", "a x c", 1),
        ("a b c", "a b b c", 1),
        ("", "a b", 2),
        ("a b", "", 2),
    ],
)
def test_errors_are_the_cheapest_edits(reference: str, hypothesis: str, errors: int) -> None:
    assert word_errors(words(reference), words(hypothesis)) == errors


def test_words_know_no_case_and_no_punctuation() -> None:
    assert words("It’s FINE, thanks - 24 hours.") == ["it's", "fine", "thanks", "24", "hours"]
