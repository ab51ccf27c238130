"""Sentiment of English texts: a softmax over negative, neutral and positive on the emotion model's vectors.

A text scores 5 x (probability of positive - probability of negative); neutral is a class of its own. What
sounds like a contact centre is read by a head of its own: "I'm sorry to hear that" is no complaint there.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
LEAST = 1e-9  # a probability whose logarithm is still a number
ADAPTER = "emotion"  # turns of one sentence share their vectors with the emotion model


@dataclass(frozen=True)
class ServiceHead:
    """The head for sentences of contact centres, and the gate: the log-odds that a sentence is one."""

    weight: NDArray[np.float32]  # (3, dimensions)
    bias: NDArray[np.float32]
    gate_weight: NDArray[np.float32]  # (dimensions,)
    gate_bias: float

    def mixed(self, vectors: NDArray[np.float32], general: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logarithms of both heads' probabilities, mixed by the gate; ``general`` are the other's logits."""
        share = (1 / (1 + np.exp(-(vectors @ self.gate_weight + self.gate_bias))))[:, None]
        own = softmax(vectors @ self.weight.T + self.bias)
        chances: NDArray[np.float32] = (1 - share) * softmax(general) + share * own
        return np.log(np.maximum(chances, LEAST))


class SentimentModel:
    """Scores texts from -5 (negative) to +5 (positive)."""

    def __init__(
        self,
        encoder: Encoder,
        *,
        version: str,
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
        service: ServiceHead | None = None,
        adapter: str | None = ADAPTER,
        temperature: float = 1.0,
    ) -> None:
        self.version = version
        self._encoder = encoder
        self._weight = weight
        self._bias = bias
        self._service = service
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
        vectors = self._encoder.encode(texts, adapter=self._adapter)
        general = vectors @ self._weight.T + self._bias
        return general if self._service is None else self._service.mixed(vectors, general)


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
        service=_service(head),
        adapter=settings["adapter"],
        temperature=float(settings.get("temperature", 1.0)),
    )


def _service(head: Mapping[str, NDArray[np.float32]]) -> ServiceHead | None:
    if "gate_weight" not in head:
        return None
    weight, bias = head["service_weight"].astype(np.float32), head["service_bias"].astype(np.float32)
    gate = head["gate_weight"].astype(np.float32)
    return ServiceHead(weight, bias, gate, float(head["gate_bias"][0]))


def _unfit(detail: str) -> MissingArtifact:
    return MissingArtifact(
        "corrupt_artifact", detail, "Train it again: python -m nlp train sentiment --data PATH"
    )
