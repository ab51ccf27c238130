"""Voice prints made by hand: how many speakers, and whose print is whose."""

import numpy as np
import pytest

from nlp.diarization.clustering import Print, assigned, speakers_of

RNG = np.random.default_rng(3)
ANN, BOB, EVE = np.eye(3, 24)
BROTHER = 0.62 * BOB + np.sqrt(1 - 0.62**2) * EVE  # 0.38 apart from Bob


def printed(window: int, voice: int, who: np.ndarray, *, ms: int = 3000, noise: float = 0.06) -> Print:
    vector = who + RNG.normal(0, noise, len(who))
    return Print(window, voice, ms, (vector / np.linalg.norm(vector)).astype(np.float32))


def conversation(*people: np.ndarray, windows: int = 8) -> list[Print]:
    return [printed(w, v, who) for w in range(windows) for v, who in enumerate(people)]


def test_two_people_are_two_speakers_in_the_order_they_appear() -> None:
    prints = [printed(0, 2, BOB), *conversation(ANN, BOB)]
    assert speakers_of(prints) == [0, *[1, 0] * 8]


def test_one_person_is_one_speaker_however_many_are_expected() -> None:
    assert set(speakers_of(conversation(ANN), expected=2)) == {0}


def test_the_number_may_be_given() -> None:
    assert set(speakers_of(conversation(ANN, BOB, EVE), speakers=2)) == {0, 1}
    assert set(speakers_of(conversation(BOB, BROTHER), speakers=1)) == {0}


def test_alike_voices_are_two_where_two_are_expected_and_one_else() -> None:
    prints = conversation(BOB, BROTHER)
    assert set(speakers_of(prints, expected=2)) == {0, 1}
    assert len(set(speakers_of([p for p in prints if p.voice == 0], expected=2))) == 1


def test_a_third_voice_is_found_where_it_is_clearly_another() -> None:
    assert set(speakers_of(conversation(ANN, BOB, EVE), expected=2)) == {0, 1, 2}


def test_a_cough_is_no_speaker() -> None:
    prints = [*conversation(ANN, BOB), printed(20, 0, EVE, ms=1600)]
    assert set(speakers_of(prints)) == {0, 1}


def test_voices_of_one_window_are_different_speakers() -> None:
    near_ann = printed(0, 0, ANN), printed(0, 1, 0.8 * ANN + 0.6 * BOB)
    assert assigned(list(near_ann), np.stack([ANN, BOB]).astype(np.float32)) == [0, 1]


def test_more_voices_than_speakers_share_the_nearest() -> None:
    prints = [printed(0, 0, ANN), printed(0, 1, BOB), printed(0, 2, ANN)]
    assert assigned(prints, np.stack([ANN, BOB]).astype(np.float32)) == [0, 1, 0]


@pytest.mark.parametrize("prints", [[], [printed(0, 0, ANN, ms=500)]])
def test_little_is_still_an_answer(prints: list[Print]) -> None:
    assert speakers_of(prints, expected=2) == [0] * len(prints)


def test_a_day_of_speech_is_clustered_by_a_sample() -> None:
    prints = conversation(ANN, BOB, windows=1200)
    assert speakers_of(prints) == [0, 1] * 1200
