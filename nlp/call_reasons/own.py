"""A call-reason model that a user trained: its files in a folder, and how it reads conversations."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlp.artifacts import digests, verified
from nlp.call_reasons.conversations import Said, own_words, pooled, said
from nlp.call_reasons.definition import toml
from nlp.call_reasons.likeness import Likeness
from nlp.call_reasons.model import FADE, FADED, MOST, Head, Numbers, ReasonModel, TextEncoder
from nlp.call_reasons.values import Conversation, ReasonScore, Taxonomy, Thresholds, taxonomy_of
from nlp.errors import MissingArtifact
from nlp.statements import statements

HEAD_FILE = "head.npz"
SETTINGS_FILE = "settings.json"
TAXONOMY_FILE = "taxonomy.toml"
MANIFEST_FILE = "manifest.json"  # sha256 of each of the others
FILES = (HEAD_FILE, SETTINGS_FILE, TAXONOMY_FILE)
REMEDY = "Train it again: overtone reasons train --taxonomy NAME --examples FILE.csv"


@dataclass(frozen=True)
class OwnReasons:
    """A trained model as plain values; ``longest`` is how many words are read as one text.

    ``whole``: the examples were conversations, so a conversation is first judged by all that is said in it.
    """

    taxonomy: Taxonomy
    version: str
    encoder: str
    head: Likeness
    thresholds: Thresholds
    longest: int
    whole: bool = False

    def on(self, encoder: TextEncoder) -> "OwnReasonModel":
        """The model on its encoder; raises MissingArtifact for another one."""
        if encoder.version != self.encoder:
            detail = f"The reasons were trained with {self.encoder}, the encoder here is {encoder.version}."
            raise MissingArtifact("another_encoder", detail, REMEDY)
        return OwnReasonModel(self, encoder)


class OwnReasonModel(ReasonModel):
    """Finds the user's reasons; a text no longer than the examples were is read as a whole."""

    def __init__(self, own: OwnReasons, encoder: TextEncoder, thresholds: Thresholds | None = None) -> None:
        labels = own.head.labels
        super().__init__(
            encoder,
            Head(labels, np.zeros((0, len(labels)), np.float32), np.zeros(len(labels), np.float32)),
            own.taxonomy,
            thresholds=thresholds or own.thresholds,
            version=f"{own.version}+{own.taxonomy.name}.{own.taxonomy.version}",
        )
        self._own = own
        self._read_with = encoder

    def with_thresholds(self, thresholds: Thresholds) -> "OwnReasonModel":
        """The same model, stricter or looser."""
        return OwnReasonModel(self._own, self._read_with, thresholds)

    def probabilities(self, texts: Sequence[str]) -> Numbers:
        """Probability of each label, "none" last, (texts, labels); texts are not cut."""
        return self._own.head.probabilities(self._read_with.encode(texts), texts)

    def distributions(self, conversations: Sequence[Conversation]) -> Numbers:
        """Probability of each label of ``labels`` for each conversation as a whole, "none" last.

        One text has its own; of several the clearest two count, as in ``predict``. Empty ones have "none".
        """
        read = said(conversations, self.cut)
        chances = self._chances(read)
        found = np.array([_whole(chances, turns, len(self.labels)) for turns in read.turns], np.float32)
        return found if not self._own.whole else self._by_all(conversations, found)

    def predict(self, conversations: Sequence[Conversation]) -> list[tuple[ReasonScore, ...]]:
        """Reasons of each conversation, the primary first; an empty tuple where it abstains."""
        if not self._own.whole:
            return super().predict(conversations)
        read = said(conversations, self.cut)
        chances = self._chances(read)
        wholes = self.distributions(conversations)
        return [self._of_all(whole, chances, turns) for whole, turns in zip(wholes, read.turns, strict=True)]

    def _chances(self, read: Said) -> Numbers:
        none = np.zeros((0, len(self.labels)), np.float32)
        return self.probabilities(read.texts) if read.texts else none

    def _by_all(self, conversations: Sequence[Conversation], found: Numbers) -> Numbers:
        """The distributions, conversations of several turns being judged by the mean of their turns."""
        spoken = [own_words(conversation) for conversation in conversations]
        rows = [row for row, turns in enumerate(spoken) if len(turns) > 1]
        if rows:
            parts = self._read_with.encode([part for row in rows for part in spoken[row]])
            vectors = pooled(parts, np.cumsum([len(spoken[row]) for row in rows]).tolist())
            found[rows] = self._own.head.probabilities(vectors, [" ".join(spoken[row]) for row in rows])
        return found

    def _of_all(
        self, whole: Numbers, chances: Numbers, turns: Sequence[tuple[int, int, int]]
    ) -> tuple[ReasonScore, ...]:
        """The conversation's likeliest reasons, each with the turn that says it most clearly.

        Of turns that say it about equally clearly it is the first: answers to what is asked later ("5 GB",
        "middle seat") go with one reason alone, but do not state it.
        """
        if not turns:
            return ()
        first, last = turns[0][1], turns[-1][2]
        by_turn = np.maximum.reduceat(chances[first:last], [start - first for _, start, _ in turns])
        early = FADE ** np.minimum(np.arange(len(turns)), FADED)
        found: list[ReasonScore] = []
        for column in np.argsort(-whole[:-1], kind="stable")[:MOST]:
            wanted = self.thresholds.further if found else self.thresholds.primary
            if whole[column] >= wanted:
                turn = turns[int((by_turn[:, column] * early).argmax())][0]
                name = self.labels[int(column)]
                top = self.taxonomy.top(name)
                parent = top if top != name else None
                found.append(ReasonScore(name, parent, round(float(whole[column]), 4), not found, turn))
        return tuple(found)

    def cut(self, text: str) -> list[str]:
        """The texts that a turn is read as."""
        return [text] if len(text.split()) <= self._own.longest else statements(text)


def write(own: OwnReasons, folder: Path) -> None:
    """Write the model's files and their manifest into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    head = own.head
    arrays: dict[str, Any] = {
        "examples": head.examples.astype(np.float16),
        "weight": head.weight,
        "bias": head.bias,
    }
    if head.runs is not None and head.rarity is not None:
        arrays.update(rarity=head.rarity.astype(np.float16), runs=head.runs.astype(np.float16))
    np.savez_compressed(folder / HEAD_FILE, labels=np.array(head.labels), **arrays)
    settings = {
        "version": own.version,
        "encoder": own.encoder,
        "temperature": head.temperature,
        "share": head.share,
        "thresholds": asdict(own.thresholds),
        "longest": own.longest,
        "whole": own.whole,
    }
    (folder / SETTINGS_FILE).write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
    (folder / TAXONOMY_FILE).write_text(toml(own.taxonomy), "utf-8")
    (folder / MANIFEST_FILE).write_text(json.dumps(digests(folder, *FILES), indent=2) + "\n", "utf-8")


def open_own(folder: Path, encoder: TextEncoder) -> OwnReasonModel:
    """Read a trained model, every file checked by its sha256.

    Raises MissingArtifact: missing_artifact, corrupt_artifact, another_encoder.
    """
    return read_own(folder).on(encoder)


def read_own(folder: Path) -> OwnReasons:
    """The model's values; raises MissingArtifact."""
    sums = _manifest(folder / MANIFEST_FILE)
    for file in FILES:
        verified(folder / file, sums.get(file, ""))
    try:
        settings = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
        taxonomy = taxonomy_of(tomllib.loads((folder / TAXONOMY_FILE).read_text("utf-8")))
        return OwnReasons(
            taxonomy=taxonomy,
            version=str(settings["version"]),
            encoder=str(settings["encoder"]),
            head=_head(folder / HEAD_FILE, float(settings["temperature"]), float(settings["share"])),
            thresholds=Thresholds(**settings["thresholds"]),
            longest=int(settings["longest"]),
            whole=bool(settings["whole"]),
        )
    except (ValueError, KeyError, TypeError, OSError) as error:
        detail = "The trained reasons cannot be read."
        raise MissingArtifact("corrupt_artifact", detail, REMEDY) from error


def _manifest(path: Path) -> Mapping[str, str]:
    if not path.is_file():
        raise MissingArtifact("missing_artifact", "There are no trained reasons in that folder.", REMEDY)
    try:
        return {str(name): str(digest) for name, digest in json.loads(path.read_text("utf-8")).items()}
    except (ValueError, AttributeError) as error:
        detail = "The manifest of the trained reasons cannot be read."
        raise MissingArtifact("corrupt_artifact", detail, REMEDY) from error


def _head(path: Path, temperature: float, share: float) -> Likeness:
    with np.load(path, allow_pickle=False) as arrays:
        labels = tuple(str(label) for label in arrays["labels"])
        found = {name: arrays[name].astype(np.float32) for name in arrays.files if name != "labels"}
    return Likeness(labels, temperature=temperature, share=share, **found)


def _whole(chances: Numbers, turns: Sequence[tuple[int, int, int]], labels: int) -> Numbers:
    if not turns:
        nothing = np.zeros(labels, np.float32)
        nothing[-1] = 1.0
        return nothing
    first, last = turns[0][1], turns[-1][2]
    if last - first == 1:
        whole: Numbers = chances[first]
        return whole
    by_turn = np.maximum.reduceat(chances[first:last], [a - first for _, a, _ in turns])
    best_two = -np.sort(-by_turn[:, :-1], axis=0)[:2]
    said_so = 1 - np.prod(1 - best_two, axis=0)
    scores = np.append(said_so, np.prod(1 - said_so))
    pooled: Numbers = scores / scores.sum()
    return pooled
