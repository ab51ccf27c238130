"""Call reasons: why the customer made contact, in two levels, from where it is stated; or abstains."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nlp.artifacts import read_manifest
from nlp.call_reasons.conversations import said
from nlp.call_reasons.values import (
    RETRAIN,
    Conversation,
    ReasonScore,
    Taxonomy,
    Thresholds,
    read_taxonomy,
)
from nlp.errors import MissingArtifact
from nlp.statements import statements

NAME = "call_reasons"
LANGUAGES = frozenset({"en"})  # what the encoder understands
TAXONOMY_FILE = "taxonomy.toml"
HEAD_FILE = "head.npz"
SETTINGS_FILE = "settings.json"
SAID = 0.2  # below this probability a turn is no evidence, however many such turns there are
CLEAR = 0.5  # from here a statement says it
OFTEN = 0.25  # how much a reason gains that is said again and again
FADE = 0.95  # of two reasons said about equally clearly the one said first is the primary,
FADED = 10  # but a late statement is no weaker than the tenth
MOST = 3  # reasons of one interaction

Numbers: TypeAlias = NDArray[np.float32]


class TextEncoder(Protocol):
    """What the model needs of an encoder."""

    version: str

    def encode(self, texts: Sequence[str], *, adapter: str | None = None) -> Numbers:
        """One unit vector per text."""


@dataclass(frozen=True)
class Head:
    """A softmax over sub-reasons and "none" on sentence vectors."""

    labels: tuple[str, ...]
    weight: Numbers  # (dimensions, labels)
    bias: Numbers  # (labels,)
    temperature: float = 1.0

    def probabilities(self, vectors: Numbers) -> Numbers:
        """Calibrated probabilities, (texts, labels)."""
        return softmax((vectors @ self.weight + self.bias) / self.temperature)


class ReasonModel:
    """Finds the reasons of conversations; thresholds, head and taxonomy belong together."""

    def __init__(
        self, encoder: TextEncoder, head: Head, taxonomy: Taxonomy, *, thresholds: Thresholds, version: str
    ) -> None:
        self.version = version
        self.languages = LANGUAGES
        self.taxonomy = taxonomy
        self.thresholds = thresholds
        self._encoder = encoder
        self._head = head
        self.labels = head.labels
        self._tops = list(taxonomy.tops)
        self._top_of = np.array([self._tops.index(taxonomy.top(sub)) for sub in head.labels[:-1]])

    def with_thresholds(self, thresholds: Thresholds) -> "ReasonModel":
        """The same model, stricter or looser."""
        return ReasonModel(
            self._encoder, self._head, self.taxonomy, thresholds=thresholds, version=self.version
        )

    def predict(self, conversations: Sequence[Conversation]) -> list[tuple[ReasonScore, ...]]:
        """Reasons of each conversation, the primary first; an empty tuple where it abstains.

        The customer's turns count, or all of an unknown party; where there is no customer, the agent's
        (a note). All texts of all conversations are encoded together.
        """
        read = said(conversations, self.cut)
        if not read.texts:
            return [() for _ in conversations]
        chances = self.probabilities(read.texts)[:, :-1]
        return [self._found(chances, turns) for turns in read.turns]

    def probabilities(self, texts: Sequence[str]) -> Numbers:
        """Probability of each label of the head, "none" last, (texts, labels); texts are not cut."""
        return self._head.probabilities(self._encoder.encode(texts))

    def cut(self, text: str) -> list[str]:
        """The texts that a turn is read as."""
        return statements(text)

    def _found(self, chances: Numbers, turns: Sequence[tuple[int, int, int]]) -> tuple[ReasonScore, ...]:
        if not turns:
            return ()
        by_top = self._by_top(chances[turns[0][1] : turns[-1][2]])
        starts = [a - turns[0][1] for _, a, _ in turns]
        by_turn = np.maximum.reduceat(by_top, starts)
        scores, clearest = _scores(by_turn), by_turn.argmax(axis=0)
        order = np.argsort(-scores * _weights(by_top), kind="stable")
        if scores[order[0]] < self.thresholds.primary:
            return ()
        kept = [int(top) for place, top in enumerate(order) if not place or self._further(scores[top])]
        return tuple(
            self._named(top, chances, turns[int(clearest[top])], float(scores[top]), primary=not place)
            for place, top in enumerate(kept[:MOST])
        )

    def _further(self, score: float) -> bool:
        return bool(score >= self.thresholds.further)

    def _by_top(self, chances: Numbers) -> Numbers:
        """A top reason's probability is the sum of its sub-reasons', (statements, tops)."""
        found = np.zeros((len(chances), len(self._tops)), np.float32)
        np.add.at(found.T, self._top_of, chances.T)
        return found

    def _named(
        self, top: int, chances: Numbers, place: tuple[int, int, int], score: float, *, primary: bool
    ) -> ReasonScore:
        """Name the sub-reason if it is sure in that turn, else the top reason alone."""
        turn, a, b = place
        own = np.flatnonzero(self._top_of == top)
        strongest = chances[a:b][:, own].max(axis=0)
        best = int(strongest.argmax())
        name, score = self._tops[top], round(min(score, 1.0), 4)
        found = self.labels[int(own[best])]
        if found == name or float(strongest[best]) < self.thresholds.sub:
            return ReasonScore(name, None, score, primary, turn)
        return ReasonScore(found, name, score, primary, turn)


def open_call_reasons(models: Path, encoder: TextEncoder) -> ReasonModel:
    """Load the model of a models folder, checked against the manifest; raises MissingArtifact."""
    manifest = read_manifest(models)
    taxonomy = read_taxonomy(manifest.path(NAME, TAXONOMY_FILE))
    settings = json.loads(manifest.path(NAME, SETTINGS_FILE).read_text("utf-8"))
    head = _read_head(manifest.path(NAME, HEAD_FILE), settings)
    known = {reason.name for reason in taxonomy.reasons}
    if settings["encoder"] != encoder.version or not known >= set(head.labels[:-1]):
        detail = "The call-reason model was made for another encoder or taxonomy."
        raise MissingArtifact("corrupt_artifact", detail, RETRAIN)
    thresholds = Thresholds(**settings["thresholds"])
    version = f"{manifest.artifact(NAME).version}+{taxonomy.name}.{taxonomy.version}"
    return ReasonModel(encoder, head, taxonomy, thresholds=thresholds, version=version)


def _read_head(path: Path, settings: Mapping[str, float]) -> Head:
    with np.load(path, allow_pickle=False) as arrays:
        labels = tuple(str(label) for label in arrays["labels"])
        weight, bias = arrays["weight"].astype(np.float32), arrays["bias"].astype(np.float32)
    return Head(labels, weight, bias, float(settings["temperature"]))


def softmax(logits: Numbers) -> Numbers:
    """Probabilities of each row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: Numbers = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _scores(by_turn: Numbers) -> Numbers:
    """Score of each top reason from its probability in each turn, (turns, tops).

    Two turns that say the same are surer than one: 1 - (1 - a)(1 - b); turns that hardly say it do not
    add up.
    """
    best_two = -np.sort(-np.where(by_turn >= SAID, by_turn, 0.0), axis=0)[:2]
    scores: Numbers = (1 - np.prod(1 - best_two, axis=0)).astype(np.float32)
    return scores


def _weights(by_top: Numbers) -> Numbers:
    """What makes a reason the primary beside its score: said often, said first; from (statements, tops)."""
    often = 1 + OFTEN * np.log2(1 + np.where(by_top >= CLEAR, by_top, 0.0).sum(axis=0))
    first = np.minimum((by_top >= CLEAR).argmax(axis=0), FADED)
    weights: Numbers = often * FADE**first
    return weights
