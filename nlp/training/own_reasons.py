"""Trains the call reasons of a user's taxonomy from a few labelled texts, or from descriptions alone."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nlp.call_reasons import NO_REASON, Head, Taxonomy, TextEncoder, Thresholds
from nlp.call_reasons.definition import Labels, checked
from nlp.call_reasons.model import softmax
from nlp.call_reasons.own import OwnReasons
from nlp.errors import BadExamples
from nlp.training.own_report import Report, warnings_of
from nlp.training.reason_data import own_examples
from nlp.training.reason_figures import Figures, measured
from nlp.training.reason_head import fit_head, temperature

FOLDS = 5
PRECISION = 0.90  # of the texts that get a reason: the abstain threshold is the lowest that keeps it
UNMEASURED = Thresholds(primary=0.5, sub=0.4, further=0.8)  # where there is nothing to choose them by
DESCRIPTION_WEIGHT = 1.0
BACKGROUND_SHARE = 1.0  # of a mean reason's weight: sentences that state no reason
SHORTEST_LONG = 64  # words; texts up to here are always read whole
SEED = 7

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its label: a reason's name or path; empty or "none" for a text that states no reason.

    ``line`` is where it stands in its file, for messages.
    """

    text: str
    label: str
    line: int | None = None


@dataclass(frozen=True)
class Trained:
    """A trained model and how good it is by cross-validation."""

    model: OwnReasons
    report: Report


@dataclass(frozen=True)
class _Texts:
    """Each text once, with all reasons it was given."""

    texts: tuple[str, ...]
    labels: tuple[frozenset[str], ...]


def train_reasons(
    taxonomy: Taxonomy, examples: Sequence[Example], encoder: TextEncoder, *, version: str
) -> Trained:
    """Train from 0 examples per reason upwards; a reason without any is known by name and description.

    Raises BadTaxonomy, and BadExamples("unknown_reason") for a label that is not in the taxonomy.
    """
    started = time.process_time()
    taxonomy = checked(taxonomy)
    named = [_named(Labels(taxonomy), number, one) for number, one in enumerate(examples, 1)]
    known = _grouped(examples, named)
    labels = _classes(taxonomy, known)
    helpers = _descriptions(taxonomy, labels)
    background = [one.text for one in own_examples() if one.labels == {NO_REASON}]
    vectors = encoder.encode([*known.texts, *helpers.texts, *background])
    recipe = _Recipe(labels, vectors, _accepted(known, helpers, len(background), labels), len(known.texts))
    held = recipe.cross_validated()
    head = recipe.fitted(np.arange(len(known.texts)))
    truth = _truth(taxonomy, known)
    head, thresholds, figures = _calibrated(head, held, truth)
    longest = max([SHORTEST_LONG, *(len(text.split()) for text in known.texts)])
    model = OwnReasons(taxonomy, version, encoder.version, head, thresholds, min(longest, 256))
    report = Report(
        taxonomy=taxonomy.name,
        version=version,
        examples={name: sum(name in group for group in known.labels) for name in labels},
        folds=FOLDS if figures else 0,
        figures=figures,
        thresholds=thresholds,
        precision_aimed_at=PRECISION,
        cpu_seconds=round(time.process_time() - started, 1),
        warnings=warnings_of(taxonomy, [(one.text, name) for one, name in zip(examples, named, strict=True)]),
    )
    return Trained(model, report)


class _Recipe:
    """Fits heads on parts of the examples; descriptions and background always take part."""

    def __init__(self, labels: Sequence[str], vectors: Numbers, accepted: Numbers, examples: int) -> None:
        self.labels, self.vectors, self.accepted, self.examples = labels, vectors, accepted, examples

    def fitted(self, rows: NDArray[np.int64]) -> Head:
        """The head of these examples."""
        chosen = np.concatenate([rows, np.arange(self.examples, len(self.vectors))])
        accepted = self.accepted[chosen]
        return fit_head(self.labels, self.vectors[chosen], accepted, self._weights(accepted, len(rows)))

    def cross_validated(self) -> Numbers:
        """Each example's logits by a head that has not seen it, (examples, labels); empty without any."""
        logits = np.zeros((self.examples, len(self.labels)), np.float32)
        if self.examples < 2 * FOLDS:
            return logits[:0]
        fold = _folds(self.accepted[: self.examples])
        for number in range(FOLDS):
            head = self.fitted(np.flatnonzero(fold != number))
            held = np.flatnonzero(fold == number)
            logits[held] = self.vectors[held] @ head.weight + head.bias
        return logits

    def _weights(self, accepted: Numbers, examples: int) -> Numbers:
        weights = np.ones(len(accepted), np.float32)
        background = len(accepted) - examples - (len(self.labels) - 1) * 2
        weights[examples:] = DESCRIPTION_WEIGHT
        mean = max(1.0, examples / len(self.labels))
        weights[len(weights) - background :] = BACKGROUND_SHARE * mean / max(background, 1)
        return weights


def _named(labels: Labels, number: int, example: Example) -> str:
    try:
        return labels.reason(example.label) or NO_REASON
    except KeyError as error:
        where = f"Line {example.line}" if example.line else f"Example {number}"
        detail = f"{where}: its label is not a reason of the taxonomy."
        raise BadExamples("unknown_reason", detail, "Correct the label, or add the reason.") from error


def _grouped(examples: Sequence[Example], named: Sequence[str]) -> _Texts:
    groups: dict[str, set[str]] = {}
    for example, name in zip(examples, named, strict=True):
        groups.setdefault(" ".join(example.text.split()), set()).add(name)
    groups.pop("", None)
    labels = [frozenset(group - {NO_REASON}) or frozenset({NO_REASON}) for group in groups.values()]
    return _Texts(tuple(groups), tuple(labels))


def _classes(taxonomy: Taxonomy, known: _Texts) -> tuple[str, ...]:
    """Every reason without sub-reasons, and those with that have examples of their own; "none" last."""
    used = {name for group in known.labels for name in group}
    parents = {one.parent for one in taxonomy.reasons}
    names = [one.name for one in taxonomy.reasons if one.name not in parents or one.name in used]
    return (*names, NO_REASON)


def _descriptions(taxonomy: Taxonomy, labels: Sequence[str]) -> _Texts:
    """Two texts of each reason: its name under its parent's, and its description (its name where none)."""
    texts, groups = [], []
    for one in taxonomy.reasons:
        if one.name in labels:
            name = f"{one.parent}: {one.name}" if one.parent else one.name
            texts += [name.replace("_", " "), one.description or one.name.replace("_", " ")]
            groups += [frozenset({one.name})] * 2
    return _Texts(tuple(texts), tuple(groups))


def _accepted(known: _Texts, helpers: _Texts, background: int, labels: Sequence[str]) -> Numbers:
    groups = [*known.labels, *helpers.labels, *[frozenset({NO_REASON})] * background]
    column = {label: number for number, label in enumerate(labels)}
    accepted = np.zeros((len(groups), len(labels)), np.float32)
    for row, group in enumerate(groups):
        accepted[row, [column[name] for name in group]] = 1.0
    return accepted


def _truth(taxonomy: Taxonomy, known: _Texts) -> list[frozenset[str]]:
    """The labels right for each text: a top reason's sub-reasons do not contradict it."""
    subs = {one.name: taxonomy.subs(one.name) for one in taxonomy.reasons}
    return [
        frozenset({*group, *(sub for name in group - {NO_REASON} for sub in subs[name])})
        for group in known.labels
    ]


def _folds(accepted: Numbers) -> NDArray[np.int64]:
    """A fold for each text, the texts of a label spread evenly."""
    rng = np.random.default_rng(SEED)
    order = rng.permutation(len(accepted))
    by_label = order[np.argsort(accepted[order].argmax(axis=1), kind="stable")]
    fold = np.empty(len(accepted), np.int64)
    fold[by_label] = np.arange(len(accepted)) % FOLDS
    return fold


def _calibrated(
    head: Head, held: Numbers, truth: Sequence[frozenset[str]]
) -> tuple[Head, Thresholds, Figures | None]:
    """Temperature, thresholds and figures from held-out logits; untouched where there are none."""
    if not len(held):
        return head, UNMEASURED, None
    accepted = np.array([[label in group for label in head.labels] for group in truth], np.float32)
    head = replace(head, temperature=temperature(held, accepted, np.ones(len(held), np.float32)))
    chances = softmax(held / head.temperature)
    thresholds = _thresholds(chances[:, :-1], accepted[:, :-1] > 0)
    given = [
        head.labels[int(row[:-1].argmax())] if row[:-1].max() >= thresholds.primary else None
        for row in chances
    ]
    return head, thresholds, measured(head.labels, chances, truth, given)


def _thresholds(chances: Numbers, right: NDArray[np.bool_]) -> Thresholds:
    """The lowest score from which on the aimed precision holds, held between 0.1 and 0.95."""
    scores, hits = chances.max(axis=1), right[np.arange(len(right)), chances.argmax(axis=1)]
    order = np.argsort(-scores, kind="stable")
    precise = np.cumsum(hits[order]) / np.arange(1, len(order) + 1) >= PRECISION
    lowest = float(scores[order][np.flatnonzero(precise)[-1]]) if precise.any() else 0.95
    primary = round(min(max(lowest, 0.1), 0.95), 4)
    return Thresholds(primary, min(primary, UNMEASURED.sub), max(primary, UNMEASURED.further))
