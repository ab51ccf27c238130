"""Chooses the training texts of the call-reason head and lays their labels out as a table."""

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.call_reasons import NO_REASON, Taxonomy
from nlp.training.reason_augmentation import copies, spoken
from nlp.training.reason_data import Example

PER_LABEL = (
    40  # texts of one public set with one label: more would drown the examples written for the taxonomy
)
PER_LABEL_NONE = 4000  # what is no reason has no end of kinds
SEED = 7

Numbers = NDArray[np.float32]


def head_labels(taxonomy: Taxonomy) -> tuple[str, ...]:
    """The head's classes: all sub-reasons (tops without any too), then "none"."""
    return (*(sub for top in taxonomy.tops for sub in taxonomy.subs(top)), NO_REASON)


def training_examples(public: Sequence[Example], own: Sequence[Example]) -> list[Example]:
    """A capped choice of the public texts, and the own ones with their spoken copies."""
    rng = random.Random(SEED)  # noqa: S311 (no secret)
    chosen, count = [], Counter[tuple[str, frozenset[str]]]()
    for example in rng.sample(list(public), len(public)):
        kind = (example.source, example.labels)
        count[kind] += 1
        if count[kind] <= (PER_LABEL_NONE if example.labels == {NO_REASON} else PER_LABEL):
            chosen.append(example)
    vocabulary = sorted({word for example in own for word in spoken(example.text).split()})
    for example in own:
        for text in copies(example.text, rng, vocabulary=vocabulary):
            chosen.append(Example(text, example.labels, "own"))
    return chosen


def accepted_labels(examples: Sequence[Example], labels: Sequence[str]) -> Numbers:
    """1 where a label is acceptable for a text, (texts, labels)."""
    column = {label: number for number, label in enumerate(labels)}
    accepted = np.zeros((len(examples), len(labels)), np.float32)
    for row, example in enumerate(examples):
        accepted[row, [column[label] for label in example.labels]] = 1.0
    return accepted
