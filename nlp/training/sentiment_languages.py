"""Trains and evaluates sentiment in Hungarian and Hebrew: one head on the multilingual encoder."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from nlp.artifacts import Artifact, digests, read_manifest, register
from nlp.multilingual import open_multilingual
from nlp.sentiment.multilingual import FILES, NAME, MultilingualSentiment, Vectors, open_languages
from nlp.sentiment.scale import CLASSES, softmax
from nlp.training.baseline import class_choices
from nlp.training.calibration import expected_error, least_sure, temperature
from nlp.training.emotion import check_floor
from nlp.training.sentiment_data import ScoredTexts, joined
from nlp.training.sentiment_language_card import card
from nlp.training.sentiment_language_data import LANGUAGES, examples, own, public, sources

VERSION = "1.0.0"
FLOOR = {"hu_own_accuracy": 0.7, "he_own_accuracy": 0.7, "he_public_accuracy": 0.8}
LICENCE = (
    "CC BY-SA 4.0 (HuSST, SIB-200: share-alike), MIT (Hebrew comments, encoder), CC BY 4.0 (XED, UCI), "
    "Apache-2.0 (own sentences)"
)
STRENGTH = 0.01  # C of the logistic regression on standardised vectors
WANTED = 0.75  # of the answers that are given should be right: below it the model says nothing
FOLDS = 5

Figures = dict[str, float]


def train(data: Path, models: Path, *, encoder: Vectors | None = None) -> Figures:
    """Train on ``data``, write ``models``/sentiment_languages with card and manifest entry.

    Returns the figures of `evaluate`. Takes about ten minutes, nearly all of it encoding.
    """
    encoder = encoder or open_multilingual()
    parts = examples(data)
    everything = joined(*parts.values())
    vectors = encoder.encode(everything.texts)
    weight, bias = _head(vectors, everything)
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    save_file({"weight": weight, "bias": bias}, directory / FILES[0])
    (directory / FILES[0]).chmod(0o644)  # safetensors lets nobody else read what it writes
    own_logits = _out_of_fold(parts, vectors)
    languages = {
        language: _calibrated(encoder, weight, bias, public(data, language)[0], own_logits[language])
        for language in LANGUAGES
    }
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
    parts = examples(data)
    figures: Figures = {}
    for language in LANGUAGES:
        native = joined(*(part for name, part in parts.items() if _is_of(name, language)))
        measured = {"public": public(data, language)[1], "own": own(language, unseen=True)}
        for kind, texts in measured.items():
            chosen = class_choices(native.texts, native.classes, texts.texts)
            figures |= _measured(f"{language}_{kind}", opened[language], texts)
            figures[f"{language}_{kind}_baseline_accuracy"] = _share(chosen == texts.classes)
            figures[f"{language}_{kind}_baseline_macro_f1"] = _macro(texts.classes, chosen)
    for key, value in figures.items():
        print(f"  {key:34} {value:.4f}")
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def _is_of(name: str, language: str) -> bool:
    return name.endswith(f"_{language}") or name == {"hu": "husst", "he": "hebrew"}[language]


def _head(
    vectors: NDArray[np.float32], texts: ScoredTexts
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Logistic regression on standardised vectors, written as weights of the plain ones."""
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit((vectors - mean) / spread, texts.classes, sample_weight=texts.weights)
    weight = np.ascontiguousarray(model.coef_ / spread, np.float32)
    return weight, (model.intercept_ - weight @ mean).astype(np.float32)


def _out_of_fold(
    parts: Mapping[str, ScoredTexts], vectors: NDArray[np.float32]
) -> dict[str, tuple[NDArray[np.float32], NDArray[np.int64]]]:
    """Logits of each language's own sentences by heads that were not trained on them, and their classes."""
    everything = joined(*parts.values())
    ends = np.cumsum([len(part.texts) for part in parts.values()])
    rows = {name: np.arange(end - len(parts[name].texts), end) for name, end in zip(parts, ends, strict=True)}
    found = {}
    for language in LANGUAGES:
        mine = rows[f"own_{language}"]
        logits = np.zeros((len(mine), len(CLASSES)), np.float32)
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
        for _, held in folds.split(mine, everything.classes[mine]):
            kept = np.setdiff1d(np.arange(len(vectors)), mine[held])
            weight, bias = _head(vectors[kept], everything.rows(kept))
            logits[held] = vectors[mine[held]] @ weight.T + bias
        found[language] = logits, everything.classes[mine]
    return found


def _calibrated(
    encoder: Vectors,
    weight: NDArray[np.float32],
    bias: NDArray[np.float32],
    held: ScoredTexts,
    unseen: tuple[NDArray[np.float32], NDArray[np.int64]],
) -> dict[str, float]:
    """Temperature and abstain threshold of one language, from public texts and own sentences alike."""
    repeats = max(1, round(len(held.texts) / len(unseen[1])))  # both kinds count about the same
    logits = np.concatenate([encoder.encode(held.texts) @ weight.T + bias, *[unseen[0]] * repeats])
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
