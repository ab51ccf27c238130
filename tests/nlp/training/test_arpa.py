"""The ARPA file: every history gives out all of its probability."""

from math import isclose
from pathlib import Path

import pytest

from nlp.training.arpa import sections, write_arpa

WORDS = {"a": 0.5, "b": 0.3, "</s>": 0.2}
PAIRS = {("<s>", "a"): 0.6, ("a", "b"): 0.7, ("b", "</s>"): 0.5}


def test_probabilities_of_every_history_sum_to_one(tmp_path: Path) -> None:
    path = tmp_path / "small.arpa"
    write_arpa(path, WORDS, PAIRS, {("<s>", "a", "b"): 0.9})
    words, pairs = sections(path.read_text().splitlines())
    assert isclose(sum(10**score for word, (score, _) in words.items() if word != "<s>"), 1.0, abs_tol=1e-3)
    for history in ("<s>", "a", "b"):
        total = sum(
            10 ** pairs[history, word][0]
            if (history, word) in pairs
            else 10 ** (words[history][1] + words[word][0])
            for word in WORDS
        )
        assert total == pytest.approx(1.0, abs=2e-3)
    assert "-0.0458\t<s> a b" in path.read_text()


def test_a_history_that_gives_out_too_much_is_scaled(tmp_path: Path) -> None:
    path = tmp_path / "small.arpa"
    write_arpa(path, WORDS, {("a", "a"): 0.8, ("a", "b"): 0.8}, {})
    _, pairs = sections(path.read_text().splitlines())
    given = 10 ** pairs["a", "a"][0] + 10 ** pairs["a", "b"][0]
    assert given == pytest.approx(0.999, abs=2e-3)
