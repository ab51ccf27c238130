"""Measures the call-reason model on dev splits beside a TF-IDF baseline; chooses its thresholds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from nlp.artifacts import read_manifest
from nlp.call_reasons import (
    NO_REASON,
    Head,
    ReasonModel,
    ReasonScore,
    Taxonomy,
    TextEncoder,
    Thresholds,
    open_call_reasons,
)
from nlp.call_reasons.model import NAME
from nlp.encoder import open_encoder
from nlp.training.baseline import class_choices
from nlp.training.emotion import check_floor
from nlp.training.reason_choice import head_labels, training_examples
from nlp.training.reason_data import (
    OWN_DEV,
    OWN_UNSEEN,
    Conversation,
    Example,
    ReasonMapping,
    ms_contact_center,
    multidogo,
    own_examples,
    public_examples,
)
from nlp.transcript import Party

Figures = dict[str, float]
PRECISION = 0.90  # of the top reasons that are kept, mean over sources
SUB_PRECISION = 0.90  # of the sub-reasons named where the top reason is right
FURTHER = 0.93  # a second reason only where it is said clearly: in a long call much is mentioned
NOT_TO_CHOOSE_BY = ("own_dev", "ms_contact_center")  # looked at while writing examples; loose labels
OPEN = Thresholds(0.0, 0.0, 2.0)


@dataclass(frozen=True)
class DevSet:
    """Conversations of one source with the labels acceptable for each; one-turn ones are utterances."""

    source: str
    conversations: tuple[Conversation, ...]

    def texts(self) -> list[list[tuple[Party, str]]]:
        """As the model takes them."""
        return [[(Party.CUSTOMER, text) for text in c.turns] for c in self.conversations]


class Remembering:
    """An encoder that encodes each text once: thresholds are tried many times on the same texts."""

    def __init__(self, encoder: TextEncoder) -> None:
        self.version = encoder.version
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], *, adapter: str | None = None) -> NDArray[np.float32]:
        """One unit vector per text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new, adapter=adapter), strict=True))
        return np.stack([self._known[text] for text in texts])


def evaluate(data: Path, models: Path) -> Figures:
    """Measure, print, and raise NlpError("below_floor") when a figure is below the manifest's floor."""
    figures = measure(data, models)
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def measure(data: Path, models: Path) -> Figures:
    """Figures of the model in ``models`` on all dev sets; prints one line per set."""
    model = open_call_reasons(models, Remembering(open_encoder(models)))
    mapping = ReasonMapping(model.taxonomy)
    sets = dev_sets(data, mapping)
    train = training_examples(public_examples(data, mapping, dev=False), own_examples())
    figures: Figures = {}
    for dev, chosen in zip(sets, _baseline(model.taxonomy, train, sets), strict=True):
        found = {**_kept(model, dev), **_quality(model, dev)}
        found.update(_macro(model.taxonomy, dev, chosen, prefix="baseline_"))
        print(f"{dev.source:18}", *(f"{key} {value:.3f}" for key, value in found.items()), sep="  ")
        figures.update({f"{dev.source}_{key}": round(value, 4) for key, value in found.items()})
    return figures


def dev_sets(data: Path, mapping: ReasonMapping) -> list[DevSet]:
    """Own unseen sentences, the held-out part of each public set, and two sets of conversations."""
    examples = own_examples(OWN_DEV) + public_examples(data, mapping, dev=True)
    seen = {example.text for example in public_examples(data, mapping, dev=False)}
    grouped: dict[str, list[Conversation]] = {}
    for e in examples:
        if e.source != "multidogo" and e.text not in seen:
            source = "own_dev" if e.source == "own" else e.source
            grouped.setdefault(source, []).append(Conversation((e.text,), e.labels, source))
    unseen = own_examples(OWN_UNSEEN)
    grouped["unseen"] = [Conversation((e.text,), e.labels, "unseen") for e in unseen]
    grouped["multidogo"] = list(multidogo(data, mapping, dev=True))
    grouped["ms_contact_center"] = list(ms_contact_center(data, mapping, dev=True))
    return [DevSet(source, tuple(conversations)) for source, conversations in grouped.items()]


def choose_thresholds(
    encoder: TextEncoder, head: Head, taxonomy: Taxonomy, *, data: Path, mapping: ReasonMapping
) -> Thresholds:
    """Lowest thresholds with which precision is as asked for: mean over the dev sets, and on unseen ones."""
    sets = [dev for dev in dev_sets(data, mapping) if dev.source not in NOT_TO_CHOOSE_BY]
    model = ReasonModel(Remembering(encoder), head, taxonomy, thresholds=OPEN, version="draft")
    primary = _lowest(model, sets, lambda t: Thresholds(t, 2.0, 2.0), "precision", PRECISION)
    sub = _lowest(model, sets, lambda t: Thresholds(primary, t, 2.0), "sub_precision", SUB_PRECISION)
    return Thresholds(primary, sub, max(primary, FURTHER))


def _lowest(
    model: ReasonModel,
    sets: Sequence[DevSet],
    thresholds: Callable[[float], Thresholds],
    figure: str,
    wanted: float,
) -> float:
    for value in np.arange(0.2, 0.96, 0.02):
        tried = model.with_thresholds(thresholds(float(value)))
        found = {dev.source: _kept(tried, dev)[figure] for dev in sets}
        if min(float(np.mean(list(found.values()))), found["unseen"]) >= wanted:
            return round(float(value), 2)
    return 0.96


def _right(taxonomy: Taxonomy, labels: frozenset[str], found: ReasonScore, *, level: str) -> bool:
    if level == "sub":
        return found.name in labels
    return taxonomy.top(found.name) in {taxonomy.top(label) for label in labels - {NO_REASON}}


def _kept(model: ReasonModel, dev: DevSet) -> Figures:
    """Coverage of conversations with a reason, precision of what is kept, recall of those without."""
    rows = model.predict(dev.texts())
    stated = [bool(c.labels - {NO_REASON}) for c in dev.conversations]
    kept = [(c, row[0]) for c, row in zip(dev.conversations, rows, strict=True) if row]
    right = [_right(model.taxonomy, c.labels, reason, level="top") for c, reason in kept]
    subs = [
        _right(model.taxonomy, c.labels, reason, level="sub")
        for (c, reason), top_right in zip(kept, right, strict=True)
        if top_right and reason.parent
    ]
    figures = {
        "coverage": float(np.mean([bool(row) for row, reason in zip(rows, stated, strict=True) if reason])),
        "precision": float(np.mean(right)) if right else 0.0,
        "sub_precision": float(np.mean(subs)) if subs else 0.0,
    }
    without = [not row for row, reason in zip(rows, stated, strict=True) if not reason]
    return {**figures, "out_of_scope_recall": float(np.mean(without))} if without else figures


def _quality(model: ReasonModel, dev: DevSet) -> Figures:
    """Macro-F1 with no threshold."""
    open_model = model.with_thresholds(OPEN)
    if all(len(c.turns) == 1 for c in dev.conversations):
        chances = model.probabilities([c.turns[0] for c in dev.conversations])
        chosen = [model.labels[int(best)] for best in chances.argmax(axis=1)]
    else:
        chosen = [row[0].name if row else NO_REASON for row in open_model.predict(dev.texts())]
    return _macro(model.taxonomy, dev, chosen)


def _macro(taxonomy: Taxonomy, dev: DevSet, chosen: Sequence[str], *, prefix: str = "") -> Figures:
    """Macro-F1 of both levels; where several labels are acceptable, any of them counts as the truth."""
    truth = [
        name if name in c.labels else min(c.labels) for c, name in zip(dev.conversations, chosen, strict=True)
    ]
    tops = [_top(taxonomy, name) for name in chosen]
    accepted = [{_top(taxonomy, label) for label in c.labels} for c in dev.conversations]
    top_truth = [top if top in group else min(group) for top, group in zip(tops, accepted, strict=True)]
    return {
        f"{prefix}top_macro_f1": _f1(top_truth, tops),
        f"{prefix}sub_macro_f1": _f1(truth, chosen),
    }


def _f1(truth: Sequence[str], chosen: Sequence[str]) -> float:
    labels = sorted(set(truth))
    return float(f1_score(truth, chosen, labels=labels, average="macro", zero_division=0.0))


def _top(taxonomy: Taxonomy, name: str) -> str:
    return name if name == NO_REASON else taxonomy.top(name)


def _baseline(taxonomy: Taxonomy, train: Sequence[Example], sets: Sequence[DevSet]) -> list[list[str]]:
    """TF-IDF on the same training texts, its choice for each set; a conversation is read as one text."""
    labels = head_labels(taxonomy)
    classes = np.array([labels.index(min(example.labels)) for example in train])
    texts = [" ".join(c.turns) for dev in sets for c in dev.conversations]
    chosen = class_choices([example.text for example in train], classes, texts)
    ends = np.cumsum([len(dev.conversations) for dev in sets])[:-1]
    return [[labels[int(number)] for number in part] for part in np.split(chosen, ends)]
