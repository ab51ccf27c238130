"""Sentiment of Hungarian and Hebrew texts: a head for each on multilingual vectors and words, or no answer.

A head was trained on what there is in its language and on English; its probabilities are calibrated, and a
text whose strongest class is not sure enough has no score.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from nlp.artifacts import read_manifest
from nlp.errors import MissingArtifact
from nlp.pieces import sentences
from nlp.sentiment.scale import CLASSES, mixed, says, scores, softmax
from nlp.sentiment.words import features

NAME = "sentiment_languages"
TENSORS = ("weight", "bias", "word_weight", "rarity")
FILES = ("head.safetensors", "model.json")


class Vectors(Protocol):
    """What it needs of the encoder: ``nlp.multilingual.MultilingualEncoder``."""

    version: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector for each text."""


class MultilingualSentiment:
    """Scores texts of one language; None where the model is not sure."""

    def __init__(
        self,
        encoder: Vectors,
        *,
        version: str,
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
        word_weight: NDArray[np.float32],
        rarity: NDArray[np.float32],
        temperature: float,
        least_sure: float,
    ) -> None:
        self.version = version
        self.least_sure = least_sure
        self._encoder = encoder
        self._weight = weight
        self._bias = bias
        self._word_weight = word_weight
        self._rarity = rarity
        self._temperature = temperature

    def predict(self, texts: Sequence[str]) -> list[float | None]:
        """Score of each text, two decimals; 0 for a text without letters, None where no class is sure."""
        if not texts:
            return []
        pieces = sentences(texts)
        chances = mixed(self.probabilities(pieces.texts), pieces)
        return [
            _score(text, float(score), sure=float(row.max()) >= self.least_sure)
            for text, score, row in zip(texts, scores(chances), chances, strict=True)
        ]

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of negative, neutral and positive, (texts, 3), each text read whole."""
        return softmax(self.logits(texts) / self._temperature)

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What the softmax is taken of, before the temperature."""
        vectors = self._encoder.encode(texts)
        said: NDArray[np.float32] = features(texts, self._rarity) @ self._word_weight.T
        return vectors @ self._weight.T + said + self._bias


def open_languages(models: Path, encoder: Vectors) -> Mapping[str, MultilingualSentiment]:
    """The model of each language, of a models folder; raises MissingArtifact."""
    manifest = read_manifest(models)
    head = load_file(manifest.path(NAME, FILES[0]))
    settings = json.loads(manifest.path(NAME, FILES[1]).read_text("utf-8"))
    if settings["encoder"] != encoder.version or tuple(settings["classes"]) != CLASSES:
        detail = "The sentiment model of further languages does not fit the encoder."
        remedy = "Train it again: python -m nlp train sentiment_languages --data PATH"
        raise MissingArtifact("corrupt_artifact", detail, remedy)
    return {
        language: MultilingualSentiment(
            encoder,
            version=manifest.artifact(NAME).version,
            **{name: head[f"{language}.{name}"].astype(np.float32) for name in TENSORS},
            temperature=float(own["temperature"]),
            least_sure=float(own["least_sure"]),
        )
        for language, own in settings["languages"].items()
    }


def _score(text: str, score: float, *, sure: bool) -> float | None:
    if not says(text):
        return 0.0
    return round(score, 2) if sure else None
