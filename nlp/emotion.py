"""Emotion in text: the 28 labels of GoEmotions, several per text, and the groups they are shown in."""

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
from nlp.pieces import cut

NAME = "emotion"
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


class EmotionModel:
    """Finds emotions in what was said or written: never in how a voice sounds."""

    def __init__(
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
    ) -> None:
        self.version = version
        self.languages = LANGUAGES
        self.labels = tuple(labels)
        self.thresholds = dict(thresholds)
        self._encoder = encoder
        self._limits = np.array([thresholds[label] for label in labels], np.float32)
        self._weight = weight
        self._bias = bias
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
        logits = self.logits(pieces.texts) * self.scale + self.shift
        scores: NDArray[np.float32] = 1 / (1 + np.exp(-logits))
        strongest = np.maximum.reduceat(scores, pieces.starts[:-1])
        if "neutral" in self.labels:
            neutral = self.labels.index("neutral")
            strongest[:, neutral] = np.minimum.reduceat(scores[:, neutral], pieces.starts[:-1])
        return strongest

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What the model gives each label before calibration, each text read whole: (texts, labels)."""
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
    )


def _says(text: str) -> bool:
    """Whether there is anything to feel about: a text of blanks and dots has no emotion."""
    return any(sign.isalpha() or ord(sign) > 0x2600 for sign in text)
