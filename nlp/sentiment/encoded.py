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
from nlp.pieces import sentences
from nlp.sentiment.scale import CLASSES, mixed, says, scores, softmax

NAME = "sentiment"
ADAPTER = "emotion"  # turns of one sentence share their vectors with the emotion model


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
        temperature: float = 1.0,
    ) -> None:
        self.version = version
        self._encoder = encoder
        self._weight = weight
        self._bias = bias
        self._adapter = adapter
        self._temperature = temperature

    def predict(self, texts: Sequence[str]) -> list[float]:
        """Score of each text, two decimals; 0 for a text without letters.

        A text is read by sentences and scored by their weighted mean.
        """
        if not texts:
            return []
        pieces = sentences(texts)
        found = scores(mixed(self.probabilities(pieces.texts), pieces))
        return [
            round(float(score), 2) if says(text) else 0.0 for text, score in zip(texts, found, strict=True)
        ]

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of negative, neutral and positive, (texts, 3), each text read whole; calibrated."""
        return softmax(self.logits(texts) / self._temperature)

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What the softmax is taken of, before the temperature."""
        return self._encoder.encode(texts, adapter=self._adapter) @ self._weight.T + self._bias


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
        temperature=float(settings.get("temperature", 1.0)),
    )


def _unfit(detail: str) -> MissingArtifact:
    return MissingArtifact(
        "corrupt_artifact", detail, "Train it again: python -m nlp train sentiment --data PATH"
    )
