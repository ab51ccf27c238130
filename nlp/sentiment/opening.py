"""Opens the sentiment models: our own of each language, and one of the user's choice for some of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.artifacts import read_manifest
from nlp.encoder import Encoder
from nlp.multilingual import open_multilingual, usable
from nlp.sentiment.encoded import open_encoded
from nlp.sentiment.hub import open_hub
from nlp.sentiment.models import Scorer, Sentiment
from nlp.sentiment.multilingual import NAME, open_languages


@dataclass(frozen=True)
class SentimentChoice:
    """A sequence-classification model (folder, or name on a hub) in place of ours, for these languages."""

    model: str
    languages: Sequence[str] = ("en",)
    allow_download: bool = True


def open_sentiment(models: Path, encoder: Encoder, choice: SentimentChoice | None = None) -> Sentiment:
    """Load the models of all languages; raises MissingArtifact.

    Where the multilingual encoder cannot run, Hungarian and Hebrew are not supported.
    """
    found: dict[str, Scorer] = {"en": open_encoded(models, encoder)}
    if NAME in read_manifest(models).artifacts and usable():
        found |= open_languages(models, open_multilingual())
    if choice is not None:
        chosen = open_hub(choice.model, allow_download=choice.allow_download)
        found |= dict.fromkeys(choice.languages, chosen)
    return Sentiment(found)
