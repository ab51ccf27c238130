"""Sentiment of English texts: a softmax over negative, neutral and positive on the emotion model's vectors.

A text scores 5 x (probability of positive - probability of negative); neutral is a class of its own.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from nlp.artifacts import read_manifest
from nlp.encoder import Encoder
from nlp.errors import MissingArtifact
from nlp.pieces import Pieces, sentences

NAME = "sentiment"
ADAPTER = "emotion"  # turns of one sentence share their vectors with the emotion model
SCALE = 5.0
CLASSES = ("negative", "neutral", "positive")


class SentimentModel:
    """Scores texts from -5 (negative) to +5 (positive)."""

    def __init__(
        self,
        encoder: Encoder,
        *,
        version: str,
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
        adapter: str | None = ADAPTER,
    ) -> None:
        self.version = version
        self._encoder = encoder
        self._weight = weight
        self._bias = bias
        self._adapter = adapter

    def predict(self, texts: Sequence[str]) -> list[float]:
        """Score of each text, two decimals; 0 for a text without letters.

        A text is read by sentences and scored by their weighted mean: a sentence weighs by its words, and
        more the stronger it is, so that neither a courtesy nor a mail's neutral half hides a complaint.
        """
        if not texts:
            return []
        pieces = sentences(texts)
        chances = self.probabilities(pieces.texts)
        values = SCALE * (chances[:, 2] - chances[:, 0])
        scores = _weighted(values, pieces)
        return [
            round(float(score), 2) if any(sign.isalpha() or ord(sign) > 0x2600 for sign in text) else 0.0
            for text, score in zip(texts, scores, strict=True)
        ]

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of negative, neutral and positive, (texts, 3), each text read whole."""
        logits = self._encoder.encode(texts, adapter=self._adapter) @ self._weight.T + self._bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
        return chances


def open_encoded(models: Path, encoder: Encoder) -> SentimentModel:
    """Load the English model of a models folder; raises MissingArtifact."""
    manifest = read_manifest(models)
    head = load_file(manifest.path(NAME, "head.safetensors"))
    settings = json.loads(manifest.path(NAME, "model.json").read_text("utf-8"))
    adapter = manifest.artifact(settings["adapter"]).files["adapter.safetensors"]
    if adapter != settings["adapter_sha256"]:
        raise _unfit("The sentiment model was trained on another version of the emotion model.")
    if head["weight"].shape != (len(CLASSES), encoder.dimensions) or tuple(settings["classes"]) != CLASSES:
        raise _unfit("The sentiment model does not fit the encoder.")
    return SentimentModel(
        encoder,
        version=manifest.artifact(NAME).version,
        weight=head["weight"].astype(np.float32),
        bias=head["bias"].astype(np.float32),
        adapter=settings["adapter"],
    )


def _unfit(detail: str) -> MissingArtifact:
    return MissingArtifact(
        "corrupt_artifact", detail, "Train it again: python -m nlp train sentiment --data PATH"
    )


def _weighted(values: NDArray[np.float32], pieces: Pieces) -> NDArray[np.float64]:
    starts = pieces.starts[:-1]
    weights = pieces.words() * (0.25 + np.abs(values) / SCALE)
    mean: NDArray[np.float64] = np.add.reduceat(values * weights, starts) / np.add.reduceat(weights, starts)
    return mean
