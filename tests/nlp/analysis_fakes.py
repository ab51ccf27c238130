"""Fakes for the second pipeline: emotions, sentiment and languages that do what the words of a text say."""

from collections.abc import Sequence

from nlp.analysis import AnalysisPipeline
from nlp.characteristics import Thresholds
from nlp.emotion import EmotionScore
from tests.nlp.bag_of_words import WordCounter, model


class WordEmotions:
    """A text has the emotions whose names it contains; the score grows with the exclamation marks."""

    version = "emotion-1"
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self.thresholds = {"joy": 0.5, "anger": 0.5, "neutral": 0.5}
        self.calls: list[list[str]] = []

    def predict(self, texts: Sequence[str]) -> list[tuple[EmotionScore, ...]]:
        """Emotions named in each text."""
        self.calls.append(list(texts))
        return [self._of(text) for text in texts]

    def _of(self, text: str) -> tuple[EmotionScore, ...]:
        score = 0.6 + 0.1 * text.count("!")
        found = [EmotionScore(label, score) for label in ("joy", "anger") if label in text]
        return tuple(found) or (EmotionScore("neutral", 0.9),)


class WordSentiments:
    """+3 for joy, -4 for anger, else 0; knows Hungarian too, and is not sure of "talán"."""

    version = "sentiment-1"
    languages = frozenset({"en", "hu"})

    def predict(self, texts: Sequence[str], languages: Sequence[str]) -> list[float | None]:
        """Score of each text."""
        if not self.languages.issuperset(languages):
            raise ValueError("a text in a language that it does not know")
        return [None if "talán" in text else self._of(text) for text in texts]

    def _of(self, text: str) -> float:
        return 3.0 if "joy" in text else -4.0 if "anger" in text else 0.0


class WordLanguages:
    """ "magyar" makes a text Hungarian, "deutsch" German, three words English; a shorter one is unknown."""

    minimum_confidence = 0.7

    def identify(self, text: str) -> tuple[str | None, float]:
        """ISO code and confidence."""
        if "magyar" in text:
            return "hu", 0.9
        if "deutsch" in text:
            return "de", 0.9
        return ("en", 0.9) if len(text.split()) >= 3 else (None, 0.0)


def pipeline(
    emotions: WordEmotions | None = None,
    encoder: WordCounter | None = None,
    measured_from: Thresholds | None = None,
) -> AnalysisPipeline:
    """The second pipeline with fakes throughout."""
    return AnalysisPipeline(
        model(encoder),
        emotions or WordEmotions(),
        WordSentiments(),
        language=WordLanguages(),
        encoder_version="words@1",
        measured_from=measured_from or Thresholds(),
    )
