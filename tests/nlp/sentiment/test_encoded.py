"""Sentiment of English texts: -5 to +5, by sentences."""

from pathlib import Path

import numpy as np
import pytest

from nlp.sentiment import SentimentModel, ServiceHead
from tests.nlp.tiny_encoder import WIDTH, tiny_encoder


def model(tmp_path: Path, *bias: float) -> SentimentModel:
    weight = np.zeros((3, WIDTH), np.float32)
    return SentimentModel(
        tiny_encoder(tmp_path), version="1", weight=weight, bias=np.array(bias, np.float32), adapter=None
    )


@pytest.mark.parametrize(
    ("bias", "score"), [((0, 0, 20), 5.0), ((20, 0, 0), -5.0), ((0, 20, 0), 0.0), ((1, 0, 1), 0.0)]
)
def test_scale(tmp_path: Path, bias: tuple[float, ...], score: float) -> None:
    assert model(tmp_path, *bias).predict(["i am happy"]) == [pytest.approx(score, abs=0.01)]


def test_text_without_letters_is_neutral(tmp_path: Path) -> None:
    assert model(tmp_path, 0, 0, 20).predict(["", "1234", "sad"]) == [0.0, 0.0, 5.0]


def test_no_texts(tmp_path: Path) -> None:
    assert model(tmp_path, 0, 0, 0).predict([]) == []


def test_long_text_has_one_score(tmp_path: Path) -> None:
    assert model(tmp_path, 0, 0, 20).predict(["sad . " * 200]) == [5.0]


def test_a_strong_sentence_outweighs_a_courtesy(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    angry, thanks = encoder.encode(["angry about the bill .", "thank you ."])
    weight = np.stack([60 * (angry - thanks), 0 * angry, 0 * angry])
    bias = np.array([-30 * float((angry - thanks) @ (angry + thanks)), 0, -50], np.float32)
    opened = SentimentModel(encoder, version="1", weight=weight, bias=bias, adapter=None)
    courtesy, complaint, both = opened.predict(
        ["thank you .", "angry about the bill .", "thank you . angry about the bill ."]
    )
    assert abs(courtesy) < 0.5
    assert complaint < both < -2.5


def test_what_sounds_like_a_contact_centre_is_read_by_its_own_head(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    angry, thanks = encoder.encode(["angry about the bill .", "thank you ."])
    middle = float((thanks - angry) @ (thanks + angry)) / 2
    service = ServiceHead(
        np.zeros((3, WIDTH), np.float32),
        np.array([0, 20, 0], np.float32),
        100 * (thanks - angry),
        -100 * middle,
    )
    opened = SentimentModel(
        encoder,
        version="1",
        weight=np.zeros((3, WIDTH), np.float32),
        bias=np.array([20, 0, 0], np.float32),
        service=service,
        adapter=None,
    )
    assert opened.predict(["thank you .", "angry about the bill ."]) == [
        pytest.approx(0.0, abs=0.1),
        pytest.approx(-5.0, abs=0.1),
    ]
