"""Trains and evaluates the emotion model: an adapter of the upper layers and a head for 28 labels."""

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from safetensors.torch import save_file as save_tensors

from nlp.artifacts import Artifact, digests, read_manifest, register
from nlp.emotion import GROUPS, NAME, EmotionModel, open_emotion
from nlp.encoder import open_encoder
from nlp.errors import NlpError
from nlp.language import LanguageIdentifier
from nlp.training.adapter_fit import Fitted, Recipe, fit
from nlp.training.baseline import label_scores
from nlp.training.calibration import expected_error, platt
from nlp.training.emotion_card import card
from nlp.training.emotion_service import fit_service
from nlp.training.emotion_service import tensors as service_tensors
from nlp.training.goemotions import LabelledTexts, held_out, read_labels, read_split
from nlp.training.hard_feelings import HALVES, by_kind, emotion_hits, hard_sentences
from nlp.training.thresholds import label_f1, macro_f1, tune

VERSION = "1.2.0"
FLOOR = {"dev_macro_f1": 0.51, "dev_ekman_macro_f1": 0.615, "hard_dev_all": 0.72}
HELD_OUT = 0.1
FILES = ("adapter.safetensors", "head.safetensors", "labels.json")
LICENCE = "Apache-2.0 (encoder, GoEmotions and own sentences alike)"
SOURCE = "GoEmotions, train split (github.com/google-research/google-research, goemotions); own sentences"

Figures = dict[str, float]


@dataclass(frozen=True)
class Calibrated:
    """A label's threshold in calibrated probability, sigmoid(scale x logit + shift)."""

    label: str
    threshold: float
    scale: float = 1.0
    shift: float = 0.0


def train(data: Path, models: Path, *, recipe: Recipe | None = None) -> Figures:
    """Train on ``data``/goemotions, write ``models``/emotion with its card and manifest entry.

    Returns the figures on the dev split. Takes about half an hour of one processor core.
    """
    recipe = recipe or Recipe()
    folder = data / "goemotions"
    everything, names = read_split(folder, "train"), read_labels(folder)
    kept, held = held_out(everything.labels, share=HELD_OUT, seed=recipe.seed)
    encoder = open_encoder(models)
    examples = everything.rows(kept)
    parts = (encoder.embeddings, copy.deepcopy(encoder.layers))
    fitted = fit(parts, encoder.tokens(examples.texts), examples, recipe=recipe)
    return publish(fitted, everything.rows(held), names, data=data, models=models, recipe=recipe)


def publish(
    fitted: Fitted,
    held: LabelledTexts,
    names: tuple[str, ...],
    *,
    data: Path,
    models: Path,
    recipe: Recipe,
) -> Figures:
    """Write what was fitted, tune thresholds on the held-out texts, measure on dev, write card and entry."""
    encoder = open_encoder(models)
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    tensors = {name: tensor.half().contiguous() for name, tensor in fitted.tensors.items()}
    metadata = {"encoder": encoder.version, "first_layer": str(recipe.first_layer)}
    save_tensors(tensors, directory / FILES[0], metadata=metadata)
    (directory / FILES[0]).chmod(0o644)  # safetensors lets nobody else read what it writes
    _write_head({"weight": fitted.weight, "bias": fitted.bias}, directory)
    plain = [Calibrated(name, 0.5) for name in names]
    _write_labels(directory, plain)
    _register(models, {})
    logits = open_emotion(models, open_encoder(models)).logits(held.texts)
    calibrated = _calibrated(names, held.labels, logits)
    _write_labels(directory, calibrated)
    service = fit_service(open_encoder(models), names, read_split(data / "goemotions", "train"))
    _write_head({"weight": fitted.weight, "bias": fitted.bias} | service_tensors(service), directory)
    _register(models, {})
    figures = evaluate(data, models)
    _register(models, figures)
    limits = {one.label: one.threshold for one in calibrated}
    card(read_manifest(models), encoder=encoder.version, recipe=recipe, thresholds=limits, models=models)
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def evaluate(data: Path, models: Path) -> Figures:
    """Measure the model and the baseline on the dev split; print and return the figures.

    Raises NlpError("below_floor") when the model in ``models`` is worse than its manifest entry allows.
    """
    folder = data / "goemotions"
    names = read_labels(folder)
    dev = read_split(folder, "dev")
    model = open_emotion(models, open_encoder(models))
    scores = model.probabilities(dev.texts)
    found = scores >= np.array([model.thresholds[label] for label in model.labels])
    figures = _figures("dev", names, dev.labels, found)
    figures.update(_baseline(folder, dev, names))
    figures["dev_calibration_error_before"] = _label_error(dev.labels, _sigmoid(model.logits(dev.texts)))
    figures["dev_calibration_error"] = _label_error(dev.labels, scores)
    figures.update(_hard(model))
    _print(figures, names, dev.labels, found)
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def check_floor(artifact: Artifact, figures: Mapping[str, float]) -> None:
    """Raise NlpError when a figure is below the artefact's floor."""
    low = [
        f"{key} {figures[key]:.3f} < {floor}" for key, floor in artifact.floor.items() if figures[key] < floor
    ]
    if low:
        raise NlpError("below_floor", f"The model {artifact.name!r} is below its floor: {', '.join(low)}.")


def _baseline(folder: Path, dev: LabelledTexts, names: tuple[str, ...]) -> Figures:
    """TF-IDF and logistic regression: same kept texts, same held-out texts for the thresholds, same dev."""
    everything = read_split(folder, "train")
    kept, held = held_out(everything.labels, share=HELD_OUT, seed=Recipe.seed)
    examples, others = everything.rows(kept), everything.rows(held)
    held_scores, dev_scores = label_scores(examples.texts, examples.labels, others.texts, dev.texts)
    return _figures("baseline", names, dev.labels, dev_scores >= tune(others.labels, held_scores))


def _figures(
    title: str, names: tuple[str, ...], truth: NDArray[np.int8], found: NDArray[np.bool_]
) -> Figures:
    hits = float(((truth == 1) & found).sum())
    return {
        f"{title}_macro_f1": round(macro_f1(truth, found), 4),
        f"{title}_micro_f1": round(2 * hits / float(truth.sum() + found.sum()), 4),
        f"{title}_ekman_macro_f1": round(macro_f1(*_grouped(names, truth, found, "ekman")), 4),
        f"{title}_polarity_macro_f1": round(macro_f1(*_grouped(names, truth, found, "polarity")), 4),
    }


def _grouped(
    names: tuple[str, ...], truth: NDArray[np.int8], found: NDArray[np.bool_], kind: str
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Columns joined by group: a text has a group when it has any of its labels."""
    groups = [getattr(GROUPS[name], kind) for name in names]
    columns = [[i for i, group in enumerate(groups) if group == wanted] for wanted in sorted(set(groups))]
    joined = [truth[:, members].max(1) for members in columns]
    return np.stack(joined, 1), np.stack([found[:, members].any(1) for members in columns], 1)


def _label_error(truth: NDArray[np.int8], scores: NDArray[np.float32]) -> float:
    """Expected calibration error, the mean over the labels."""
    errors = [expected_error(scores[:, number], truth[:, number] == 1) for number in range(truth.shape[1])]
    return round(float(np.mean(errors)), 4)


def _hard(model: EmotionModel) -> Figures:
    """Shares of the hard set that are read rightly, by kind, in both halves."""
    languages = LanguageIdentifier()
    figures: Figures = {}
    for half in HALVES:
        rows = hard_sentences(half)
        shares = by_kind(rows, emotion_hits(rows, model, languages))
        figures |= {f"hard_{half}_{kind}": round(share, 4) for kind, share in shares.items()}
    return figures


def _calibrated(
    names: tuple[str, ...], truth: NDArray[np.int8], logits: NDArray[np.float32]
) -> list[Calibrated]:
    """Scale and shift of each label, and its threshold in calibrated probability: it divides as before."""
    thresholds = tune(truth, _sigmoid(logits))
    found = []
    for number, name in enumerate(names):
        scale, shift = platt(logits[:, number], truth[:, number])
        raw = np.log(thresholds[number] / (1 - thresholds[number]))
        found.append(Calibrated(name, float(_sigmoid(scale * raw + shift)), scale, shift))
    return found


def _sigmoid(values: Any) -> Any:
    return 1 / (1 + np.exp(-values))


def _write_head(head: dict[str, NDArray[np.float32]], directory: Path) -> None:
    save_file(head, directory / FILES[1])
    (directory / FILES[1]).chmod(0o644)


def _write_labels(directory: Path, labels: Sequence[Calibrated]) -> None:
    rows = [
        {
            "label": one.label,
            "threshold": round(one.threshold, 4),
            "scale": round(one.scale, 4),
            "shift": round(one.shift, 4),
        }
        for one in labels
    ]
    (directory / FILES[2]).write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def _register(models: Path, figures: Figures) -> None:
    files = digests(models / NAME, *FILES)
    register(models, Artifact(NAME, VERSION, files, LICENCE, SOURCE, figures, FLOOR if figures else {}))


def _print(
    figures: Figures, names: tuple[str, ...], truth: NDArray[np.int8], found: NDArray[np.bool_]
) -> None:
    for name, f1, count in zip(names, label_f1(truth, found), truth.sum(0), strict=True):
        print(f"  {name:15} F1 {f1:.3f}  ({count} texts)")
    for key, value in figures.items():
        if key.startswith(("hard_", "dev_calibration")):
            print(f"  {key:30} {value:.4f}")
    for key in ("macro_f1", "micro_f1", "ekman_macro_f1", "polarity_macro_f1"):
        print(f"  {key:18} {figures[f'dev_{key}']:.4f}   baseline {figures[f'baseline_{key}']:.4f}")
