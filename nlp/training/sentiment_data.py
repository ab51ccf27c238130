"""Texts of known sentiment: review sentences, GoEmotions by polarity, contact-centre sentences of our own."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.emotion import GROUPS
from nlp.sentiment import CLASSES
from nlp.training.goemotions import read_labels, read_split

SERVICE = Path(__file__).with_name("service_sentences.tsv")
FEELINGS = SERVICE.with_name("feeling_sentences.tsv")
REVIEWS = ("amazon_cells_labelled.txt", "imdb_labelled.txt", "yelp_labelled.txt")


@dataclass(frozen=True)
class ScoredTexts:
    """Texts, their classes (numbers in CLASSES) and how much each counts in training."""

    texts: tuple[str, ...]
    classes: NDArray[np.int64]
    weights: NDArray[np.float64]

    def rows(self, chosen: NDArray[np.int64]) -> "ScoredTexts":
        """Return the chosen rows, in that order."""
        return ScoredTexts(tuple(self.texts[i] for i in chosen), self.classes[chosen], self.weights[chosen])


def scored(rows: list[tuple[str, str]], *, weight: float = 1.0) -> ScoredTexts:
    """Make ScoredTexts of (class name, text) pairs."""
    classes = np.array([CLASSES.index(name) for name, _ in rows], np.int64)
    return ScoredTexts(tuple(text for _, text in rows), classes, np.full(len(rows), weight))


def joined(*parts: ScoredTexts) -> ScoredTexts:
    """One after the other."""
    texts = tuple(text for part in parts for text in part.texts)
    classes = np.concatenate([part.classes for part in parts])
    return ScoredTexts(texts, classes, np.concatenate([part.weights for part in parts]))


def reviews(data: Path) -> ScoredTexts:
    """The 3,000 review sentences: positive and negative only."""
    rows: list[tuple[str, str]] = []
    for name in REVIEWS:
        content = (data / "uci_sentiment_sentences" / name).read_text("utf-8")
        for line in filter(None, content.split("\n")):  # sentences hold other line-end characters
            text, _, label = line.rpartition("\t")
            rows.append(("positive" if label.strip() == "1" else "negative", text.strip()))
    return scored(rows, weight=4.0)


def comments(data: Path, split: str) -> ScoredTexts:
    """GoEmotions texts whose labels all have one polarity; ambiguous ones are left out."""
    names = read_labels(data / "goemotions")
    examples = read_split(data / "goemotions", split)
    rows: list[tuple[str, str]] = []
    for text, labels in zip(examples.texts, examples.labels, strict=True):
        found = {GROUPS[names[number]].polarity for number in np.flatnonzero(labels)}
        if len(found) == 1 and found <= set(CLASSES):
            rows.append((found.pop(), text))
    return scored(rows)


def service_sentences(path: Path = SERVICE, *, weight: float = 10.0) -> ScoredTexts:
    """Sentences as agents and customers say them: class, tab, text."""
    lines = path.read_text("utf-8").splitlines()
    return scored([(name, text) for name, text in (line.split("\t") for line in lines)], weight=weight)


def feelings(*, weight: float) -> ScoredTexts:
    """English sentences of the kinds that are read wrongly: class, emotion, text."""
    rows = (line.split("\t") for line in FEELINGS.read_text("utf-8").splitlines())
    return scored([(name, text) for name, _, text in rows], weight=weight)


def paired(sentences: ScoredTexts, *, count: int, weight: float, seed: int = 7) -> ScoredTexts:
    """Two sentences in one text, as turns have them: a neutral one takes the other's class.

    A positive and a negative one together teach nothing and are left out.
    """
    rng = np.random.default_rng(seed)
    neutral = CLASSES.index("neutral")
    rows: list[tuple[str, str]] = []
    while len(rows) < count:
        first, second = (int(number) for number in rng.integers(0, len(sentences.texts), 2))
        classes = {int(sentences.classes[first]), int(sentences.classes[second])}
        if len(classes) == 1 or neutral in classes:
            stronger = classes - {neutral} or classes
            rows.append((CLASSES[stronger.pop()], f"{sentences.texts[first]} {sentences.texts[second]}"))
    return scored(rows, weight=weight)


def divided(texts: ScoredTexts, *, share: float, seed: int = 7) -> tuple[ScoredTexts, ScoredTexts]:
    """Split at random into (kept, held out)."""
    order = np.random.default_rng(seed).permutation(len(texts.texts))
    held = round(len(order) * share)
    return texts.rows(order[held:]), texts.rows(order[:held])


def sampled(texts: ScoredTexts, *, per_class: int, seed: int = 7) -> ScoredTexts:
    """At most so many texts of each class."""
    rng = np.random.default_rng(seed)
    rows = [rng.permutation(np.flatnonzero(texts.classes == number))[:per_class] for number in range(3)]
    return texts.rows(np.concatenate(rows))
