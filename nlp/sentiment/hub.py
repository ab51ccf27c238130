"""A sequence-classification model of the user's choice: a folder, or a name on a hub of such models."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from nlp.errors import MissingArtifact
from nlp.pieces import sentences
from nlp.sentiment.scale import mixed, says, scores, softmax

BATCH = 32
LONGEST = 256  # tokens of one sentence
WORDS = {"negative": -1.0, "neg": -1.0, "neutral": 0.0, "neu": 0.0, "positive": 1.0, "pos": 1.0}
STARS = re.compile(r"([1-5])\s*stars?", re.IGNORECASE)


class HubSentiment:
    """Scores texts by sentences; classes say where they lie between negative (-1) and positive (+1)."""

    def __init__(self, model: Any, tokenizer: Any, *, version: str) -> None:
        self.version = version
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._sides = _sides(values_of(model.config.id2label))

    def predict(self, texts: Sequence[str]) -> list[float | None]:
        """Score of each text, two decimals; 0 for a text without letters."""
        if not texts:
            return []
        pieces = sentences(texts)
        found = scores(mixed(self.probabilities(pieces.texts), pieces))
        return [
            round(float(score), 2) if says(text) else 0.0 for text, score in zip(texts, found, strict=True)
        ]

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of negative, neutral and positive, (texts, 3)."""
        rows = [self._logits(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return softmax(np.concatenate(rows)) @ self._sides

    def _logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer(
            list(texts), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
        )
        with torch.inference_mode():
            logits: NDArray[np.float32] = self._model(**encoded).logits.float().numpy()
        return logits


def open_hub(name: str, *, allow_download: bool = True) -> HubSentiment:
    """Load a model; raises MissingArtifact where it cannot be had or its classes are no sentiment."""
    try:
        tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=not allow_download)
        model = AutoModelForSequenceClassification.from_pretrained(
            name, local_files_only=not allow_download, trust_remote_code=False
        )
    except (OSError, ValueError, KeyError) as error:
        detail = f"The sentiment model {name!r} cannot be loaded."
        remedy = (
            "Give a folder with a sequence-classification model, or its name on a hub that can be reached."
        )
        raise MissingArtifact("missing_artifact", detail, remedy) from error
    return HubSentiment(model, tokenizer, version=name)


def values_of(labels: Mapping[int, str]) -> list[float]:
    """Where each class lies, -1 to +1: by its name, as stars, or by its place (LABEL_0, ...).

    Raises MissingArtifact where the names say nothing of sentiment.
    """
    names = [labels[number].strip().lower() for number in sorted(labels)]
    if all(name in WORDS for name in names):
        return [WORDS[name] for name in names]
    stars = [STARS.fullmatch(name) for name in names]
    if all(stars):
        return [(int(star[1]) - 3) / 2 for star in stars if star]
    if len(names) in (2, 3) and names == [f"label_{number}" for number in range(len(names))]:
        return [-1.0, 1.0] if len(names) == 2 else [-1.0, 0.0, 1.0]
    detail = f"The classes of the sentiment model are not negative, neutral, positive: {', '.join(names)}."
    raise MissingArtifact("corrupt_artifact", detail, "Choose a model of sentiment.")


def _sides(values: Sequence[float]) -> NDArray[np.float32]:
    """What share of each class goes to negative, neutral, positive: (classes, 3)."""
    rows = [(max(0.0, -value), 1.0 - abs(value), max(0.0, value)) for value in values]
    return np.array(rows, np.float32)
