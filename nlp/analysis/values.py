"""What was found in an interaction: the values of the second pipeline."""

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.call_reasons import ReasonScore
from nlp.characteristics import Characteristics
from nlp.emotion import EmotionScore
from nlp.gist import Gist
from nlp.sentiment import PartySentiment
from nlp.summary import NOTHING, Summary


@dataclass(frozen=True, slots=True)
class TurnFindings:
    """What was found in one turn: emotions, sentiment -5..+5; None where that model did not read it."""

    emotions: tuple[EmotionScore, ...] | None = None
    sentiment: float | None = None


@dataclass(frozen=True)
class Analysis:
    """What was found in one interaction, by which models and thresholds.

    A party's emotions are those of its turns, each as strong as in its strongest turn, neutral only where
    there is no other; the interaction's are the customer's, all parties' where no turn is the customer's,
    None where none of these turns could be read. ``sentiment`` likewise.
    ``no_reason`` says why there is no call reason: unreliable, no_text, language_not_supported or abstained.
    ``gist`` is made for interactions analysed one at a time; None where nothing of it can be read.
    """

    call_reasons: tuple[ReasonScore, ...]
    emotions: tuple[EmotionScore, ...] | None
    emotions_by_party: Mapping[str, tuple[EmotionScore, ...]]
    sentiment: float | None
    sentiment_by_party: Mapping[str, PartySentiment]
    turns: tuple[TurnFindings, ...]
    characteristics: Characteristics
    models: Mapping[str, str]
    thresholds: Mapping[str, float]
    no_reason: str | None
    language: str | None
    gist: Gist | None = None
    summary: Summary = NOTHING
