"""Only windows whose text looks wrong are decoded again, and what never passes is marked."""

from collections.abc import Sequence

from nlp.asr.fallback import Decoded, decode_all

GOOD = Decoded((1,), -0.3, 1.2)
LOOP = Decoded((2,), -0.2, 5.0)
GUESS = Decoded((3,), -1.7, 1.2)
BETTER_GUESS = Decoded((4,), -1.2, 1.2)
SILENCE = Decoded((5,), -1.7, 1.2, no_speech=0.9)


def decoding(texts: dict[int, list[Decoded]]) -> tuple[list[tuple[list[int], float]], list[Decoded]]:
    """What was asked of the decoder, and the outcome."""
    asked: list[tuple[list[int], float]] = []
    left = {number: list(found) for number, found in texts.items()}

    def decode(rows: Sequence[int], temperature: float) -> list[Decoded]:
        asked.append((list(rows), temperature))
        return [left[row].pop(0) for row in rows]

    return asked, decode_all(len(texts), decode, (0.0, 0.2, 0.4))


def test_good_windows_are_decoded_once_and_greedily() -> None:
    asked, found = decoding({0: [GOOD], 1: [GOOD]})
    assert asked == [([0, 1], 0.0)]
    assert found == [GOOD, GOOD]


def test_only_what_fails_is_tried_again() -> None:
    asked, found = decoding({0: [GOOD], 1: [LOOP, GOOD], 2: [GUESS, LOOP, GOOD]})
    assert asked == [([0, 1, 2], 0.0), ([1, 2], 0.2), ([2], 0.4)]
    assert found == [GOOD, GOOD, GOOD]


def test_what_always_fails_is_the_likeliest_text_that_is_no_loop_and_marked() -> None:
    _, (found,) = decoding({0: [LOOP, GUESS, BETTER_GUESS]})
    assert (found.tokens, found.failed) == ((4,), True)
    _, (found,) = decoding({0: [LOOP, LOOP, LOOP]})
    assert (found.tokens, found.failed) == ((2,), True)


def test_silence_has_no_text_and_is_not_tried_again() -> None:
    asked, (found,) = decoding({0: [SILENCE]})
    assert len(asked) == 1
    assert (found.tokens, found.failed) == ((), False)


def test_no_windows_need_no_decoder() -> None:
    assert decoding({}) == ([], [])
