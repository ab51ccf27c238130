"""Trains and evaluates sentiment in Hungarian and Hebrew: a head for each on the multilingual encoder."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from nlp.artifacts import Artifact, digests, read_manifest, register
from nlp.multilingual import open_multilingual
from nlp.sentiment.multilingual import FILES, NAME, MultilingualSentiment, Vectors, open_languages
from nlp.sentiment.scale import CLASSES, softmax
from nlp.sentiment.words import features, rarity
from nlp.training.baseline import class_choices
from nlp.training.calibration import expected_error, least_sure, temperature
from nlp.training.emotion import check_floor
from nlp.training.sentiment_data import ScoredTexts, joined
from nlp.training.sentiment_language_card import card
from nlp.training.sentiment_language_data import LANGUAGES, foreign, native, own, public, sources

VERSION = "1.0.0"
FLOOR = {"hu_own_accuracy": 0.7, "he_own_accuracy": 0.7, "he_public_accuracy": 0.8}
LICENCE = (
    "CC BY-SA 4.0 (HuSST, SIB-200: share-alike), MIT (Hebrew comments, encoder), CC BY 4.0 (XED, UCI), "
    "Apache-2.0 (own sentences)"
)
STRENGTH = 0.003  # C of the logistic regression
WANTED = 0.75  # of the answers that are given should be right: below it the model says nothing
FOLDS = 5

Figures = dict[str, float]
Tensors: TypeAlias = Mapping[str, NDArray[Any]]


def train(data: Path, models: Path, *, encoder: Vectors | None = None) -> Figures:
    """Train on ``data``, write ``models``/sentiment_languages with card and manifest entry.

    Returns the figures of `evaluate`. Takes about ten minutes, nearly all of it encoding.
    """
    encoder = encoder or open_multilingual()
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, NDArray[Any]] = {}
    languages: dict[str, dict[str, float]] = {}
    for language in LANGUAGES:
        known = _encoded(encoder, native(data, language), foreign(data, language))
        head = _head(known, np.arange(len(known.texts.texts)))
        tensors |= {f"{language}.{name}": value for name, value in head.items()}
        languages[language] = _calibrated(
            encoder, head, public(data, language)[0], _out_of_fold(known, len(own(language).texts))
        )
    save_file(tensors, directory / FILES[0])
    (directory / FILES[0]).chmod(0o644)  # safetensors lets nobody else read what it writes
    settings = {"classes": list(CLASSES), "encoder": encoder.version, "languages": languages}
    (directory / FILES[1]).write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    _register(models, {})
    figures = evaluate(data, models, encoder=encoder)
    _register(models, figures)
    card(read_manifest(models), encoder=encoder.version, settings=languages, models=models)
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def evaluate(data: Path, models: Path, *, encoder: Vectors | None = None) -> Figures:
    """Measure the model and a TF-IDF baseline of the same texts, in each language; print the figures.

    Raises NlpError when the model is worse than its manifest entry allows.
    """
    opened = open_languages(models, encoder or open_multilingual())
    figures: Figures = {}
    for language in LANGUAGES:
        trained = native(data, language)
        measured = {"public": public(data, language)[1], "own": own(language, unseen=True)}
        for kind, texts in measured.items():
            chosen = class_choices(trained.texts, trained.classes, texts.texts)
            figures |= _measured(f"{language}_{kind}", opened[language], texts)
            figures[f"{language}_{kind}_baseline_accuracy"] = _share(chosen == texts.classes)
            figures[f"{language}_{kind}_baseline_macro_f1"] = _macro(texts.classes, chosen)
    for key, value in figures.items():
        print(f"  {key:34} {value:.4f}")
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


@dataclass(frozen=True)
class Encoded:
    """Texts with their vectors and the rarity of their words; own sentences come first."""

    texts: ScoredTexts
    vectors: NDArray[np.float32]
    rarity: NDArray[np.float32]


def _encoded(encoder: Vectors, mine: ScoredTexts, lent: ScoredTexts) -> Encoded:
    texts = joined(mine, lent)
    return Encoded(texts, encoder.encode(texts.texts), rarity(mine.texts))


def _head(known: Encoded, rows: NDArray[np.int64]) -> Tensors:
    """Logistic regression on standardised vectors and words, written as weights of plain vectors."""
    chosen, vectors = known.texts.rows(rows), known.vectors[rows]
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0)
    seen = hstack([csr_matrix((vectors - mean) / spread), features(chosen.texts, known.rarity)]).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(seen, chosen.classes, sample_weight=chosen.weights)
    weight = model.coef_[:, : vectors.shape[1]] / spread
    found = {
        "weight": weight.astype(np.float32),
        "bias": (model.intercept_ - weight @ mean).astype(np.float32),
        "word_weight": model.coef_[:, vectors.shape[1] :].astype(np.float16),
        "rarity": known.rarity.astype(np.float16),
    }
    return {name: np.ascontiguousarray(value) for name, value in found.items()}


def _logits(head: Tensors, vectors: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
    said = features(texts, head["rarity"].astype(np.float32)) @ head["word_weight"].astype(np.float32).T
    logits: NDArray[np.float32] = vectors @ head["weight"].T + said + head["bias"]
    return logits


def _out_of_fold(known: Encoded, count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Logits of the own sentences, the first ``count``, by heads not trained on them, and their classes."""
    classes = known.texts.classes[:count]
    logits = np.zeros((count, len(CLASSES)), np.float32)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    for _, held in folds.split(np.arange(count), classes):
        head = _head(known, np.setdiff1d(np.arange(len(known.vectors)), held))
        logits[held] = _logits(head, known.vectors[held], [known.texts.texts[row] for row in held])
    return logits, classes


def _calibrated(
    encoder: Vectors,
    head: Tensors,
    held: ScoredTexts,
    unseen: tuple[NDArray[np.float32], NDArray[np.int64]],
) -> dict[str, float]:
    """Temperature and abstain threshold of one language, from public texts and own sentences alike."""
    repeats = max(1, round(len(held.texts) / len(unseen[1])))  # both kinds count about the same
    outside = _logits(head, encoder.encode(held.texts), held.texts)
    logits = np.concatenate([outside, *[unseen[0]] * repeats])
    classes = np.concatenate([held.classes, *[unseen[1]] * repeats])
    fitted = temperature(logits, classes)
    chances = softmax(logits / fitted)
    right = chances.argmax(axis=1) == classes
    sure = least_sure(chances.max(axis=1).astype(float), right, wanted=WANTED)
    return {"temperature": round(fitted, 4), "least_sure": round(sure, 4)}


def _measured(prefix: str, model: MultilingualSentiment, texts: ScoredTexts) -> Figures:
    """Accuracy and macro-F1 over all, share answered and accuracy among these, calibration error."""
    logits = model.logits(texts.texts)
    chances = model.probabilities(texts.texts)
    chosen, sure = chances.argmax(axis=1), chances.max(axis=1).astype(float)
    right = chosen == texts.classes
    answered = sure >= model.least_sure
    raw = softmax(logits).max(axis=1).astype(float)
    return {
        f"{prefix}_accuracy": _share(right),
        f"{prefix}_macro_f1": _macro(texts.classes, chosen),
        f"{prefix}_answered": _share(answered),
        f"{prefix}_answered_accuracy": _share(right[answered]) if answered.any() else 0.0,
        f"{prefix}_calibration_error_before": round(expected_error(raw, right), 4),
        f"{prefix}_calibration_error": round(expected_error(sure, right), 4),
    }


def _share(hits: NDArray[np.bool_]) -> float:
    return round(float(hits.mean()), 4)


def _macro(classes: NDArray[np.int64], chosen: NDArray[np.int64]) -> float:
    return round(float(f1_score(classes, chosen, average="macro")), 4)


def _register(models: Path, figures: Figures) -> None:
    files = digests(models / NAME, *FILES)
    floor = FLOOR if figures else {}
    register(models, Artifact(NAME, VERSION, files, LICENCE, "; ".join(sources()), figures, floor))
