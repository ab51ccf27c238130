"""Sentiment from -5 to +5: of a text, and of each party by quarters of the interaction.

A text scores 5 x (probability of positive - probability of negative); neutral is a class of its own. A
quarter scores the mean of the party's turns that start in it, None where none does; overall is the mean
of the quarters that have a score.
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
from nlp.pieces import Pieces, sentences
from nlp.transcript import Party, Turn

NAME = "sentiment"
ADAPTER = "emotion"  # turns of one sentence share their vectors with the emotion model
SCALE = 5.0
QUARTERS = 4
CLASSES = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class PartySentiment:
    """One party's sentiment: overall, and four quarters (None where the party said nothing)."""

    score: float | None
    quarters: tuple[float | None, ...]


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


def open_sentiment(models: Path, encoder: Encoder) -> SentimentModel:
    """Load the sentiment model of a models folder; raises MissingArtifact."""
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


def by_party(turns: Sequence[Turn], scores: Sequence[float | None]) -> Mapping[Party, PartySentiment]:
    """Sentiment of each party that has a score; ``scores`` holds one per turn, None where not measurable.

    Quarters run from 0 to the end of the party's own last turn; turns without times (messages) are
    divided by their order.
    """
    found: dict[Party, PartySentiment] = {}
    for party in dict.fromkeys(turn.party for turn in turns):
        own = [turn for turn in turns if turn.party == party]
        values = [score for turn, score in zip(turns, scores, strict=True) if turn.party == party]
        sentiment = _party(_quarters_of(own), values)
        if sentiment.score is not None:
            found[party] = sentiment
    return found


def overall(values: Sequence[float | None]) -> float | None:
    """Mean of the values that are there, two decimals; None where there is none."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 2) if known else None


def _quarters_of(turns: Sequence[Turn]) -> list[int]:
    """Which quarter, 0-3, each of one party's turns starts in."""
    last = turns[-1].end_ms
    starts = [turn.start_ms for turn in turns]
    if not last or any(start is None for start in starts):
        return [QUARTERS * place // len(turns) for place in range(len(turns))]
    return [min(QUARTERS - 1, QUARTERS * (start or 0) // last) for start in starts]


def _party(quarters: Sequence[int], values: Sequence[float | None]) -> PartySentiment:
    means: list[float | None] = []
    for number in range(QUARTERS):
        known = [
            v for quarter, v in zip(quarters, values, strict=True) if quarter == number and v is not None
        ]
        means.append(sum(known) / len(known) if known else None)
    rounded = tuple(None if mean is None else round(mean, 2) for mean in means)
    return PartySentiment(overall(means), rounded)


def _weighted(values: NDArray[np.float32], pieces: Pieces) -> NDArray[np.float64]:
    starts = pieces.starts[:-1]
    weights = pieces.words() * (0.25 + np.abs(values) / SCALE)
    mean: NDArray[np.float64] = np.add.reduceat(values * weights, starts) / np.add.reduceat(weights, starts)
    return mean
