"""Texts of known sentiment in Hungarian and Hebrew, and what English lends them."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nlp.training.sentiment_data import ScoredTexts, feelings, joined, reviews, scored, service_sentences

LANGUAGES = ("hu", "he")
HERE = Path(__file__).parent
OWN, OTHER, ENGLISH, LOOSE = (
    5.0,
    2.5,
    2.0,
    0.5,
)  # weights of own sentences by language, and what is only alike
SIB_FOLDERS = {"hu": "hun_Latn", "he": "heb_Hebr"}
# Labels of XED by number: a line with labels of one side only has that side.
NEGATIVE, POSITIVE, EITHER = {1, 3, 4, 6}, {5, 8}, {2, 7}
JOY = 5


def native(data: Path, language: str) -> ScoredTexts:
    """What is trained on in a language; the public sets are sampled, so that encoding stays short."""
    main = (
        _sample(_husst(data), 6000).rows(np.arange(4500))
        if language == "hu"
        else _sample(_hebrew(data, "train"), 2000)
    )
    film = _weighted(_sample(_film(data, language), 400), LOOSE)
    return joined(own(language), main, film, _weighted(_news(data, language), LOOSE))


def foreign(data: Path, language: str) -> ScoredTexts:
    """What other languages lend it: their vectors lie in the same space."""
    others = [_weighted(own(other), OTHER) for other in LANGUAGES if other != language]
    english = [service_sentences(weight=ENGLISH), feelings(weight=ENGLISH)]
    return joined(*others, *english, _weighted(_sample(reviews(data), 400), LOOSE))


def public(data: Path, language: str) -> tuple[ScoredTexts, ScoredTexts]:
    """Public texts not trained on: to calibrate with, and to measure with."""
    if language == "hu":
        rest = _sample(_husst(data), 6000)
        return rest.rows(np.arange(4500, 5250)), rest.rows(np.arange(5250, 6000))
    return _sample(_hebrew(data, "dev"), 400), _sample(_hebrew(data, "test_gold"), 800)


def own(language: str, *, unseen: bool = False) -> ScoredTexts:
    """Sentences as customers and agents say them; ``unseen`` ones are for measuring alone."""
    name = f"service_{'unseen' if unseen else 'sentences'}_{language}.tsv"
    return service_sentences(HERE / name, weight=OWN)


def _husst(data: Path) -> ScoredTexts:
    """HuSST, train: its dev is doubtful and its test has no labels."""
    rows = json.loads((data / "husst_hungarian_sentiment" / "sst_train.json").read_text("utf-8"))
    return scored([(row["label"], row["Sent"]) for row in rows if row.get("label")])


def _hebrew(data: Path, split: str) -> ScoredTexts:
    """Comments without repeats: positive, negative; off topic counts as neutral."""
    names = {"0": "positive", "1": "negative", "2": "neutral"}
    content = (data / "hebrew_sentiment" / f"onlp_dedup_{split}.tsv").read_text("utf-8")
    rows = [line.rpartition("\t") for line in content.split("\n")[1:] if "\t" in line]
    return scored([(names[label.strip()], text.strip()) for text, _, label in rows])


def _film(data: Path, language: str) -> ScoredTexts:
    """XED, projected: lines of films whose emotions are all of one side."""
    content = (data / "xed_en_hu_he" / f"{language}-clean.tsv").read_text("utf-8")
    rows: list[tuple[str, str]] = []
    for line in content.split("\n"):
        text, _, numbers = line.rpartition("\t")
        labels = {int(number) for number in numbers.split(",") if number.strip().isdigit()}
        if labels & NEGATIVE and labels <= NEGATIVE | EITHER:
            rows.append(("negative", text))
        elif JOY in labels and labels <= POSITIVE | EITHER:
            rows.append(("positive", text))
    return scored(rows)


def _news(data: Path, language: str) -> ScoredTexts:
    """Sentences of SIB-200, taken as neutral."""
    path = data / "sib200_topics_hu_he_en" / SIB_FOLDERS[language] / "train.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return scored([("neutral", text) for text in texts[:120]])


def _sample(texts: ScoredTexts, count: int, *, seed: int = 7) -> ScoredTexts:
    return texts.rows(np.random.default_rng(seed).permutation(len(texts.texts))[:count])


def _weighted(texts: ScoredTexts, weight: float) -> ScoredTexts:
    return ScoredTexts(texts.texts, texts.classes, np.full(len(texts.texts), weight))


def sources() -> Sequence[str]:
    """Data and licences, for the card and the manifest."""
    return (
        "HuSST (translation of SST film reviews), CC BY-SA 4.0 (share-alike)",
        "Hebrew comments (omilab; OnlpLab without repeats), MIT",
        "XED, projected film lines, CC BY 4.0",
        "SIB-200 (FLORES-200 underneath), CC BY-SA 4.0 (share-alike)",
        "UCI Sentiment Labelled Sentences, CC BY 4.0",
        "own sentences, Apache-2.0",
    )
