"""Call reasons: why the customer made contact, in two levels, from where it is stated; or abstains."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nlp.artifacts import read_manifest
from nlp.errors import MissingArtifact
from nlp.pieces import cut
from nlp.transcript import Party

NAME = "call_reasons"
TAXONOMY_FILE = "taxonomy.toml"
HEAD_FILE = "head.npz"
SETTINGS_FILE = "settings.json"
NO_REASON = "none"  # the class of turns that state no reason: greetings, names, thanks
PIECE_WORDS = 18  # a reason is stated in about a sentence; longer turns are read in pieces
SAID = 0.2  # below this probability a piece is no evidence, however many such pieces there are
FADE = 0.97  # of two reasons said equally clearly the one said first is the primary
RETRAIN = "Train it again: python -m nlp train call_reasons --data PATH"

Numbers: TypeAlias = NDArray[np.float32]
Conversation: TypeAlias = Sequence[tuple[Party, str]]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a taxonomy; a top reason has no parent."""

    name: str
    parent: str | None
    description: str


@dataclass(frozen=True)
class Taxonomy:
    """Why customers make contact, in two levels; names are unique over both."""

    name: str
    version: str
    reasons: tuple[Reason, ...]

    def subs(self, name: str) -> tuple[str, ...]:
        """A top reason's sub-reasons, a sub-reason itself; raises KeyError."""
        known = {reason.name for reason in self.reasons}
        if name not in known:
            raise KeyError(name)
        return tuple(reason.name for reason in self.reasons if reason.parent == name) or (name,)

    def top(self, name: str) -> str:
        """The top reason that a reason belongs to, itself if it is one; raises KeyError."""
        parents = {reason.name: reason.parent for reason in self.reasons}
        return parents[name] or name

    @property
    def tops(self) -> tuple[str, ...]:
        """Names of the top reasons."""
        return tuple(reason.name for reason in self.reasons if reason.parent is None)


@dataclass(frozen=True, slots=True)
class ReasonScore:
    """One reason found: its calibrated score 0-1 and the turn it was stated in (None: a mail's subject).

    A sub-reason carries its parent; a top reason alone, where no sub-reason is sure, has none.
    """

    name: str
    parent: str | None
    score: float
    primary: bool
    turn: int | None


@dataclass(frozen=True)
class Thresholds:
    """What a score must reach: the primary reason, its sub-reason, and each further reason."""

    primary: float
    sub: float
    further: float


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
        logits = (vectors @ self.weight + self.bias) / self.temperature
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances: Numbers = powers / powers.sum(axis=1, keepdims=True)
        return chances


@dataclass(frozen=True)
class _Pieces:
    """Pieces of many conversations' turns: which text, of which conversation and turn."""

    texts: list[str]
    spans: list[tuple[int, int]]  # per conversation: its first piece and the one after its last
    turns: list[int]


class ReasonModel:
    """Finds the reasons of conversations; thresholds, head and taxonomy belong together."""

    def __init__(
        self, encoder: TextEncoder, head: Head, taxonomy: Taxonomy, *, thresholds: Thresholds, version: str
    ) -> None:
        self.version = version
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
        pieces = _pieces(conversations)
        if not pieces.texts:
            return [() for _ in conversations]
        chances = self._head.probabilities(self._encoder.encode(pieces.texts))[:, :-1]
        return [self._found(chances[a:b], pieces.turns[a:b]) for a, b in pieces.spans]

    def probabilities(self, texts: Sequence[str]) -> Numbers:
        """Probability of each label of the head, "none" last, (texts, labels); texts are not cut."""
        return self._head.probabilities(self._encoder.encode(texts))

    def _found(self, chances: Numbers, turns: Sequence[int]) -> tuple[ReasonScore, ...]:
        if not len(chances):
            return ()
        scores, evidence = self._top_scores(chances)
        order = np.argsort(-scores, kind="stable")
        if scores[order[0]] < self.thresholds.primary:
            return ()
        kept = [top for place, top in enumerate(order) if not place or self._further(scores[top])]
        return tuple(
            self._scored(int(top), chances, float(scores[top]), turns[int(evidence[top])], primary=not place)
            for place, top in enumerate(kept)
        )

    def _further(self, score: float) -> bool:
        return bool(score >= self.thresholds.further)

    def _top_scores(self, chances: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
        """Score of each top reason and the piece where it is said most clearly.

        Two pieces that say the same are surer than one: 1 - (1 - a)(1 - b); pieces that hardly say it
        do not add up.
        """
        by_top = np.zeros((len(chances), len(self._tops)), np.float32)
        np.add.at(by_top.T, self._top_of, chances.T)
        said = np.where(by_top >= SAID, by_top, 0.0)
        faded = said * FADE ** np.arange(len(said))[:, None]
        best_two = -np.sort(-faded, axis=0)[:2]
        scores: Numbers = (1 - np.prod(1 - best_two, axis=0)).astype(np.float32)
        return scores, faded.argmax(axis=0)

    def _scored(self, top: int, chances: Numbers, score: float, turn: int, *, primary: bool) -> ReasonScore:
        """Name the sub-reason if it is sure, else the top reason alone."""
        own = np.flatnonzero(self._top_of == top)
        strongest = chances[:, own].max(axis=0)
        best = own[int(strongest.argmax())]
        name = self._tops[top]
        if float(strongest.max()) < self.thresholds.sub:
            return ReasonScore(name, None, round(score, 4), primary, turn)
        return ReasonScore(self.labels[best], name, round(score, 4), primary, turn)


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


def read_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy file; raises MissingArtifact when it is malformed or names a reason twice."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        reasons = tuple(reason for top in table["reason"] for reason in _reasons(top))
        taxonomy = Taxonomy(str(table["name"]), str(table["version"]), reasons)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise MissingArtifact("corrupt_artifact", "The taxonomy cannot be read.", RETRAIN) from error
    if len({reason.name for reason in reasons}) < len(reasons):
        raise MissingArtifact("corrupt_artifact", "The taxonomy names a reason twice.", "Rename one of them.")
    return taxonomy


def _reasons(top: Mapping[str, object]) -> list[Reason]:
    name, subs = str(top["name"]), top.get("sub", [])
    if not isinstance(subs, list):
        raise TypeError("sub-reasons must be a list of tables")
    return [
        Reason(name, None, str(top["description"])),
        *(Reason(str(sub["name"]), name, str(sub["description"])) for sub in subs),
    ]


def _read_head(path: Path, settings: Mapping[str, float]) -> Head:
    with np.load(path, allow_pickle=False) as arrays:
        labels = tuple(str(label) for label in arrays["labels"])
        weight, bias = arrays["weight"].astype(np.float32), arrays["bias"].astype(np.float32)
    return Head(labels, weight, bias, float(settings["temperature"]))


def _pieces(conversations: Sequence[Conversation]) -> _Pieces:
    """Cut the turns that count into pieces; empty turns have none."""
    pieces = _Pieces([], [], [])
    for conversation in conversations:
        first = len(pieces.texts)
        counted = [(turn, text) for turn, text in _counting(conversation) if text.strip()]
        cuts = cut([text for _, text in counted], max_words=PIECE_WORDS)
        for (turn, _), a, b in zip(counted, cuts.starts[:-1], cuts.starts[1:], strict=True):
            pieces.texts.extend(cuts.texts[a:b])
            pieces.turns.extend([turn] * int(b - a))
        pieces.spans.append((first, len(pieces.texts)))
    return pieces


def _counting(conversation: Conversation) -> list[tuple[int, str]]:
    """Number and text of the turns in which a reason may be stated."""
    for parties in ((Party.CUSTOMER,), (Party.UNKNOWN,), (Party.AGENT,)):
        found = [(turn, text) for turn, (party, text) in enumerate(conversation) if party in parties]
        if found:
            return found
    return []
