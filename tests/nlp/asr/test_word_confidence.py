"""A word is as likely right as its neighbourhood lets it be."""

from pathlib import Path

import numpy as np
import pytest

from nlp.asr.word_confidence import Calibration, features_of, read_calibration, write_calibration
from nlp.training.word_confidence import calibration_error
from nlp.transcript import Word

BY_ALL = Calibration((0.5, 0.3, 0.2, 0.0), 0.0)


def region(*confidences: float | None) -> list[Word]:
    return [Word(at * 300, at * 300 + 250, f" w{at}", sure) for at, sure in enumerate(confidences)]


def test_a_word_the_decoder_is_sure_of_is_doubted_among_words_it_is_not() -> None:
    alone = BY_ALL.calibrated(region(0.1, 0.1, 0.95, 0.1, 0.1))[2].confidence
    among = BY_ALL.calibrated(region(0.9, 0.9, 0.95, 0.9, 0.9))[2].confidence
    assert alone is not None
    assert among is not None
    assert alone < among


def test_words_keep_their_times_and_texts() -> None:
    words = region(0.2, 0.8)
    told = BY_ALL.calibrated(words)
    assert [(word.start_ms, word.end_ms, word.text) for word in told] == [
        (word.start_ms, word.end_ms, word.text) for word in words
    ]


def test_what_has_no_confidence_gets_none() -> None:
    assert BY_ALL.calibrated([]) == ()
    assert [word.confidence for word in BY_ALL.calibrated(region(None, 0.5))] == [None, 0.5]


def test_features_stay_finite_at_the_ends() -> None:
    assert np.isfinite(features_of(region(0.0, 1.0))).all()


def test_a_calibration_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_calibration(tmp_path / "sphinx.json", BY_ALL)
    assert read_calibration(tmp_path / "sphinx.json") == BY_ALL


def test_calibration_error_is_the_gap_between_promise_and_truth() -> None:
    chances = np.array([0.95, 0.95, 0.15, 0.15])
    right = np.array([1.0, 0.0, 0.0, 0.0])
    # Two bins of half the words each: |0.95 - 0.5| and |0.15 - 0|.
    assert calibration_error(chances, right) == pytest.approx(0.5 * 0.45 + 0.5 * 0.15)
