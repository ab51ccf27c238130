"""Trains and evaluates sentiment: a softmax over negative, neutral and positive on the emotion encoder."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from nlp.artifacts import Artifact, digests, read_manifest, register
from nlp.encoder import open_encoder
from nlp.sentiment import ADAPTER, CLASSES, NAME, open_encoded
from nlp.training.baseline import class_choices
from nlp.training.emotion import check_floor
from nlp.training.sentiment_card import card
from nlp.training.sentiment_data import (
    ScoredTexts,
    comments,
    divided,
    joined,
    paired,
    reviews,
    sampled,
    service_sentences,
)

VERSION = "1.0.0"
FLOOR = {"reviews_accuracy": 0.82, "comments_accuracy": 0.67}
FILES = ("head.safetensors", "model.json")
LICENCE = "CC BY 4.0 (UCI sentences), Apache-2.0 (GoEmotions, encoder), Apache-2.0 (own sentences)"
SOURCE = "UCI Sentiment Labelled Sentences (Kotzias 2015); GoEmotions, train; own service sentences"
PER_CLASS = 2500  # more does not help the other two sources
CLEAR = 1.5  # a score beyond it counts as positive or negative when scores are compared with classes

Figures = dict[str, float]


def train(data: Path, models: Path) -> Figures:
    """Train on ``data``, write ``models``/sentiment with card and manifest entry; needs ``models``/emotion.

    Returns the figures of `evaluate`. Takes a few minutes, nearly all of it encoding.
    """
    examples, _, _ = _splits(data)
    encoder = open_encoder(models)
    vectors = encoder.encode(examples.texts, adapter=ADAPTER)
    model = LogisticRegression(C=1.0, max_iter=2000)
    model.fit(vectors, examples.classes, sample_weight=examples.weights)
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    weight = np.ascontiguousarray(model.coef_, np.float32)  # safetensors writes memory as it lies
    bias = model.intercept_.astype(np.float32)
    save_file({"weight": weight, "bias": bias}, directory / FILES[0])
    (directory / FILES[0]).chmod(0o644)  # safetensors lets nobody else read what it writes
    manifest = read_manifest(models)
    adapter = manifest.artifact(ADAPTER).files["adapter.safetensors"]
    settings = {"classes": list(CLASSES), "adapter": ADAPTER, "adapter_sha256": adapter}
    (directory / FILES[1]).write_text(json.dumps(settings) + "\n", "utf-8")
    _register(models, {})
    figures = evaluate(data, models)
    _register(models, figures)
    own = len(service_sentences().texts)
    card(read_manifest(models), encoder=encoder.version, own=own, models=models)
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
    chosen = class_choices(examples.texts, examples.classes, texts)
    figures = {
        **_figures("", chances.argmax(1), held_reviews, dev),
        **_figures("baseline_", chosen, held_reviews, dev),
    }
    signs = np.where(chances[:, 2] >= chances[:, 0], 2, 0)[: len(held_reviews.texts)]
    figures["reviews_sign_accuracy"] = round(float((signs == held_reviews.classes).mean()), 4)
    scores = np.array(model.predict(dev.texts))
    read = np.where(scores > CLEAR, 2, np.where(scores < -CLEAR, 0, 1))
    figures["comments_by_sentence_accuracy"] = round(float((read == dev.classes).mean()), 4)
    for key, value in figures.items():
        print(f"  {key:28} {value:.4f}")
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def _splits(data: Path) -> tuple[ScoredTexts, ScoredTexts, ScoredTexts]:
    """Training texts, held-out reviews, GoEmotions dev texts."""
    kept, held = divided(reviews(data), share=0.2)
    train_comments = sampled(comments(data, "train"), per_class=PER_CLASS)
    own = service_sentences()
    examples = joined(kept, train_comments, own, paired(own, count=600, weight=3.0))
    return examples, held, comments(data, "dev")


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
