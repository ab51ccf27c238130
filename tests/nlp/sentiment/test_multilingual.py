"""Sentiment of further languages: sure or silent."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from nlp.artifacts import Artifact, digests, register
from nlp.errors import MissingArtifact
from nlp.sentiment import MultilingualSentiment, open_languages
from nlp.sentiment.multilingual import FILES, NAME
from nlp.sentiment.words import BUCKETS, features, rarity, words


class Signs:
    """A text's vector: how many smiling and how many sad mouths it has."""

    version = "signs@1"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Two numbers for each text."""
        return np.array([[text.count("("), text.count(")")] for text in texts], np.float32).reshape(-1, 2)


WEIGHT = np.array([[4, 0], [0, 0], [0, 4]], np.float32)
BIAS = np.zeros(3, np.float32)
WORD_WEIGHT = np.zeros((3, BUCKETS), np.float32)


def model(*, least_sure: float = 0.6, temperature: float = 1.0) -> MultilingualSentiment:
    return MultilingualSentiment(
        Signs(),
        version="1",
        weight=WEIGHT,
        bias=BIAS,
        word_weight=WORD_WEIGHT,
        rarity=np.ones(BUCKETS, np.float32),
        temperature=temperature,
        least_sure=least_sure,
    )


def test_a_sure_text_is_scored_and_an_unsure_one_is_not() -> None:
    assert model().predict(["jó )", "rossz (", "talán"]) == [
        pytest.approx(4.73, abs=0.01),
        pytest.approx(-4.73, abs=0.01),
        None,
    ]


def test_a_text_without_letters_is_neutral_in_every_language() -> None:
    assert model().predict(["", "1234", " \u200b"]) == [0.0, 0.0, 0.0]
    assert model().predict([]) == []


def test_the_temperature_makes_it_less_sure() -> None:
    assert model(temperature=10).predict(["jó )"]) == [None]


def test_each_language_has_its_own_calibration(tmp_path: Path) -> None:
    written(tmp_path, {"hu": (1.0, 0.5), "he": (2.0, 0.9)})
    opened = open_languages(tmp_path, Signs())
    assert {language: one.least_sure for language, one in opened.items()} == {"hu": 0.5, "he": 0.9}
    assert opened["hu"].predict(["jó )"])[0] is not None
    assert opened["he"].predict(["jó )"]) == [None]


def test_a_head_made_for_another_encoder_is_refused(tmp_path: Path) -> None:
    written(tmp_path, {"hu": (1.0, 0.5)}, encoder="signs@2")
    with pytest.raises(MissingArtifact, match="does not fit the encoder"):
        open_languages(tmp_path, Signs())


def written(models: Path, languages: dict[str, tuple[float, float]], *, encoder: str = "signs@1") -> None:
    folder = models / NAME
    folder.mkdir()
    tensors = {"weight": WEIGHT, "bias": BIAS, "word_weight": WORD_WEIGHT, "rarity": WORD_WEIGHT[0].copy()}
    save_file(
        {f"{language}.{name}": value for language in languages for name, value in tensors.items()},
        folder / FILES[0],
    )
    settings = {
        "classes": ["negative", "neutral", "positive"],
        "encoder": encoder,
        "languages": {
            language: {"temperature": temperature, "least_sure": sure}
            for language, (temperature, sure) in languages.items()
        },
    }
    (folder / FILES[1]).write_text(json.dumps(settings), "utf-8")
    register(models, Artifact(NAME, "1", digests(folder, *FILES)))


def test_hebrew_words_are_the_same_with_points_and_with_suffixes() -> None:
    assert words("שָׁלוֹם") == words("שלום")
    assert words("Köszönöm a szíves SEGÍTSÉGET, 12!") == ["köszönöm", "szíves", "segítséget", "12"]


def test_rare_words_weigh_more_and_those_of_one_text_nothing() -> None:
    texts = ["jó nap", "jó este", "jó nap este", "egyszer"]
    found = features(["jó nap", "egyszer", ""], rarity(texts))
    assert np.allclose(np.asarray(found.multiply(found).sum(axis=1)).ravel(), [100, 0, 0])
