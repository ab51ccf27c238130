"""Emotions above their thresholds, best first; groups cover the 28 labels."""

from pathlib import Path

import numpy as np
import pytest

from nlp.emotion import GROUPS, EmotionModel, ServiceHead, open_emotion
from nlp.errors import MissingArtifact
from tests.nlp.tiny_encoder import WIDTH, tiny_encoder, write_emotion


def opened(tmp_path: Path, **bias: float) -> EmotionModel:
    encoder = tiny_encoder(tmp_path)
    write_emotion(tmp_path / "models", encoder.version, bias=bias)
    return open_emotion(tmp_path / "models", encoder)


def test_those_above_their_threshold_best_first(tmp_path: Path) -> None:
    model = opened(tmp_path, joy=1.0, anger=-1.0, love=2.0, fear=0.0)
    (found,) = model.predict(["i am happy"])
    assert [score.label for score in found] == ["love", "joy", "fear"]
    assert found[0].score == pytest.approx(0.8808)


def test_none_above_is_none(tmp_path: Path) -> None:
    assert opened(tmp_path, joy=-3.0).predict(["i am happy"]) == [()]


@pytest.mark.parametrize("text", ["", "   ", "...", "1234 !"])
def test_text_without_letters_has_no_emotion(tmp_path: Path, text: str) -> None:
    assert opened(tmp_path, joy=3.0).predict([text]) == [()]


def test_a_pictograph_says_something(tmp_path: Path) -> None:
    assert opened(tmp_path, joy=3.0).predict(["😂"]) != [()]


def test_probabilities_are_calibrated_label_by_label(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    write_emotion(tmp_path / "models", encoder.version, bias={"joy": 0.0})
    model = EmotionModel(
        encoder,
        version="1",
        labels=["joy", "anger"],
        thresholds={"joy": 0.5, "anger": 0.5},
        weight=np.zeros((2, WIDTH), np.float32),
        bias=np.ones(2, np.float32),
        scale=np.array([1.0, 2.0], np.float32),
        shift=np.array([-1.0, 0.0], np.float32),
    )
    assert model.logits(["sad"]).tolist() == [[1.0, 1.0]]
    assert model.probabilities(["sad"])[0] == pytest.approx([0.5, 0.8808], abs=1e-4)


def test_what_sounds_like_a_contact_centre_is_read_by_its_own_head(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    write_emotion(tmp_path / "models", encoder.version, bias={"joy": 0.0})
    plain, service = encoder.encode(["i am happy", "my bill is wrong"], adapter="emotion")
    gate = 100 * (service - plain)
    middle = float(gate @ (service + plain)) / 2
    bias = np.array([0, 20], np.float32)
    model = EmotionModel(
        encoder,
        version="1",
        labels=["joy", "anger"],
        thresholds={"joy": 0.5, "anger": 0.5},
        weight=np.zeros((2, WIDTH), np.float32),
        bias=np.array([3, -3], np.float32),
        service=ServiceHead(np.zeros((2, WIDTH), np.float32), bias, gate, -middle, 0.3),
    )
    found = model.predict(["i am happy", "my bill is wrong"])
    assert [[score.label for score in one] for one in found] == [["joy"], ["anger"]]


def test_no_texts(tmp_path: Path) -> None:
    assert opened(tmp_path, joy=3.0).predict([]) == []


def test_long_text_has_one_answer(tmp_path: Path) -> None:
    assert opened(tmp_path, joy=3.0).probabilities(["i am happy . " * 100, "sad"]).shape == (2, 1)


def test_version_and_thresholds_come_from_the_files(tmp_path: Path) -> None:
    model = opened(tmp_path, joy=3.0)
    assert (model.version, model.labels, model.thresholds) == ("7", ("joy",), {"joy": 0.5})


def test_head_of_another_size_is_refused(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    write_emotion(tmp_path / "models", encoder.version, bias={"joy": 0.0})
    encoder.dimensions = 7
    with pytest.raises(MissingArtifact, match="corrupt_artifact"):
        open_emotion(tmp_path / "models", encoder)


def test_groups() -> None:
    assert len(GROUPS) == 28
    assert len({group.ekman for group in GROUPS.values()}) == 7
    assert {group.polarity for group in GROUPS.values()} == {"positive", "negative", "ambiguous", "neutral"}
    assert (GROUPS["annoyance"].ekman, GROUPS["annoyance"].polarity) == ("anger", "negative")
    assert GROUPS["confusion"].polarity == "ambiguous"
