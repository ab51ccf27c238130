"""The multilingual encoder: what its engine is given, and where it cannot run."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import nlp.multilingual
from nlp.multilingual import MultilingualEncoder, usable


class Engine:
    """Remembers its texts; a vector says how long a text is."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector for each text."""
        self.asked += texts
        return np.array([[len(text)] * 384 for text in texts], np.float32)


def test_texts_come_back_in_order_cut_and_without_zero_bytes() -> None:
    engine = Engine()
    texts = ["a\0b", "x" * 5000, *["y"] * 70]
    vectors = MultilingualEncoder(engine, version="1").encode(texts)
    assert vectors.shape == (72, 384)
    assert vectors[:3, 0].tolist() == [3, 1000, 1]
    assert engine.asked[0] == "a b"


def test_no_texts_ask_nothing() -> None:
    engine = Engine()
    assert MultilingualEncoder(engine, version="1").encode([]).shape == (0, 384)
    assert engine.asked == []


def test_a_processor_without_the_instructions_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processor = tmp_path / "cpuinfo"
    processor.write_text("flags : sse4_2", "utf-8")
    monkeypatch.setattr(nlp.multilingual, "PROCESSOR", processor)
    assert not usable()
