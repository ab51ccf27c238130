"""One sentiment model for each language; a language without one is not scored."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class Scorer(Protocol):
    """Scores texts of one language."""

    version: str

    def predict(self, texts: Sequence[str]) -> Sequence[float | None]:
        """-5 to +5 for each text; None where it is not sure enough to tell."""


class Sentiment:
    """Scores texts of several languages, each by its own model."""

    def __init__(self, models: Mapping[str, Scorer]) -> None:
        self._models = dict(models)
        self.languages = frozenset(models)
        self.version = ", ".join(f"{language} {model.version}" for language, model in models.items())

    def predict(self, texts: Sequence[str], languages: Sequence[str]) -> list[float | None]:
        """Score of each text, None where its language has no model or the model is not sure enough."""
        scores: list[float | None] = [None] * len(texts)
        for language, model in self._models.items():
            places = [place for place, one in enumerate(languages) if one == language]
            if not places:
                continue
            for place, score in zip(places, model.predict([texts[place] for place in places]), strict=True):
                scores[place] = score
        return scores
