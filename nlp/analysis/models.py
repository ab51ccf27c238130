"""What the second pipeline needs of its models."""

from collections.abc import Sequence
from typing import Protocol

from nlp.call_reasons import Conversation, ReasonScore, Taxonomy, Thresholds
from nlp.emotion import EmotionScore


class Reasons(Protocol):
    """Finds call reasons: ``nlp.call_reasons.ReasonModel``."""

    version: str
    taxonomy: Taxonomy
    thresholds: Thresholds

    def predict(self, conversations: Sequence[Conversation]) -> list[tuple[ReasonScore, ...]]:
        """The reasons of each conversation."""


class Emotions(Protocol):
    """Finds emotions: ``nlp.emotion.EmotionModel``."""

    version: str
    thresholds: dict[str, float]

    def predict(self, texts: Sequence[str]) -> list[tuple[EmotionScore, ...]]:
        """The emotions of each text, best first."""


class Sentiments(Protocol):
    """Scores texts: ``nlp.sentiment.SentimentModel``."""

    version: str

    def predict(self, texts: Sequence[str]) -> list[float]:
        """The sentiment of each text."""


class Languages(Protocol):
    """Names languages: ``nlp.language.LanguageIdentifier``."""

    minimum_confidence: float

    def identify(self, text: str) -> tuple[str | None, float]:
        """ISO 639-1 code or None, and how sure it is."""
