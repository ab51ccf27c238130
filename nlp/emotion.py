"""Emotion in text: the 28 labels of GoEmotions, several per text, and the groups they are shown in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from nlp.artifacts import read_manifest
from nlp.encoder import Encoder
from nlp.errors import MissingArtifact
from nlp.pieces import cut

NAME = "emotion"
LEAST = 1e-6  # a probability whose log-odds are still a number
LANGUAGES = frozenset({"en"})


@dataclass(frozen=True, slots=True)
class EmotionScore:
    """One emotion found in a text: its label and its probability."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Group:
    """Where a label is shown: one of Ekman's six emotions or neutral, and its polarity."""

    ekman: str
    polarity: str


def _groups() -> dict[str, Group]:
    """Build the table of groups; the division is the one published with GoEmotions."""
    polarity = {"joy": "positive", "surprise": "ambiguous", "neutral": "neutral"}
    members = {
        "anger": "anger annoyance disapproval",
        "disgust": "disgust",
        "fear": "fear nervousness",
        "joy": "admiration amusement approval caring desire excitement gratitude joy love optimism pride "
        "relief",
        "sadness": "disappointment embarrassment grief remorse sadness",
        "surprise": "confusion curiosity realization surprise",
        "neutral": "neutral",
    }
    return {
        label: Group(ekman, polarity.get(ekman, "negative"))
        for ekman, labels in members.items()
        for label in labels.split()
    }


GROUPS: Mapping[str, Group] = _groups()


@dataclass(frozen=True)
class ServiceHead:
    """One emotion for each sentence of a contact centre, and the gate: the log-odds that a sentence is one.

    ``weight`` (labels, dimensions) and ``bias`` give logits of a softmax; a label is found from a probability
    of ``threshold`` on.
    """

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    gate_weight: NDArray[np.float32]
    gate_bias: float
    threshold: float

    def mixed(
        self, vectors: NDArray[np.float32], general: NDArray[np.float32], limits: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Log-odds of the labels, mixed by the gate; ``general`` are those of the other head.

        This head's are shifted before: so a label's own limit (a probability) holds for both.
        """
        share = (1 / (1 + np.exp(-(vectors @ self.gate_weight + self.gate_bias))))[:, None]
        powers = vectors @ self.weight.T + self.bias
        powers = np.exp(powers - powers.max(axis=1, keepdims=True))
        chances = np.clip(powers / powers.sum(axis=1, keepdims=True), LEAST, 1 - LEAST)
        own = _log_odds(chances) - _log_odds(np.float32(self.threshold)) + _log_odds(limits)
        mixed: NDArray[np.float32] = (1 - share) * general + share * own
        return mixed


class EmotionModel:
    """Finds emotions in what was said or written: never in how a voice sounds."""

    def __init__(  # noqa: PLR0913 - the files of the model, one argument each
        self,
        encoder: Encoder,
        *,
        version: str,
        labels: Sequence[str],
        thresholds: Mapping[str, float],
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
        scale: NDArray[np.float32] | None = None,
        shift: NDArray[np.float32] | None = None,
        service: ServiceHead | None = None,
    ) -> None:
        self.version = version
        self.languages = LANGUAGES
        self.labels = tuple(labels)
        self.thresholds = dict(thresholds)
        self._encoder = encoder
        self._limits = np.array([thresholds[label] for label in labels], np.float32)
        self._weight = weight
        self._bias = bias
        self._service = service
        self.scale = np.ones(len(labels), np.float32) if scale is None else scale
        self.shift = np.zeros(len(labels), np.float32) if shift is None else shift

    def predict(self, texts: Sequence[str]) -> list[tuple[EmotionScore, ...]]:
        """Labels above their thresholds for each text, best first; an empty tuple where there is none."""
        scores = self.probabilities(texts)
        return [self._found(row) if _says(text) else () for text, row in zip(texts, scores, strict=True)]

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of each label, (texts, labels), calibrated label by label.

        A long text is read in pieces: an emotion counts as strong as in its strongest piece, neutral as
        in the least neutral one.
        """
        if not texts:
            return np.zeros((0, len(self.labels)), np.float32)
        pieces = cut(texts)
        vectors = self._encoder.encode(pieces.texts, adapter=NAME)
        logits = (vectors @ self._weight.T + self._bias) * self.scale + self.shift
        if self._service is not None:
            logits = self._service.mixed(vectors, logits, self._limits)
        scores: NDArray[np.float32] = 1 / (1 + np.exp(-logits))
        strongest = np.maximum.reduceat(scores, pieces.starts[:-1])
        if "neutral" in self.labels:
            neutral = self.labels.index("neutral")
            strongest[:, neutral] = np.minimum.reduceat(scores[:, neutral], pieces.starts[:-1])
        return strongest

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What the general head gives each label before calibration, each text read whole."""
        return self._encoder.encode(texts, adapter=NAME) @ self._weight.T + self._bias

    def _found(self, scores: NDArray[np.float32]) -> tuple[EmotionScore, ...]:
        above = np.flatnonzero(scores >= self._limits)
        best_first = above[np.argsort(-scores[above], kind="stable")]
        return tuple(EmotionScore(self.labels[i], round(float(scores[i]), 4)) for i in best_first)


def open_emotion(models: Path, encoder: Encoder) -> EmotionModel:
    """Load the emotion model of a models folder; raises MissingArtifact."""
    manifest = read_manifest(models)
    labels = json.loads(manifest.path(NAME, "labels.json").read_text("utf-8"))
    head = load_file(manifest.path(NAME, "head.safetensors"))
    manifest.path(NAME, "adapter.safetensors")
    if head["weight"].shape != (len(labels), encoder.dimensions):
        raise MissingArtifact(
            "corrupt_artifact", "The emotion model does not fit the encoder.", "Train it again."
        )
    return EmotionModel(
        encoder,
        version=manifest.artifact(NAME).version,
        labels=[entry["label"] for entry in labels],
        thresholds={entry["label"]: float(entry["threshold"]) for entry in labels},
        weight=head["weight"].astype(np.float32),
        bias=head["bias"].astype(np.float32),
        scale=np.array([float(entry.get("scale", 1.0)) for entry in labels], np.float32),
        shift=np.array([float(entry.get("shift", 0.0)) for entry in labels], np.float32),
        service=_service(head),
    )


def _service(head: Mapping[str, NDArray[np.float32]]) -> ServiceHead | None:
    if "gate_weight" not in head:
        return None
    weight, bias = head["service_weight"].astype(np.float32), head["service_bias"].astype(np.float32)
    gate_weight = head["gate_weight"].astype(np.float32)
    gate_bias, threshold = float(head["gate_bias"][0]), float(head["service_threshold"][0])
    return ServiceHead(weight, bias, gate_weight, gate_bias, threshold)


def _log_odds(chances: Any) -> Any:
    return np.log(chances / (1 - chances))


def _says(text: str) -> bool:
    """Whether there is anything to feel about: a text of blanks and dots has no emotion."""
    return any(sign.isalpha() or ord(sign) > 0x2600 for sign in text)
