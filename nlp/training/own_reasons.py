"""Trains the call reasons of a user's taxonomy from a few labelled texts, or from descriptions alone."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.call_reasons import NO_REASON, Taxonomy, TextEncoder, Thresholds
from nlp.call_reasons.conversations import conversation_of, own_words, pooled
from nlp.call_reasons.definition import Labels, checked
from nlp.call_reasons.model import softmax
from nlp.call_reasons.own import OwnReasons
from nlp.errors import BadExamples
from nlp.training.likeness_fit import FOLDS, Fit, Labelled, fit
from nlp.training.own_report import Report, warnings_of
from nlp.training.reason_data import own_examples
from nlp.training.reason_figures import Figures, measured

PRECISION = 0.90  # of the texts that get a reason: the abstain threshold is the lowest that keeps it
UNMEASURED = Thresholds(primary=0.5, sub=0.4, further=0.8)  # where there is nothing to choose them by
UNUSUAL = 0.05  # share of the texts with a reason that the threshold leaves out at least
BACKGROUND = 0.0003  # weight of a sentence without a reason, for each text of a reason: .001 takes too much
MOST = 10_500  # texts: the time grows with the third power of their number
SHORTEST_LONG, LONGEST_LONG = 64, 256  # words; texts up to here are always read whole

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
    given = _grouped(examples, named)
    known = _at_most(given, MOST)
    talks = [len(conversation_of(text)) > 1 for text in known.texts]
    whole = sum(talks) * 2 > len(talks)
    data = _labelled(taxonomy, known, encoder, whole=whole)
    labels, found = data.labels, fit(data)
    thresholds, figures = _judged(found, _truth(taxonomy, known))
    model = OwnReasons(
        taxonomy=taxonomy,
        version=version,
        encoder=encoder.version,
        head=found.head,
        thresholds=thresholds,
        longest=_longest(known, talks),
        whole=whole,
    )
    left_out = len(given.texts) - len(known.texts)
    report = Report(
        taxonomy=taxonomy.name,
        version=version,
        examples={name: sum(name in group for group in known.labels) for name in labels},
        folds=FOLDS if figures else 0,
        figures=figures,
        thresholds=thresholds,
        precision_aimed_at=PRECISION,
        cpu_seconds=round(time.process_time() - started, 1),
        left_out=left_out,
        warnings=warnings_of(taxonomy, [(one.text, name) for one, name in zip(examples, named, strict=True)]),
    )
    return Trained(model, report)


def _longest(known: _Texts, talks: Sequence[bool]) -> int:
    words = [len(text.split()) for text, talk in zip(known.texts, talks, strict=True) if not talk]
    return min(max([SHORTEST_LONG, *words]), LONGEST_LONG)


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
        text = "\n".join(" ".join(line.split()) for line in example.text.strip().split("\n"))
        groups.setdefault(text, set()).add(name)
    groups.pop("", None)
    labels = [frozenset(group - {NO_REASON}) or frozenset({NO_REASON}) for group in groups.values()]
    return _Texts(tuple(groups), tuple(labels))


def _at_most(known: _Texts, most: int) -> _Texts:
    """At most so many texts, taken from the labels that have the most; chosen at random."""
    if len(known.texts) <= most:
        return known
    seen: Counter[frozenset[str]] = Counter()
    rank = np.zeros(len(known.texts), np.int64)
    for row in np.random.default_rng(7).permutation(len(known.texts)):
        rank[row] = seen[known.labels[row]]
        seen[known.labels[row]] += 1
    kept = np.sort(np.argsort(rank, kind="stable")[:most])
    return _Texts(tuple(known.texts[row] for row in kept), tuple(known.labels[row] for row in kept))


def _classes(taxonomy: Taxonomy, known: _Texts) -> tuple[str, ...]:
    """Every reason without sub-reasons, and those with that have examples of their own; "none" last."""
    used = {name for group in known.labels for name in group}
    parents = {one.parent for one in taxonomy.reasons}
    names = [one.name for one in taxonomy.reasons if one.name not in parents or one.name in used]
    return (*names, NO_REASON)


def _labelled(taxonomy: Taxonomy, known: _Texts, encoder: TextEncoder, *, whole: bool) -> Labelled:
    """The examples, then each reason's name and description, then sentences that state no reason."""
    labels = _classes(taxonomy, known)
    texts, groups = list(known.texts), list(known.labels)
    for one in taxonomy.reasons:
        if one.name in labels:
            name = f"{one.parent}: {one.name}" if one.parent else one.name
            written = [name.replace("_", " "), *([one.description] if one.description else [])]
            texts += written
            groups += [frozenset({one.name})] * len(written)
    background = [one for one in own_examples() if one.labels == {NO_REASON}]
    texts += [one.text for one in background]
    groups += [one.labels for one in background]
    column = {label: number for number, label in enumerate(labels)}
    accepted = np.zeros((len(groups), len(labels)), np.float32)
    for row, group in enumerate(groups):
        accepted[row, [column[name] for name in group]] = 1.0
    spoken = [own_words(conversation_of(text)) for text in texts]
    parts = encoder.encode([part for turns in spoken for part in turns])
    vectors = pooled(parts, np.cumsum([len(turns) for turns in spoken]).tolist())
    vectors = vectors.astype(np.float16).astype(np.float32)  # as they will be stored
    texts = [" ".join(turns) for turns in spoken]
    weights = np.ones(len(texts), np.float32)
    weights[len(texts) - len(background) :] = _background_weight(len(known.texts) / (len(labels) - 1))
    return Labelled(labels, tuple(texts), vectors, accepted, weights, len(known.texts), whole)


def _background_weight(examples: float) -> float:
    """How much a sentence without a reason counts beside the examples of a reason, few of them or many."""
    return min(1.0, BACKGROUND * (1 + examples))


def _truth(taxonomy: Taxonomy, known: _Texts) -> list[frozenset[str]]:
    """The labels right for each text: a top reason's sub-reasons do not contradict it."""
    subs = {one.name: taxonomy.subs(one.name) for one in taxonomy.reasons}
    return [
        frozenset({*group, *(sub for name in group - {NO_REASON} for sub in subs[name])})
        for group in known.labels
    ]


def _judged(found: Fit, truth: Sequence[frozenset[str]]) -> tuple[Thresholds, Figures | None]:
    """Thresholds and figures from held-out scores; none where there are too few examples."""
    if not found.held.any():
        return UNMEASURED, None
    labels = found.head.labels
    chances = softmax(found.held / found.head.temperature)
    accepted = np.array([[label in group for label in labels] for group in truth])
    thresholds = _thresholds(chances[:, :-1], accepted[:, :-1])
    given = [
        labels[int(row[:-1].argmax())] if row[:-1].max() >= thresholds.primary else None for row in chances
    ]
    return thresholds, measured(labels, chances, truth, given)


def _thresholds(chances: Numbers, right: NDArray[np.bool_]) -> Thresholds:
    """The lowest score from which on the aimed precision holds, held between 0.1 and 0.95.

    Where it holds for all of them, the least sure are not kept all the same: what comes later has reasons
    that no example has, and those score low. More than 0.5 is not asked for on that account.
    """
    scores, hits = chances.max(axis=1), right[np.arange(len(right)), chances.argmax(axis=1)]
    order = np.argsort(-scores, kind="stable")
    precise = np.cumsum(hits[order]) / np.arange(1, len(order) + 1) >= PRECISION
    lowest = float(scores[order][np.flatnonzero(precise)[-1]]) if precise.any() else 0.95
    stated = scores[right.any(axis=1)]
    unusual = float(np.quantile(stated, UNUSUAL)) if len(stated) else 0.0
    primary = round(min(max(lowest, min(unusual, UNMEASURED.primary), 0.1), 0.95), 4)
    return Thresholds(primary, min(primary, UNMEASURED.sub), max(primary, UNMEASURED.further))
