"""Segments to turns: hand-made values, many cases."""

import pytest

from nlp.transcript import Party, Segment, Word
from nlp.turns import confidence_of, turns_of

A, C, U = Party.AGENT, Party.CUSTOMER, Party.UNKNOWN


def said(
    party: Party, start: int, end: int, text: str, confidence: float | None = 0.8
) -> tuple[Party, Segment]:
    words = (Word(start, end, text, confidence),)
    channel = 1 if party is C else 0
    return party, Segment(start, end, text, words, confidence, channel)


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ([], []),
        ([said(A, 0, 900, "hello")], [(A, 0, 900, "hello")]),
        ([said(A, 0, 900, " ")], []),
        (
            [said(A, 0, 900, "hello"), said(A, 1500, 2000, "there")],
            [(A, 0, 2000, "hello there")],
        ),
        (
            [said(A, 0, 900, "hello"), said(A, 2500, 3000, "there")],
            [(A, 0, 900, "hello"), (A, 2500, 3000, "there")],
        ),
        (
            [said(A, 0, 900, "how"), said(C, 1000, 1200, "yes"), said(A, 1300, 2000, "are you")],
            [(A, 0, 900, "how"), (C, 1000, 1200, "yes"), (A, 1300, 2000, "are you")],
        ),
        (  # a backchannel while the agent speaks does not cut the agent's turn
            [said(A, 0, 2000, "one"), said(C, 1000, 1300, "mhm"), said(A, 2200, 3000, "two")],
            [(A, 0, 3000, "one two"), (C, 1000, 1300, "mhm")],
        ),
        (  # given out of order, as two channels come
            [said(C, 1000, 1500, "b"), said(A, 0, 900, "a")],
            [(A, 0, 900, "a"), (C, 1000, 1500, "b")],
        ),
        (  # on a mono recording the speaker may have changed in the pause
            [said(U, 0, 900, "a"), said(U, 1500, 2000, "b")],
            [(U, 0, 900, "a"), (U, 1500, 2000, "b")],
        ),
    ],
)
def test_turns(segments: list[tuple[Party, Segment]], expected: list[tuple[Party, int, int, str]]) -> None:
    turns = turns_of(segments)
    assert [(turn.party, turn.start_ms, turn.end_ms, turn.text) for turn in turns] == expected


def test_a_turn_keeps_words_channel_and_confidence() -> None:
    (turn,) = turns_of([said(C, 0, 1000, "yes", 0.9), said(C, 1100, 1300, "please", 0.3)])
    assert [word.text for word in turn.words] == ["yes", "please"]
    assert turn.audio_channel == 1
    assert turn.confidence == pytest.approx((0.9 * 1000 + 0.3 * 200) / 1200)


def test_confidence_is_none_where_nothing_has_one() -> None:
    assert confidence_of([Word(0, 10, "a", None)]) is None
    assert confidence_of([]) is None


def test_two_voices_on_one_channel_are_two_turns() -> None:
    def voice(speaker: int, start: int, end: int, text: str) -> tuple[Party, Segment]:
        return U, Segment(start, end, text, (), 0.8, 0, speaker)

    heard = [voice(0, 0, 900, "hello"), voice(1, 950, 1500, "hi"), voice(0, 1600, 2000, "so")]
    assert [(turn.speaker, turn.text) for turn in turns_of(heard)] == [(0, "hello"), (1, "hi"), (0, "so")]
    paused = [voice(0, 0, 900, "hello"), voice(0, 2000, 2500, "there")]
    assert [turn.text for turn in turns_of(paused)] == ["hello there"]
