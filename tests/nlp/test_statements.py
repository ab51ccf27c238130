"""Turns are cut into sentences and stretches: nothing is lost, nothing said twice."""

import pytest

from nlp.statements import STRETCH, statements


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I lost my card.", ["I lost my card."]),
        ("  hi  there ", ["hi there"]),
        (
            "Hi, I am John. I lost my card.",
            ["Hi, I am John. I lost my card.", "Hi, I am John.", "I lost my card."],
        ),
        ("Hello. I lost my card.", ["Hello. I lost my card.", "I lost my card."]),
        ("Yes. No.", ["Yes. No."]),
        (
            "One two three.\n\nFour five six.",
            ["One two three. Four five six.", "One two three.", "Four five six."],
        ),
    ],
)
def test_short_turns(text: str, found: list[str]) -> None:
    assert statements(text) == found


def test_stretches_do_not_grow_over_their_length() -> None:
    text = " ".join(f"This is sentence number {number}." for number in range(40))
    assert max(len(one.split()) for one in statements(text)) <= STRETCH
    assert {f"This is sentence number {number}." for number in range(40)} <= set(statements(text))


@pytest.mark.parametrize("count", [1, 17, 18, 19, 27, 28, 100])
def test_speech_without_sentence_ends_is_read_whole(count: int) -> None:
    words = [f"w{number}" for number in range(count)]
    found = statements(" ".join(words))
    assert {word for one in found for word in one.split()} == set(words)
    assert len(found) <= 1 + count // 9


def test_the_same_said_often_is_read_once() -> None:
    assert len(statements("I want my money back. " * 500)) <= 3
