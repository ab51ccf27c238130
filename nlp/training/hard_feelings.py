"""The hard set: sentences that models of feeling take wrongly, by kind, in a dev and a blind half.

Written before anything was tuned on them; every other sentence of a kind went into the blind half, which
is only measured. Columns: kind, sentiment (none: the language is not supported), the groups of emotions
that are right (none likewise), text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from nlp.emotion import GROUPS, EmotionModel
from nlp.language import LanguageIdentifier
from nlp.sentiment import Sentiment

HALVES: tuple[Literal["dev"], Literal["blind"]] = ("dev", "blind")
CLEAR = 1.5  # a score beyond it is positive or negative when scores are compared with classes
NONE = "none"
# What version 1.0.0 of the sentiment model reached: dev, blind.
BEFORE: Mapping[str, tuple[float, float]] = {
    "negation": (0.50, 0.58),
    "mild": (0.50, 0.70),
    "sarcasm": (0.07, 0.07),
    "courtesy": (0.50, 0.17),
    "empathy": (0.00, 0.42),
    "quoted": (0.60, 0.30),
    "legal": (0.73, 0.46),
    "conditional": (0.50, 0.50),
    "thanks": (0.43, 0.14),
    "contrast": (0.33, 0.50),
    "problem": (0.38, 0.50),
    "strong": (0.75, 0.88),
    "german": (1.00, 1.00),
    "all": (0.45, 0.44),
}


@dataclass(frozen=True)
class HardSentence:
    """One sentence, and what is right."""

    kind: str
    sentiment: str
    emotions: tuple[str, ...]  # groups of Ekman's, any of which may be the strongest
    text: str


def hard_sentences(half: Literal["dev", "blind"]) -> tuple[HardSentence, ...]:
    """One half of the set."""
    content = Path(__file__).with_name(f"hard_{half}.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in content.splitlines())
    return tuple(
        HardSentence(kind, sentiment, tuple(emotions.split(",")), text)
        for kind, sentiment, emotions, text in rows
    )


def sentiment_hits(
    rows: Sequence[HardSentence], model: Sentiment, languages: LanguageIdentifier
) -> list[bool]:
    """Whether each sentence is read rightly: the sign of a clear score, or none where none may be given."""
    spoken = [_language(row.text, languages) for row in rows]
    scores = model.predict([row.text for row in rows], spoken)
    return [row.sentiment == _read(score) for row, score in zip(rows, scores, strict=True)]


def emotion_hits(
    rows: Sequence[HardSentence], model: EmotionModel, languages: LanguageIdentifier
) -> list[bool]:
    """Whether the strongest emotion beside neutral is of a right group, or there is none."""
    found = model.predict([row.text for row in rows])
    hits = []
    for row, scores in zip(rows, found, strict=True):
        group = next((GROUPS[one.label].ekman for one in scores if one.label != "neutral"), "neutral")
        read = group if _language(row.text, languages) in model.languages else NONE
        hits.append(read in row.emotions)
    return hits


def by_kind(rows: Sequence[HardSentence], hits: Sequence[bool]) -> Mapping[str, float]:
    """Share of each kind that is right, and of all."""
    kinds = {
        row.kind: [hit for one, hit in zip(rows, hits, strict=True) if one.kind == row.kind] for row in rows
    }
    return {**{kind: float(np.mean(own)) for kind, own in kinds.items()}, "all": float(np.mean(hits))}


def hard_table(metrics: Mapping[str, float]) -> str:
    """The rows of the sentiment card's table: dev and blind, each beside what version 1.0.0 reached."""
    rows = [
        f"| {kind} | {was[0]:.2f} | {metrics[f'hard_dev_{kind}']:.2f} "
        f"| {was[1]:.2f} | {metrics[f'hard_blind_{kind}']:.2f} |"
        for kind, was in BEFORE.items()
    ]
    return "\n".join(rows)


def _language(text: str, languages: LanguageIdentifier) -> str:
    return languages.identify(text)[0] or "en"


def _read(score: float | None) -> str:
    if score is None:
        return NONE
    return "positive" if score > CLEAR else "negative" if score < -CLEAR else "neutral"
