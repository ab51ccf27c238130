"""Trains the call-reason model: a calibrated head on the frozen encoder, thresholds on held-out texts."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from nlp.artifacts import Artifact, digests, register
from nlp.call_reasons import Head, Taxonomy, TextEncoder, Thresholds, read_taxonomy
from nlp.call_reasons.model import HEAD_FILE, NAME, SETTINGS_FILE, TAXONOMY_FILE
from nlp.encoder import open_encoder
from nlp.training.evaluate_call_reasons import Figures, choose_thresholds, measure
from nlp.training.reason_card import card
from nlp.training.reason_choice import accepted_labels, head_labels, training_examples
from nlp.training.reason_data import OWN_DEV, Example, ReasonMapping, own_examples, public_examples
from nlp.training.reason_head import balanced, fit_head, temperature

VERSION = "1.0.0"
LICENCE = (
    "Apache-2.0 (encoder); trained on CC BY 4.0, CC BY 3.0, CDLA-Sharing-1.0, CDLA-Permissive-1.0, MIT data"
)
FLOOR = {
    "unseen_top_macro_f1": 0.72,
    "unseen_precision": 0.85,
    "clinc150_out_of_scope_recall": 0.80,
    "multidogo_precision": 0.88,
}
OWN_WEIGHT = 3.0  # each has up to six copies: measured beside 1.5, 2, 4, 6 and 8

Numbers = NDArray[np.float32]


def train(data: Path, models: Path) -> Figures:
    """Train on the mapped sets of ``data`` and the own examples; write ``models``/call_reasons.

    Returns the figures on the dev splits. Takes a few minutes on one core. ``taxonomy.toml`` must lie there.
    """
    torch.manual_seed(7)
    directory = models / NAME
    taxonomy = read_taxonomy(directory / TAXONOMY_FILE)
    mapping = ReasonMapping(taxonomy)
    encoder = open_encoder(models)
    labels = head_labels(taxonomy)
    examples = training_examples(public_examples(data, mapping, dev=False), own_examples())
    vectors = encoder.encode([example.text for example in examples])
    weights = np.array([OWN_WEIGHT if e.source == "own" else 1.0 for e in examples], np.float32)
    accepted = accepted_labels(examples, labels)
    head = fit_head(labels, vectors, accepted, balanced(accepted, weights))
    head = calibrated(head, encoder, own_examples(OWN_DEV) + public_examples(data, mapping, dev=True))
    thresholds = choose_thresholds(encoder, head, taxonomy, data=data, mapping=mapping)
    _write(directory, head, encoder, thresholds)
    _register(models, taxonomy, {})
    figures = measure(data, models)
    _register(models, taxonomy, figures)
    (directory / "card.md").write_text(card(taxonomy, mapping, figures, thresholds, len(examples)), "utf-8")
    return figures


def calibrated(head: Head, encoder: TextEncoder, held: Sequence[Example]) -> Head:
    """The head with the temperature that fits held-out texts; every source counts the same."""
    count = Counter(example.source for example in held)
    weights = np.array([1.0 / count[example.source] for example in held], np.float32)
    logits = encoder.encode([example.text for example in held]) @ head.weight + head.bias
    best = temperature(logits.astype(np.float32), accepted_labels(held, head.labels), weights)
    return Head(head.labels, head.weight, head.bias, best)


def _write(directory: Path, head: Head, encoder: TextEncoder, thresholds: Thresholds) -> None:
    np.savez_compressed(
        directory / HEAD_FILE,
        labels=np.array(head.labels),
        weight=head.weight.astype(np.float16),
        bias=head.bias.astype(np.float32),
    )
    settings = {"encoder": encoder.version, "temperature": head.temperature, "thresholds": asdict(thresholds)}
    (directory / SETTINGS_FILE).write_text(json.dumps(settings, indent=2) + "\n", "utf-8")


def _register(models: Path, taxonomy: Taxonomy, figures: Mapping[str, float]) -> None:
    mapped = ", ".join(ReasonMapping(taxonomy).tables["sources"])
    register(
        models,
        Artifact(
            name=NAME,
            version=VERSION,
            files=digests(models / NAME, HEAD_FILE, SETTINGS_FILE, TAXONOMY_FILE),
            licence=LICENCE,
            data=f"Own examples; mapped: {mapped}",
            metrics=figures,
            floor=FLOOR,
        ),
    )
