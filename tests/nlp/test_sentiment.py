"""Sentiment: -5 to +5, quarters by the party's own clock, None where nothing was said."""

from pathlib import Path

import numpy as np
import pytest

from nlp.sentiment import SentimentModel, by_party, overall
from nlp.transcript import Party, Turn
from tests.nlp.tiny_encoder import WIDTH, tiny_encoder


def model(tmp_path: Path, *bias: float) -> SentimentModel:
    weight = np.zeros((3, WIDTH), np.float32)
    return SentimentModel(
        tiny_encoder(tmp_path), version="1", weight=weight, bias=np.array(bias, np.float32), adapter=None
    )


def said(party: Party, start: int | None, end: int | None) -> Turn:
    return Turn(party, "words", start_ms=start, end_ms=end)


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


def test_quarters_run_to_the_end_of_the_partys_own_last_turn() -> None:
    turns = [
        said(Party.CUSTOMER, 0, 9_000),
        said(Party.AGENT, 9_000, 100_000),
        said(Party.CUSTOMER, 9_999, 20_000),
        said(Party.CUSTOMER, 30_000, 40_000),
    ]
    customer = by_party(turns, [-5.0, 0.0, -1.0, 4.0])[Party.CUSTOMER]
    assert customer.quarters == (-3.0, None, None, 4.0)
    assert customer.score == 0.5


def test_a_quarter_begins_at_its_boundary() -> None:
    turns = [said(Party.CUSTOMER, 10_000, 20_000), said(Party.CUSTOMER, 39_999, 40_000)]
    assert by_party(turns, [1.0, 2.0])[Party.CUSTOMER].quarters == (None, 1.0, None, 2.0)


def test_messages_are_divided_by_order() -> None:
    turns = [said(Party.CUSTOMER, None, None)] * 2
    assert by_party(turns, [1.0, 2.0])[Party.CUSTOMER].quarters == (1.0, None, 2.0, None)


def test_unmeasured_turns_count_for_nothing() -> None:
    turns = [said(Party.CUSTOMER, None, None), said(Party.AGENT, None, None)]
    assert by_party(turns, [None, 1.0]) == {Party.AGENT: by_party(turns[1:], [1.0])[Party.AGENT]}


def test_the_documented_sample() -> None:
    """Quarter means and overall of the field's published example."""
    assert overall([0.0, 5.0, 2.5, 5.0]) == pytest.approx(3.12, abs=0.01)
    assert overall([None, None]) is None
