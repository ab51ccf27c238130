"""What the second pipeline needs of its models."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nlp.call_reasons import Conversation, ReasonScore, Taxonomy, Thresholds
from nlp.emotion import EmotionScore
from nlp.gist import Gists
from nlp.summary import Summaries


class Reasons(Protocol):
    """Finds call reasons: ``nlp.call_reasons.ReasonModel``."""

    version: str
    languages: frozenset[str]
    taxonomy: Taxonomy
    thresholds: Thresholds

    def predict(self, conversations: Sequence[Conversation]) -> list[tuple[ReasonScore, ...]]:
        """The reasons of each conversation."""


class Emotions(Protocol):
    """Finds emotions: ``nlp.emotion.EmotionModel``."""

    version: str
    languages: frozenset[str]
    thresholds: dict[str, float]

    def predict(self, texts: Sequence[str]) -> list[tuple[EmotionScore, ...]]:
        """The emotions of each text, best first."""


class Sentiments(Protocol):
    """Scores texts: ``nlp.sentiment.Sentiment``."""

    version: str
    languages: frozenset[str]

    def predict(self, texts: Sequence[str], languages: Sequence[str]) -> list[float | None]:
        """The sentiment of each text in its language; None where it is not sure enough to tell."""


class Languages(Protocol):
    """Names languages: ``nlp.language.LanguageIdentifier``."""

    minimum_confidence: float

    def identify(self, text: str) -> tuple[str | None, float]:
        """ISO 639-1 code or None, and how sure it is."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What tells of an interaction as a whole; a pipeline may do without."""

    gists: Gists | None = None
    summaries: Summaries | None = None
