"""Trains and evaluates English sentiment: two heads and their gate on the emotion model's vectors."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.metrics import f1_score

from nlp.artifacts import Artifact, digests, read_manifest, register
from nlp.encoder import open_encoder
from nlp.language import LanguageIdentifier
from nlp.sentiment import ADAPTER, CLASSES, NAME, Sentiment, SentimentModel, open_encoded
from nlp.sentiment.scale import softmax
from nlp.training.baseline import class_choices
from nlp.training.calibration import expected_error, temperature
from nlp.training.emotion import check_floor
from nlp.training.hard_feelings import CLEAR, HALVES, by_kind, hard_sentences, sentiment_hits
from nlp.training.sentiment_card import card
from nlp.training.sentiment_data import (
    ScoredTexts,
    comments,
    divided,
    feelings,
    joined,
    paired,
    reviews,
    sampled,
    service_sentences,
)
from nlp.training.sentiment_heads import Encoded, fit, tensors

VERSION = "1.1.0"
FLOOR = {"reviews_accuracy": 0.85, "comments_accuracy": 0.69, "hard_dev_all": 0.65}
FILES = ("head.safetensors", "model.json")
LICENCE = "CC BY 4.0 (UCI sentences), Apache-2.0 (GoEmotions, encoder), Apache-2.0 (own sentences)"
SOURCE = "UCI Sentiment Labelled Sentences (Kotzias 2015); GoEmotions, train; own service sentences"
CALIBRATED = 3000  # comments that the temperature is fitted on
PER_CLASS = 2500  # more does not help the other two sources

Figures = dict[str, float]


def train(data: Path, models: Path) -> Figures:
    """Train on ``data``, write ``models``/sentiment with card and manifest entry; needs ``models``/emotion.

    Returns the figures of `evaluate`. Takes a few minutes, nearly all of it encoding.
    """
    public, _, _ = _splits(data)
    own, in_general = _own()
    encoder = open_encoder(models)

    def encoded(texts: ScoredTexts) -> Encoded:
        return Encoded(texts, encoder.encode(texts.texts, adapter=ADAPTER))

    held = encoded(_unseen_comments(data))
    heads = fit(encoded(public), encoded(own), held, in_general=in_general)
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    save_file(tensors(heads), directory / FILES[0])
    (directory / FILES[0]).chmod(0o644)  # safetensors lets nobody else read what it writes
    manifest = read_manifest(models)
    adapter = manifest.artifact(ADAPTER).files["adapter.safetensors"]
    settings: dict[str, Any] = {"classes": list(CLASSES), "adapter": ADAPTER, "adapter_sha256": adapter}
    settings["temperature"] = round(temperature(heads.logits(held.vectors), held.texts.classes), 4)
    (directory / FILES[1]).write_text(json.dumps(settings) + "\n", "utf-8")
    _register(models, {})
    figures = evaluate(data, models)
    _register(models, figures)
    counts = {"own": len(service_sentences().texts), "feelings": len(feelings(weight=1.0).texts)}
    card(read_manifest(models), encoder=encoder.version, counts=counts, models=models)
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def evaluate(data: Path, models: Path) -> Figures:
    """Measure model and baseline on texts that neither was trained on; print and return the figures.

    Raises NlpError("below_floor") when the model is worse than its manifest entry allows.
    """
    examples, held_reviews, dev = _splits(data)
    model = open_encoded(models, open_encoder(models))
    texts = held_reviews.texts + dev.texts
    chances = model.probabilities(texts)
    own, _ = _own()
    examples = joined(examples, own)
    chosen = class_choices(examples.texts, examples.classes, texts)
    figures = {
        **_figures("", chances.argmax(1), held_reviews, dev),
        **_figures("baseline_", chosen, held_reviews, dev),
    }
    signs = np.where(chances[:, 2] >= chances[:, 0], 2, 0)[: len(held_reviews.texts)]
    figures["reviews_sign_accuracy"] = round(float((signs == held_reviews.classes).mean()), 4)
    figures |= _calibration(model, joined(held_reviews, dev))
    figures |= _hard(model)
    scores = np.array(model.predict(dev.texts))
    read = np.where(scores > CLEAR, 2, np.where(scores < -CLEAR, 0, 1))
    figures["comments_by_sentence_accuracy"] = round(float((read == dev.classes).mean()), 4)
    for key, value in figures.items():
        print(f"  {key:28} {value:.4f}")
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def _unseen_comments(data: Path) -> ScoredTexts:
    """Comments of GoEmotions' training split that no head has seen: temperatures are fitted on them."""
    train_comments = comments(data, "train")
    seen = set(sampled(train_comments, per_class=PER_CLASS).texts)
    unseen = np.array([row for row, text in enumerate(train_comments.texts) if text not in seen])
    return train_comments.rows(np.random.default_rng(7).permutation(unseen)[:CALIBRATED])


def _calibration(model: SentimentModel, texts: ScoredTexts) -> Figures:
    """Expected calibration error of the chosen class, without and with the temperature."""
    logits, chances = model.logits(texts.texts), model.probabilities(texts.texts)
    right = chances.argmax(axis=1) == texts.classes
    return {
        "calibration_error_before": round(expected_error(softmax(logits).max(axis=1), right), 4),
        "calibration_error": round(expected_error(chances.max(axis=1), right), 4),
    }


def _hard(model: SentimentModel) -> Figures:
    """Shares of the hard set that are read rightly, by kind, in both halves."""
    languages = LanguageIdentifier()
    figures: Figures = {}
    for half in HALVES:
        rows = hard_sentences(half)
        shares = by_kind(rows, sentiment_hits(rows, Sentiment({"en": model}), languages))
        figures |= {f"hard_{half}_{kind}": round(share, 4) for kind, share in shares.items()}
    return figures


def _splits(data: Path) -> tuple[ScoredTexts, ScoredTexts, ScoredTexts]:
    """Reviews and comments to train on, held-out reviews, GoEmotions dev texts."""
    kept, held = divided(reviews(data), share=0.2)
    return joined(kept, sampled(comments(data, "train"), per_class=PER_CLASS)), held, comments(data, "dev")


def _own() -> tuple[ScoredTexts, NDArray[np.float64]]:
    """Own sentences and pairs, weighted for the service head, and what each counts for the general one.

    The general head does not see the sentences of `feelings`: they cost it comments.
    """
    said, felt = service_sentences(weight=2.0), feelings(weight=2.0)
    pairs, felt_pairs = (paired(one, count=600, weight=0.5) for one in (said, felt))
    parts = ((said, 1.0), (felt, 0.0), (pairs, 0.3), (felt_pairs, 0.0))
    in_general = np.concatenate([np.full(len(texts.texts), share) for texts, share in parts])
    return joined(*(texts for texts, _ in parts)), in_general


def _figures(prefix: str, chosen: NDArray[np.int64], held_reviews: ScoredTexts, dev: ScoredTexts) -> Figures:
    """Accuracy on reviews (a neutral answer counts as wrong), accuracy and macro-F1 on comments."""
    first, second = np.split(chosen, [len(held_reviews.texts)])
    return {
        f"{prefix}reviews_accuracy": round(float((first == held_reviews.classes).mean()), 4),
        f"{prefix}comments_accuracy": round(float((second == dev.classes).mean()), 4),
        f"{prefix}comments_macro_f1": round(float(f1_score(dev.classes, second, average="macro")), 4),
    }


def _register(models: Path, figures: Figures) -> None:
    files = digests(models / NAME, *FILES)
    register(models, Artifact(NAME, VERSION, files, LICENCE, SOURCE, figures, FLOOR if figures else {}))
